"""Invented participants of a rehearsal: role names, spread over groups, countries, languages."""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from majlis.kernel.files import delete_files
from majlis.kernel.models import Act
from majlis.kernel.pack import PackRow, PackTable, shares
from majlis.kernel.words import Language
from majlis.mail.queries import wordings_of
from majlis.people.models import Person
from majlis.people.states import Constituency
from majlis.registration.actions import add_at_desk
from majlis.registration.answers import Answers
from majlis.registration.models import (
    Admission,
    Consent,
    Device,
    FormAnswer,
    Guest,
    Invitation,
    PendingAnswers,
    PeopleImport,
    ProgrammeNotice,
    Quota,
    Registration,
    Role,
    Voice,
)
from majlis.registration.states import Capacity
from majlis.series.models import Edition
from majlis.series.rehearsal import Rehearsal, RehearsalPart

PEOPLE = PackTable(
    "rehearsal/people.yaml",
    "who takes part in a rehearsal, by shares",
    (
        shares("constituencies", "groups", Constituency.values.__contains__, "ministry 60, sme 40"),
        shares("countries", "countries", lambda code: len(code) == 2, "TN 70, MA 30"),
        shares("languages", "languages", Language.values.__contains__, "fr 55, ar 45"),
    ),
    key="languages",
)


@dataclass(frozen=True, slots=True)
class Invented:
    """One participant of a rehearsal. `lean` in [-1, 1] is where the person stands when there
    are camps; `talkative` in [0, 1] how much of the ballot the person answers."""

    number: int
    constituency: Constituency
    country: str
    language: str
    lean: float
    talkative: float


def invent(people: PackRow, n: int, *, seed: int, camps: bool) -> Sequence[Invented]:
    """`n` participants, always the same for the same seed and shares.

    With camps, people lean to one of two sides, and constituencies lean unevenly; without, all
    stand in the middle and differ by chance alone.
    """
    draw = random.Random(f"people {seed}")  # noqa: S311
    side = {c: draw.choice([-1.0, 1.0]) for c in Constituency}

    def one_of(of: Mapping[str, int]) -> str:
        return draw.choices(list(of), list(of.values()))[0]

    found = []
    for number in range(1, n + 1):
        constituency = Constituency(one_of(people["constituencies"]))
        pull = side[constituency] if draw.random() < 0.75 else -side[constituency]
        found.append(
            Invented(
                number=number,
                constituency=constituency,
                country=one_of(people["countries"]),
                language=one_of(people["languages"]),
                lean=pull * draw.uniform(0.6, 1.0) if camps else draw.uniform(-0.15, 0.15),
                talkative=draw.betavariate(6, 1.5),
            )
        )
    return found


def invented(rehearsal: Rehearsal) -> Sequence[Invented]:
    """The participants of a rehearsal, in the order of its voices."""
    people = rehearsal.row(PEOPLE)
    return invent(people, rehearsal.voices, seed=rehearsal.seed, camps=rehearsal.camps)


def _seat(rehearsal: Rehearsal) -> None:
    for person in invented(rehearsal):
        answers = Answers(
            name=f"Participant {person.number:02}, {person.constituency.label}",
            constituency=person.constituency,
            country=person.country,
            capacity=Capacity.OFFICIAL,
            languages=(person.language,),
        )
        add_at_desk(
            rehearsal.edition,
            answers=answers,
            language=person.language,
            has_arrived=True,
            by=rehearsal.by,
        )
    rehearsal.edition.registrations.update(is_simulated=True)


def _remove(edition: Edition) -> None:
    wordings_of(edition.slug).delete()
    edition.voices.all().delete()
    answers = FormAnswer.objects.filter(registration__edition=edition).exclude(file="")
    delete_files([answer.file for answer in answers])
    seated = Person.objects.filter(registrations__edition=edition)
    people = list(seated.filter(registrations__is_simulated=True))
    edition.registrations.all().delete()
    _forget(people)


def _forget(people: Iterable[Person]) -> None:
    codes = [person.code for person in people]
    Act.objects.filter(object_kind="person", object_code__in=codes).delete()
    Person.objects.filter(code__in=codes).delete()


PART = RehearsalPart(
    copied=(Admission, Quota, Registration, Role, Voice),
    left_out=(
        Consent,
        Device,
        FormAnswer,
        Guest,
        Invitation,
        PendingAnswers,
        PeopleImport,
        ProgrammeNotice,
    ),
    tables=(PEOPLE,),
    copy=_seat,
    remove=_remove,
)
