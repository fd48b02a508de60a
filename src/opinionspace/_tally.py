"""Counting votes: agree, disagree and seen of every statement, for everybody or by group."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
from scipy import sparse

if TYPE_CHECKING:
    from opinionspace.votes import Votes

#: What is made for a block of about this many votes stays in the processor's cache.
VOTES_AT_ONCE = 2**18

Counts = tuple[npt.NDArray[np.int64], npt.NDArray[np.int64], npt.NDArray[np.int64]]


def blocks(votes: Votes) -> Iterator[tuple[slice, slice]]:
    """Yield the voices of each block of votes, and where these votes lie."""
    begin = 0
    while begin < votes.n_voices:
        most = votes.indptr[begin] + VOTES_AT_ONCE
        end = int(np.searchsorted(votes.indptr, most, side="right")) - 1
        end = max(end, begin + 1)
        yield slice(begin, end), slice(int(votes.indptr[begin]), int(votes.indptr[end]))
        begin = end


def tally(votes: Votes, group_of_voice: npt.NDArray[np.int64], k: int) -> Counts:
    """Return agree, disagree and seen, each of shape (k + 1, n_statements).

    `group_of_voice` is from -1 to k - 1; those in no group are counted in the last row. Each
    vote is a number made of its group, its statement and its stance, and these are counted.
    """
    m = votes.n_statements
    found = np.zeros((k + 1) * m * 3, dtype=np.int64)
    first = (group_of_voice + 1) * (3 * m) + 1
    for rows, cells in blocks(votes):
        number = np.repeat(first[rows], np.diff(votes.indptr[rows.start : rows.stop + 1]))
        number += votes.statement_index[cells].astype(np.int32) * 3
        number += votes.stance[cells]
        found += np.bincount(number, minlength=len(found))
    by_stance = np.roll(found.reshape(k + 1, m, 3), -1, axis=0)
    return by_stance[..., 2].copy(), by_stance[..., 0].copy(), by_stance.sum(axis=2)


def centred(votes: Votes, center: npt.NDArray[np.float64]) -> sparse.csr_array:
    """Return stance less the centre of its statement, of shape (n_voices, n_statements)."""
    values = np.empty(votes.n_votes)
    index = np.empty(votes.n_votes, dtype=np.int32)
    for _, cells in blocks(votes):
        index[cells] = votes.statement_index[cells]
        here = values[cells]  # no index is out of bounds; told to clip, NumPy asks no more
        center.take(index[cells].astype(np.intp), mode="clip", out=here)
        np.subtract(votes.stance[cells], here, out=here)
    indptr = votes.indptr if votes.n_votes >= 2**31 else votes.indptr.astype(np.int32)
    return sparse.csr_array((values, index, indptr), shape=(votes.n_voices, votes.n_statements))


def totals(votes: Votes) -> Counts:
    """Return agree, disagree and seen of all voices, each of shape (n_statements,)."""
    nobody = np.full(votes.n_voices, -1, dtype=np.int64)
    agree, disagree, seen = tally(votes, nobody, 0)
    return agree[0], disagree[0], seen[0]
