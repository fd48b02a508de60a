"""Counting votes: agree, disagree and seen of every statement, for everybody or by group."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
from scipy import sparse

if TYPE_CHECKING:
    from opinionspace.votes import Votes

#: Three counts of up to this many voices fit side by side into the 53 bits of a float.
BITS = 17
VOICES_AT_ONCE = 2**BITS - 1
#: What is made for a block of about this many votes stays in the processor's cache.
VOTES_AT_ONCE = 2**18
#: What a pass, an agreement and a disagreement add; -1 counts from the end.
WORTH = np.array([1.0, 1.0 + 2.0**BITS, 1.0 + 4.0**BITS])

Counts = tuple[npt.NDArray[np.int64], npt.NDArray[np.int64], npt.NDArray[np.int64]]


def blocks(votes: Votes) -> Iterator[tuple[slice, slice]]:
    """Yield the voices of each block of votes, and where these votes lie."""
    begin = 0
    while begin < votes.n_voices:
        most = votes.indptr[begin] + VOTES_AT_ONCE
        end = int(np.searchsorted(votes.indptr, most, side="right")) - 1
        end = min(max(end, begin + 1), begin + VOICES_AT_ONCE)
        yield slice(begin, end), slice(int(votes.indptr[begin]), int(votes.indptr[end]))
        begin = end


def tally(votes: Votes, member: npt.NDArray[np.float64]) -> Counts:
    """Return agree, disagree and seen, each of shape (n_groups, n_statements).

    `member` is 1.0 where a voice belongs to a group and 0.0 elsewhere, of shape (n_voices,
    n_groups). One product of matrices counts all three; the sums are whole numbers and exact.
    """
    found = np.zeros((3, member.shape[1], votes.n_statements), dtype=np.int64)
    for rows, cells in blocks(votes):
        starts = votes.indptr[rows.start : rows.stop + 1] - cells.start
        by_statement = sparse.csc_array(  # rows of votes are columns of this one
            (
                WORTH[votes.stance[cells]],
                votes.statement_index[cells].astype(np.int32),
                starts.astype(np.int32),
            ),
            shape=(votes.n_statements, len(starts) - 1),
        )
        sums = (by_statement @ member[rows]).T.astype(np.int64)
        found[0] += (sums >> BITS) & VOICES_AT_ONCE
        found[1] += sums >> (2 * BITS)
        found[2] += sums & VOICES_AT_ONCE
    return found[0].copy(), found[1].copy(), found[2].copy()


def centred(votes: Votes, center: npt.NDArray[np.float64]) -> sparse.csr_array:
    """Return stance less the centre of its statement, of shape (n_voices, n_statements)."""
    values = np.empty(votes.n_votes)
    index = np.empty(votes.n_votes, dtype=np.int32)
    for _, cells in blocks(votes):
        index[cells] = votes.statement_index[cells]
        np.subtract(votes.stance[cells], center.take(index[cells]), out=values[cells])
    indptr = votes.indptr if votes.n_votes >= 2**31 else votes.indptr.astype(np.int32)
    return sparse.csr_array((values, index, indptr), shape=(votes.n_voices, votes.n_statements))


def totals(votes: Votes) -> Counts:
    """Return agree, disagree and seen of all voices, each of shape (n_statements,)."""
    agree, disagree, seen = tally(votes, np.ones((votes.n_voices, 1)))
    return agree[0].copy(), disagree[0].copy(), seen[0].copy()
