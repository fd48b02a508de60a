"""Test which statements represent a discovered group, on statements that did not form it."""

from __future__ import annotations

import numpy as np
import scipy  # its parts are loaded when they are first needed

from opinionspace._tally import Counts
from opinionspace.room import axes, grouping
from opinionspace.room.between import Standing, chosen, contrasts
from opinionspace.room.gate import BUFFER, FEWEST_STATEMENTS, stream
from opinionspace.room.placed import Placed
from opinionspace.room.posterior import pseudo_votes
from opinionspace.votes import IntArray, Votes


def halves(m: int, rng: np.random.Generator) -> tuple[IntArray, IntArray]:
    """Split m statements at random into two halves."""
    order = rng.permutation(m)
    return np.sort(order[: m // 2]), np.sort(order[m // 2 :])


def labels_from(part: Placed, columns: IntArray, label: IntArray, k: int, seed: int) -> IntArray:
    """Group people by some of the statements alone, numbered like the groups of them all.

    Parameters
    ----------
    columns : int ndarray
        Statements to use.
    label : int ndarray of shape (n,)
        Groups made from all statements; the new ones are matched to them by the most shared
        people.
    """
    table, mask = part.table[:, columns], part.seen[:, columns]
    start = stream(seed, 6).standard_normal((len(columns), min(BUFFER, len(columns))))
    position = axes.fit(table[None], mask, start).position
    found = grouping.k_means(position, grouping.starts(len(table), k, stream(seed, 7)))
    shared = grouping.crossed(label, found, np.ones((1, len(table))), k)[0]
    wanted, given = scipy.optimize.linear_sum_assignment(-shared)
    name = np.empty(k, np.int64)
    name[given] = wanted
    return np.asarray(name[found[0]])


def cross_fitted(
    votes: Votes, part: Placed, label: IntArray, k: int, seed: int
) -> tuple[Standing, ...]:
    """Find the statements that set a group apart, each tested by groups made without it.

    The statements used for the groups are split at random; groups made from one half are tested
    on the other. Statements that were not used are tested by the full groups.

    Parameters
    ----------
    votes : Votes
    part : Placed
        The part of the votes that made the groups.
    label : int ndarray of shape (n,)
        Group of each person placed, from 0 to k - 1.

    References
    ----------
    .. [1] A. Neufeld et al. (2024). Data thinning for convolution-closed distributions.
       J. Mach. Learn. Res. 25: why testing groups on the data that made them misleads.
    """
    columns = part.columns
    if len(columns) < 2 * FEWEST_STATEMENTS:
        return ()
    one, other = halves(len(columns), stream(seed, 5))
    outside = np.setdiff1d(np.arange(votes.n_statements), columns)
    plans = (
        (labels_from(part, one, label, k, seed), columns[other]),
        (labels_from(part, other, label, k, seed), columns[one]),
        (label, outside),
    )
    for_it, against = np.full((2, k, votes.n_statements), np.nan)
    for of_person, tested in plans:
        of_voice = np.full(votes.n_voices, -1)
        of_voice[part.rows] = of_person
        everybody = votes.counts_by(of_voice, k)
        counts = Counts(*(table[:k, tested] for table in everybody))
        whole = Counts(*(table.sum(axis=0)[tested] for table in everybody))
        weight = pseudo_votes(counts.agree, counts.seen)
        for_it[:, tested], against[:, tested] = contrasts(counts, whole, weight)
    return chosen(for_it, against)
