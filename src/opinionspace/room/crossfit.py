"""Representative statements of discovered groups, tested on statements that did not make them."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy.optimize import linear_sum_assignment

from opinionspace.room import axes, grouping
from opinionspace.room.between import Standing, chosen, contrasts
from opinionspace.room.cells import cells
from opinionspace.room.gate import BUFFER, FEWEST_STATEMENTS, stream
from opinionspace.votes import FloatArray, Votes


def halves(m: int, rng: np.random.Generator) -> tuple[npt.NDArray[np.int64], ...]:
    """Split m statements by lot into two halves."""
    order = rng.permutation(m)
    return np.sort(order[: m // 2]), np.sort(order[m // 2 :])


def labels_from(
    table: FloatArray,
    seen: FloatArray,
    columns: npt.NDArray[np.int64],
    label: npt.NDArray[np.int8],
    k: int,
    seed: int,
) -> npt.NDArray[np.int64]:
    """Group people by some of the statements alone, numbered like the groups of them all.

    Parameters
    ----------
    table, seen : ndarray of shape (n, m)
    columns : int ndarray
        Statements to use.
    label : int8 ndarray of shape (n,)
        Groups made from all statements; the new ones are matched to them by the most shared
        people.
    """
    part, mask = table[:, columns], seen[:, columns]
    start = stream(seed, 6).standard_normal((len(columns), min(BUFFER, len(columns))))
    position = axes.fit(part[None], mask, start).position
    found = grouping.k_means(position, grouping.starts(len(table), k, stream(seed, 7)))
    shared = grouping.crossed(label, found, np.ones((1, len(table))), k)[0]
    wanted, given = linear_sum_assignment(-shared)
    name = np.empty(k, np.int64)
    name[given] = wanted
    return np.asarray(name[found[0]])


def cross_fitted(
    votes: Votes,
    table: FloatArray,
    seen: FloatArray,
    rows: npt.NDArray[np.int64],
    columns: npt.NDArray[np.int64],
    label: npt.NDArray[np.int8],
    names: tuple[str, ...],
    seed: int,
) -> tuple[Standing, ...]:
    """Find the statements that set a group apart, each tested by groups made without it.

    The statements used for the groups are split by lot; groups made from one half are tested
    on the other. Statements that were not used are tested by the full groups.

    Parameters
    ----------
    votes : Votes
    table, seen : ndarray of shape (n, m)
        The part of the votes that made the groups.
    rows, columns : int ndarray of shapes (n,) and (m,)
        Which voices and statements of `votes` that part holds.
    label : int8 ndarray of shape (n,)
        Row of each person's group.
    names : tuple of str, one per group

    References
    ----------
    .. [1] A. Neufeld et al. (2024). Data thinning for convolution-closed distributions.
       J. Mach. Learn. Res. 25: why testing groups on the data that made them misleads.
    """
    if len(columns) < 2 * FEWEST_STATEMENTS:
        return ()
    one, other = halves(len(columns), stream(seed, 5))
    outside = np.setdiff1d(np.arange(votes.n_statements), columns)
    plans = (
        (labels_from(table, seen, one, label, len(names), seed), columns[other]),
        (labels_from(table, seen, other, label, len(names), seed), columns[one]),
        (label.astype(np.int64), outside),
    )
    shape = (len(names), votes.n_statements)
    for_it, against = np.full(shape, np.nan), np.full(shape, np.nan)
    for of_person, tested in plans:
        if len(tested) == 0:
            continue
        half = votes.select(statements=np.isin(np.arange(votes.n_statements), tested))
        of_voice = np.full(votes.n_voices, -1)
        of_voice[rows] = of_person
        some = cells(half, of_voice, names, name="group", smallest=0)
        for_it[:, tested], against[:, tested] = contrasts(some, *half.counts())
    return chosen(for_it, against)
