"""Decide whether votes show opinion groups, or could look like this without any."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from opinionspace._short import Short
from opinionspace.room import axes, grouping, nulls
from opinionspace.room.axes import Floats
from opinionspace.room.grouping import Labels
from opinionspace.votes import FloatArray

LEVEL = 0.05
NEAR_LEVEL = 0.2
#: The p-value of the silhouette follows the fitted trait, which follows a small room too closely:
#: these levels keep false alarms under 5 %. From `bench/rooms.py`, part alarms.
PEOPLE = (40, 60, 100)
SPLIT_LEVEL = (0.08, 0.05, 0.03)
NEAR_BY = 0.15
PERMUTATIONS = (24, 55, 120)
TRAIT_ROOMS = (34, 30, 35)
BOOTSTRAPS = 50
LEAST_RAND, NEAR_RAND = 0.6, 0.45
LEAST_JACCARD, NEAR_JACCARD = 0.75, 0.6
FEWEST_PLACED = 10
FEWEST_STATEMENTS = 3
MOST_PLACED = 500
MOST_STATEMENTS = 500
BUFFER = 4
#: Draws end early where the room lies further outside what was drawn than so many deviations.
CLEARLY = 3.0


class Answer(StrEnum):
    """Whether a room holds distinct groups: it cannot be shown, it is open, or it does."""

    NONE = "none"
    BORDERLINE = "borderline"
    GROUPS = "groups"


@dataclass(frozen=True, slots=True)
class Check:
    """One condition of the gate.

    `value` is nan where the condition was not asked, because an earlier one had clearly failed.
    `needed` is what the value must reach, or stay under where `name` is a p-value; `near` is how
    far it may fall short without a clear no.
    """

    name: str
    value: float
    needed: float
    near: float

    @property
    def passed(self) -> bool:
        """Whether the condition holds."""
        return self._reaches(self.needed)

    @property
    def is_near(self) -> bool:
        """Whether it holds, or nearly."""
        return self._reaches(self.near)

    def _reaches(self, limit: float) -> bool:
        below = self.name in ("first_axis", "silhouette")
        return self.value <= limit if below else self.value >= limit


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Verdict(Short):
    """What the gate found in a table of votes.

    Attributes
    ----------
    answer : Answer
        Groups where all conditions hold, borderline where all hold or nearly hold.
    axis_is_real : bool
        Whether the first holds, so that one axis may be shown.
    checks : tuple of Check
        `first_axis` (p), `silhouette` (p), `rand`, `jaccard`.
    k : int
        Number of groups of the split asked about, shown or not; 0 without one.
    label : int8 ndarray of shape (n,)
        That split; all -1 without one.
    """

    answer: Answer
    axis_is_real: bool
    checks: tuple[Check, ...]
    k: int
    label: Labels

    @property
    def opened(self) -> bool:
        """Whether groups may be shown."""
        return self.answer is Answer.GROUPS


def stream(seed: int, purpose: int) -> np.random.Generator:
    """Return the random numbers of one purpose, the same however much others draw."""
    return np.random.default_rng([seed, purpose])


def ask(table: FloatArray, seen: FloatArray, seed: int) -> Verdict:
    """Test whether a table of votes holds groups; stop at the first condition clearly failed.

    1. *First axis.* The largest singular value of the centred table exceeds that of tables
       shuffled inside each statement: p ≤ 0.05 of 199.
    2. *Silhouette.* The people are split where they lie apart most: in two along the first axis,
       or in 3 … min(5, people / 10) on two axes, every group of five people or more. The mean
       silhouette of the split, along the axis for two groups, exceeds those found alike in rooms
       drawn from one trait without clusters fitted to this room: p ≤ 0.08 of 99 among up to 40
       people, 0.05 among 60, 0.03 from 100, falling with the logarithm between. It is counted
       in deviations above those of drawn rooms that are split in the same way, in two or in more.
    3. *Rand.* In 50 bootstraps of people, axes fitted anew and the same number of groups, the
       median adjusted Rand index is at least 0.6.
    4. *Jaccard.* On the same bootstraps every group is found again with a mean Jaccard index
       of at least 0.75.

    The answer is borderline where something fails but nothing clearly: p ≤ 0.2 for the axis and
    0.15 above its level for the silhouette, Rand ≥ 0.45, Jaccard ≥ 0.6. Draws for a p-value stop
    early once it hardly can come near any more, or the room lies three deviations beyond all that
    was drawn; p = (1 + exceeded) / (1 + drawn).

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
    .. [2] B. W. Silverman (1981). Using kernel density estimates to investigate multimodality.
       J. R. Statist. Soc. B 43, 97-99: rooms are drawn from the likeliest density of one peak.
    .. [3] Y. Liu, D. N. Hayes, A. Nobel, J. S. Marron (2008). Statistical significance of
       clustering for high-dimension, low-sample size data. J. Am. Statist. Assoc. 103,
       1281-1293: clusters are tested against a population that has none.
    .. [4] C. Hennig (2007). Cluster-wise assessment of cluster stability. Comput. Statist.
       Data Anal. 52, 258-271: 0.75 and above is a stable cluster.
    .. [5] J. Besag, P. Clifford (1991). Sequential Monte Carlo p-values. Biometrika 78,
       301-304.
    """
    n, m = table.shape
    start = stream(seed, 0).standard_normal((m, BUFFER)).astype(np.float32)
    p_axis = first_axis_p(table, seen, start, stream(seed, 1))
    p_split = rand = jaccard = np.nan
    level = float(np.interp(np.log(n), np.log(PEOPLE), SPLIT_LEVEL))
    k, label = 0, np.full(n, -1, np.int8)
    if p_axis <= NEAR_LEVEL and n >= grouping.FEWEST_TO_SPLIT:
        begins = _begins(n, seed)
        near = level + NEAR_BY
        p_split, k, label = silhouette_p(table, seen, begins, start, stream(seed, 3), near)
        if p_split <= near:
            begin = begins.get(k)
            rand, jaccard = stability(table, seen, label, k, begin, start, stream(seed, 4))
    checks = (
        Check("first_axis", p_axis, LEVEL, NEAR_LEVEL),
        Check("silhouette", p_split, level, level + NEAR_BY),
        Check("rand", rand, LEAST_RAND, NEAR_RAND),
        Check("jaccard", jaccard, LEAST_JACCARD, NEAR_JACCARD),
    )
    answer = Answer.NONE
    if all(check.is_near for check in checks):
        passed = all(check.passed for check in checks)
        answer = Answer.GROUPS if passed else Answer.BORDERLINE
    return Verdict(answer, checks[0].passed, checks, k, label)


def first_axis_p(
    table: FloatArray, seen: FloatArray, start: Floats, rng: np.random.Generator
) -> float:
    """Return the p-value of the first axis against votes shuffled inside statements."""
    single, mask = table[None].astype(np.float32), seen.astype(np.float32)
    seen_value = _first(axes.centred(single, mask), start)[0]
    drawn = np.zeros(0, np.float32)
    for count in PERMUTATIONS:
        shuffled = nulls.permuted_rooms(table, seen, count, rng)
        drawn = np.append(drawn, _first(axes.centred(shuffled, mask), start))
        if _decided(seen_value * (1 - 1e-5), drawn, sum(PERMUTATIONS), NEAR_LEVEL):
            break
    return _p(seen_value * (1 - 1e-5), drawn)


def _p(value: float, drawn: Floats) -> float:
    return float((1 + (drawn >= value).sum()) / (1 + len(drawn)))


def _decided(value: float, drawn: Floats, planned: int, near: float) -> bool:
    """Return whether the p-value hardly can come near any more, or the value lies clearly beyond.

    Hardly: three deviations more exceed the value than would if p were just near.
    """
    exceeded, n = int((drawn >= value).sum()), len(drawn)
    hardly = exceeded > n * near + CLEARLY * np.sqrt(n * near * (1 - near))
    clearly = value > float(drawn.max() + CLEARLY * drawn.std())
    return bool(hardly or exceeded > int(near * (1 + planned)) - 1 or clearly)


def _first(tables: Floats, start: Floats) -> Floats:
    return axes.leading(tables, start)[0][:, 0]


def _begins(n: int, seed: int) -> dict[int, npt.NDArray[np.int64]]:
    rng = stream(seed, 2)
    return {k: grouping.starts(n, k, rng) for k in grouping.more_than_two(n)}


def silhouette_p(
    table: FloatArray,
    seen: FloatArray,
    begins: dict[int, npt.NDArray[np.int64]],
    start: Floats,
    rng: np.random.Generator,
    near: float = 1.0,
) -> tuple[float, int, Labels]:
    """Return the p-value of the room's best split among rooms of one trait, its k and labels.

    Fewer rooms are drawn once it cannot be as low as `near`.
    """
    mask = seen.astype(np.float32)

    def splits(place: Floats) -> Splits:
        half = grouping.halves(place[..., 0], fewest=grouping.FEWEST_PEOPLE)
        flat = grouping.straightened(place)
        k, score, labels, better = grouping.best_of_more(flat, half, begins)
        more = labels[int(k[0])][0] if better[0] else half[0]
        line = grouping.halves_silhouette(place[..., 0], half)
        return Splits(np.column_stack([line, score]), better, k, more)

    fitted = axes.fit(table[None].astype(np.float32), mask, start, rounds=nulls.NULL_ROUNDS)
    own = splits(fitted.position)
    trait = nulls.matched_trait(table, seen, fitted, start, rng)
    scores, ways = np.zeros((0, 2)), np.zeros(0, np.int64)
    way, value, drawn = int(own.more[0]), -np.inf, np.zeros(0)
    for count in TRAIT_ROOMS:
        rooms = nulls.trait_rooms(table, seen, trait, count, rng)
        found = splits(axes.fit(rooms, mask, start, rounds=nulls.NULL_ROUNDS).position)
        scores, ways = np.vstack([scores, found.silhouette]), np.append(ways, found.more)
        middle, spread = _usual(scores)
        drawn = ((scores - middle) / spread)[np.arange(len(ways)), ways]
        value = float((own.silhouette[0, way] - middle[way]) / spread[way]) - 1e-9
        if _decided(value, drawn, sum(TRAIT_ROOMS), near):
            break
    return _p(value, drawn), int(own.k[0]) if way else 2, own.label


class Splits(NamedTuple):
    """How each room is split: mean silhouettes of both ways, on a line and on two axes (b, 2).

    `more` says whether two axes and more groups fit better, `k` how many these are; `label` is the
    better split of the first room.
    """

    silhouette: Floats
    more: npt.NDArray[np.bool_]
    k: npt.NDArray[np.int64]
    label: Labels


def _usual(scores: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return mean and deviation of each way's silhouettes; -1 stands for no split."""
    sound = scores > -1
    count = np.maximum(sound.sum(axis=0), 1)
    middle = np.where(sound, scores, 0).sum(axis=0) / count
    spread = np.sqrt(np.where(sound, (scores - middle) ** 2, 0).sum(axis=0) / count)
    return middle, spread + 1e-6


def stability(
    table: FloatArray,
    seen: FloatArray,
    label: Labels,
    k: int,
    begin: npt.NDArray[np.int64] | None,
    start: Floats,
    rng: np.random.Generator,
) -> tuple[float, float]:
    """Return the median adjusted Rand index and the least mean Jaccard index of bootstraps.

    Two groups are cut along the first axis; more begin from `begin` on two axes. Groupings are
    compared over the people who were drawn, each counted once.
    """
    n = len(table)
    weights = rng.multinomial(n, np.full(n, 1 / n), size=BOOTSTRAPS).astype(np.float32)
    single, mask = table[None].astype(np.float32), seen.astype(np.float32)
    place = axes.fit(single, mask, start, weights, nulls.NULL_ROUNDS).position
    if begin is None:
        labels = grouping.halves(place[..., 0], weights)
    else:
        labels = grouping.k_means(grouping.straightened(place, weights), begin, weights)
    drawn = (weights > 0).astype(np.float64)
    shared = grouping.crossed(label, labels, drawn, k)
    rand = float(np.median(grouping.adjusted_rand(shared)))
    return rand, float(grouping.best_jaccard(shared).mean(axis=0).min())
