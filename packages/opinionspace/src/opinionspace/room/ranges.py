"""What can be said of groups of which only ranges of counts may be seen."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from opinionspace.room.posterior import pooled
from opinionspace.votes import FloatArray


def widest(
    low: npt.ArrayLike,
    high: npt.ArrayLike,
    answers: npt.ArrayLike,
    all_successes: npt.ArrayLike,
    all_answers: npt.ArrayLike,
) -> tuple[FloatArray, FloatArray]:
    """Return the widest 90 % interval of a share over every count from `low` to `high`.

    The ends are those of the lowest and the highest count, each pooled by one vote towards
    everybody else: what would so be shown for any count between lies inside.

    Parameters
    ----------
    low, high, answers : array_like of one shape, counts
        Not modified, as the others.
    all_successes, all_answers : array_like, broadcastable, counts of the whole room

    Returns
    -------
    lower, upper : ndarray in [0, 1]
        nan where there are fewer than five answers.

    Raises
    ------
    ValueError
        When a count exceeds the answers, or shapes differ.

    Examples
    --------
    >>> lower, upper = widest([6], [10], [10], [30], [50])
    >>> [round(float(end), 2) for end in (*lower, *upper)]
    [0.36, 1.0]
    """
    return (
        pooled(low, answers, all_successes, all_answers).lower,
        pooled(high, answers, all_successes, all_answers).upper,
    )


def least_gap(low: npt.ArrayLike, high: npt.ArrayLike, answers: npt.ArrayLike) -> FloatArray:
    """Return how far the two groups furthest apart lie apart at the least, statement by statement.

    Parameters
    ----------
    low, high, answers : array_like of shape (n_groups, n_statements), counts
        Not modified. A group without answers is left out of that statement.

    Returns
    -------
    ndarray of shape (n_statements,), a difference of shares in [0, 1]
        0 where the ranges of all groups meet; nan where fewer than two groups answered.

    Examples
    --------
    >>> least_gap([[6], [0]], [[10], [3]], [[10], [8]])
    array([0.225])
    """
    lowest, highest, n = (np.asarray(one, np.float64) for one in (low, high, answers))
    told = n > 0
    least = np.where(told, lowest / np.maximum(n, 1), -np.inf).max(axis=0, initial=-np.inf)
    most = np.where(told, highest / np.maximum(n, 1), np.inf).min(axis=0, initial=np.inf)
    return np.where(told.sum(axis=0) > 1, np.maximum(least - most, 0.0), np.nan)
