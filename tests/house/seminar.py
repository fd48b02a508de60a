"""A day of a seminar whose every instant is known: who came when, spoke when and voted when."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from django.test import Client
from django.utils import timezone

from majlis.dialogue import actions as dialogue
from majlis.dialogue.models import Statement
from majlis.dialogue.states import ContributionKind
from majlis.kernel.texts import Text
from majlis.people import actions as people
from majlis.people.models import Person
from majlis.recommendations.models import Recommendation
from majlis.registration import actions as registration
from majlis.registration.answers import Answers
from majlis.registration.models import Admission, Device, Registration, Voice
from majlis.registration.states import RegistrationState, RoleKind
from majlis.series.models import Edition
from tests.factories.dialogue import StatementFactory
from tests.factories.recommendations import drafted
from tests.factories.registration import RoleFactory
from tests.factories.series import EditionFactory, SessionFactory

GROUPS = ["sme"] * 14 + ["ministry"] * 10 + ["university"] * 7 + ["bank"] * 7 + ["donor"] * 2
STATEMENTS = 9


@dataclass
class Seminar:
    """What happened, which only the people themselves know."""

    edition: Edition
    ada: Person
    fay: Person
    rounds: list[Any] = field(default_factory=list)
    votes: dict[str, dict[str, tuple[int | None, ...]]] = field(default_factory=dict)
    """By round and person: the answers, statement by statement."""
    words: dict[str, str] = field(default_factory=dict)
    """By what was said, the person."""
    named: set[str] = field(default_factory=set)
    rec: Recommendation | None = None


class Clock:
    """Time that goes on by a bit with every glance, so that no two things happen at once."""

    def __init__(self) -> None:
        self.at = datetime(2026, 3, 1, 9, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.at += timedelta(milliseconds=37)
        return self.at

    def go_on(self, **by: float) -> None:
        self.at += timedelta(**by)


def held(monkeypatch, seed: int = 3) -> Seminar:
    """Hold it. People register over weeks, arrive in another order, and then speak and vote."""
    clock = Clock()
    monkeypatch.setattr(timezone, "now", clock)
    draw = random.Random(seed)
    edition = EditionFactory(slug="tunis")
    ada = RoleFactory(edition=edition, person__name="Ada").person
    fay = RoleFactory(edition=edition, kind=RoleKind.FACILITATOR, person__name="Fay").person
    seminar = Seminar(edition, ada, fay)
    places = _registered(seminar, clock, draw)
    record = SessionFactory(edition=edition, code="A01", attribution_rule="public")
    table = SessionFactory(edition=edition, code="A02")
    first, second = _opened(seminar, "First"), _opened(seminar, "Second")
    clock.at = datetime(2026, 3, 25, 7, tzinfo=UTC)
    for place in draw.sample(places, len(places)):
        clock.go_on(minutes=draw.uniform(1, 4))
        registration.mark_arrived(place, by=ada)
        _sign_in(place)
        for session in (record, table):
            if draw.random() < 0.5:
                _say(seminar, place, session)
        _vote(seminar, first, place, draw)
    clock.go_on(hours=1)
    for place in draw.sample(places, len(places)):
        clock.go_on(seconds=draw.uniform(20, 60))
        _vote(seminar, second, place, draw)
    for round in (first, second):
        clock.go_on(minutes=5)
        dialogue.show_results(dialogue.close_round(round, by=ada), by=ada)
    seminar.rec = drafted(edition, citing=[first.statements.order_by("number").first()])
    clock.at = datetime(2026, 4, 2, 9, tzinfo=UTC)
    edition.refresh_from_db()
    return seminar


def _registered(seminar: Seminar, clock: Clock, draw: random.Random) -> list[Registration]:
    groups = draw.sample(GROUPS, len(GROUPS))
    waiting = []
    for number, group in enumerate(groups):
        clock.go_on(hours=draw.uniform(2, 9))
        answers = Answers(
            name=f"Person {number}",
            email=f"guest{number}@example.org",
            constituency=group,
            country=draw.choice(["TN", "TN", "MA"]),
            capacity="official",
            languages=(draw.choice(["fr", "ar"]),),
        )
        consents = ["named"] if number % 2 == 0 else []
        registration.ask_for_place(
            seminar.edition, answers=answers, consents=consents, language=answers.languages[0]
        )
        place = Registration.objects.get(person__email=answers.email)
        waiting.append(registration.confirm_address(place))
    for place in draw.sample(waiting, len(waiting)):
        clock.go_on(minutes=draw.uniform(1, 30))
        registration.approve(place, by=seminar.ada)
    confirmed = Registration.objects.filter(
        edition=seminar.edition, state=RegistrationState.CONFIRMED
    )
    return list(confirmed.select_related("person", "edition", "voice__edition"))


def _opened(seminar: Seminar, title: str) -> Any:
    round = dialogue.prepare_round(seminar.edition, title=Text.of("en", en=title), by=seminar.fay)
    for position in range(STATEMENTS):
        StatementFactory(edition=seminar.edition, round=round, position=position)
    dialogue.open_round(round, by=seminar.fay)
    seminar.rounds.append(round)
    seminar.votes[round.code] = {}
    return round


def _sign_in(place: Registration) -> None:
    """They connect their phone, and look at their own data with a link by mail."""
    letter = Admission.objects.filter(voice__registration=place).latest("pk")
    registration.admit_device(letter, press=f"press-{place.code}", label="Chrome, Android")
    people.use_sign_in_link(people.make_sign_in_link(place.person, by=place.person))
    Client().force_login(place.person)


def _say(seminar: Seminar, place: Registration, session: Any) -> None:
    words = f"{place.person.name} says this in {session.code}."
    said = dialogue.offer_contribution(
        place.voice,
        kind=ContributionKind.PROPOSAL,
        words=words,
        language="fr",
        key=f"press-{place.code}-{session.code}",
        session=session,
    )
    dialogue.accept_contribution(said, why="As it was said.", by=seminar.ada)
    seminar.words[words] = place.person.code
    named = place.consents.filter(kind="named", is_given=True).exists()
    if named and session.attribution_rule == "public":
        seminar.named.add(words)


def _vote(seminar: Seminar, round: Any, place: Registration, draw: random.Random) -> None:
    """A ballot like nobody else's, by phone or on paper, some answers changed on the way."""
    taken = seminar.votes[round.code]
    while True:
        ballot = tuple(draw.choice([1, 1, -1, 0, None]) for _ in range(STATEMENTS))
        if ballot not in taken.values() and any(answer is not None for answer in ballot):
            break
    taken[place.person.code] = ballot
    statements = list(Statement.objects.filter(round=round).order_by("position"))
    answers = {s: a for s, a in zip(statements, ballot, strict=True) if a is not None}
    voice = Voice.objects.get(registration=place)
    if draw.random() < 0.15:
        stances = {s.code: a for s, a in answers.items()}
        number = round.paper_ballots.count() + 1
        sheet = dialogue.type_ballot(
            round, number=number, stances=stances, voice=voice, by=seminar.fay
        )
        dialogue.check_ballot(sheet, stances=stances, by=seminar.ada)
        return
    for statement, answer in answers.items():
        seq = 1
        if draw.random() < 0.2:
            _cast(statement, voice, -1, seq)
            seq = 2
        _cast(statement, voice, answer, seq)


def _cast(statement: Statement, voice: Voice, stance: int, seq: int) -> None:
    dialogue.cast_vote(
        statement=statement,
        voice=voice,
        stance=stance,
        seq=seq,
        key=f"tap-{voice.code}-{statement.code}-{seq}",
        device=Device.objects.filter(voice=voice).first(),
    )
