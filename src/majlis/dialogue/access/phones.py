"""Votes that phones send, many at once, each with the right of its own phone."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from majlis.dialogue.models import Statement
from majlis.dialogue.states import RoundState, Stance
from majlis.registration.access import Connected, connected


@dataclass(frozen=True, slots=True)
class VoteSent:
    """One vote: on which statement, which stance, and what makes it one vote.

    box  the outbox that it waited in, which belongs to one voice; "" where the page has none
    """

    statement: str
    stance: Stance
    seq: int
    key: str
    box: str = ""


@dataclass(frozen=True, slots=True)
class PhoneVote:
    """A vote as a phone sent it, by the secret of a device, to a round of an edition."""

    secret: str
    edition: str
    round: str
    sent: VoteSent


def box_of(voice_code: str) -> str:
    """The name of a voice's outbox on the phone; nobody can tell the voice from it."""
    return hashlib.sha256(f"outbox {voice_code}".encode()).hexdigest()[:12]


@dataclass(frozen=True, slots=True)
class Votable:
    """By whose device, and on what, a vote may be written; primary keys."""

    by: Connected
    statement: int
    round: int


def votable_by_phones(votes: Sequence[PhoneVote]) -> list[Votable | None]:
    """For each vote what it may be written to, or None where its phone may not vote. Two queries.

    The same as `access.rounds` says of one vote.
    """
    devices = connected({(vote.edition, vote.secret) for vote in votes})
    statements = {
        (edition, round, code): (pk, round_pk)
        for edition, round, code, pk, round_pk in Statement.objects.filter(
            code__in={vote.sent.statement for vote in votes},
            round__code__in={vote.round for vote in votes},
            is_moderated_out=False,
        )
        .exclude(round__state=RoundState.DRAFT)
        .values_list("edition_id", "round__code", "code", "pk", "round_id")
    }
    found: list[Votable | None] = []
    for vote in votes:
        by = devices.get((vote.edition, vote.secret))
        if by is None or vote.sent.box not in {"", box_of(by.voice_code)}:
            found.append(None)
            continue
        known = statements.get((by.edition, vote.round, vote.sent.statement))
        found.append(Votable(by, *known) if known else None)
    return found
