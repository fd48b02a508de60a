"""What can be said when only counts may be seen, not the votes behind them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from opinionspace.errors import BadVotes
from opinionspace.room.between import bridging, mixed, spread, standing
from opinionspace.room.cells import Cells, Counts, counted
from opinionspace.room.posterior import Share, share
from opinionspace.room.result import Division, Gate, Plane, Sentence
from opinionspace.room.sentences import sentences
from opinionspace.votes import FloatArray, IntArray

Table = tuple[tuple[str, ...], npt.ArrayLike, npt.ArrayLike, npt.ArrayLike]
"""Labels, and agree, disagree and all answers of each cell: (n_cells, n_statements) each."""


@dataclass(frozen=True, slots=True, eq=False)
class CountsRead:
    """What counts show: every number follows from the counts given, so it tells no more.

    Attributes
    ----------
    agreement, disagreement : Share
        Of the whole room, (n_statements,).
    declared : mapping from the name of a table to its Division
    groups : Division or None
        Of the opinion groups; its `standing` is empty, since it cannot be had from counts.
    divisiveness : ndarray of shape (n_statements,), in [0, 1]
        Spread between the groups, or where there are none 4·p·(1 - p).
    sentences : tuple of Sentence
    """

    agreement: Share
    disagreement: Share
    declared: Mapping[str, Division]
    groups: Division | None
    divisiveness: FloatArray
    sentences: tuple[Sentence, ...]


def read_counts(
    statement_ids: npt.ArrayLike,
    whole: tuple[npt.ArrayLike, npt.ArrayLike, npt.ArrayLike],
    tables: Mapping[str, Table],
    *,
    n_people: int,
    gate: Gate,
    plane: Plane | None = None,
    groups: Table | None = None,
    group_sizes: npt.ArrayLike = (),
    smallest: int = 5,
) -> CountsRead:
    """Say what a room's counts carry, as `analyse` says it of votes.

    Where a statement may not be broken down by a table, its column there holds zeros.

    Parameters
    ----------
    statement_ids : array_like of shape (n_statements,)
    whole : agree, disagree and all answers, each array_like of shape (n_statements,)
        Not modified, as the other counts.
    tables : mapping from a name to labels and counts by cell
    n_people : int
        People who have voted.
    gate, plane
        Of `analyse`, or a gate that was not asked: what cannot be had from counts.
    groups : labels and counts of the opinion groups, where they may be shown
    group_sizes : array_like of shape (n_groups,)
        People in each.
    smallest : int, positive

    Raises
    ------
    BadVotes
        When a table has another shape than its labels and the statements ask for, or counts are
        negative or do not add up.

    Examples
    --------
    >>> gate = Gate(False, False, False, (), 0, 0, None)
    >>> read = read_counts([7], ([9], [1], [10]), {}, n_people=10, gate=gate)
    >>> [sentence.code for sentence in read.sentences]
    ['shared', 'divides', 'counts_only']
    """
    ids = np.asarray(statement_ids)
    totals = _checked(whole, (len(ids),), "the room")
    declared = {
        name: divided(_cells(name, table, totals, None, smallest), totals)
        for name, table in tables.items()
    }
    found = None
    if groups is not None:
        sizes = np.asarray(group_sizes, np.int64)
        of = _cells("group", groups, totals, sizes, smallest)
        found = Division(of, bridging(of), spread(of.agreement), ())
    agreement, disagreement = share(totals[0], totals[2]), share(totals[1], totals[2])
    divisive = mixed(totals[0], totals[2]) if found is None else found.spread
    said = sentences(
        ids,
        n_people,
        agreement,
        disagreement,
        tuple(declared.values()),
        found,
        divisive,
        gate,
        plane,
    )
    return CountsRead(agreement, disagreement, declared, found, divisive, said)


def divided(of: Cells, totals: Counts) -> Division:
    """Return what declared cells show: what they share, what divides and sets them apart."""
    return Division(of, bridging(of), spread(of.agreement), standing(of, *totals))


def _cells(name: str, table: Table, totals: Counts, sizes: IntArray | None, smallest: int) -> Cells:
    labels, *counts = table
    agree, disagree, seen = _checked(
        (counts[0], counts[1], counts[2]), (len(labels), len(totals[0])), name
    )
    if sizes is None:  # nobody says how many voted at all: as many as answered what most answered
        sizes = seen.max(axis=1, initial=0)
    return counted((agree, disagree, seen), totals, labels, sizes, name=name, smallest=smallest)


def _checked(
    counts: tuple[npt.ArrayLike, npt.ArrayLike, npt.ArrayLike], shape: tuple[int, ...], name: str
) -> Counts:
    agree, disagree, seen = (np.array(one, np.int64) for one in counts)
    for one in (agree, disagree, seen):
        if one.shape != shape:
            raise BadVotes(f"counts of {name} must have the shape {shape}, not {one.shape}")
    if (agree < 0).any() or (disagree < 0).any() or (agree + disagree > seen).any():
        raise BadVotes(
            f"counts of {name} do not add up: agree and disagree are part of all answers"
        )
    return agree, disagree, seen
