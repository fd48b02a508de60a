"""Which documents somebody is asked for, and which were handed in."""

from __future__ import annotations

from dataclasses import dataclass

from majlis.kernel.clock import now
from majlis.registration.models import FormAnswer, Registration
from majlis.registration.states import READ_BY
from majlis.series.models import Question
from majlis.series.states import Readers


@dataclass(frozen=True, slots=True)
class Wanted:
    """A document that a person is asked for; `answer` holds it once it is handed in."""

    question: Question
    answer: FormAnswer | None

    @property
    def read_by(self) -> str:
        return str(READ_BY[Readers(self.question.readers)])

    @property
    def is_missing(self) -> bool:
        """Whether it is needed today and not there."""
        return self.answer is None and self.question.is_needed(now().date())


def documents_of(registration: Registration) -> list[Wanted]:
    """What this person is asked to hand in, after their other answers; and what they did before."""
    answers = {one.question_id: one for one in registration.form_answers.select_related("question")}
    given = {one.question.code: one.value for one in answers.values() if not one.file}
    given = {"capacity": registration.capacity} | given
    questions = [one for one in registration.edition.questions.all() if one.is_file]
    return [
        Wanted(one, answers.get(one.pk))
        for one in questions
        if (one.pk in answers if one.is_retired else one.is_asked(given))
    ]
