"""Words in the other languages."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from majlis.kernel.texts import Text, TextStatus
from majlis.kernel.words import Language
from majlis.recommendations.forms.choices import TRANSLATION_STATUSES, any_country
from majlis.recommendations.models import Addressee, Recommendation
from majlis.recommendations.queries import wording
from majlis.recommendations.queries.requirements import TITLE_LETTERS
from majlis.ui.languages import facts


class TranslationForm(forms.Form):
    """All words of a recommendation in one other language, beside the original."""

    status = forms.ChoiceField(
        label=_("How far can this translation be relied on?"),
        choices=lambda: TRANSLATION_STATUSES,
        help_text=_("Draft: made quickly, or by a machine. Reviewed: read by a native speaker."),
    )

    def __init__(self, *args: Any, rec: Recommendation, lang: str, **kwargs: Any) -> None:
        initial: dict[str, Any] = {}
        for name in wording.TEXT_FIELDS:
            text: Text = getattr(rec, name)
            initial[name] = text.words(lang)
        there = rec.text.get(lang)
        initial["status"] = there.status if there else TextStatus.DRAFT
        kwargs.setdefault("initial", initial)
        super().__init__(*args, **kwargs)
        attrs = {"lang": lang, "dir": facts(lang).direction}
        for name in wording.TEXT_FIELDS:
            text = getattr(rec, name)
            if not text:
                continue
            widget: forms.Widget = forms.Textarea(attrs=attrs | {"rows": 3})
            if name == "title":
                widget = forms.TextInput(attrs=attrs)
            self.fields[name] = forms.CharField(
                label=FIELD_LABELS[name],
                required=False,
                max_length=TITLE_LETTERS if name == "title" else 4000,
                widget=widget,
                help_text=text.shown(text.original).text,
            )
        self.order_fields([*wording.TEXT_FIELDS, "status"])

    @property
    def texts(self) -> dict[str, str]:
        return {name: words for name, words in self.cleaned_data.items() if name != "status"}


FIELD_LABELS: dict[str, Any] = {
    "title": _("Short title"),
    "text": _("Recommendation text"),
    "problem": _("Problem"),
    "rationale": _("Rationale"),
    "co_actors": _("Other actors"),
    "legal_basis": _("Legal basis"),
    "decision_needed": _("Decision required"),
    "first_action": _("First action"),
    "indicator": _("Indicator"),
    "equity": _("Equity"),
    "risks": _("Risks and assumptions"),
}


class AddresseeForm(forms.Form):
    """The names of a unit in three languages."""

    country = forms.ChoiceField(label=_("Country"), required=False, choices=any_country)

    def __init__(self, *args: Any, addressee: Addressee, **kwargs: Any) -> None:
        initial: dict[str, Any] = {"country": addressee.country}
        for lang in Language.values:
            for name in ("unit", "body"):
                text: Text = getattr(addressee, name)
                initial[f"{name}_{lang}"] = text.words(lang)
        kwargs.setdefault("initial", initial)
        super().__init__(*args, **kwargs)
        self.addressee = addressee
        for lang in Language.values:
            attrs = {"lang": lang, "dir": facts(lang).direction}
            for name, label in (
                ("unit", _("Unit in %(language)s")),
                ("body", _("Body in %(language)s")),
            ):
                self.fields[f"{name}_{lang}"] = forms.CharField(
                    label=label % {"language": facts(lang).name},
                    required=lang == addressee.unit.original and name == "unit",
                    max_length=200,
                    widget=forms.TextInput(attrs=attrs),
                )
        self.order_fields(
            [f"{name}_{lang}" for lang in Language.values for name in ("unit", "body")]
        )

    def text_of(self, name: str) -> Text:
        """`unit` or `body` in its languages."""
        old: Text = getattr(self.addressee, name)
        original = self.addressee.unit.original
        given = {
            lang: (self.cleaned_data[f"{name}_{lang}"], TextStatus.EDITED)
            for lang in Language.values
        }
        return old.reworded(original, given)
