"""Lloyd's k-means in the plane, three times: for one start, for many points, for many k.

All follow one rule: assign every point to its nearest centre, move each centre to the mean
of its points, drop a centre left without points, and stop when no centre (both sets sorted)
moved by 0.01 or more, or after the given number of rounds. The labels are those of the last
assignment, the centres the means of it.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from opinionspace import _fast
from opinionspace.votes import FloatArray, IntArray

STILL = 0.01
#: From this many distances a round on, distances that cannot matter are not calculated.
MANY = 300_000
#: How many of the nearest centres count as surroundings.
NEAR = 10
#: Bits that tell up to sixteen of them apart.
ROW_BITS = 15
#: Rounds after which surroundings are chosen afresh.
FRESH = 8
#: Points whose distances are calculated at once: they stay in the processor's cache.
BLOCK = 1024


def k_means(points: FloatArray, starts: FloatArray, rounds: int) -> tuple[IntArray, FloatArray]:
    """Return the label of each of the (n, 2) points and the (k, 2) centres."""
    if _fast.loops:
        label, centers = _fast.k_means(points, None, starts, rounds, STILL)
        used = np.isfinite(centers[:, 0])
        return (label, centers) if used.all() else ((np.cumsum(used) - 1)[label], centers[used])
    if len(starts) > 1 and len(points) * len(starts) >= MANY:
        return _bounded(points, starts, rounds)
    return _plain(points, starts, rounds)


def _sums(x: FloatArray, y: FloatArray, label: IntArray, k: int) -> FloatArray:
    """Return the number of points, sum of x and sum of y of each label, of shape (3, k)."""
    return np.stack(
        [np.bincount(label, minlength=k), np.bincount(label, x, k), np.bincount(label, y, k)]
    )


def _means(sums: FloatArray, label: IntArray) -> tuple[IntArray, FloatArray]:
    """Return labels and centres without those that have no point."""
    n = sums[0]
    if n.all():
        return label, (sums[1:] / n).T.copy()
    used = n > 0
    return (np.cumsum(used) - 1)[label], (sums[1:, used] / n[used]).T.copy()


def _moved_little(before: FloatArray, after: FloatArray) -> bool:
    """Return whether the two sets of centres, each sorted, are pairwise closer than `STILL`."""
    if len(before) != len(after):
        return False
    step = _sorted(after) - _sorted(before)
    return bool((step.real**2 + step.imag**2 < STILL**2).all())


def _sorted(centers: FloatArray) -> npt.NDArray[np.complex128]:
    """Sort centres along the last axis but one: complex numbers sort by x, then by y."""
    return np.sort(np.ascontiguousarray(centers).view(np.complex128)[..., 0], axis=-1)


def _off(x: FloatArray, y: FloatArray, centers: FloatArray) -> Iterator[tuple[slice, FloatArray]]:
    """Yield, block by block, the squared distances of points to all centres.

    A product of matrices would be quicker, but which of two centres that are equally near is
    nearest would hang on how it rounds.
    """
    off, beside = np.empty((2, min(BLOCK, len(x)), len(centers)))
    for begin in range(0, len(x), BLOCK):
        here = slice(begin, min(begin + BLOCK, len(x)))
        far, aside = off[: here.stop - begin], beside[: here.stop - begin]
        np.subtract(x[here, None], centers[:, 0], out=far)
        np.subtract(y[here, None], centers[:, 1], out=aside)
        far *= far
        aside *= aside
        far += aside
        yield here, far


def _nearest(x: FloatArray, y: FloatArray, centers: FloatArray) -> IntArray:
    """Return the nearest centre of every point."""
    nearest = np.empty(len(x), dtype=np.int64)
    for here, off in _off(x, y, centers):
        off.argmin(axis=1, out=nearest[here])
    return nearest


def _two_nearest(x: FloatArray, y: FloatArray, centers: FloatArray) -> tuple[IntArray, FloatArray]:
    """Return the nearest centre of each point, and how far the next one is.

    The distance is rounded down, so that it can serve as a bound.
    """
    nearest, second = np.empty(len(x), dtype=np.int64), np.empty(len(x))
    rows = np.arange(BLOCK)
    for here, off in _off(x, y, centers):
        off.argmin(axis=1, out=nearest[here])
        off[rows[: len(off)], nearest[here]] = np.inf
        second[here] = off[rows[: len(off)], off.argmin(axis=1)]
    return nearest, _rounded_down(second)


def _rounded_down(square: FloatArray) -> FloatArray:
    """Return the root of a squared distance, safely below what rounding can have added."""
    return np.asarray(np.sqrt(np.maximum(square * (1.0 - 1e-9) - 1e-10, 0.0)))


def _plain(points: FloatArray, starts: FloatArray, rounds: int) -> tuple[IntArray, FloatArray]:
    centers = starts
    x, y = points[:, 0].copy(), points[:, 1].copy()
    for _ in range(rounds):
        label = _nearest(x, y, centers)
        label, moved = _means(_sums(x, y, label, len(centers)), label)
        still = _moved_little(centers, moved)
        centers = moved
        if still:
            break
    return label, centers


class _Surroundings:
    """Which centres are close to which, for one set of centres.

    Any choice of close ones gives true bounds, so it is made afresh only now and then.
    """

    def __init__(self, centers: FloatArray, before: _Surroundings | None) -> None:
        self.centers = centers
        x, y = centers[:, 0].copy(), centers[:, 1].copy()
        apart = (x[:, None] - x) ** 2 + (y[:, None] - y) ** 2
        np.fill_diagonal(apart, -1.0)
        self.age: int = 0 if before is None else (before.age + 1) % FRESH
        #: Each centre itself, then those nearest to it: a column for each centre.
        self.near: IntArray
        if before is None or self.age == 0:
            self.near = np.argsort(apart, axis=0)[: NEAR + 1].copy()
        else:
            self.near = before.near
        self.near_x, self.near_y = x[self.near], y[self.near]
        np.fill_diagonal(apart, np.inf)
        #: Nothing closer than this to a centre can be closer to another one.
        self.safe = np.sqrt(apart.min(axis=0)) / 2
        apart[self.near, np.arange(len(centers))] = np.inf
        #: Distance from each centre to the nearest one that is not in `near`.
        self.beyond = np.sqrt(apart.min(axis=0))

    def two_nearest(
        self, x: FloatArray, y: FloatArray, own: IntArray, away: FloatArray
    ) -> tuple[IntArray, FloatArray]:
        """Return what `_two_nearest` does, for points `away` from a centre they know.

        What is not near that centre is at least `beyond - away` off; all centres are looked at
        only where one of those could be the nearest.
        """
        off, beside = self.near_x.take(own, axis=1), self.near_y.take(own, axis=1)
        off -= x
        beside -= y
        off *= off
        beside *= beside
        off += beside
        # positive numbers are ordered as their bits are: the last ones can tell the row
        named = off.view(np.int64)
        named &= ~ROW_BITS
        named |= np.arange(len(off))[:, None]
        least = named.min(axis=0)
        closest = np.sqrt(least.view(np.float64))
        nearest = self.near.ravel().take((least & ROW_BITS) * len(self.centers) + own)
        off[named == least] = np.inf
        second = _rounded_down(off.min(axis=0))
        others = self.beyond.take(own) - away
        np.minimum(second, others, out=second)
        unsure = np.flatnonzero(closest >= others)
        if len(unsure):
            nearest[unsure], second[unsure] = _two_nearest(x[unsure], y[unsure], self.centers)
        return nearest, second


def _bounded(points: FloatArray, starts: FloatArray, rounds: int) -> tuple[IntArray, FloatArray]:
    """Run k-means as `_plain` does, but look again only at points that may have to move.

    Each point keeps an upper bound of the distance to its centre and a lower bound of the
    distance to all others (Hamerly 2010). The lower bound falls by the largest step among the
    centres around, and centres farther off are bounded by their distance from the own one.
    """
    x, y = points[:, 0].copy(), points[:, 1].copy()
    label, lower = _two_nearest(x, y, starts)
    upper = _apart(x, y, starts, label)
    centers, sums, around = starts, _sums(x, y, label, len(starts)), None
    for turn in range(1, rounds + 1):
        if not sums[0].all():  # rare: a centre lost its points; go on from the others
            label, left = _means(sums, label)
            return k_means(points, left, rounds - turn) if turn < rounds else (label, left)
        moved = (sums[1:] / sums[0]).T.copy()
        if turn == rounds or _moved_little(centers, moved):
            break
        step = np.sqrt(((moved - centers) ** 2).sum(axis=1))
        centers, around = moved, _Surroundings(moved, around)
        upper += step.take(label)
        if_far = around.beyond.take(label) - upper
        np.minimum(if_far, lower - step.take(around.near[1:]).max(axis=0).take(label), out=if_far)
        lower -= step.max()  # no centre comes closer than this; for outlying points it is best
        np.maximum(lower, if_far, out=lower)
        _reassign(x, y, label, upper, lower, around, sums)
    return _means(_sums(x, y, label, len(centers)), label)


def _apart(x: FloatArray, y: FloatArray, centers: FloatArray, label: IntArray) -> FloatArray:
    """Return the distance of each point to its centre."""
    off_x = x - centers[:, 0].take(label)
    off_y = y - centers[:, 1].take(label)
    off_x *= off_x
    off_y *= off_y
    off_x += off_y
    return np.sqrt(off_x, out=off_x)


def _reassign(
    x: FloatArray,
    y: FloatArray,
    label: IntArray,
    upper: FloatArray,
    lower: FloatArray,
    around: _Surroundings,
    sums: FloatArray,
) -> None:
    """Bring labels, bounds and sums up to date, in place."""
    bound = np.maximum(lower, around.safe.take(label))
    doubtful = np.flatnonzero(upper >= bound)
    own, px, py = label.take(doubtful), x.take(doubtful), y.take(doubtful)
    away = _apart(px, py, around.centers, own)
    upper[doubtful] = away
    still = np.flatnonzero(away >= bound.take(doubtful))
    if len(still) == 0:
        return
    doubtful, own, px, py = doubtful[still], own[still], px[still], py[still]
    found, lower[doubtful] = around.two_nearest(px, py, own, away.take(still))
    moving = np.flatnonzero(found != own)
    if len(moving):
        rows, before, after = doubtful[moving], own[moving], found[moving]
        px, py, k = px[moving], py[moving], sums.shape[1]
        sums += _sums(px, py, after, k) - _sums(px, py, before, k)
        label[rows] = after
        upper[rows] = _apart(px, py, around.centers, after)


def k_means_of_each_k(
    points: FloatArray, weights: FloatArray, starts: FloatArray, ks: list[int], rounds: int
) -> tuple[npt.NDArray[np.int64], FloatArray]:
    """Run k-means from the first k of `starts`, for every k at once.

    Returns labels of shape (len(ks), n) and centres of shape (len(ks), max(ks), 2), which are
    infinite where a run has fewer.
    """
    widest = max(ks)
    if _fast.loops:
        final = np.full((len(ks), widest, 2), np.inf)
        label = np.empty((len(ks), len(points)), dtype=np.int64)
        for at, k in enumerate(ks):
            label[at], final[at, :k] = _fast.k_means(points, weights, starts[:k], rounds, STILL)
        return label, final
    numbers = np.arange(widest)
    centers = np.where((numbers < np.array(ks)[:, None])[:, :, None], starts[None, :widest], np.inf)
    final = centers.copy()
    label = np.zeros((len(ks), len(points)), dtype=np.int64)
    running = np.arange(len(ks))
    moments = np.column_stack([weights, weights[:, None] * points])
    x, y = points[:, 0].copy(), points[:, 1].copy()
    ordered = _sorted(centers)
    # inf - inf is nan, and nan is not far: there is nobody in either
    with np.errstate(invalid="ignore", divide="ignore"):
        for _ in range(rounds):
            away, beside = x - centers[:, :, :1], y - centers[:, :, 1:]
            away *= away
            beside *= beside
            away += beside
            nearest = away.argmin(axis=1)
            member = (nearest[:, None, :] == numbers[:, None]).reshape(-1, len(points))
            sums = (member.astype(np.float64) @ moments).reshape(len(running), widest, 3)
            moved = sums[:, :, 1:] / sums[:, :, :1]
            moved[sums[:, :, 0] == 0] = np.inf
            label[running], final[running] = nearest, moved
            before, ordered = ordered, _sorted(moved)
            step = ordered - before
            ahead = (step.real**2 + step.imag**2 >= STILL**2).any(axis=1)
            if not ahead.any():
                break
            running, centers, ordered = running[ahead], moved[ahead], ordered[ahead]
    return label, final
