"""An edition with as many rows as wanted of everything that a list may show, written in bulk."""

from __future__ import annotations

import secrets
from datetime import date, time
from itertools import cycle, islice
from random import Random
from typing import Any

from django.db import transaction

from majlis.briefs.models import Publication
from majlis.dialogue.actions.showings import keep_showings
from majlis.dialogue.models import (
    Contribution,
    LineageEdge,
    LineageStep,
    PaperBallot,
    Round,
    Showing,
    Statement,
    VoteEvent,
)
from majlis.dialogue.states import Channel, ContributionState, LineageKind, RoundState, Stance
from majlis.kernel.citing import freeze_all
from majlis.kernel.clock import now
from majlis.kernel.models import Act
from majlis.kernel.texts import Text
from majlis.mail.models import Message
from majlis.mail.states import MessageState
from majlis.people.models import Organisation, Person
from majlis.people.states import Constituency
from majlis.recommendations.models import (
    Addressee,
    Adoption,
    Citation,
    CitedLink,
    Pair,
    Recommendation,
)
from majlis.recommendations.states import TextState
from majlis.registration.models import Admission, Consent, Device, Registration, Role, Voice
from majlis.registration.states import AdmissionKind, ConsentKind, RegistrationState, RoleKind
from majlis.series.models import Challenge, GlossaryTerm, PublicText, Session, Theme
from majlis.series.states import TextKind

NAMES = ("Amina Ben Salah", "Élodie Martin", "عائشة بن سالم", "Émile Œuvrard", "محمد الإدريسي")
PARTS = [f"{a}{b}{c}" for a in "bcdfglmnprstv" for b in ("oli", "ara", "eni") for c in "bdglmnrt"]
ENDS = ("", "s", "e", "tion")
ACTS_EACH = 4
VOTERS = 150


class Plenty:
    """Fills one edition; each call of `add` adds rows beside those that are there.

    `owner` did what was done at the desk, `phone` offered much, and half of the statements go to
    `round`, with votes unless it is in preparation.
    """

    def __init__(self, edition: Any, *, owner: Person, phone: Voice, round: Round) -> None:
        self.edition, self.owner, self.phone, self.round = edition, owner, phone, round

    @transaction.atomic
    def add(self, *, people: int, statements: int, rounds: int, recs: int, others: int) -> None:
        self.mark = secrets.token_hex(3)
        self.themes = self._programme(others)
        self._people(people, others)
        self.rounds = self._rounds(rounds)
        self.statements = self._statements(statements)
        self._said(statements)
        self._votes()
        self._recommendations(recs, others)
        self._papers(others)

    def _code(self, letter: str, n: int) -> str:
        return f"{letter}{self.mark}{n}"

    def _programme(self, n: int) -> list[Theme]:
        edition = self.edition
        themes = [
            Theme(edition=edition, code=self._code("T", i), title=words("Finance", i), position=i)
            for i in range(min(n, 12))
        ]
        Theme.objects.bulk_create(themes)
        Challenge.objects.bulk_create(
            Challenge(edition=edition, code=self._code("C", i), title=words("Recognition", i))
            for i in range(min(n, 12))
        )
        Session.objects.bulk_create(
            Session(
                edition=edition, code=self._code("S", i), on_date=edition.starts_on,
                starts=time(8 + i % 10), ends=time(8 + i % 10, 45), kind="theme_table",
                theme=themes[i % len(themes)], title=words("Table", i),
                method=words("People write.", i),
            )
            for i in range(min(n, 60))
        )  # fmt: skip
        GlossaryTerm.objects.bulk_create(
            GlossaryTerm(
                edition=edition, code=self._code("G", i), category="event", term=words("term", i)
            )
            for i in range(n)
        )
        PublicText.objects.bulk_create(
            PublicText(
                edition=edition, kind=TextKind.ABOUT, code=self._code("a", i),
                title=words("About", i), body=words("A **working** day.", i),
            )
            for i in range(min(n, 12))
        )  # fmt: skip
        return themes

    def _people(self, n: int, others: int) -> None:
        organisations = [
            Organisation(
                name=f"{NAMES[i % 5]} & Co {self._code('', i)}",
                constituency=Constituency.SME, country="TN",
            )
            for i in range(n // 5 + 1)
        ]  # fmt: skip
        Organisation.objects.bulk_create(organisations)
        people = [
            Person(name=f"{NAMES[i % 5]} {i}", email=f"{self.mark}.{i}@seminar.example")
            for i in range(n)
        ]
        Person.objects.bulk_create(people, batch_size=500)
        groups = list(Constituency)
        registrations = [
            Registration(
                edition=self.edition, person=person, organisation=organisations[i // 5],
                state=RegistrationState.WAITING if i % 10 == 1 else RegistrationState.CONFIRMED,
                confirmed_at=now(), constituency=groups[i % len(groups)],
                country=("TN", "DZ", "MA", "FR")[i % 4], languages=["fr"],
                arrived_at=now() if i % 3 else None,
            )
            for i, person in enumerate(people)
        ]  # fmt: skip
        Registration.objects.bulk_create(registrations, batch_size=500)
        confirmed = [one for one in registrations if one.is_confirmed]
        voices = [
            Voice(
                edition=self.edition, registration=one, constituency=one.constituency,
                country=one.country, language="fr",
            )
            for one in confirmed
        ]  # fmt: skip
        Voice.objects.bulk_create(voices, batch_size=500)
        self.voices = voices
        Admission.objects.bulk_create(
            (Admission(voice=one, kind=AdmissionKind.CARD, given_by="clock") for one in voices),
            batch_size=500,
        )
        Consent.objects.bulk_create(
            (
                Consent(registration=one, kind=ConsentKind.NAME_LIST, is_given=True)
                for one in confirmed
            ),
            batch_size=500,
        )
        kinds = cycle(RoleKind)
        Role.objects.bulk_create(
            Role(edition=self.edition, person=person, kind=kind)
            for person, kind in zip(people[:others], kinds, strict=False)
        )
        self._devices(others)

    def _devices(self, n: int) -> None:
        voices = [self.phone, *self.voices[: max(1, n // 10)]]
        for voice in voices:
            card = Admission.objects.create(
                voice=voice, kind=AdmissionKind.CARD, given_by=self.owner.doer, left=0
            )
            Device.objects.bulk_create(
                Device(
                    voice=voice, admission=card, secret_digest=secrets.token_hex(32),
                    press_digest=secrets.token_hex(32), label="Firefox, Android",
                    disowned_at=None,
                )
                for _ in range(min(n, 5))
            )  # fmt: skip

    def _rounds(self, n: int) -> list[Round]:
        states = cycle([RoundState.SHOWN, RoundState.OPEN, RoundState.DRAFT, RoundState.CLOSED])
        rounds = [
            Round(
                edition=self.edition, title=words("Round", i), state=state,
                opened_at=None if state == RoundState.DRAFT else now(),
                closed_at=now() if state in {RoundState.SHOWN, RoundState.CLOSED} else None,
            )
            for i, state in enumerate(islice(states, n))
        ]  # fmt: skip
        return Round.objects.bulk_create(rounds)

    def _statements(self, n: int) -> list[Statement]:
        """Half of them in the round, the others spread over the rest and beside them."""
        last = self.edition.statements.order_by("number").last()
        first = last.number + 1 if last else 1
        places = cycle([*self.rounds, None])
        found = [
            Statement(
                edition=self.edition, number=first + i, position=i, kind="proposal",
                round=self.round if i % 2 == 0 else next(places),
                theme=self.themes[i % len(self.themes)],
                wording=Text.of("fr", fr=sentence(i), en=f"Open a register of clusters {i}."),
            )
            for i in range(n)
        ]  # fmt: skip
        return Statement.objects.bulk_create(found, batch_size=500)

    def _said(self, n: int) -> None:
        """As many contributions as statements, waiting; and those each statement was made of."""
        waiting = [
            Contribution(
                edition=self.edition, voice=self.phone if i % 10 == 0 else self._voice(i),
                theme=self.themes[i % len(self.themes)], kind="proposal", language="fr",
                words=sentence(i // 2),  # two say the same, and a statement says it too
                key=self._code("w", i),
            )
            for i in range(n)
        ]  # fmt: skip
        used = [
            Contribution(
                edition=self.edition, voice=self._voice(i), kind="proposal", language="fr",
                words=f"Il faut un registre, dit no {i}.", key=self._code("u", i),
                state=ContributionState.TAKEN_UP,
            )
            for i in range(n)
        ]  # fmt: skip
        Contribution.objects.bulk_create([*waiting, *used], batch_size=500)
        steps = [
            LineageStep(
                edition=self.edition, kind=LineageKind.ACCEPTED, by=self.owner.doer, why="Clear."
            )
            for _ in used
        ]
        LineageStep.objects.bulk_create(steps, batch_size=500)
        LineageEdge.objects.bulk_create(
            (
                LineageEdge(step=step, contribution=said, made=made)
                for step, said, made in zip(steps, used, self.statements, strict=True)
            ),
            batch_size=500,
        )

    def _voice(self, n: int) -> Voice:
        return self.voices[n % len(self.voices)]

    def _votes(self) -> None:
        """Some voices on every statement of the round."""
        self.round.refresh_from_db()
        if self.round.state == RoundState.DRAFT:
            return
        big = [one for one in self.statements if one.round == self.round]
        stances = list(Stance)
        VoteEvent.objects.bulk_create(
            (
                VoteEvent(
                    voice=voice, statement=one, stance=stances[(v * 7 + s * (v % 5)) % 3], seq=1,
                    key=f"{self.mark}-{s}", channel=Channel.PHONE,
                )
                for v, voice in enumerate(self.voices[:VOTERS])
                for s, one in enumerate(big)
            ),
            batch_size=2000,
        )  # fmt: skip
        if self.round.is_shown:
            Showing.objects.filter(statement__round=self.round).delete()
            keep_showings(self.round)

    def _recommendations(self, n: int, others: int) -> None:
        units = [
            Addressee(
                edition=self.edition, unit=words(f"{NAMES[i % 5]}, directorate", i),
                body=words("Ministry", i), country="TN",
            )
            for i in range(others)
        ]  # fmt: skip
        Addressee.objects.bulk_create(units)
        states = cycle([TextState.PUBLISHED, TextState.DRAFTED, TextState.IN_REVIEW])
        recs = [
            Recommendation(
                edition=self.edition, rec_id=f"{self.mark.upper()}-T1-{i:03}", state=state,
                title=words("A public register", i), text=words("Open a public register.", i),
                problem=words("None is there.", i), theme=self.themes[i % len(self.themes)],
                instrument="register", level="national",
                countries=["TN"], value_chains=["all"], due_on=date(2027, 1, 31),
                published_at=now() if state == TextState.PUBLISHED else None,
                made_by=self.owner.doer,
            )
            for i, state in enumerate(islice(states, n))
        ]  # fmt: skip
        Recommendation.objects.bulk_create(recs, batch_size=200)
        Pair.objects.bulk_create(
            Pair(recommendation=rec, addressee=units[i % len(units)]) for i, rec in enumerate(recs)
        )
        frozen = freeze_all(self.statements[: 2 * n])
        Citation.objects.bulk_create(
            (
                Citation(
                    recommendation=rec, statement=one, position=place, cited_by=self.owner.doer,
                    excerpt=dict(frozen[one].excerpt), facts=dict(frozen[one].facts),
                    digest=frozen[one].digest,
                )
                for i, rec in enumerate(recs)
                for place, one in enumerate(self.statements[2 * i : 2 * i + 2], start=1)
            ),
            batch_size=200,
        )  # fmt: skip
        CitedLink.objects.bulk_create(
            CitedLink(edition=self.edition, title=f"Order {i}", evidence_kind="law_text", shows="x")
            for i in range(others)
        )
        Adoption.objects.bulk_create(
            (
                Adoption(
                    recommendation=rec, outcome=TextState.ADOPTED, rule="Majority", body="Plenary",
                    decided_on=date(2026, 3, 25), n_for=22, n_against=1, n_abstaining=3,
                    no_dissent_recorded=True, recorded_by=self.owner.doer,
                )
                for rec in recs
                if rec.state == TextState.PUBLISHED
            ),
            batch_size=200,
        )  # fmt: skip
        Act.objects.bulk_create(
            (
                Act(
                    edition=self.edition.slug, doer=self.owner.doer, verb="revised",
                    object_kind="recommendation", object_code=rec.code, facts={"why": "Clearer."},
                )
                for rec in [*recs, *recs[:1] * others]
                for _ in range(ACTS_EACH)
            ),
            batch_size=500,
        )  # fmt: skip

    def _papers(self, n: int) -> None:
        numbers = 1000 + PaperBallot.objects.filter(round__edition=self.edition).count()
        open_round = self.edition.rounds.filter(state=RoundState.OPEN).earliest("pk")
        PaperBallot.objects.bulk_create(
            PaperBallot(
                round=open_round, voice=voice, number=numbers + i + 1, typed_by=self.owner.doer
            )
            for i, voice in enumerate(self.voices[:n])
        )
        Message.objects.bulk_create(
            Message(
                recipient=f"{self.mark}.{i}@seminar.example", edition=self.edition.slug,
                language="fr", subject="Votre inscription", text="Bonjour", html="<p>Bonjour",
                state=MessageState.REFUSED, last_answer="550",
            )
            for i in range(n)
        )  # fmt: skip
        there = 1000 + self.edition.publications.count()
        Publication.objects.bulk_create(
            Publication(
                edition=self.edition, number=there + i, authoritative_language="en",
                content={"documents": {}, "fingerprint": {}}, issued_by=self.owner.doer,
            )
            for i in range(min(n, 12))
        )  # fmt: skip


def sentence(seed: int) -> str:
    """A dozen words of a few hundred, the first of them said often and the last seldom."""
    draw = Random(seed)
    said = [f"{PARTS[int(len(PARTS) * draw.random() ** 3)]}{draw.choice(ENDS)}" for _ in range(12)]
    return f"{' '.join(said).capitalize()}."


def words(said: str, n: int) -> Text:
    """A text in three languages that tells one row from another."""
    return Text.of("en", en=f"{said} {n}", fr=f"{said} no {n}", ar=f"{said} رقم {n}")
