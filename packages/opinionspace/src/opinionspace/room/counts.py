"""`read_counts`: what can be said where only counts may be seen, not the votes behind them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from opinionspace._ids import canonical_ids
from opinionspace._short import Short
from opinionspace._tables import IdArray
from opinionspace._tally import Counts
from opinionspace.room.between import (
    Bridging,
    Standing,
    bridging,
    mixed,
    spread,
    standing,
)
from opinionspace.room.cells import Cells, Table, cells, checked
from opinionspace.room.posterior import Share, share
from opinionspace.room.result import Groups
from opinionspace.votes import FloatArray


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Division(Short):
    """The room cut into cells, declared or discovered, and what that shows.

    Attributes
    ----------
    cells : Cells
    bridging : Bridging
    spread : ndarray of shape (n_statements,), in [0, 1]
        Divisiveness between these cells; nan where fewer than two have five answers.
    standing : tuple of Standing
        Statements that set a cell apart, false discoveries held at 10 %.
    """

    cells: Cells
    bridging: Bridging
    spread: FloatArray
    standing: tuple[Standing, ...]


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class CountsRead(Short):
    """What counts show: every number follows from the counts given, so it tells no more.

    Attributes
    ----------
    statement_ids : ndarray of shape (n_statements,)
    whole : Counts, each of shape (n_statements,)
        Of everybody.
    agreement, disagreement : Share of shape (n_statements,)
        Of everybody.
    declared : mapping from the name of a table to its Division
    groups : Division or None
        Of the opinion groups.
    divisiveness : ndarray of shape (n_statements,), in [0, 1]
        Spread between the groups, or where there are none 4·p_agree·p_disagree.
    """

    statement_ids: IdArray
    whole: Counts
    agreement: Share
    disagreement: Share
    declared: Mapping[str, Division]
    groups: Division | None
    divisiveness: FloatArray


def read_counts(
    statement_ids: npt.ArrayLike,
    whole: Counts,
    tables: Mapping[str, Table],
    groups: Groups | None = None,
    smallest: int = 5,
) -> CountsRead:
    """Say what counts carry, of a whole room and of the cells it may be broken down by.

    Parameters
    ----------
    statement_ids : array_like of shape (n_statements,)
    whole : Counts, each of shape (n_statements,)
        Of everybody. Not modified, as the other counts.
    tables : mapping from a name to the counts by cell
        Where a table knows ranges only, all that is claimed holds for every count in them.
    groups : Groups, optional
        Those of `find_groups`, where their counts may be shown. Counts cannot tell what sets a
        discovered group apart: that is taken from the votes.
    smallest : int, positive
        Cells with fewer answers are marked `small`; nothing is hidden here.

    Raises
    ------
    BadVotes
        When a table has another shape than its labels and the statements ask for, or counts are
        negative or do not add up.
    ValueError
        When `smallest` is not positive.

    Examples
    --------
    >>> counts = Counts.of([[9], [2]], [[1], [8]], [[10], [10]])
    >>> side = Table(("left", "right"), counts, np.array([10, 10]))
    >>> read = read_counts([7], counts.total(), {"side": side})
    >>> read.agreement.mean.round(2).tolist(), read.declared["side"].spread.round(2).tolist()
    ([0.55], [0.43])
    """
    if isinstance(smallest, bool) or not isinstance(smallest, int | np.integer):
        raise ValueError(f"the smallest cell is a whole number of answers, not {smallest!r}")
    if smallest < 1:
        raise ValueError(f"the smallest cell holds one answer or more, not {smallest}")
    ids = canonical_ids(statement_ids, "statement")
    total = checked(whole, (len(ids),), "the room")
    declared = {}
    for name, table in tables.items():
        of = cells(name, table, total, smallest)
        declared[name] = _division(of, standing(of, total, table.most))
    found = None
    if groups is not None:
        found = _division(cells("group", groups.table, total, smallest), groups.standing)
    return CountsRead(
        ids,
        total,
        share(total.agree, total.seen),
        share(total.disagree, total.seen),
        declared,
        found,
        mixed(*total) if found is None else found.spread,
    )


def _division(of: Cells, apart: tuple[Standing, ...]) -> Division:
    return Division(of, bridging(of), spread(of.agreement), apart)
