"""The sheet on which a recommendation is written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from majlis.kernel.texts import Text, TextStatus
from majlis.kernel.words import Language
from majlis.recommendations.fields import COLUMNS, PARTS, Said, in_part
from majlis.recommendations.forms.choices import (
    COUNTRIES,
    TRANSLATION_STATUSES,
    any_country,
)
from majlis.recommendations.forms.fields import columns_of, form_field, initial_of
from majlis.recommendations.models import Addressee, Recommendation
from majlis.recommendations.queries.checks import is_unit
from majlis.series.models import Edition
from majlis.ui.languages import attrs_of, facts

IDENTITY = in_part("identity")
SHEET = tuple(field for field in COLUMNS if field not in IDENTITY)
UNIT = ("new_unit", "new_body", "new_country")


@dataclass(frozen=True, slots=True)
class SheetPart:
    """One part of the sheet, with the fields that stand in it."""

    code: str
    title: Said
    about: Said
    fields: tuple[BoundField, ...]


class RecommendationForm(forms.Form):
    """The whole sheet of a recommendation, in its original language.

    `fields_for(rec)` gives the columns for the action; `new_addressee` the unit named on the
    sheet, if any.
    """

    original = forms.ChoiceField(
        label=_("Language of the original"),
        choices=Language.pairs,
        help_text=_(
            "The language in which it was first written. The other fields of this form use it too."
        ),
    )
    new_unit = forms.CharField(
        label=_("New addressee: department or unit"),
        required=False,
        max_length=200,
        help_text=_("For example “General directorate of industrial policy”."),
    )
    new_body = forms.CharField(
        label=_("New addressee: organisation"), required=False, max_length=200
    )
    new_country = forms.ChoiceField(
        label=_("New addressee: country"),
        required=False,
        choices=any_country,
    )

    def __init__(
        self, *args: Any, edition: Edition, rec: Recommendation | None = None, **kwargs: Any
    ) -> None:
        kwargs.setdefault("initial", _initial(edition, rec))
        super().__init__(*args, **kwargs)
        self.edition = edition
        self.rec = rec or Recommendation()
        self.fields |= {field.name: form_field(field, edition) for field in SHEET}
        self.fields["addressees"].required = False  # a new one may be named
        for lang in Language.values:
            self._add_wording(lang)

    def _add_wording(self, lang: str) -> None:
        name = facts(lang).name
        for field in IDENTITY:
            label = _("%(field)s in %(language)s") % {"field": field.label, "language": name}
            made = form_field(field, self.edition, label=label, required=False)
            made.widget.attrs |= attrs_of(lang)
            self.fields[f"{field.name}_{lang}"] = made
        self.fields[f"status_{lang}"] = forms.ChoiceField(
            label=_("Status of the wording in %(language)s, if it is a translation")
            % {"language": name},
            required=False,
            choices=lambda: TRANSLATION_STATUSES,
        )

    def wordings(self) -> Iterator[tuple[str, tuple[BoundField, ...]]]:
        """Per language: its title, text and status fields."""
        for lang in Language.values:
            yield lang, tuple(self[f"{name}_{lang}"] for name in ("title", "text", "status"))

    def parts(self) -> list[SheetPart]:
        """The rest of the sheet, in parts that can be read."""
        return [
            SheetPart(code, title, about, tuple(self[name] for name in _names_in(code)))
            for code, (title, about) in PARTS.items()
            if code != "identity"
        ]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        original = data.get("original") or "en"
        for name, asked in (
            ("title", _("Write a title in the language of the original.")),
            ("text", _("Write the recommendation in the language of the original.")),
        ):
            if f"{name}_{original}" in data and not data[f"{name}_{original}"].strip():
                self.add_error(f"{name}_{original}", asked)
        unit = data.get("new_unit", "").strip()
        if not unit and not data.get("addressees"):
            self.add_error(
                "addressees", _("Choose an addressee, or name a new department or unit below.")
            )
        if unit and not is_unit(Text.of(original, **{original: unit})):
            self.add_error(
                "new_unit",
                _(
                    "Name a department or a unit: a directorate, an agency, an office. This is "
                    "too broad."
                ),
            )
        return data

    @property
    def new_addressee(self) -> dict[str, Any] | None:
        """The unit named on the sheet, for `actions.name_addressee`."""
        data, original = self.cleaned_data, self.cleaned_data["original"]
        if not data["new_unit"].strip():
            return None
        return {
            "unit": Text.of(original, **{original: data["new_unit"].strip()}),
            "body": Text.of(original, **{original: data["new_body"].strip()}),
            "country": data["new_country"],
        }

    def fields_for(self, addressee: Addressee | None) -> dict[str, Any]:
        """The columns for `draft_recommendation` and `revise_recommendation`."""
        data = self.cleaned_data
        original = data["original"]
        found = columns_of(self.rec, SHEET, data, original)
        for name in ("title", "text"):
            given = {
                lang: (
                    data[f"{name}_{lang}"],
                    TextStatus(data[f"status_{lang}"] or TextStatus.DRAFT),
                )
                for lang in Language.values
            }
            found[name] = getattr(self.rec, name).reworded(original, given)
        if addressee is not None:
            found["addressees"].append(addressee)
        return found


def _names_in(part: str) -> Iterator[str]:
    """The form fields of one part; a new unit is named under the others."""
    for field in in_part(part):
        yield field.name
        if field.name == "addressees":
            yield from UNIT


def _initial(edition: Edition, rec: Recommendation | None) -> dict[str, Any]:
    original = rec.text.original if rec else edition.authoritative_language
    found = {"original": original} | initial_of(rec or Recommendation(), SHEET, original)
    if rec is None:
        return found | {"countries": [edition.country] if edition.country in COUNTRIES else []}
    for lang in Language.values:
        for field in IDENTITY:
            found[f"{field.name}_{lang}"] = getattr(rec, field.name).words(lang)
        if lang in rec.text and lang != original:
            found[f"status_{lang}"] = rec.text[lang].status
    return found
