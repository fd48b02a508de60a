"""What people answer, and what the desk asks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from majlis.evaluation.fields import FREE, FREE_LABEL, LONGEST, MOST_OPEN, SCALE, Item
from majlis.evaluation.models import Survey
from majlis.evaluation.states import QuestionKind
from majlis.kernel.texts import Text
from majlis.kernel.words import Language
from majlis.series.models import Edition
from majlis.ui.languages import attrs_of


class AnswerForm(forms.Form):
    """Every question of a survey; each may be left out, but not all."""

    def __init__(self, *args: Any, survey: Survey, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.features = survey.features()
        self.own = list(survey.questions.all()) if survey.pk else []
        self.asked_in_words: dict[str, Any] = {FREE: FREE_LABEL} | {
            one.code: str(one.words) for one in self.own if one.kind == QuestionKind.WORDS
        }
        own = [one.item for one in self.own if one.kind != QuestionKind.WORDS]
        self.items = [*self.features, *survey.core(), *own]
        for item in self.items:
            self.fields[item.key] = _choice_of(item)
        for key, label in self.asked_in_words.items():
            self.fields[key] = forms.CharField(
                label=label,
                required=False,
                max_length=LONGEST,
                widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
            )

    def graded(self) -> Iterator[forms.BoundField]:
        """The features, which stand in one table."""
        return (self[item.key] for item in self.features)

    def others(self) -> Iterator[forms.BoundField]:
        """Every other question."""
        graded = {item.key for item in self.features}
        return (self[name] for name in self.fields if name not in graded)

    def clean(self) -> dict[str, Any]:
        sent = {k: v for k, v in self.cleaned_data.items() if v not in {"", None}}
        if not sent and not self.errors:
            raise forms.ValidationError(_("Answer at least one question."))
        return {
            "values": {k: v for k, v in sent.items() if k not in self.asked_in_words},
            "remarks": {k: v for k, v in sent.items() if k in self.asked_in_words},
        }


def _choice_of(item: Item) -> forms.Field:
    label: Any = item.label  # Django's own types name no lazy text
    if item.choices is not None:
        return forms.ChoiceField(
            label=label,
            choices=item.choices.pairs,
            required=False,
            widget=forms.RadioSelect,
        )
    return forms.TypedChoiceField(
        label=label,
        choices=[(n, str(n)) for n in SCALE],
        coerce=int,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
    )


class QuestionForm(forms.Form):
    """A question of the edition's own, in its languages; the first one is needed."""

    kind = forms.ChoiceField(label=_("Answered"), choices=QuestionKind.pairs)

    def __init__(self, *args: Any, edition: Edition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.languages = list(edition.languages)
        self.original = edition.authoritative_language
        for code in self.languages:
            self.fields[f"words_{code}"] = forms.CharField(
                label=Language(code).label,
                required=code == self.original,
                max_length=300,
                widget=forms.TextInput(attrs=attrs_of(code)),
            )

    def clean(self) -> dict[str, Any]:
        words = {code: self.cleaned_data.pop(f"words_{code}", "") for code in self.languages}
        self.cleaned_data["words"] = Text.of(
            self.original, **{code: text for code, text in words.items() if text}
        )
        return self.cleaned_data


class OpenForm(forms.Form):
    """How many answers the open link may take."""

    most_open = forms.IntegerField(
        label=_("Answers by the open link, at most"),
        help_text=_(
            "A link and a QR code for those without an email address. It cannot tell whether "
            "somebody answers twice. 0: no open link."
        ),
        min_value=0,
        max_value=MOST_OPEN,
        initial=0,
    )
