"""Choose the votes that may form groups: people who voted enough, statements that differ."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from opinionspace._short import Short
from opinionspace.room.gate import MOST_PLACED
from opinionspace.room.posterior import FEWEST_VOTES
from opinionspace.votes import FloatArray, IntArray, Votes

VOTES_TO_BE_PLACED = 7


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Placed(Short):
    """The votes that may form groups: rows and columns of `Votes`, in an order of their own.

    `table` (n, m) holds stances, 0 where `seen` (n, m) is 0. Rows are sorted by content, so
    that nothing depends on how voices are named.
    """

    rows: IntArray
    columns: IntArray
    table: FloatArray
    seen: FloatArray


def placed(votes: Votes) -> Placed:
    """Keep the votes that may form groups.

    Statements: not about the conversation itself, five votes or more, not all alike. Voices:
    at least min(7, half of those statements) votes on them. Where these are more than the
    gate looks at, they are only counted, and the table is empty.
    """
    crowd, asked = _crowd(votes)
    if len(crowd) > MOST_PLACED:
        nothing = np.broadcast_to(0.0, (len(crowd), len(asked)))  # takes no memory
        return Placed(crowd, asked, nothing, nothing)
    table = votes.dense()
    columns = np.flatnonzero(~votes.is_meta & _varied(table))
    given = (~np.isnan(table[:, columns])).sum(axis=1)
    rows = np.flatnonzero(given >= _wanted(len(columns)))
    columns = columns[_varied(table[np.ix_(rows, columns)])]
    kept = table[np.ix_(rows, columns)]
    if len(columns):
        order = np.lexsort(np.nan_to_num(kept, nan=2.0).T[::-1])
        rows, kept = rows[order], kept[order]
    seen = (~np.isnan(kept)).astype(np.float64)
    return Placed(rows, columns, np.nan_to_num(kept, nan=0.0), seen)


def _crowd(votes: Votes) -> tuple[IntArray, IntArray]:
    """Return the voices with enough votes to be placed, and on what, without a dense table."""
    asked = ~votes.is_meta & (votes.counts().seen >= FEWEST_VOTES)
    given = np.bincount(votes.voice_index[asked[votes.statement_index]], minlength=votes.n_voices)
    return np.flatnonzero(given >= _wanted(int(asked.sum()))), np.flatnonzero(asked)


def _wanted(n_statements: int) -> int:
    return max(min(VOTES_TO_BE_PLACED, (n_statements + 1) // 2), 1)


def _varied(table: FloatArray) -> npt.NDArray[np.bool_]:
    """Return whether each column holds five votes or more, and two different stances."""
    votes = (~np.isnan(table)).sum(axis=0)
    present = sum(((table == stance).any(axis=0)).astype(int) for stance in (-1, 0, 1))
    return np.asarray((votes >= FEWEST_VOTES) & (present > 1))
