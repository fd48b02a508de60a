"""From positions on the map to opinion groups, in the two stages of Polis."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from opinionspace._short import Short
from opinionspace._tables import frozen
from opinionspace.errors import TooLittle
from opinionspace.polis._kmeans import k_means, k_means_of_each_k
from opinionspace.votes import FloatArray, IntArray

MOST_BASES = 100
BASE_ROUNDS = 100
GROUP_ROUNDS = 20
MOST_GROUPS = 5
BASES_PER_EXTRA_GROUP = 12


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Bases(Short):
    """At most 100 bundles of voices that stand close together.

    Attributes
    ----------
    centers : ndarray of shape (n_bases, 2)
        Mean position of the members.
    sizes : int ndarray of shape (n_bases,)
    of_voice : int ndarray of shape (n_voices,)
        Base of each voice, -1 for those who are not in the conversation.
    """

    centers: FloatArray
    sizes: IntArray
    of_voice: IntArray


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Groups(Short):
    """The grouping of the bases with the best silhouette.

    Attributes
    ----------
    k : int
        Number of groups.
    of_base : int ndarray of shape (n_bases,)
    centers : ndarray of shape (k, 2)
        Mean of the bases, weighted by size.
    silhouettes : mapping from each k tried to its mean silhouette in [-1, 1]
        Empty when there are too few bases to compare, and k is 1.
    """

    k: int
    of_base: IntArray
    centers: FloatArray
    silhouettes: Mapping[int, float]


def bases(
    projections: FloatArray,
    inside: npt.NDArray[np.bool_],
    arrivals: npt.NDArray[np.int64] | None = None,
) -> Bases:
    """Bundle the voices that are in the conversation into at most 100 bases.

    K-means from the first 100 distinct positions in the order of arrival, at most 100 rounds,
    until every centre moves less than 0.01.

    Parameters
    ----------
    projections : ndarray of shape (n_voices, 2)
    inside : bool ndarray of shape (n_voices,)
        Who is in the conversation; see `inclusion.included`.
    arrivals : int ndarray of shape (n_voices,), optional
        When each voice first voted; left out, the order is that of the rows.

    Raises
    ------
    ValueError
        When nobody is in.

    References
    ----------
    .. [1] Polis recipe: `clusters.clj` lines 55 to 76 and 301 to 312, `conversation.clj`
       lines 400 to 407.
    """
    rows = np.flatnonzero(inside)
    if len(rows) == 0:
        raise ValueError("nobody is in the conversation")
    if arrivals is not None:
        rows = rows[np.argsort(arrivals[rows], kind="stable")]
    points = projections[rows]
    label, centers = k_means(points, _first_distinct(points, MOST_BASES), BASE_ROUNDS)
    of_voice = np.full(len(projections), -1)
    of_voice[rows] = label
    sizes = np.bincount(label, minlength=len(centers))
    return Bases(frozen(centers), frozen(sizes), frozen(of_voice))


def groups(centers: FloatArray, sizes: npt.ArrayLike, k: int | None = None) -> Groups:
    """Group bases for k = 2 … min(5, 2 + ⌊B/12⌋) and keep the best k, or make `k` groups.

    K-means weighted by size from the first k distinct centres, at most 20 rounds; the k with
    the largest mean silhouette wins, the larger one when two are equal.

    Parameters
    ----------
    centers : ndarray of shape (B, 2)
        Centres of the bases, in the order of their ids. Not modified.
    sizes : array_like of shape (B,)
        Members of each.
    k : int from 2, optional
        How many groups to make, whatever the silhouette; left out, the best.

    Raises
    ------
    ValueError
        When there is no base, or the two do not match, or `k` is no number of groups.
    TooLittle
        When there are fewer distinct positions than `k`.

    References
    ----------
    .. [1] Polis recipe: `conversation.clj` lines 271 to 276 and 430 to 458.
    """
    points, weights = np.asarray(centers, np.float64), np.asarray(sizes, np.float64)
    if points.ndim != 2 or points.shape[1] != 2 or len(points) == 0:
        raise ValueError("groups are made of one base or more, each with two coordinates")
    if weights.shape != (len(points),):
        raise ValueError(f"{len(points)} bases need as many sizes, not {weights.shape}")
    most = min(MOST_GROUPS, 2 + len(points) // BASES_PER_EXTRA_GROUP) if k is None else k
    starts = _first_distinct(points, most)
    if k is not None and len(starts) < k:
        raise TooLittle(f"{len(starts)} distinct positions cannot be put into {k} groups")
    ks = list(range(2, min(most, len(starts)) + 1)) if k is None else [k]
    if not ks:
        middle = np.average(points, axis=0, weights=weights)[None]
        return Groups(1, frozen(np.zeros(len(points), np.int64)), frozen(middle), {})
    labels, found = k_means_of_each_k(points, weights, starts, ks, GROUP_ROUNDS)
    scores = _mean_silhouettes(points, labels, max(ks))
    best = max(range(len(ks)), key=lambda i: (scores[i], ks[i]))
    alive = np.isfinite(found[best, :, 0])
    of_base = (np.cumsum(alive) - 1)[labels[best]]
    return Groups(
        int(np.count_nonzero(alive)),
        frozen(of_base),
        frozen(found[best][alive]),
        dict(zip(ks, map(float, scores), strict=True)),
    )


def subgroups(bundled: Bases, grouped: Groups) -> tuple[Groups, ...]:
    """Group the bases of each group once more, by the rule of `groups`.

    `of_base` of the g-th result follows the bases of group `g` in their order. A group of one
    base stays whole.

    References
    ----------
    .. [1] Polis recipe: `conversation.clj` lines 483 to 570.
    """
    return tuple(
        groups(bundled.centers[grouped.of_base == group], bundled.sizes[grouped.of_base == group])
        for group in range(grouped.k)
    )


def silhouette(points: npt.ArrayLike, labels: npt.ArrayLike) -> float:
    r"""Return the mean silhouette of a grouping, in [-1, 1].

    .. math:: s_i = \frac{b_i - a_i}{\max(a_i, b_i)}

    with `a` the mean Euclidean distance to the others of the own group and `b` the smallest
    mean distance to another group; 0 for a point alone in its group, and for all points when
    there is one group only.

    Parameters
    ----------
    points : array_like of shape (n, 2)
    labels : array_like of shape (n,), integers from 0

    References
    ----------
    .. [1] P. J. Rousseeuw (1987). Silhouettes. J. Comput. Appl. Math. 20, 53-65.
    """
    label = np.asarray(labels, np.int64)
    return float(
        _mean_silhouettes(np.asarray(points, np.float64), label[None], int(label.max()) + 1)[0]
    )


def displayed_k(winners: Sequence[int], patience: int = 4) -> int:
    """Return the number of groups to show after a series of updates.

    The first winner is shown at once; another one replaces it only after it has won
    `patience` updates in a row. Polis keeps this memory in its worker; here it is a function
    of the winners.

    Raises
    ------
    ValueError
        When there is no winner.
    """
    if not winners:
        raise ValueError("there has been no update yet")
    shown, candidate, in_a_row = winners[0], winners[0], 0
    for k in winners:
        in_a_row = in_a_row + 1 if k == candidate else 1
        candidate = k
        if in_a_row >= patience:
            shown = k
    return shown


def _first_distinct(points: FloatArray, k: int) -> FloatArray:
    """Return the first k points that differ from all before them."""
    seen: dict[tuple[float, float], None] = {}
    for begin in range(0, len(points), 2 * k):
        seen |= dict.fromkeys(map(tuple, points[begin : begin + 2 * k].tolist()))
        if len(seen) >= k:
            break
    return np.array(list(seen)[:k])


def _mean_silhouettes(
    points: FloatArray, labels: npt.NDArray[np.int64], most: int
) -> npt.NDArray[np.float64]:
    """Return the mean silhouette of each row of labels over the same points."""
    x, y = points[:, 0].copy(), points[:, 1].copy()
    distance = np.sqrt((x[:, None] - x) ** 2 + (y[:, None] - y) ** 2)
    runs, n = labels.shape
    member = (labels[:, :, None] == np.arange(most)).transpose(1, 0, 2)  # points, runs, groups
    flat = member.reshape(n, -1).astype(np.float64)
    size = flat.sum(axis=0).reshape(runs, most)
    total = (distance @ flat).reshape(n, runs, most)
    own_size = size[np.arange(runs), labels.T]
    own = total[member].reshape(n, runs) / np.maximum(own_size - 1, 1)
    with np.errstate(invalid="ignore", divide="ignore"):
        other = total / size
    other[member | (size == 0)] = np.inf
    nearest = other.min(axis=2)
    alone = (own_size == 1) | ~np.isfinite(nearest)
    nearest[alone] = own[alone] = 1.0
    larger = np.maximum(own, nearest)
    return np.asarray(((nearest - own) / np.where(larger == 0, 1.0, larger)).mean(axis=0))
