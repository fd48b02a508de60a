"""Choosing a time zone: those of the country come first, and no zone stands there twice."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from majlis.kernel.analysis import sort_key
from majlis.people.territories import country_name, zone_name, zones_by_country

NO_COUNTRY = "UTC"


class ZoneSelect(forms.Select):
    """Options that know their country, so that planning/zones.js can put others first."""

    def create_option(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option: dict[str, Any] = super().create_option(*args, **kwargs)
        option["attrs"]["data-country"] = _countries().get(str(option["value"]), "")
        return option


class ZoneField(forms.ChoiceField):
    """The time zone of a place, in the form of an edition."""

    def __init__(self) -> None:
        super().__init__(label=_("Time zone"), widget=ZoneSelect)

    @staticmethod
    def follow_country(form: forms.Form) -> None:
        """Let the form's `time_zone` offer the zones of its `country` first."""
        field = form.fields["time_zone"]
        held = str(form.initial.get("time_zone") or "")
        country = str(form["country"].value() or "")
        field.choices = lambda: _choices(country, held)  # type: ignore[attr-defined]
        field.widget.attrs["data-zones-of"] = form["country"].id_for_label


def _countries() -> dict[str, str]:
    return {zone: country for country, zones in zones_by_country().items() for zone in zones}


def _choices(country: str, held: str) -> list[tuple[str, list[tuple[str, str]]]]:
    """Zones of the country, then the others by name; `held` stays, whatever it is."""
    theirs = list(zones_by_country().get(country, ()))
    others = [zone for zone in _countries() if zone not in theirs]
    others += {NO_COUNTRY, held} - {"", *theirs, *others}
    named = sorted(((zone, zone_name(zone)) for zone in others), key=lambda one: sort_key(one[1]))
    groups = [(country_name(country), [(zone, zone_name(zone)) for zone in theirs])]
    return [*groups, (str(_("Other countries")), named)]
