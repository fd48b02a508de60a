"""Compute the recipe's weights for asking, without the rest of the analysis."""

from __future__ import annotations

import numpy as np

from opinionspace._tables import frozen
from opinionspace.polis.analysis import group_votes, priorities
from opinionspace.polis.components import axes
from opinionspace.polis.inclusion import included
from opinionspace.votes import FloatArray, Votes


def current_priorities(votes: Votes) -> FloatArray:
    """Return `analyse(votes).priorities`, without finding the groups.

    Priorities sum over groups, and everybody in the conversation is in one of them, so where
    the groups lie does not matter. About half the time of `analyse`.

    Parameters
    ----------
    votes : Votes

    Returns
    -------
    ndarray of shape (n_statements,), positive
        Probability with which a statement is drawn next, up to a common factor.

    Raises
    ------
    TooLittle
        When fewer than two voices or two statements have votes, or when nobody differs from
        anybody on any statement.

    Examples
    --------
    >>> votes = Votes.from_matrix([[1, 1, -1], [1, 1, -1], [-1, -1, 1], [-1, 0, 1]])
    >>> current_priorities(votes).round(2).tolist()
    [26.9, 18.38, 26.9]
    """
    found = axes(votes)
    together = np.where(included(votes), 0, -1)
    counts, total = group_votes(votes, together, 1)
    return frozen(priorities(counts, found.extremity, votes.is_meta, total.seen > 0))
