"""The edition's own questions, on every form that asks somebody about themselves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.html import escape
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from majlis.kernel.clock import now
from majlis.registration.states import READ_BY
from majlis.series.models import Question
from majlis.series.models.form import YES_NO
from majlis.series.states import QuestionKind, Readers
from majlis.ui.formats import day
from majlis.ui.forms import DayInput

PREFIX = "asked_"
CAPACITY = "capacity"  # which questions can depend on as well


class AskedForm(forms.Form):
    """Asks `questions` after the usual things. One whose condition is not met takes no answer.

    Documents are not asked for here: a stranger could fill the disk. They are handed in once the
    address is confirmed, and `documents` tells which those will be.
    """

    def __init__(
        self,
        *args: Any,
        questions: Sequence[Question] = (),
        answered: Mapping[str, Any] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.questions = [one for one in questions if not one.is_file]
        self.documents = [one for one in questions if one.is_file]
        self.lang = (get_language() or "en").split("-")[0]
        today = now().date()
        for question in self.questions:
            field = _field(question, self.lang)
            field.label, field.help_text = str(question.prompt), _help(question)
            field.required = question.is_needed(today)
            field.error_messages["required"] = _("Answer this question.")
            field.initial = (answered or {}).get(question.code)
            if question.condition:
                code, answer = question.condition
                asks = CAPACITY if code == CAPACITY else f"{PREFIX}{code}"
                on = {"data-asked-if": asks, "data-asked-value": answer}
                field.widget.attrs.update(on)
            self.fields[f"{PREFIX}{question.code}"] = field

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        self.more: dict[str, Any] = {}
        for question in self.questions:
            name = f"{PREFIX}{question.code}"
            if not question.is_asked({CAPACITY: data.get(CAPACITY), **self.more}):
                self.errors.pop(name, None)  # whatever was sent, nobody was asked
            elif value := data.get(name):
                is_day = question.kind == QuestionKind.DATE
                self.more[question.code] = value.isoformat() if is_day else value
        return data

    @property
    def asked(self) -> list[BoundField]:
        """The fields of the questions."""
        return [self[f"{PREFIX}{question.code}"] for question in self.questions]


def _field(question: Question, lang: str) -> forms.Field:
    choices = question.choices(lang)
    match question.kind:
        case QuestionKind.LONG:
            return forms.CharField(max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))
        case QuestionKind.CHOICE if len(choices) > 7:
            return forms.ChoiceField(choices=[("", _("Choose …")), *choices])
        case QuestionKind.CHOICE:
            return forms.ChoiceField(choices=choices, widget=forms.RadioSelect)
        case QuestionKind.SEVERAL:
            return forms.MultipleChoiceField(choices=choices, widget=forms.CheckboxSelectMultiple)
        case QuestionKind.YES_NO:
            return forms.ChoiceField(choices=list(YES_NO), widget=forms.RadioSelect)
        case QuestionKind.DATE:
            return forms.DateField(widget=DayInput)
    return forms.CharField(max_length=300)


def _help(question: Question) -> str:
    """What helps to answer: the organisers' words, until when, who reads it, when it goes."""
    said: list[str] = (
        [escape(str(question.hint))] if question.hint else []
    )  # help is shown as it is
    if question.is_required and question.until:
        said.append(str(_("Needed by %(day)s.") % {"day": day(question.until)}))
    if question.is_sensitive or question.readers != Readers.ORGANISERS:
        said.append(str(READ_BY[Readers(question.readers)]))
    if question.is_sensitive and question.purge_on:
        gone = _("It is deleted on %(day)s; backups keep it longer.")
        said.append(str(gone % {"day": day(question.purge_on)}))
    return " ".join(said)
