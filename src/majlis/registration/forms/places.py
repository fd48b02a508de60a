"""What may be sent about numbers of places. A form never saves."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from majlis.people.states import Constituency
from majlis.people.territories import country_choices, country_name
from majlis.registration.models import Quota
from majlis.registration.states import QuotaKind
from majlis.ui.forms import WholeInput

MOST = 100_000


def _number(label: Any, **more: Any) -> forms.IntegerField:
    return forms.IntegerField(
        label=label, required=False, min_value=1, max_value=MOST, widget=WholeInput(), **more
    )


class QuotasForm(forms.Form):
    """How many places there are; what is left empty has no limit."""

    all = _number(
        _("Places in all"),
        help_text=_("Leave it empty for no limit. Further people go on the waiting list."),
    )
    country = forms.ChoiceField(
        label=_("Country"),
        required=False,
        choices=lambda: [("", "—"), *country_choices()],
        help_text=_("Another country with a number of its own."),
    )
    country_most = _number(_("Places for this country"))

    def __init__(self, *args: Any, quotas: list[Quota], **kwargs: Any) -> None:
        known = {(quota.kind, quota.key): quota.most for quota in quotas}
        super().__init__(*args, **kwargs)
        self.fields["all"].initial = known.get((QuotaKind.ALL, ""))
        self.keys: dict[str, tuple[str, str]] = {"all": (QuotaKind.ALL, "")}
        for group in Constituency:
            self._add(QuotaKind.GROUP, group.value, group.label, known)
        for kind, key in known:
            if kind == QuotaKind.COUNTRY:
                self._add(QuotaKind.COUNTRY, key, country_name(key), known)
        self.order_fields(["all", *self.keys, "country", "country_most"])

    def _add(self, kind: str, key: str, label: Any, known: dict[tuple[str, str], int]) -> None:
        name = f"{kind}_{key}"
        self.keys[name] = (kind, key)
        self.fields[name] = _number(label, initial=known.get((kind, key)))

    @property
    def wanted(self) -> dict[tuple[str, str], int]:
        data = self.cleaned_data
        found = {key: data[name] for name, key in self.keys.items() if data.get(name)}
        if data.get("country") and data.get("country_most"):
            found[QuotaKind.COUNTRY, data["country"]] = data["country_most"]
        return found
