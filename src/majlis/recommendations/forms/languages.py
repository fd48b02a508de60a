"""Words in the other languages."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from majlis.kernel.texts import Text, TextStatus
from majlis.kernel.words import Language
from majlis.recommendations.fields import BY_NAME, WORDED
from majlis.recommendations.forms.choices import TRANSLATION_STATUSES, any_country
from majlis.recommendations.forms.fields import words_field
from majlis.recommendations.models import Addressee, Recommendation
from majlis.ui.languages import attrs_of, facts


class LanguageForm(forms.Form):
    """All words of a recommendation in one other language, beside the original."""

    status = forms.ChoiceField(
        label=_("How reliable is this translation?"),
        choices=lambda: TRANSLATION_STATUSES,
        help_text=_("Draft: made quickly or by a machine. Reviewed: checked by a native speaker."),
    )

    def __init__(self, *args: Any, rec: Recommendation, lang: str, **kwargs: Any) -> None:
        initial: dict[str, Any] = {name: getattr(rec, name).words(lang) for name in WORDED}
        there = rec.text.get(lang)
        initial["status"] = there.status if there else TextStatus.DRAFT
        kwargs.setdefault("initial", initial)
        super().__init__(*args, **kwargs)
        attrs = attrs_of(lang)
        for name in WORDED:
            text: Text = getattr(rec, name)
            if text:
                given = {"label": BY_NAME[name].label, "required": False}
                given["help_text"] = _original_of(text, lang)
                self.fields[name] = words_field(BY_NAME[name], given, **attrs)
        self.order_fields([*WORDED, "status"])

    @property
    def texts(self) -> dict[str, str]:
        return {name: words for name, words in self.cleaned_data.items() if name != "status"}


def _original_of(text: Text, lang: str) -> str:
    """The original, and what it said when the translation was made, where it has changed since."""
    now, was = text.words(text.original), text.changed_since(lang)
    return _("%(now)s – before it was changed: %(was)s") % {"now": now, "was": was} if was else now


class AddresseeForm(forms.Form):
    """The names of a unit in three languages."""

    country = forms.ChoiceField(label=_("Country"), required=False, choices=any_country)

    def __init__(self, *args: Any, addressee: Addressee, **kwargs: Any) -> None:
        initial: dict[str, Any] = {"country": addressee.country}
        for lang in Language.values:
            for name in ("unit", "body"):
                initial[f"{name}_{lang}"] = getattr(addressee, name).words(lang)
        kwargs.setdefault("initial", initial)
        super().__init__(*args, **kwargs)
        self.addressee = addressee
        for lang in Language.values:
            attrs = attrs_of(lang)
            for name, label in (
                ("unit", _("Department or unit in %(language)s")),
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
