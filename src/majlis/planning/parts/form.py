"""How the desk asks for a question of the registration form."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from majlis.briefs.onepage import PLACES
from majlis.briefs.queries import PROSE
from majlis.kernel.punctuation import quoted
from majlis.mail.wording import faults_in
from majlis.registration.states import Capacity
from majlis.series.models import Edition, Question
from majlis.series.states import QuestionKind, Readers
from majlis.ui.forms import DayInput

Said = Any  # words, in the language of the reader once they are shown


class AskedIf(forms.ChoiceField):
    """The answer to an earlier question that makes another one asked."""

    def __init__(self, edition: Edition) -> None:
        self.questions = [q for q in edition.questions.filter(is_retired=False) if q.can_decide]
        super().__init__(label=_("Ask it only if"), required=False, choices=self._choices)

    def before(self, row: Question) -> None:
        """Offer only the questions that stand before this one."""
        self.questions = [q for q in self.questions if q.position < row.position]
        self.choices = self._choices

    def _choices(self) -> list[tuple[str, str]]:
        lang = get_language() or "en"
        return [
            ("", str(_("always ask it"))),
            *(
                (f"capacity={kind.value}", f"{quoted(str(_('You are attending')))} → {kind.label}")
                for kind in Capacity
            ),
            *(
                (f"{q.code}={value}", f"{quoted(str(q.prompt))} → {shown}")
                for q in self.questions
                for value, shown in q.deciding_answers(lang)
            ),
        ]


def question_kind(_edition: Edition) -> forms.Field:
    return forms.ChoiceField(label=_("How it is answered"), choices=QuestionKind.pairs)


def readers(_edition: Edition) -> forms.Field:
    return forms.ChoiceField(label=_("Who reads the answers"), choices=Readers.pairs)


def a_day(label: Said, help: Said) -> Callable[[Edition], forms.Field]:
    def ask(_edition: Edition) -> forms.Field:
        return forms.DateField(label=label, required=False, help_text=help, widget=DayInput)

    return ask


def brief_faults(sent: Mapping[str, Any]) -> dict[str, Said]:
    """Places in braces that a brief cannot fill."""
    if sent.get("kind") not in PROSE:
        return {}
    found = {
        name: faults_in(str(words), frozenset(PLACES))
        for name, words in sent.items()
        if name.startswith("body_")
    }
    return {name: faults[0] for name, faults in found.items() if faults}


def question_faults(sent: Mapping[str, Any]) -> dict[str, Said]:
    faults: dict[str, Said] = {}
    said = {
        lang: [line for line in str(words).split("\n") if line.strip()]
        for name, words in sent.items()
        if name.startswith("options_") and str(words).strip()
        for lang in [name.removeprefix("options_")]
    }
    first = sent.get("original", "")
    if sent.get("kind") in {QuestionKind.CHOICE, QuestionKind.SEVERAL}:
        if len(said.get(first, [])) < 2:
            faults[f"options_{first}"] = _("Write at least two answers, one on each line.")
        for lang, lines in said.items():
            if lang != first and len(lines) != len(said.get(first, [])):
                faults[f"options_{lang}"] = _("Write as many lines as in the original.")
    if sent.get("is_sensitive") and not sent.get("purge_on"):
        faults["purge_on"] = _("Say on which day sensitive answers are deleted.")
    return faults
