"""Group positions on one or two axes, many rooms at once: splits, silhouettes, agreement."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from opinionspace._tables import Integers
from opinionspace.room.axes import Floats

Labels = npt.NDArray[np.int8]

STARTS = 10
FIRST_ROUNDS = 4
KEPT_STARTS = 3
MOST_ROUNDS = 25
MOST_GROUPS = 5
PEOPLE_PER_TRIED_GROUP = 10
FEWEST_PEOPLE = 5
#: Share of the second places that a parabola explains along an arch.
ARCH = 0.5
#: Groups are looked for among so many people: two, of ten each.
FEWEST_TO_SPLIT = 2 * PEOPLE_PER_TRIED_GROUP


def more_than_two(n_people: int) -> range:
    """Return the numbers of groups tried besides two: 3 … min(5, people / 10)."""
    return range(3, min(MOST_GROUPS, n_people // PEOPLE_PER_TRIED_GROUP) + 1)


def starts(n_people: int, k: int, rng: np.random.Generator) -> npt.NDArray[np.int64]:
    """Draw ten starts: the places of `k` different people each, of shape (10, k)."""
    return np.argsort(rng.random((STARTS, n_people)), axis=1)[:, :k]


def k_means(points: Floats, begin: npt.NDArray[np.int64], weights: Floats | None = None) -> Labels:
    """Split each set of points into groups, the best of ten starts by squared distance.

    All starts run four rounds, the best three up to 25 more or until no label changes.

    Parameters
    ----------
    points : ndarray of shape (b, n, 2)
        Not modified.
    begin : int ndarray of shape (starts, k)
        People at whose positions the centres start; see `starts`.
    weights : ndarray of shape (b, n), optional
        How often each point counts. Points of weight 0 get the nearest group.

    Returns
    -------
    int8 ndarray of shape (b, n)
        Groups from 0; a group may be empty.
    """
    b, n, _ = points.shape
    kind = points.dtype
    w = np.ones((b, n), kind) if weights is None else weights
    moments = np.concatenate([w[:, :, None], w[:, :, None] * points], axis=2)
    centers = points[:, begin]
    for _ in range(FIRST_ROUNDS):
        label, nearest = _nearest(points, centers)
        centers = _centers(label, moments, centers)
    label, nearest = _nearest(points, centers)
    cost = (nearest @ w[:, :, None])[..., 0]
    best = np.argsort(cost, axis=1, kind="stable")[:, :KEPT_STARTS]
    centers = np.take_along_axis(centers, best[:, :, None, None], axis=1)
    label = np.take_along_axis(label, best[:, :, None], axis=1)
    for _ in range(MOST_ROUNDS):
        centers = _centers(label, moments, centers)
        moved, nearest = _nearest(points, centers)
        still = np.array_equal(moved, label)
        label = moved
        if still:
            break
    cost = (nearest @ w[:, :, None])[..., 0]
    return np.asarray(label[np.arange(b), cost.argmin(axis=1)])


def _nearest(points: Floats, centers: Floats) -> tuple[Labels, Floats]:
    """Return label and squared distance, up to the point's own square: (b, starts, n) each."""
    lengths = (centers * centers).sum(axis=-1)
    b, s, k, _ = centers.shape
    away = (centers.reshape(b, s * k, 2) @ (-2 * points.transpose(0, 2, 1))).reshape(b, s, k, -1)
    away += lengths[..., None]
    nearest = away[:, :, 0].copy()
    label = np.zeros(nearest.shape, np.int8)
    for group in range(1, k):
        closer = away[:, :, group] < nearest
        np.minimum(nearest, away[:, :, group], out=nearest)
        np.maximum(label, closer * np.int8(group), out=label)
    return label, np.asarray(nearest)


def _centers(label: Labels, moments: Floats, before: Floats) -> Floats:
    """Return the means of the groups; an empty group keeps its centre."""
    after = before.copy()
    for group in range(before.shape[2]):
        sums = (label == group).astype(moments.dtype) @ moments
        size = sums[..., :1]
        after[:, :, group] = np.where(
            size > 0, sums[..., 1:] / np.where(size > 0, size, 1), before[:, :, group]
        )
    return after


def sizes(label: Labels, k: int) -> npt.NDArray[np.int64]:
    """Return people per group of each grouping, of shape (b, k)."""
    return np.asarray((label[:, :, None] == np.arange(k)).sum(axis=1))


def distances(points: Floats) -> Floats:
    """Return Euclidean distances within each set of points, (b, n, n)."""
    squares = (points * points).sum(axis=-1)
    away = squares[:, :, None] + squares[:, None] - 2 * (points @ points.transpose(0, 2, 1))
    return np.asarray(np.sqrt(np.maximum(away, 0)))


def silhouettes(away: Floats, label: Labels, k: int) -> Floats:
    r"""Return the mean silhouette of each grouping, in [-1, 1].

    .. math:: s_i = \frac{b_i - a_i}{\max(a_i, b_i)}

    with `a` the mean distance to the others of the own group, `b` the smallest mean distance
    to another group; 0 for a person alone.

    Parameters
    ----------
    away : ndarray of shape (b, n, n)
        See `distances`.
    label : int ndarray of shape (b, n)

    References
    ----------
    .. [1] P. J. Rousseeuw (1987). Silhouettes. J. Comput. Appl. Math. 20, 53-65.
    """
    member = (label[:, :, None] == np.arange(k)).astype(away.dtype)
    size = member.sum(axis=1)
    total = away @ member
    own_size = (member * size[:, None]).sum(axis=2)
    own = (member * total).sum(axis=2) / np.maximum(own_size - 1, 1)
    other = np.where(member > 0, np.inf, total / np.maximum(size, 1)[:, None])
    other[np.broadcast_to((size == 0)[:, None], other.shape)] = np.inf
    nearest = other.min(axis=2)
    sound = np.isfinite(nearest) & (own_size > 1)
    larger = np.maximum(np.where(sound, nearest, 1), own)
    gap = np.where(sound, (np.where(sound, nearest, 0) - own), 0)
    return np.asarray((gap / np.where(larger > 0, larger, 1)).mean(axis=1))


def halves(line: Floats, weights: Floats | None = None, fewest: int = 1) -> Labels:
    """Cut each set of places on a line in two where the squared distances within are least.

    That is k-means with two groups, exactly.

    Parameters
    ----------
    line : ndarray of shape (b, n)
        Not modified.
    weights : ndarray of shape (b, n), optional
        How often each place counts.
    fewest : int
        People on each side at least, whatever they weigh; n is at least twice as many.

    Returns
    -------
    int8 ndarray of shape (b, n)
        0 for the lower side, 1 for the upper.
    """
    b, n = line.shape
    order = np.argsort(line, axis=1, kind="stable")
    place = np.take_along_axis(line, order, axis=1).astype(np.float64)
    place -= place.mean(axis=1, keepdims=True)
    w = np.ones((b, n)) if weights is None else np.take_along_axis(weights, order, axis=1)
    weight, moment = np.cumsum(w, axis=1), np.cumsum(w * place, axis=1)
    left, right = weight[:, :-1], weight[:, -1:] - weight[:, :-1]
    sound = (left > 0) & (right > 0)
    low, high = moment[:, :-1], moment[:, -1:] - moment[:, :-1]
    between = low**2 / np.where(sound, left, 1) + high**2 / np.where(sound, right, 1)
    between[~sound] = -1.0
    between[:, : fewest - 1] = between[:, n - fewest :] = -2.0
    cut = np.round(between, 9).argmax(axis=1) + 1
    label = np.empty((b, n), np.int8)
    np.put_along_axis(label, order, (np.arange(n) >= cut[:, None]).astype(np.int8), axis=1)
    return label


def halves_silhouette(line: Floats, label: Labels) -> npt.NDArray[np.float64]:
    """Return the mean silhouette of each cut in two of places on a line; see `silhouettes`."""
    place = np.sort(line.astype(np.float64), axis=1)
    b, n = place.shape
    cut = (label == 0).sum(axis=1)[:, None]
    rank = np.arange(n)
    sums = np.concatenate([np.zeros((b, 1)), np.cumsum(place, axis=1)], axis=1)
    at_cut = np.take_along_axis(sums, cut, axis=1)
    lower = rank < cut
    begin, end = np.where(lower, 0, cut), np.where(lower, cut, n)
    first, last = np.where(lower, 0.0, at_cut), np.where(lower, at_cut, sums[:, -1:])
    before = place * (rank - begin) - (sums[:, :-1] - first)
    after = (last - sums[:, :-1]) - place * (end - rank)
    own = (before + after) / np.maximum(end - begin - 1, 1)
    others = np.where(lower, (sums[:, -1:] - at_cut) / np.maximum(n - cut, 1), at_cut / cut)
    away = np.abs(others - place)
    larger = np.maximum(own, away)
    return np.asarray(((away - own) / np.where(larger > 0, larger, 1)).mean(axis=1))


def straightened(points: Floats, weights: Floats | None = None) -> Floats:
    """Return the points without an arch: second places less their best parabola over the first.

    Along a strong axis the second one bends: it says once more where people lie on the first, and
    people at its ends and in its middle look like three groups. Where the parabola explains no
    more than half of the second places, they stay as they are: three groups are no arch.

    Parameters
    ----------
    points : ndarray of shape (b, n, 2)
        Not modified.
    weights : ndarray of shape (b, n), optional

    References
    ----------
    .. [1] D. G. Kendall (1971). Seriation from abundance matrices. In Mathematics in the
       Archaeological and Historical Sciences: the horseshoe.
    """
    first, second = points[..., 0].astype(np.float64), points[..., 1].astype(np.float64)
    first = first / (np.abs(first).max(axis=1, keepdims=True) + 1e-9)
    powers = np.stack([np.ones_like(first), first, first * first], axis=2)
    weighted = powers if weights is None else powers * weights[:, :, None]
    normal = weighted.transpose(0, 2, 1) @ powers + 1e-9 * np.eye(3)
    bend = np.linalg.solve(normal, weighted.transpose(0, 2, 1) @ second[..., None])
    left = second - (powers @ bend)[..., 0]
    w = np.ones_like(first) if weights is None else weights
    bent = (w * left**2).sum(axis=1) < (1 - ARCH) * (w * second**2).sum(axis=1)
    left = np.where(bent[:, None], left, second)
    return np.stack([points[..., 0], left.astype(points.dtype)], axis=2)


def best_of_more(
    points: Floats, half: Labels, begins: dict[int, npt.NDArray[np.int64]]
) -> tuple[npt.NDArray[np.int64], Floats, dict[int, Labels], npt.NDArray[np.bool_]]:
    """Group each set of points for every k of `begins`, and find the k that fits best.

    Parameters
    ----------
    points : ndarray of shape (b, n, 2)
        Not modified.
    half : int8 ndarray of shape (b, n)
        A split in two to compare with.

    Returns
    -------
    k : int ndarray of shape (b,)
        The k of the largest mean silhouette among groupings whose groups all have five people
        or more; 0 where there is none.
    silhouette : ndarray of shape (b,)
        Its mean silhouette, -1 where there is none.
    labels : mapping from k to int8 ndarray of shape (b, n)
    better : bool ndarray of shape (b,)
        Whether it fits better than `half`.
    """
    best = np.full(len(points), -1.0, points.dtype)
    which = np.zeros(len(points), np.int64)
    labels: dict[int, Labels] = {}
    if not begins:
        return which, best, labels, np.zeros(len(points), np.bool_)
    away = distances(points)
    for k, begin in begins.items():
        labels[k] = k_means(points, begin)
        score = silhouettes(away, labels[k], k)
        score[sizes(labels[k], k).min(axis=1) < FEWEST_PEOPLE] = -1.0
        better = score > best
        best[better], which[better] = score[better], k
    return which, best, labels, best > silhouettes(away, half, 2)


def crossed(label: Integers, others: Labels, weights: Floats, k: int) -> Floats:
    """Count how many people (by weight) each pair of groups shares, (b, k, k)."""
    member = (label[:, None] == np.arange(k)).astype(weights.dtype)
    other = (others[:, :, None] == np.arange(k)).astype(weights.dtype)
    return np.asarray(member.T @ (weights[:, :, None] * other))


def adjusted_rand(table: Floats) -> Floats:
    """Return the adjusted Rand index of each contingency table of shape (b, k, k).

    1 when two groupings are equal, 0 on average for groupings that have nothing in common.

    References
    ----------
    .. [1] L. Hubert, P. Arabie (1985). Comparing partitions. J. Classif. 2, 193-218.
    """

    def pairs(counts: Floats) -> Floats:
        return np.asarray(counts * (counts - 1) / 2)

    both = pairs(table).sum(axis=(1, 2))
    rows, columns = (pairs(table.sum(axis=one)).sum(axis=1) for one in (2, 1))
    everything = np.maximum(pairs(table.sum(axis=(1, 2))), 1)
    expected, most = rows * columns / everything, (rows + columns) / 2
    flat = most == expected
    return np.where(flat, 1.0, (both - expected) / np.where(flat, 1.0, most - expected))


def best_jaccard(table: Floats) -> Floats:
    """Return how well each row group is found again: its largest Jaccard index, (b, k).

    References
    ----------
    .. [1] C. Hennig (2007). Cluster-wise assessment of cluster stability. Comput. Statist.
       Data Anal. 52, 258-271.
    """
    union = table.sum(axis=2, keepdims=True) + table.sum(axis=1, keepdims=True) - table
    return np.asarray((table / np.maximum(union, 1)).max(axis=2))
