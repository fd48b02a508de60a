"""Votes of a round as they have been shown, and what may be shown next.

Every count that leaves for a screen, a file or a document comes from a `Showing`. What the maths
reads is cut to the same votes, so that no figure can tell more than the counts beside it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from django.db.models import Count, Max, QuerySet

from majlis.dialogue.models import Round, Showing, Statement, VoteEvent
from majlis.dialogue.queries.votes import family_key
from majlis.dialogue.states import Stance
from majlis.kernel.disclosure import (
    Audience,
    Breakdown,
    Cell,
    Counts,
    Earlier,
    Way,
    broken_down,
    ways_to_show,
)
from majlis.registration.models import Voice

CONSTITUENCY = Way("constituency", lambda cell: cell[0])
FAMILY = Way("family", lambda cell: family_key(cell[0]))
COUNTRY = Way("country", lambda cell: cell[1])
HIERARCHIES: Sequence[Sequence[Way]] = ((CONSTITUENCY, FAMILY), (COUNTRY,))

_PLACE: Mapping[int, int] = {Stance.AGREE: 0, Stance.DISAGREE: 1, Stance.PASS: 2}

Stances = Mapping[int, int]
"""The stance that counts of each voice, by voice id."""


@dataclass(frozen=True, slots=True)
class Proposed:
    """What could be shown of a statement next."""

    horizon: int
    table: Mapping[Cell, Counts]
    ways: Mapping[Audience, tuple[str, ...] | None]


class RoundVotes:
    """The vote events of a round in memory, for asking what stood at which moment.

    Made while the round is held, so that no event below the newest one can still appear.
    """

    def __init__(self, round: Round) -> None:
        rows = (
            VoteEvent.objects.filter(statement__round=round)
            .order_by("statement_id", "pk")
            .values_list("statement_id", "pk", "voice_id", "seq", "stance")
        )
        table = np.array(list(rows), dtype=np.int64).reshape(-1, 5)
        self.revision = len(table)
        ids, first = np.unique(table[:, 0], return_index=True)
        parts = np.split(table[:, 1:], first[1:]) if len(ids) else []
        self.of: dict[int, npt.NDArray[np.int64]] = dict(zip(ids.tolist(), parts, strict=True))
        voters = set(np.unique(table[:, 2]).tolist())
        self.cells: dict[int, Cell] = {
            pk: (constituency, country)
            for pk, constituency, country in Voice.objects.filter(
                edition=round.edition_id
            ).values_list("pk", "constituency", "country")
            if pk in voters
        }

    def stances(self, statement: int, *, until: int) -> Stances:
        """The stances on a statement that stood when `until` was the newest event."""
        rows = self.of[statement]
        rows = rows[rows[:, 0] <= until]
        order = np.argsort(rows[:, 2], kind="stable")
        return dict(zip(rows[order, 1].tolist(), rows[order, 3].tolist(), strict=True))

    def counted(self, stances: Stances) -> dict[Cell, Counts]:
        """Answers by constituency and country."""
        found: dict[Cell, list[int]] = {}
        for voice, stance in stances.items():
            found.setdefault(self.cells[voice], [0, 0, 0])[_PLACE[stance]] += 1
        return {cell: Counts(*numbers) for cell, numbers in sorted(found.items())}

    def since(self, ways: Collection[str], then: Stances, now: Stances) -> Earlier:
        """How voices have answered since then, by cell, for tables that were shown in `ways`."""
        same: dict[Cell, int] = {}
        changed: dict[Cell, int] = {}
        new: dict[Cell, int] = {}
        for voice, stance in now.items():
            table = new if voice not in then else same if then[voice] == stance else changed
            cell = self.cells[voice]
            table[cell] = table.get(cell, 0) + 1
        return Earlier(frozenset(ways), same, changed, new)


def proposed(
    votes: RoundVotes,
    statement: Statement,
    before: Sequence[Showing],
    *,
    until: int,
) -> Proposed | None:
    """What of a statement may be shown that stood when `until` was the newest event, or None.

    None also where nobody's answer has changed since the newest showing, and where so few have
    changed since any showing that the two would tell whose they are.
    """
    if before and until <= before[-1].horizon:
        return None
    now = votes.stances(statement.pk, until=until)
    seen = [(one, votes.stances(statement.pk, until=one.horizon)) for one in before]
    if seen and seen[-1][1] == now:
        return None
    table = votes.counted(now)
    ways: dict[Audience, tuple[str, ...] | None] = {}
    for audience in Audience:
        ways[audience] = ways_to_show(
            {cell: counts.answers for cell, counts in table.items()},
            HIERARCHIES,
            smallest=statement.edition.smallest(audience),
            earlier=[
                votes.since(one.ways[audience], then, now)
                for one, then in seen
                if one.ways[audience] is not None
            ],
            within=ways.get(Audience.ROOM),  # the public sees nothing finer than the room
        )
    return Proposed(until, table, ways) if ways[Audience.ROOM] is not None else None


def settled_horizon(
    votes: RoundVotes, statement: Statement, before: Sequence[Showing], *, reserve: int
) -> int:
    """The newest moment that at least `reserve` voices have changed since; 0 when there is none.

    While a round is open, what is shown stays that far behind, so that what comes at the close
    can be told from it without showing whose answers came last.
    """
    rows = votes.of.get(statement.pk)
    since = before[-1].horizon if before else 0
    if rows is None or np.count_nonzero(rows[:, 0] > since) < 2 * reserve:
        return 0
    later: set[int] = set()
    for key, voice in rows[::-1, :2].tolist():
        if len(later) >= reserve:
            return int(key)
        later.add(voice)
    return 0


def showings_of(round: Round) -> dict[int, list[Showing]]:
    """All showings of each statement of a round, oldest first, by statement id. One query."""
    found: dict[int, list[Showing]] = {}
    for showing in Showing.objects.filter(statement__round=round).order_by("pk"):
        found.setdefault(showing.statement_id, []).append(showing)
    return found


def shown_in(
    round: Round, audience: Audience = Audience.ROOM, *, revision: int | None = None
) -> dict[int, Showing]:
    """The showing that an audience sees of each statement of a round, by statement id. One query.

    It is the newest that showed this audience anything: the public may be behind the room. With
    `revision` the newest of those made when the round had that many events or fewer.
    """
    showings = _until(round, revision).order_by("pk")
    return {one.statement_id: one for one in showings if one.ways[audience] is not None}


def shown_once(round: Round, *, revision: int | None = None) -> set[int]:
    """Ids of the statements of a round that have been shown once, and never otherwise."""
    counted = _until(round, revision).order_by().values("statement").annotate(n=Count("pk"))
    return {row["statement"] for row in counted if row["n"] == 1}


def _until(round: Round, revision: int | None) -> QuerySet[Showing]:
    showings = Showing.objects.filter(statement__round=round)
    return showings if revision is None else showings.filter(revision__lte=revision)


def shown_revision(round: Round) -> int:
    """How many events the round had at its newest showing; 0 while nothing has been shown."""
    newest = Showing.objects.filter(statement__round=round).aggregate(newest=Max("revision"))
    return newest["newest"] or 0


def breakdown(showing: Showing | None, audience: Audience, *, smallest: int) -> Breakdown:
    """A statement's counts as an audience may see them; `showing` is its own, of `shown_in`.

    `smallest` is that of the edition today: one that was raised since cuts what had passed.
    Whether the round's results may be seen at all is asked first: `queries.may_see_results`.
    """
    if showing is None or showing.ways[audience] is None:
        return Breakdown("room", {}, None)
    table = showing.table()
    answers = {cell: counts.answers for cell, counts in table.items()}
    ways = ways_to_show(answers, HIERARCHIES, smallest=smallest, within=showing.ways[audience])
    return broken_down(table, ways, HIERARCHIES)


@dataclass(frozen=True, slots=True)
class ShownLog:
    """The stances that have been shown, in the order in which cells were first voted on.

    Three arrays of one length. `statement_ids` are all statements of the round, by number;
    `moderated_out` those that the moderators of an imported conversation had rejected. `revision`
    is that of the newest showing.
    """

    voices: npt.NDArray[np.int64]
    statements: npt.NDArray[np.int64]
    stances: npt.NDArray[np.int64]
    statement_ids: tuple[int, ...]
    moderated_out: frozenset[int]
    revision: int


def shown_log(round: Round, *, revision: int | None = None) -> ShownLog:
    """Read what has been shown of a round, now or at an earlier revision. Three queries."""
    shown = shown_in(round, revision=revision)
    horizons = {pk: showing.horizon for pk, showing in shown.items()}
    statements = list(
        Statement.objects.filter(round=round)
        .order_by("number")
        .values_list("pk", "is_moderated_out")
    )
    rows = (
        VoteEvent.objects.filter(statement__in=horizons)
        .order_by("pk")
        .values_list("voice_id", "statement_id", "seq", "stance", "pk")
    )
    table = np.array([row[:4] for row in rows if row[4] <= horizons[row[1]]], dtype=np.int64)
    table = table.reshape(-1, 4)
    _cells, first, cell = np.unique(table[:, :2], axis=0, return_index=True, return_inverse=True)
    by_seq = np.lexsort((table[:, 2], cell))
    standing = np.empty(len(first), dtype=np.int64)
    standing[cell[by_seq]] = table[by_seq, 3]  # ascending seq: the last one written stands
    order = np.argsort(first, kind="stable")
    return ShownLog(
        voices=table[first[order], 0],
        statements=table[first[order], 1],
        stances=standing[order],
        statement_ids=tuple(pk for pk, _out in statements),
        moderated_out=frozenset(pk for pk, is_out in statements if is_out),
        revision=max((showing.revision for showing in shown.values()), default=0),
    )
