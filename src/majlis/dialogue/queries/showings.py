"""What a round has shown of its votes.

Every count that leaves for a screen, a file or a document comes from a `Showing`. A round shows
once and takes no votes afterwards, so what the maths reads are the same votes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Max

from majlis.dialogue.models import Round, Showing, Statement
from majlis.dialogue.queries.standing import standing_in
from majlis.dialogue.queries.votes import family_key
from majlis.dialogue.states import BrokenDownBy
from majlis.kernel.disclosure import (
    Audience,
    Breakdown,
    Cell,
    Counts,
    Detail,
    Way,
    broken_down,
    detail_to_show,
)
from majlis.kernel.lazily import lazily

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
else:
    np = lazily("numpy")

CONSTITUENCY = Way("constituency", lambda cell: cell[0])
FAMILY = Way("family", lambda cell: family_key(cell[0]))
COUNTRY = Way("country", lambda cell: cell[1])
WAYS: Mapping[str, Sequence[Way]] = {
    BrokenDownBy.CONSTITUENCY: (CONSTITUENCY, FAMILY),
    BrokenDownBy.COUNTRY: (COUNTRY,),
}
"""How a round's counts may be told apart, from the finest way to the coarsest."""


def detail_for(
    statement: Statement, table: Mapping[Cell, Counts], *, passes_over: Callable[[], bool]
) -> Detail | None:
    """How finely these answers to a statement may be shown to participants; None for not at all."""
    return detail_to_show(
        table,
        _ways(statement),
        smallest=statement.edition.smallest(Audience.PARTICIPANTS),
        passes_over=passes_over,
    )


def _ways(statement: Statement) -> Sequence[Way]:
    return WAYS[statement.round.breakdown] if statement.round else ()


def shown_in(round: Round) -> dict[int, Showing]:
    """What is shown of each statement of a round, by statement id. One query."""
    showings = Showing.objects.filter(statement__round=round).select_related(
        "statement__round", "statement__edition"
    )
    return {one.statement_id: one for one in showings}


def shown_revision(round: Round) -> int:
    """How many events the round had when it was shown; 0 while nothing has been shown."""
    newest = Showing.objects.filter(statement__round=round).aggregate(newest=Max("revision"))
    return newest["newest"] or 0


def breakdown(showing: Showing | None, audience: Audience) -> Breakdown:
    """What an audience may see of a statement's answers; `showing` is its own, of `shown_in`.

    The smallest cell is that of the edition today: one that was raised since cuts what had passed.
    """
    if showing is None:
        return Breakdown()
    statement = showing.statement
    smallest = statement.edition.smallest(audience)
    return broken_down(showing.table(), showing.detail, _ways(statement), smallest=smallest)


@dataclass(frozen=True, slots=True)
class ShownLog:
    """The stances that have been shown, in the order in which cells were first voted on.

    Three arrays of one length. `statement_ids` are all statements of the round, by number;
    `moderated_out` those that the moderators of an imported conversation had rejected.
    """

    is_imported: bool

    voices: npt.NDArray[np.int64]
    statements: npt.NDArray[np.int64]
    stances: npt.NDArray[np.int64]
    statement_ids: tuple[int, ...]
    moderated_out: frozenset[int]


def shown_log(round: Round) -> ShownLog:
    """Read what has been shown of a round. Five queries."""
    statements = list(
        Statement.objects.filter(round=round)
        .order_by("number")
        .values_list("pk", "is_moderated_out")
    )
    votes = standing_in(round)
    shown = Showing.objects.filter(statement__round=round).values_list("statement", flat=True)
    kept = np.flatnonzero(np.isin(votes.statements, list(shown)))
    order = kept[np.argsort(votes.first[kept], kind="stable")]
    return ShownLog(
        is_imported=round.is_imported,
        voices=votes.voices[order],
        statements=votes.statements[order],
        stances=votes.stances[order],
        statement_ids=tuple(pk for pk, _out in statements),
        moderated_out=frozenset(pk for pk, is_out in statements if is_out),
    )
