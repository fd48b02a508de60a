"""Tell whether the votes of an export are the other way round than the counts beside them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from opinionspace.export.tables import Comment, Participant, VoteLog
from opinionspace.votes import IntArray


def is_turned(log: VoteLog, comments: Sequence[Comment], people: Sequence[Participant]) -> bool:
    """Return whether counts of agreement fit the disagreements of the log far better.

    Counts of an export hold overwritten votes, or not, so they need not be met. Turned votes
    miss them by less than half as much as the votes as they stand.
    """
    counted = [(one.id, one.agrees, one.disagrees) for one in comments]
    by_person = [(one.id, one.n_agree, one.n_disagree) for one in people]
    for of_vote, counts in ((log.comment, counted), (log.voter, by_person)):
        known = [(id, a, d) for id, a, d in counts if a is not None and d is not None]
        if known:
            as_it_is, turned = _misses(log, of_vote, known)
            return turned < as_it_is / 2
    return False


def _misses(
    log: VoteLog, of_vote: IntArray, known: list[tuple[int, int, int]]
) -> tuple[float, float]:
    ids, place = np.unique(of_vote, return_inverse=True)
    agree, disagree = (
        np.bincount(place[log.stance == stance], minlength=len(ids)) for stance in (1, -1)
    )
    at = {id: i for i, id in enumerate(ids.tolist())}
    as_it_is = turned = 0.0
    for id, a, d in known:
        if id in at:
            agreed, disagreed = int(agree[at[id]]), int(disagree[at[id]])
            as_it_is += abs(a - agreed) + abs(d - disagreed)
            turned += abs(a - disagreed) + abs(d - agreed)
    return as_it_is, turned
