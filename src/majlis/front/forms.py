"""What may be sent from the pages of the front."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from majlis.kernel.texts import Text, TextStatus
from majlis.series.models import PublicText
from majlis.series.pack import TEXT_LENGTHS
from majlis.ui.languages import attrs_of

TRANSLATED = [s for s in TextStatus if s != TextStatus.ORIGINAL]


class TextForm(forms.Form):
    """Title and body of a public text in one language."""

    title = forms.CharField(
        label=_("Title"),
        max_length=TEXT_LENGTHS["title"],
        error_messages={"required": _("Give the text a title.")},
    )
    body = forms.CharField(
        label=_("Text"),
        max_length=TEXT_LENGTHS["body"],
        error_messages={"required": _("Write the text.")},
        widget=forms.Textarea(attrs={"rows": 18}),
        help_text=_("A blank line starts a paragraph, “## ” a heading and “- ” an item in a list."),
    )
    status = forms.ChoiceField(
        label=_("Reliability of this translation"),
        choices=lambda: [(s.value, s.label) for s in TRANSLATED],
    )
    is_confirmed = forms.BooleanField(
        label=_("The organiser confirms this text"),
        required=False,
        help_text=_(
            "Until then, readers are told that it is not confirmed. Applies to all languages."
        ),
    )

    def __init__(self, *args: Any, text: PublicText, lang: str, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {}).update(
            title=text.title.words(lang),
            body=text.body.words(lang),
            status=_status(text.title, lang),
            is_confirmed=text.is_confirmed,
        )
        super().__init__(*args, **kwargs)
        for name in ("title", "body"):
            self.fields[name].widget.attrs |= attrs_of(lang)
        if is_original(text, lang):
            del self.fields["status"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        return data | {"status": TextStatus(data.get("status", TextStatus.ORIGINAL))}


def is_original(text: PublicText, lang: str) -> bool:
    """Whether the text was first written in this language."""
    return not text.title or text.title.original == lang


def _status(text: Text, lang: str) -> str:
    return str(text[lang].status if lang in text else TextStatus.EDITED)
