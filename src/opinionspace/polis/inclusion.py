"""Who is in the conversation: the voices that are grouped and counted."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from opinionspace._tables import frozen
from opinionspace.votes import Votes

ENOUGH_VOTES = 7
GREEDY = 15


def first_arrivals(votes: Votes) -> npt.NDArray[np.int64]:
    """Return for each voice the position in the log of its first vote.

    Voices without a vote, and all voices when the order of the votes is unknown, are placed
    after everybody, in the order of their ids.
    """
    late = votes.n_votes + (2**40 if votes.arrival is not None else 0)
    firsts = late + np.arange(votes.n_voices, dtype=np.int64)
    if votes.arrival is not None:
        voted = np.diff(votes.indptr) > 0
        firsts[voted] = np.minimum.reduceat(votes.arrival, votes.indptr[:-1][voted])
    return firsts


def included(votes: Votes) -> npt.NDArray[np.bool_]:
    """Return which voices are in the conversation.

    A voice enters at the first moment when it has voted on at least min(7, m) statements, m
    being the statements that anybody had voted on by then; while fewer than 15 are in, those
    with the most votes enter too. Who is in stays in. Votes on statements that were moderated
    out count.

    Replayed vote by vote this means: everybody who ever reached the number, and the first 15
    to arrive. Without the order of the log (`votes.arrival is None`), the rule is applied
    once to the final counts; equal counts are ordered by id.

    Returns
    -------
    bool ndarray of shape (n_voices,)

    References
    ----------
    .. [1] Polis recipe: `conversation.clj` lines 217 to 266.
    """
    per_voice = np.diff(votes.indptr)
    m = len(np.unique(votes.statement_index)) if per_voice.max() < ENOUGH_VOTES else ENOUGH_VOTES
    inside = per_voice >= min(ENOUGH_VOTES, m)
    if votes.arrival is None:
        missing = GREEDY - np.count_nonzero(inside)
        if missing > 0:
            most = np.argsort(np.where(inside, 0, -per_voice), kind="stable")[:missing]
            inside[most[per_voice[most] > 0]] = True
        return frozen(inside)
    inside[_entered_early(votes, votes.arrival)] = True
    firsts = first_arrivals(votes)
    earliest = np.argpartition(firsts, min(GREEDY, len(firsts)) - 1)[:GREEDY]
    inside[earliest[per_voice[earliest] > 0]] = True
    return frozen(inside)


def _entered_early(
    votes: Votes, arrival: npt.NDArray[np.integer[Any]]
) -> npt.NDArray[np.integer[Any]]:
    """Who voted on everything there was while fewer than seven statements had votes."""
    horizon = 256
    while True:
        early = np.flatnonzero(arrival < horizon)
        if (
            len(early) == len(arrival)
            or len(np.unique(votes.statement_index[early])) >= ENOUGH_VOTES
        ):
            break
        horizon *= 16
    cells = early[np.argsort(arrival[early], kind="stable")]
    voice = np.searchsorted(votes.indptr, cells, side="right") - 1
    there = np.cumsum(_how_often_before(votes.statement_index[cells]) == 0)
    so_far = _how_often_before(voice) + 1
    return np.asarray(voice[so_far >= np.minimum(there, ENOUGH_VOTES)])


def _how_often_before(values: npt.NDArray[np.integer[Any]]) -> npt.NDArray[np.int64]:
    """Count, for each entry, the earlier entries with the same value."""
    order = np.argsort(values, kind="stable")
    ordered = values[order]
    starts = np.flatnonzero(np.append(True, ordered[1:] != ordered[:-1]))
    before = np.empty(len(values), dtype=np.int64)
    before[order] = np.arange(len(values)) - np.repeat(
        starts, np.diff(np.append(starts, len(values)))
    )
    return before
