"""Votes of a round: the stances that count, and how many of each."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from django.db.models import Count, Exists, OuterRef, QuerySet

from majlis.dialogue.models import PaperBallot, QuestionSet, Round, Statement, VoteEvent
from majlis.dialogue.queries.standing import standing_in
from majlis.dialogue.states import RoundState
from majlis.kernel.disclosure import Cell, Counts
from majlis.kernel.lazily import lazily
from majlis.people.states import family_of
from majlis.registration.models import Voice

if TYPE_CHECKING:
    import numpy as np
else:
    np = lazily("numpy")

UNKNOWN = ""  # the cell of voices whose constituency or country is not known


def standing_votes(round: Round) -> QuerySet[VoteEvent]:
    """The events that count: of each voice and statement the one with the highest `seq`."""
    later = VoteEvent.objects.filter(
        voice=OuterRef("voice"), statement=OuterRef("statement"), seq__gt=OuterRef("seq")
    )
    events = VoteEvent.objects.filter(statement__round=round)
    return events.filter(~Exists(later)).order_by("pk")


def standing_answers(asked: QuestionSet) -> QuerySet[VoteEvent]:
    """The answers that count: of each voice and question the one with the highest `seq`."""
    later = VoteEvent.objects.filter(
        voice=OuterRef("voice"), question=OuterRef("question"), seq__gt=OuterRef("seq")
    )
    events = VoteEvent.objects.filter(question__asked_in=asked)
    return events.filter(~Exists(later)).order_by("pk")


def standing_vote(voice: Voice | int, statement: Statement | int) -> VoteEvent | None:
    """The event that counts for one voice on one statement."""
    return VoteEvent.objects.filter(voice=voice, statement=statement).order_by("-seq").first()


def own_votes(voice: Voice, *rounds: Round) -> dict[int, VoteEvent]:
    """The voice's own standing votes in the rounds, by statement id, first answered first."""
    votes: dict[int, VoteEvent] = {}
    for vote in VoteEvent.objects.filter(voice=voice, statement__round__in=rounds).order_by("pk"):
        asked = vote.statement_id or 0
        known = votes.get(asked)
        if known is None or vote.seq > known.seq:
            votes[asked] = vote  # a changed answer keeps its place
    return votes


def revision(round: Round) -> int:
    """How many vote events the round has: it rises by one with each, and never falls.

    Events are only appended, so equal numbers mean equal votes. The newest primary key would not
    do: on PostgreSQL an event may be committed after one with a higher key.
    """
    return VoteEvent.objects.filter(statement__round=round).count()


LARGE = 20_000
"""From so many events on, making results takes so long that it is a job (`kernel.jobs`)."""


def is_large(n_events: int) -> bool:
    """Whether results of so many events are made by a job, beside the server."""
    return n_events >= LARGE


def open_votes_in(editions: Collection[str]) -> dict[str, int]:
    """How many vote events the open rounds of each edition have, for live hints. One query.

    Only open rounds are counted, so that past rounds and imports cost nothing; what opens and
    closes a round is in the audit log.
    """
    events = VoteEvent.objects.filter(
        statement__round__edition__slug__in=editions, statement__round__state=RoundState.OPEN
    )
    counted = events.order_by().values_list("statement__round__edition__slug")
    return dict(counted.annotate(Count("pk")))


def tables_of(round: Round) -> dict[int, dict[Cell, Counts]]:
    """The standing answers of each constituency and country, by statement id. Five queries.

    These are facts, not fit to be shown: what may be shown is in `queries.showings`. A voice whose
    constituency or country is not known has `""` there; a statement without answers is left out.
    """
    votes = standing_in(round)
    voices, voice = np.unique(votes.voices, return_inverse=True)
    statements, statement = np.unique(votes.statements, return_inverse=True)
    cell_of = _cells_in(round)
    cells = sorted({cell_of[pk] for pk in voices.tolist()})
    place = {cell: n for n, cell in enumerate(cells)}
    cell = np.array([place[cell_of[pk]] for pk in voices.tolist()], np.int64)[voice]
    unread = unread_sheets(round).values_list("voice", flat=True)
    is_unread = votes.is_paper & np.isin(votes.voices, list(unread))
    shape = (len(statements), len(cells), 4)
    answered = np.ravel_multi_index((statement, cell, np.array(_COLUMN)[votes.stances]), shape)
    unsure = np.ravel_multi_index((statement, cell, np.full_like(cell, 3)), shape)[is_unread]
    size = len(statements) * len(cells) * 4
    counts = np.bincount(np.concatenate([answered, unsure]), minlength=size).reshape(shape)
    return {
        pk: {cells[n]: Counts(*table[n].tolist()) for n in np.flatnonzero(table.any(axis=1))}
        for pk, table in zip(statements.tolist(), list(counts), strict=True)
    }


def _cells_in(round: Round) -> dict[int, Cell]:
    rows = Voice.objects.filter(edition=round.edition_id)
    return {
        pk: (constituency, country)
        for pk, constituency, country in rows.values_list("pk", "constituency", "country")
    }


def unread_sheets(round: Round) -> QuerySet[PaperBallot]:
    """Paper ballots of the round that nobody has entered a second time."""
    return PaperBallot.objects.filter(round=round, checked_at__isnull=True)


def unread_ballots(round: Round) -> QuerySet[PaperBallot]:
    """Those of the outer row's voice."""
    return unread_sheets(round).filter(voice=OuterRef("voice"))


def counts_of(round: Round) -> dict[int, Counts]:
    """The counts of all participants on each statement of a round that has answers, by id."""
    return {pk: sum(table.values(), Counts()) for pk, table in tables_of(round).items()}


def family_key(group: str) -> str:
    """The family of a stored group; unknown stays unknown."""
    return str(family_of(group) or UNKNOWN)


# Where a stance stands in `Counts`: pass (0) last, agree (1) first, disagree (-1) between them.
_COLUMN = (2, 0, 1)
