"""Counting votes: agree, disagree and seen of every statement, for everybody or by group."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
from scipy import sparse

if TYPE_CHECKING:
    from opinionspace.votes import Votes

#: Three counts of up to this many voices fit side by side into the 53 bits of a float.
BITS = 17
VOICES_AT_ONCE = 2**BITS - 1
#: What a pass, an agreement and a disagreement add; -1 counts from the end.
WORTH = np.array([1.0, 1.0 + 2.0**BITS, 1.0 + 4.0**BITS])

Counts = tuple[npt.NDArray[np.int64], npt.NDArray[np.int64], npt.NDArray[np.int64]]


def sparse_index(votes: Votes) -> tuple[npt.NDArray[np.int32], npt.NDArray[Any]]:
    """Return columns and row starts in the widths SciPy calculates with."""
    indptr = votes.indptr if votes.n_votes >= 2**31 else votes.indptr.astype(np.int32)
    return votes.statement_index.astype(np.int32), indptr


def tally(votes: Votes, member: npt.NDArray[np.float64]) -> Counts:
    """Return agree, disagree and seen, each of shape (n_groups, n_statements).

    `member` is 1.0 where a voice belongs to a group and 0.0 elsewhere, of shape (n_voices,
    n_groups). One product of matrices counts all three; the sums are whole numbers and exact.
    """
    found = np.zeros((3, member.shape[1], votes.n_statements), dtype=np.int64)
    for begin in range(0, votes.n_voices, VOICES_AT_ONCE):
        rows = slice(begin, begin + VOICES_AT_ONCE)
        starts = votes.indptr[begin : begin + VOICES_AT_ONCE + 1]
        cells = slice(int(starts[0]), int(starts[-1]))
        block = sparse.csr_array(
            (
                WORTH[votes.stance[cells]],
                votes.statement_index[cells].astype(np.int32),
                (starts - starts[0]).astype(np.int32 if starts[-1] < 2**31 else np.int64),
            ),
            shape=(len(starts) - 1, votes.n_statements),
        )
        sums = (block.T @ member[rows]).T.astype(np.int64)
        found[0] += (sums >> BITS) & VOICES_AT_ONCE
        found[1] += sums >> (2 * BITS)
        found[2] += sums & VOICES_AT_ONCE
    return found[0].copy(), found[1].copy(), found[2].copy()


def totals(votes: Votes) -> Counts:
    """Return agree, disagree and seen of all voices, each of shape (n_statements,)."""
    agree, disagree, seen = tally(votes, np.ones((votes.n_voices, 1)))
    return agree[0].copy(), disagree[0].copy(), seen[0].copy()
