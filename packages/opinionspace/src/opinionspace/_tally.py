"""Count votes: agree, disagree and all answers of every statement, for everybody or by group."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

from opinionspace import _fast
from opinionspace._tables import frozen

#: What is made for a block of about this many votes stays in the processor's cache.
VOTES_AT_ONCE = 2**18

Whole: TypeAlias = npt.NDArray[np.int64]


class Counts(NamedTuple):
    """Answers by statement, the last axis; `seen` counts passes too."""

    agree: Whole
    disagree: Whole
    seen: Whole

    @classmethod
    def of(cls, agree: npt.ArrayLike, disagree: npt.ArrayLike, seen: npt.ArrayLike) -> Counts:
        """Return counts given as lists or arrays: a copy, read-only."""
        return cls(*(np.array(part, np.int64) for part in (agree, disagree, seen))).frozen()

    def rows(self, chosen: slice) -> Counts:
        """Return the counts of some groups."""
        return Counts(*(part[chosen] for part in self))

    def frozen(self) -> Counts:
        """Return the same, read-only."""
        return Counts(*map(frozen, self))

    def total(self) -> Counts:
        """Return the counts of all groups together."""
        return Counts(*(part.sum(axis=0) for part in self))


def blocks(indptr: Whole) -> Iterator[tuple[slice, slice]]:
    """Yield the voices of each block of votes, and where these votes lie."""
    begin, n_voices = 0, len(indptr) - 1
    while begin < n_voices:
        most = indptr[begin] + VOTES_AT_ONCE
        end = max(int(np.searchsorted(indptr, most, side="right")) - 1, begin + 1)
        yield slice(begin, end), slice(int(indptr[begin]), int(indptr[end]))
        begin = end


def tally(
    indptr: Whole,
    column: npt.NDArray[np.integer[Any]],
    stance: npt.NDArray[np.int8],
    n_statements: int,
    group_of_voice: Whole,
    k: int,
) -> Counts:
    """Count the votes of each group, as `Votes.counts_by` says.

    Each vote is a number made of its group, its statement and its stance, and these are
    counted.
    """
    m = n_statements
    found = np.zeros((k + 1) * m * 3, dtype=np.int64)
    if _fast.serves(m):
        _fast.loops.counts(indptr, column, stance, group_of_voice, found, m)
        return _by_stance(found.reshape(k + 1, m, 3))
    first = (group_of_voice + 1) * (3 * m) + 1
    for rows, cells in blocks(indptr):
        number = np.repeat(first[rows], np.diff(indptr[rows.start : rows.stop + 1]))
        number += column[cells].astype(np.int32) * 3
        number += stance[cells]
        found += np.bincount(number, minlength=len(found))
    return _by_stance(found.reshape(k + 1, m, 3))


def _by_stance(found: Whole) -> Counts:
    by_stance = np.roll(found, -1, axis=0)
    return Counts(by_stance[..., 2].copy(), by_stance[..., 0].copy(), by_stance.sum(axis=2))
