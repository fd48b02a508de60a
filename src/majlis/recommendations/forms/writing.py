"""The sheet on which a recommendation is written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from majlis.kernel.texts import Text, TextStatus
from majlis.kernel.words import Language
from majlis.recommendations.forms.choices import (
    COUNTRIES,
    TRANSLATION_STATUSES,
    any_country,
    area,
    choice,
    country_choices,
)
from majlis.recommendations.forms.plan import PlanFields, plan_initial
from majlis.recommendations.models import Addressee, Recommendation
from majlis.recommendations.queries import wording
from majlis.recommendations.queries.checks import is_unit
from majlis.recommendations.queries.requirements import TITLE_LETTERS
from majlis.recommendations.states import (
    Certainty,
    Confidentiality,
    CostRange,
    DuePrecision,
    Funding,
    Instrument,
    Level,
    ValueChain,
)
from majlis.series.models import Challenge, Edition, Theme
from majlis.ui.languages import facts


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the sheet, with the fields that stand in it."""

    code: str
    title: str | Promise
    about: str | Promise
    fields: tuple[BoundField, ...]


PARTS: list[tuple[str, Any, Any, list[str]]] = [
    (
        "classification",
        _("Classification"),
        "",
        ["theme", "challenges", "level", "countries", "value_chains"],
    ),
    (
        "reason",
        _("Reason"),
        _("Why this is asked. Evidence is cited on the page of sources."),
        ["problem", "rationale", "certainty", "no_evidence_found"],
    ),
    (
        "action",
        _("Action"),
        _("Who is asked to do what, by which means, and when."),
        [
            "addressee",
            "new_unit",
            "new_body",
            "new_country",
            "co_actors",
            "instrument",
            "legal_basis",
            "legal_basis_url",
            "no_legal_basis_needed",
            "decision_needed",
            "first_action",
            "due_on",
            "due_precision",
        ],
    ),
    ("means", _("Means"), "", ["cost_range", "cost_note", "funding_source"]),
    (
        "judgement",
        _("Judgement"),
        "",
        [
            "equity",
            "risks",
            "indicator",
            "indicator_baseline",
            "indicator_target",
            "baseline_missing",
        ],
    ),
    ("control", _("Control"), "", ["overlap_checked", "confidentiality"]),
]


class RecommendationForm(PlanFields):
    """The whole sheet of a recommendation, in its original language.

    `fields_for(rec)` gives the columns for the action; `new_addressee` the unit named on the
    sheet, if any.
    """

    original = forms.ChoiceField(
        label=_("Language of the original"),
        choices=Language.pairs,
        help_text=_(
            "The language in which it is written first. The other fields of this sheet are in it."
        ),
    )
    theme: forms.ModelChoiceField[Theme] = forms.ModelChoiceField(label=_("Theme"), queryset=None)
    challenges: forms.ModelMultipleChoiceField[Challenge] = forms.ModelMultipleChoiceField(
        label=_("Challenge"), queryset=None, widget=forms.CheckboxSelectMultiple
    )
    level = choice(_("Level"), Level, _("How far it reaches. Asked before review."))
    countries = forms.MultipleChoiceField(
        label=_("Country"),
        required=False,
        choices=country_choices,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Asked before review."),
    )
    value_chains = forms.MultipleChoiceField(
        label=_("Value chain"),
        required=False,
        choices=ValueChain.pairs,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Asked before review."),
    )
    problem = area(_("Problem"), _("What falls short, for whom. Asked before review."))
    rationale = area(_("Rationale"), _("Why this action follows from it. Asked before review."))
    certainty = choice(
        _("Certainty of evidence"),
        Certainty,
        _("How far one can rely on the evidence. Asked before review."),
    )
    no_evidence_found = forms.BooleanField(
        label=_("No evidence found"),
        required=False,
        help_text=_("It may still be adopted; the mark stands beside it in public."),
    )
    addressee: forms.ModelChoiceField[Addressee] = forms.ModelChoiceField(
        label=_("Addressee"),
        queryset=None,
        required=False,
        help_text=_("A unit that can answer, not “the government”. Choose one, or name a new one."),
    )
    new_unit = forms.CharField(
        label=_("New addressee: unit"),
        required=False,
        max_length=200,
        help_text=_("For example “General directorate of industrial policy”."),
    )
    new_body = forms.CharField(
        label=_("New addressee: body it belongs to"), required=False, max_length=200
    )
    new_country = forms.ChoiceField(
        label=_("New addressee: country"),
        required=False,
        choices=any_country,
    )
    co_actors = area(
        _("Other actors"),
        _("Each with its role; “none” is an answer. Asked before review."),
        rows=2,
    )
    instrument = forms.ChoiceField(
        label=_("Instrument"), choices=lambda: [("", "—"), *Instrument.choices]
    )
    legal_basis = area(
        _("Legal basis"),
        _("The text to use or to change, under its name in the country. Asked before review."),
        rows=2,
    )
    legal_basis_url = forms.URLField(
        label=_("Address of that text"), required=False, max_length=400, assume_scheme="https"
    )
    no_legal_basis_needed = forms.BooleanField(label=_("No legal basis is needed"), required=False)
    decision_needed = area(
        _("Decision required"), _("Which decision, by which body. Asked before review."), rows=2
    )
    cost_range = choice(
        _("Order of magnitude of the cost"),
        CostRange,
        _("“Unknown” may be written, and is counted as not known. Asked before review."),
    )
    cost_note = forms.CharField(
        label=_("Amount, currency and year"), required=False, max_length=200
    )
    funding_source = choice(_("Source of funding"), Funding, _("Asked before review."))
    equity = area(
        _("Equity"),
        _("Who gains and who may lose: women, youth, regions, small firms. Asked before review."),
    )
    risks = area(
        _("Risks and assumptions"), _("What could stop it, what must hold. Asked before review.")
    )
    overlap_checked = forms.BooleanField(
        label=_("I have looked at the other recommendations: none says the same"),
        required=False,
        help_text=_("Asked before review, unless related ones are named."),
    )
    confidentiality = forms.ChoiceField(
        label=_("Who may read of it before it is published"), choices=Confidentiality.pairs
    )

    def __init__(
        self, *args: Any, edition: Edition, rec: Recommendation | None = None, **kwargs: Any
    ) -> None:
        kwargs.setdefault("initial", _initial(edition, rec))
        super().__init__(*args, **kwargs)
        self.edition = edition
        self.rec = rec
        fields: dict[str, Any] = self.fields
        fields["theme"].queryset = edition.themes.all()
        fields["challenges"].queryset = edition.challenges.all()
        fields["addressee"].queryset = edition.addressees.all()
        for lang in Language.values:
            self._add_wording(lang)

    def _add_wording(self, lang: str) -> None:
        name = facts(lang).name
        attrs = {"lang": lang, "dir": facts(lang).direction}
        self.fields[f"title_{lang}"] = forms.CharField(
            label=_("Short title in %(language)s") % {"language": name},
            required=False,
            max_length=TITLE_LETTERS,
            widget=forms.TextInput(attrs=attrs),
            help_text=_("Up to 90 characters."),
        )
        self.fields[f"text_{lang}"] = forms.CharField(
            label=_("Recommendation in %(language)s") % {"language": name},
            required=False,
            max_length=2000,
            widget=forms.Textarea(attrs=attrs | {"rows": 3}),
            help_text=_("Starts with an action verb; one action; understood without the report."),
        )
        self.fields[f"status_{lang}"] = forms.ChoiceField(
            label=_("Status of the %(language)s wording, if it is a translation")
            % {"language": name},
            required=False,
            choices=lambda: TRANSLATION_STATUSES,
        )

    def wordings(self) -> Iterator[tuple[str, tuple[BoundField, ...]]]:
        """Per language: its title, text and status fields."""
        for lang in Language.values:
            yield lang, (self[f"title_{lang}"], self[f"text_{lang}"], self[f"status_{lang}"])

    def parts(self) -> list[Part]:
        """The rest of the sheet, in parts that can be read."""
        return [
            Part(code, title, about, tuple(self[name] for name in names))
            for code, title, about, names in PARTS
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
        if not unit and not data.get("addressee"):
            self.add_error("addressee", _("Choose an addressee, or name a new unit below."))
        if unit and not is_unit(Text.of(original, **{original: unit})):
            self.add_error(
                "new_unit", _("Name a unit: a directorate, an agency, a desk. This is too wide.")
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
        found: dict[str, Any] = {
            name: data[name]
            for name in data
            if name not in {"original", "new_unit", "new_body", "new_country"}
            and name[:-3] not in {"title", "text", "status"}
        }
        for name in ("title", "text"):
            given = {
                lang: (
                    data[f"{name}_{lang}"],
                    TextStatus(data[f"status_{lang}"] or TextStatus.DRAFT),
                )
                for lang in Language.values
            }
            found[name] = self._old(name).reworded(original, given)
        for name in wording.TEXT_FIELDS:
            if name not in {"title", "text"}:
                found[name] = self._old(name).with_original(data[name], original)
        found["due_precision"] = data["due_precision"] or DuePrecision.DAY
        found["addressee"] = addressee or data["addressee"]
        found["challenges"] = list(data["challenges"])
        return found

    def _old(self, name: str) -> Text:
        return getattr(self.rec, name) if self.rec else Text()


def _initial(edition: Edition, rec: Recommendation | None) -> dict[str, Any]:
    if rec is None:
        return {
            "original": edition.authoritative_language,
            "countries": [edition.country] if edition.country in COUNTRIES else [],
            "confidentiality": Confidentiality.PARTICIPANTS,
        }
    original = rec.text.original
    found: dict[str, Any] = {
        "original": original,
        "challenges": [c.pk for c in rec.challenges.all()],
    } | plan_initial(rec)
    for name in (
        "theme", "level", "countries", "value_chains", "certainty", "no_evidence_found",
        "addressee", "instrument", "legal_basis_url", "no_legal_basis_needed", "cost_range",
        "cost_note", "funding_source", "overlap_checked", "confidentiality",
    ):  # fmt: skip
        found[name] = getattr(rec, name)
    for name in wording.TEXT_FIELDS:
        text: Text = getattr(rec, name)
        if name in {"title", "text"}:
            for lang in Language.values:
                found[f"{name}_{lang}"] = text.words(lang)
        else:
            found[name] = text.words(original)
    for lang in Language.values:
        if lang in rec.text and lang != original:
            found[f"status_{lang}"] = rec.text[lang].status
    return found
