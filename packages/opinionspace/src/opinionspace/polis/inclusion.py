"""Who is in the conversation: the voices that are grouped and counted."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from typing import Any

import numpy as np
import numpy.typing as npt

from opinionspace._ids import canonical_ids
from opinionspace._tables import BLOCK, Integers, cell_of, frozen
from opinionspace.errors import BadVotes
from opinionspace.votes import Votes

ENOUGH_VOTES = 7
GREEDY = 15


def first_arrivals(votes: Votes) -> npt.NDArray[np.int64]:
    """Return for each voice the position in the log of its first vote.

    Voices without a vote, and all voices when the order of the votes is unknown, are placed
    after everybody, in the order of their ids.
    """
    firsts = 2**40 + np.arange(votes.n_voices, dtype=np.int64)
    log = votes.whole_log()
    if log is not None:
        for begin in range(0, len(log), BLOCK):
            voice = cell_of(log[begin : begin + BLOCK]) // votes.n_statements
            turns = np.flatnonzero(np.append(True, voice[1:] != voice[:-1]))
            np.minimum.at(firsts, voice[turns], turns + begin)
    return firsts


def included(votes: Votes, threshold: int = ENOUGH_VOTES, keep: Any = ()) -> npt.NDArray[np.bool_]:
    """Return which voices are in the conversation.

    A voice enters at the first moment when it has voted on at least min(threshold, m) statements, m
    being the statements that anybody had voted on by then; while fewer than 15 are in, those
    with the most votes enter too. Who is in stays in. Votes on statements that were moderated
    out count.

    Replayed vote by vote this means: everybody who ever reached the number, and the first 15
    to arrive. Without the order of the log (`votes.log is None`), the rule is applied
    once to the final counts; equal counts are ordered by id.

    Parameters
    ----------
    votes : Votes
    threshold : int from 1
        Polis uses 7.
    keep : ids of voices, optional
        Who is in whatever the counts say.

    Raises
    ------
    ValueError
        When `threshold` is no whole number from 1.
    BadVotes
        When `keep` names an unknown voice, or one without a vote.

    Returns
    -------
    bool ndarray of shape (n_voices,)

    References
    ----------
    .. [1] Polis recipe: `conversation.clj` lines 217 to 266.
    """
    if isinstance(threshold, bool) or not isinstance(threshold, int | np.integer) or threshold < 1:
        raise ValueError(f"the threshold is a number of votes from 1, not {threshold!r}")
    per_voice = np.diff(votes.indptr)
    m = len(np.unique(votes.statement_index)) if per_voice.max() < threshold else threshold
    inside = per_voice >= min(threshold, m)
    inside[_kept(votes, keep, per_voice)] = True
    log = votes.whole_log()
    if log is None:
        missing = GREEDY - np.count_nonzero(inside)
        if missing > 0:
            most = np.argsort(np.where(inside, 0, -per_voice), kind="stable")[:missing]
            inside[most[per_voice[most] > 0]] = True
        return frozen(inside)
    inside[_entered_early(log, votes.n_statements, threshold)] = True
    inside[_earliest(log, votes.n_statements)] = True
    return frozen(inside)


def _kept(votes: Votes, keep: Any, per_voice: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Return the rows of the voices that are kept."""
    ids = canonical_ids(list(keep) if isinstance(keep, AbstractSet) else keep, "voice")
    place = {one: row for row, one in enumerate(votes.voice_ids.tolist())} if len(ids) else {}
    unknown = [one for one in ids.tolist() if one not in place or not per_voice[place[one]]]
    if unknown:
        raise BadVotes(f"keep names voice {unknown[0]}, which has no votes here")
    return np.array([place[one] for one in ids.tolist()], dtype=np.int64)


def _earliest(log: Integers, n_statements: int) -> Integers:
    """Return the first 15 voices of the log, or all when there are fewer."""
    horizon = 1024
    while True:
        voices, firsts = np.unique(cell_of(log[:horizon]) // n_statements, return_index=True)
        if horizon >= len(log) or len(voices) >= GREEDY:
            return np.asarray(voices[np.argsort(firsts)[:GREEDY]])
        horizon *= 16


def _entered_early(log: Integers, n_statements: int, threshold: int) -> Integers:
    """Return who voted on everything there was while few statements had votes."""
    horizon = 256
    while True:
        cells, firsts = np.unique(cell_of(log[:horizon]), return_index=True)
        voice, statement = np.divmod(cells[np.argsort(firsts)], n_statements)
        new = _how_often_before(statement) == 0
        if horizon >= len(log) or np.count_nonzero(new) >= threshold:
            break
        horizon *= 16
    so_far = _how_often_before(voice) + 1
    return np.asarray(voice[so_far >= np.minimum(np.cumsum(new), threshold)])


def _how_often_before(values: Integers) -> npt.NDArray[np.int64]:
    """Count, for each entry, the earlier entries with the same value."""
    order = np.argsort(values, kind="stable")
    ordered = values[order]
    starts = np.flatnonzero(np.append(True, ordered[1:] != ordered[:-1]))
    before = np.empty(len(values), dtype=np.int64)
    before[order] = np.arange(len(values)) - np.repeat(
        starts, np.diff(np.append(starts, len(values)))
    )
    return before
