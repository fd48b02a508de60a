"""Who reads the answers to the questions of a registration form: those that the question names."""

from __future__ import annotations

from collections.abc import Iterable

from majlis.kernel.analysis import Search
from majlis.registration.access import Place
from majlis.registration.models import FormAnswer, Registration
from majlis.registration.queries import confirmed, keys_by_name
from majlis.registration.states import TEAM, RoleKind
from majlis.series.models import Question
from majlis.series.states import Readers


def may_read(place: Place, question: Question) -> bool:
    """Whether this colleague reads the answers to the question; an organiser reads all."""
    if question.readers == Readers.TEAM:
        return place.is_(*TEAM)
    return place.is_(RoleKind.DOOR) if question.readers == Readers.DOOR else place.is_()


def read_by_team(place: Place) -> list[Question]:
    """The questions whose answers the whole team reads, in order."""
    return list(place.edition.questions.filter(readers=Readers.TEAM, is_retired=False))


def answers_at_the_door(registration: Registration) -> list[FormAnswer]:
    """The answers that the welcome desk needs, in order."""
    found = registration.form_answers.filter(question__readers=Readers.DOOR, file="")
    return list(found.select_related("question"))


def answering(place: Place, questions: Iterable[Question], words: str = "") -> list[int]:
    """The keys of the participants who answered one of the questions, by name.

    Words are looked for in the name and in these answers, and in nothing else.
    """
    asked = [one.pk for one in questions]
    found = confirmed(place.edition).filter(form_answers__question__in=asked).distinct()
    if wanted := Search(words):
        said = FormAnswer.objects.filter(question__in=asked, registration__in=found)
        texts: dict[int, list[str]] = {}
        for pk, shown in said.values_list("registration_id", "shown"):
            texts.setdefault(pk, []).append(shown)
        named = found.values_list("pk", "name", "person__name")
        found = found.filter(
            pk__in=[
                pk
                for pk, name, known_as in named
                if wanted.in_names(name or known_as, *texts.get(pk, []))
            ]
        )
    return keys_by_name(found)
