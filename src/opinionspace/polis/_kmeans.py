"""Lloyd's k-means in the plane, three times: for one start, for many points, for many k.

All follow one rule: assign every point to its nearest centre, move each centre to the mean
of its points, drop a centre left without points, and stop when no centre (both sets sorted)
moved by 0.01 or more, or after the given number of rounds. The labels are those of the last
assignment, the centres the means of it.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy.spatial import KDTree

from opinionspace.votes import FloatArray, IntArray

STILL = 0.01
#: From this many distances a round on, distances that cannot matter are not calculated.
MANY = 500_000


def k_means(points: FloatArray, starts: FloatArray, rounds: int) -> tuple[IntArray, FloatArray]:
    """Return the label of each of the (n, 2) points and the centres that have points."""
    if len(starts) > 1 and len(points) * len(starts) >= MANY:
        label, centers = _bounded(points, starts, rounds)
    else:
        label, centers = _plain(points, starts, rounds)
    used = np.bincount(label, minlength=len(centers)) > 0
    return (np.cumsum(used) - 1)[label], centers[used]


def _means(
    points: FloatArray, label: IntArray, centers: FloatArray
) -> tuple[FloatArray, npt.NDArray[np.bool_]]:
    """Mean of each centre's points, and which centres have any; the others are nowhere."""
    k = len(centers)
    n = np.bincount(label, minlength=k)
    x = np.bincount(label, weights=points[:, 0], minlength=k)
    y = np.bincount(label, weights=points[:, 1], minlength=k)
    used = n > 0
    if used.all():
        return np.column_stack([x / n, y / n]), used
    means = np.column_stack([x, y]) / np.maximum(n, 1)[:, None]
    return np.where(used[:, None], means, np.inf), used


def _moved_little(before: FloatArray, after: FloatArray) -> bool:
    """Whether the two sets of centres, each sorted, are pairwise closer than `STILL`."""
    old = before[np.lexsort((before[:, 1], before[:, 0]))]
    new = after[np.lexsort((after[:, 1], after[:, 0]))]
    both = np.isfinite(old[:, 0]) | np.isfinite(new[:, 0])
    step = new[both] - old[both]
    return bool((step[:, 0] ** 2 + step[:, 1] ** 2 < STILL**2).all())


def _plain(points: FloatArray, starts: FloatArray, rounds: int) -> tuple[IntArray, FloatArray]:
    centers = starts
    x, y = points[:, :1], points[:, 1:]
    for _ in range(rounds):
        away = x - centers[:, 0]
        away *= away
        beside = y - centers[:, 1]
        beside *= beside
        away += beside
        label = away.argmin(axis=1)
        moved, _ = _means(points, label, centers)
        still = _moved_little(centers, moved)
        centers = moved
        if still:
            break
    return label, centers


def _bounded(points: FloatArray, starts: FloatArray, rounds: int) -> tuple[IntArray, FloatArray]:
    """As `_plain`, with Hamerly's bounds: a point is looked at again only when an upper bound
    of the distance to its centre reaches a lower bound of the distance to any other."""
    centers = starts
    label = np.zeros(len(points), dtype=np.int64)
    upper = np.full(len(points), np.inf)
    lower = np.zeros(len(points))
    for _ in range(rounds):
        doubtful = np.flatnonzero(upper >= lower)
        if len(doubtful):
            near, which = _two_nearest(points[doubtful], centers)
            label[doubtful] = which[:, 0]
            upper[doubtful], lower[doubtful] = near[:, 0], near[:, 1]
        moved, used = _means(points, label, centers)
        still = _moved_little(centers, moved)
        step = np.zeros(len(centers))
        alive = np.isfinite(centers[:, 0]) & used
        step[alive] = np.sqrt(((moved[alive] - centers[alive]) ** 2).sum(axis=1))
        centers = moved
        if still:
            break
        upper += step[label]
        order = np.argsort(step)
        farthest, second = order[-1], order[-2]
        lower -= step[farthest]
        lower[label == farthest] += step[farthest] - step[second]
    return label, centers


def _two_nearest(points: FloatArray, centers: FloatArray) -> tuple[FloatArray, IntArray]:
    alive = np.flatnonzero(np.isfinite(centers[:, 0]))
    near, which = KDTree(centers[alive]).query(points, k=[1, 2])
    return np.asarray(near), np.append(alive, 0)[np.asarray(which)]


def k_means_of_each_k(
    points: FloatArray, weights: FloatArray, starts: FloatArray, ks: list[int], rounds: int
) -> tuple[npt.NDArray[np.int64], FloatArray]:
    """Run k-means from the first k of `starts`, for every k at once.

    Returns labels of shape (len(ks), n) and centres of shape (len(ks), max(ks), 2), which are
    infinite where a run has fewer.
    """
    widest = max(ks)
    numbers = np.arange(widest)
    centers = np.where((numbers < np.array(ks)[:, None])[:, :, None], starts[None, :widest], np.inf)
    final = centers.copy()
    label = np.zeros((len(ks), len(points)), dtype=np.int64)
    running = np.arange(len(ks))
    moments = np.column_stack([weights, weights[:, None] * points])
    x, y = points[None, :, None, 0], points[None, :, None, 1]
    for _ in range(rounds):
        away = (x - centers[:, None, :, 0]) ** 2 + (y - centers[:, None, :, 1]) ** 2
        nearest = away.argmin(axis=2)
        sums = (nearest[:, None, :] == numbers[None, :, None]).astype(np.float64) @ moments
        used = sums[:, :, :1] > 0
        moved = np.where(used, sums[:, :, 1:] / np.where(used, sums[:, :, :1], 1.0), np.inf)
        label[running], final[running] = nearest, moved
        ahead = _any_moved(centers, moved)
        if not ahead.any():
            break
        running, centers = running[ahead], moved[ahead]
    return label, final


def _any_moved(before: FloatArray, after: FloatArray) -> npt.NDArray[np.bool_]:
    """For each run, whether a centre moved by `STILL` or more once both sets are sorted."""
    old = np.take_along_axis(before, np.lexsort((before[..., 1], before[..., 0]))[..., None], 1)
    new = np.take_along_axis(after, np.lexsort((after[..., 1], after[..., 0]))[..., None], 1)
    with np.errstate(invalid="ignore"):
        step = new - old
    length = step[..., 0] ** 2 + step[..., 1] ** 2
    return np.asarray((length >= STILL**2).any(axis=1))  # inf - inf is nan: nothing there, or then
