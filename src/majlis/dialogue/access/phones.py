"""Votes that phones send, many at once, each with the right of its own phone."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from majlis.dialogue.models import Question, Statement
from majlis.dialogue.states import RoundState
from majlis.kernel.prepared import Prepared
from majlis.registration.access import Connected, connected


@dataclass(frozen=True, slots=True)
class VoteSent:
    """One answer: to which statement or question, which number, and what makes it one answer.

    statement  the code of what is asked
    box  the outbox that it waited in, which belongs to one voice; "" where the page has none
    """

    statement: str
    stance: int
    seq: int
    key: str
    box: str = ""


@dataclass(frozen=True, slots=True)
class PhoneVote:
    """A vote as a phone sent it, by the secret of a device, to a round of an edition.

    With `is_number` it answers a question, and `round` is the code of its set.
    """

    secret: str
    edition: str
    round: str
    sent: VoteSent
    is_number: bool = False


def box_of(voice_code: str) -> str:
    """The name of a voice's outbox on the phone; nobody can tell the voice from it."""
    return hashlib.sha256(f"outbox {voice_code}".encode()).hexdigest()[:12]


@dataclass(frozen=True, slots=True)
class Votable:
    """By whose device, and on what, a vote may be written; primary keys."""

    by: Connected
    asked: int
    holder: int


def votable_by_phones(votes: Sequence[PhoneVote]) -> list[Votable | None]:
    """For each vote what it may be written to, or None where its phone may not vote.

    The same as `access.rounds` says of one vote. Two queries, and one more where questions are
    answered.
    """
    devices = connected({(vote.edition, vote.secret) for vote in votes})
    statements = _statements([vote for vote in votes if not vote.is_number])
    questions = _questions([vote for vote in votes if vote.is_number])
    found: list[Votable | None] = []
    for vote in votes:
        by = devices.get((vote.edition, vote.secret))
        if by is None or vote.sent.box not in {"", box_of(by.voice_code)}:
            found.append(None)
            continue
        name = (by.edition, vote.round, vote.sent.statement)
        known = questions.get(name) if vote.is_number else statements.get(name)
        if isinstance(known, Question):
            is_allowed = known.allows(vote.sent.stance)
            known = (known.pk, known.asked_in_id) if is_allowed else None
        found.append(Votable(by, *known) if known else None)
    return found


Name = tuple[int, str, str]  # the edition's key, the holder's code and the code of what is asked


def _statements(votes: Sequence[PhoneVote]) -> dict[Name, tuple[int, int]]:
    if not votes:
        return {}
    asked = {vote.sent.statement for vote in votes}, {vote.round for vote in votes}
    return {
        (edition, round, code): (pk, round_pk)
        for edition, round, code, pk, round_pk in _ASKED.rows(*asked)
    }


def _questions(votes: Sequence[PhoneVote]) -> dict[Name, Question]:
    if not votes:
        return {}
    found = Question.objects.filter(
        code__in={vote.sent.statement for vote in votes},
        asked_in__code__in={vote.round for vote in votes},
        asked_in__takes_phones=True,
    ).exclude(asked_in__state=RoundState.DRAFT)
    return {
        (one.asked_in.edition_id, one.asked_in.code, one.code): one
        for one in found.select_related("asked_in")
    }


def _asked(codes: Collection[Any], rounds: Collection[Any]) -> QuerySet[Statement, Any]:
    found = Statement.objects.filter(
        code__in=codes, round__code__in=rounds, is_moderated_out=False
    ).exclude(round__state=RoundState.DRAFT)
    return found.order_by().values_list("edition_id", "round__code", "code", "pk", "round_id")


_ASKED = Prepared(_asked)
