"""Decide whether votes show opinion groups, or could look like this without any."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from opinionspace.room import axes, grouping, nulls
from opinionspace.room.axes import Fit, Floats
from opinionspace.votes import FloatArray

LEVEL = 0.05
PERMUTATIONS = (24, 55, 120)
GAUSSIAN_ROOMS = (12, 24, 63)
BOOTSTRAPS = 50
LEAST_RAND = 0.6
LEAST_JACCARD = 0.75
FEWEST_PLACED = 10
FEWEST_STATEMENTS = 3
MOST_PLACED = 500
MOST_STATEMENTS = 500
BUFFER = 4


@dataclass(frozen=True, slots=True)
class Check:
    """One condition of the gate.

    `value` is nan where the condition was not asked, because an earlier one had already
    failed. `needed` is what the value must reach, or stay under where `name` is a p-value.
    """

    name: str
    value: float
    needed: float
    passed: bool


@dataclass(frozen=True, slots=True, eq=False)
class Verdict:
    """What the gate found in a table of votes.

    Attributes
    ----------
    opened : bool
        Whether all five conditions hold, so that groups may be shown.
    axis_is_real : bool
        Whether the first holds, so that one axis may be shown.
    checks : tuple of Check
        `first_axis` (p), `group_size`, `silhouette` (p), `rand`, `jaccard`.
    silhouette : float
        Mean silhouette of the best split; nan without one.
    k : int
        Number of groups of the best split, shown or not; 0 without one.
    label : int8 ndarray of shape (n,)
        The best split; all -1 without one.
    fitted : Fit
    """

    opened: bool
    axis_is_real: bool
    checks: tuple[Check, ...]
    silhouette: float
    k: int
    label: npt.NDArray[np.int8]
    fitted: Fit


def stream(seed: int, purpose: int) -> np.random.Generator:
    """Return the random numbers of one purpose, the same however much others draw."""
    return np.random.default_rng([seed, purpose])


def ask(table: FloatArray, seen: FloatArray, seed: int) -> Verdict:
    """Test whether a table of votes holds groups; stop at the first condition that fails.

    1. *First axis.* The largest singular value of the centred table exceeds that of tables
       shuffled inside each statement: p ≤ 0.05 of 199.
    2. *Group size.* Among 2 … min(5, people / 10) groups of the positions on two axes, the
       grouping of largest mean silhouette whose groups all have five people or more.
    3. *Silhouette.* It exceeds the silhouettes so found in rooms drawn from one continuous
       normal axis fitted to this room: p ≤ 0.05 of 99.
    4. *Rand.* In 50 bootstraps of people, axes fitted anew and the same number of groups, the
       median adjusted Rand index is at least 0.6.
    5. *Jaccard.* On the same bootstraps every group is found again with a mean Jaccard index
       of at least 0.75.

    Draws for a p-value stop early once it cannot reach 0.05 any more; p = (1 + exceeded) /
    (1 + drawn).

    Parameters
    ----------
    table : float64 ndarray of shape (n, m)
        Stances, 0 where `seen` is 0; at least 3 statements. Not modified. The answer depends
        on the order of rows through random draws only: give them in a canonical order.
    seen : float64 ndarray of shape (n, m), 0 or 1

    References
    ----------
    .. [1] J. L. Horn (1965). A rationale and test for the number of factors in factor
       analysis. Psychometrika 30, 179-185.
    .. [2] Y. Liu, D. N. Hayes, A. Nobel, J. S. Marron (2008). Statistical significance of
       clustering for high-dimension, low-sample size data. J. Am. Statist. Assoc. 103,
       1281-1293: clusters are tested against one normal population.
    .. [3] C. Hennig (2007). Cluster-wise assessment of cluster stability. Comput. Statist.
       Data Anal. 52, 258-271: 0.75 and above is a stable cluster.
    .. [4] J. Besag, P. Clifford (1991). Sequential Monte Carlo p-values. Biometrika 78,
       301-304.
    """
    n, m = table.shape
    start = stream(seed, 0).standard_normal((m, BUFFER))
    fitted = axes.fit(table[None], seen, start)
    p_axis = first_axis_p(table, seen, start, stream(seed, 1))
    real = p_axis <= LEVEL
    begins = _begins(n, seed)
    found, scores, labels = grouping.best_split(fitted.position, begins)
    k, score = int(found[0]), float(scores[0])
    label = labels[k][0] if k else np.full(n, -1, np.int8)
    smallest = int(grouping.sizes(label[None], k).min()) if k else 0
    p_split = rand = jaccard = np.nan
    if real and k:
        p_split = silhouette_p(table, seen, fitted, score, begins, start, stream(seed, 3))
        if p_split <= LEVEL:
            rand, jaccard = stability(table, seen, label, k, begins[k], start, stream(seed, 4))
    checks = (
        Check("first_axis", p_axis, LEVEL, real),
        Check("group_size", float(smallest), float(grouping.FEWEST_PEOPLE), k > 0),
        Check("silhouette", p_split, LEVEL, p_split <= LEVEL),
        Check("rand", rand, LEAST_RAND, rand >= LEAST_RAND),
        Check("jaccard", jaccard, LEAST_JACCARD, jaccard >= LEAST_JACCARD),
    )
    opened = all(check.passed for check in checks)
    return Verdict(opened, real, checks, score if k else np.nan, k, label, fitted)


def first_axis_p(
    table: FloatArray, seen: FloatArray, start: FloatArray, rng: np.random.Generator
) -> float:
    """Return the p-value of the first axis against votes shuffled inside statements."""
    single, mask, begin = (x.astype(np.float32) for x in (table[None], seen, start))
    seen_value = _first(axes.centred(single, mask), begin)[0]
    at_most = int(LEVEL * (1 + sum(PERMUTATIONS))) - 1
    exceeded = drawn = 0
    for count in PERMUTATIONS:
        shuffled = nulls.permuted_rooms(table, seen, count, rng)
        values = _first(axes.centred(shuffled, mask), begin)
        exceeded += int((values >= seen_value * (1 - 1e-5)).sum())
        drawn += count
        if exceeded > at_most:
            break
    return (1 + exceeded) / (1 + drawn)


def _first(tables: Floats, start: Floats) -> Floats:
    return axes.leading(tables, start)[0][:, 0]


def _begins(n: int, seed: int) -> dict[int, npt.NDArray[np.int64]]:
    rng = stream(seed, 2)
    return {k: grouping.starts(n, k, rng) for k in grouping.tried(n)}


def silhouette_p(
    table: FloatArray,
    seen: FloatArray,
    fitted: Fit,
    score: float,
    begins: dict[int, npt.NDArray[np.int64]],
    start: FloatArray,
    rng: np.random.Generator,
) -> float:
    """Return the p-value of the best silhouette against rooms of one continuous axis."""
    mask, begin = seen.astype(np.float32), start.astype(np.float32)
    correlation = nulls.matched_correlations(table, seen, fitted, start, rng)
    at_most = int(LEVEL * (1 + sum(GAUSSIAN_ROOMS))) - 1
    exceeded = drawn = 0
    for count in GAUSSIAN_ROOMS:
        rooms = nulls.gaussian_rooms(table, seen, correlation, count, rng)
        _, scores, _ = grouping.best_split(axes.fit(rooms, mask, begin).position, begins)
        exceeded += int((scores >= score - 1e-6).sum())
        drawn += count
        if exceeded > at_most:
            break
    return (1 + exceeded) / (1 + drawn)


def stability(
    table: FloatArray,
    seen: FloatArray,
    label: npt.NDArray[np.int8],
    k: int,
    begin: npt.NDArray[np.int64],
    start: FloatArray,
    rng: np.random.Generator,
) -> tuple[float, float]:
    """Return the median adjusted Rand index and the least mean Jaccard index of bootstraps.

    Groupings are compared over the people who were drawn, each counted once.
    """
    n = len(table)
    weights = rng.multinomial(n, np.full(n, 1 / n), size=BOOTSTRAPS).astype(np.float32)
    single, mask = table[None].astype(np.float32), seen.astype(np.float32)
    again = axes.fit(single, mask, start.astype(np.float32), weights)
    labels = grouping.k_means(again.position, begin, weights)
    drawn = (weights > 0).astype(np.float64)
    shared = grouping.crossed(label, labels, drawn, k)
    rand = float(np.median(grouping.adjusted_rand(shared)))
    return rand, float(grouping.best_jaccard(shared).mean(axis=0).min())
