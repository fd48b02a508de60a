"""Which statements stand for a group, and on which ones everybody agrees."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from opinionspace.votes import FloatArray

#: One-sided 90 % point of the normal distribution, with the digits Polis uses.
Z_90 = 1.2816
MOST_PICKS = 5


@dataclass(frozen=True, slots=True)
class Pick:
    """One statement put forward for a group, or for everybody.

    Attributes
    ----------
    statement : int
        Column of the statement.
    direction : int
        +1 when it is picked for agreement, -1 for disagreement.
    n_success, n_trials : int
        Votes in that direction, and all votes (passes included), in the group.
    p_success : float in (0, 1)
        (n_success + 1) / (n_trials + 2).
    p_test : float
        One-proportion z of n_success among n_trials.
    repness : float or None
        p_success in the group over p_success in the rest; None for consensus.
    repness_test : float or None
        Two-proportion z of the same comparison; None for consensus.
    best_agree : bool
        Kept because the group agrees on it most, whatever the others say.
    """

    statement: int
    direction: int
    n_success: int
    n_trials: int
    p_success: float
    p_test: float
    repness: float | None = None
    repness_test: float | None = None
    best_agree: bool = False


def probability(successes: npt.ArrayLike, trials: npt.ArrayLike) -> FloatArray:
    """Return (s + 1) / (n + 2), the share with one success and one failure added."""
    s, n = np.asarray(successes, np.float64), np.asarray(trials, np.float64)
    return np.asarray((s + 1.0) / (n + 2.0))


def proportion_test(successes: npt.ArrayLike, trials: npt.ArrayLike) -> FloatArray:
    r"""Return :math:`2\sqrt{n+1}\,\bigl(\frac{s+1}{n+1} - \frac12\bigr)`.

    Meant as a z against one half. It adds a success without a failure, so no votes at all
    give 1.0 and a single vote gives 1.41, above the 90 % point: kept because the recipe has
    it, and a reason not to read it as a test in small rooms.

    References
    ----------
    .. [1] Polis recipe: `stats.clj` lines 10 to 15.
    """
    s, n = np.asarray(successes, np.float64), np.asarray(trials, np.float64)
    return np.asarray(2.0 * np.sqrt(n + 1.0) * ((s + 1.0) / (n + 1.0) - 0.5))


def two_proportion_test(
    successes: npt.ArrayLike,
    trials: npt.ArrayLike,
    other_successes: npt.ArrayLike,
    other_trials: npt.ArrayLike,
) -> FloatArray:
    r"""Return the z of the difference of two proportions, one added to all four counts.

    .. math::

        z = \frac{\pi_1 - \pi_2}
            {\sqrt{\hat\pi (1 - \hat\pi) \left(\frac1{n+1} + \frac1{n'+1}\right)}},
        \quad \pi_1 = \frac{s+1}{n+1},\; \pi_2 = \frac{s'+1}{n'+1},\;
        \hat\pi = \frac{s+s'+2}{n+n'+2}

    and 0 where the pooled share is 1.

    References
    ----------
    .. [1] Polis recipe: `stats.clj` lines 18 to 33.
    """
    s, n = np.asarray(successes, np.float64) + 1.0, np.asarray(trials, np.float64) + 1.0
    t, m = np.asarray(other_successes, np.float64) + 1.0, np.asarray(other_trials, np.float64) + 1.0
    pooled = (s + t) / (n + m)
    sure = pooled == 1.0
    spread = np.sqrt(np.where(sure, 1.0, pooled * (1.0 - pooled) * (1.0 / n + 1.0 / m)))
    return np.asarray(np.where(sure, 0.0, (s / n - t / m) / spread))


@dataclass(frozen=True, slots=True, eq=False)
class Contrast:
    """One direction of every statement in every group, each array of (n_groups, n_statements)."""

    successes: npt.NDArray[np.int64]
    p: FloatArray
    p_test: FloatArray
    repness: FloatArray
    repness_test: FloatArray

    @property
    def metric(self) -> FloatArray:
        return np.asarray(self.repness * self.repness_test * self.p * self.p_test)

    @property
    def significant(self) -> npt.NDArray[np.bool_]:
        return np.asarray((self.repness_test > Z_90) & (self.p_test > Z_90))


def contrast(successes: npt.NDArray[np.int64], trials: npt.NDArray[np.int64]) -> Contrast:
    """Compare each group with all other groups together; both (n_groups, n_statements)."""
    rest_successes = successes.sum(axis=0) - successes
    rest_trials = trials.sum(axis=0) - trials
    p = probability(successes, trials)
    return Contrast(
        successes,
        p,
        proportion_test(successes, trials),
        p / probability(rest_successes, rest_trials),
        two_proportion_test(successes, trials, rest_successes, rest_trials),
    )


def representative(
    agree: npt.NDArray[np.int64],
    disagree: npt.NDArray[np.int64],
    seen: npt.NDArray[np.int64],
    allowed: npt.NDArray[np.bool_],
) -> tuple[tuple[Pick, ...], ...]:
    """Return up to five statements for each group, agreement before disagreement.

    A statement qualifies when, in one direction, both the z against one half and the z
    against the rest exceed 1.2816. Qualified statements are ranked by repness ·
    repness_test · p · p_test in the direction with the larger z; the one the group agrees on
    most comes first. When none qualifies, the best of them stands alone.

    Parameters
    ----------
    agree, disagree, seen : int ndarray of shape (n_groups, n_statements)
        Votes of each group; `seen` counts passes too.
    allowed : bool ndarray of shape (n_statements,)
        False for statements that are moderated out or have no votes.

    References
    ----------
    .. [1] Polis recipe: `repness.clj` lines 72 to 278.
    """
    columns = np.flatnonzero(allowed)
    if len(columns) == 0:
        return tuple(() for _ in agree)
    trials = seen[:, columns]
    for_it, against = contrast(agree[:, columns], trials), contrast(disagree[:, columns], trials)
    agreeing = for_it.repness_test > against.repness_test
    metric = np.where(agreeing, for_it.metric, against.metric)
    qualified = for_it.significant | against.significant
    best_agree = _best_agree(for_it, against)
    chosen = []
    for group in range(len(agree)):
        found = np.flatnonzero(qualified[group])
        ranked = found[np.argsort(-metric[group, found], kind="stable")].tolist()
        first = best_agree[group]
        if first is not None:
            ranked = [first, *(one for one in ranked if one != first)] if ranked else [first]
        elif not ranked:
            strongest = np.maximum(for_it.repness_test[group], against.repness_test[group])
            ranked = [int(strongest.argmax())]
        ranked = ranked[:MOST_PICKS]
        ranked.sort(key=lambda one: not agreeing[group, one])
        chosen.append(
            tuple(
                _pick(
                    group,
                    one,
                    int(columns[one]),
                    for_it if agreeing[group, one] else against,
                    trials,
                    direction=1 if agreeing[group, one] else -1,
                    best_agree=one == first,
                )
                for one in ranked
            )
        )
    return tuple(chosen)


def _best_agree(for_it: Contrast, against: Contrast) -> list[int | None]:
    """Find each group's favourite by Polis's running comparison, statement after statement."""
    voted = (for_it.successes > 0) | (against.successes > 0)
    sound = (for_it.p_test > Z_90) | ((for_it.repness > 1.0) & (for_it.p > 0.5))
    chance = for_it.p * for_it.p_test
    metric = for_it.metric
    found: list[int | None] = []
    for group in range(len(voted)):
        best: int | None = None
        candidates = np.flatnonzero(voted[group])
        begin = int(np.argmax(sound[group, candidates])) if len(candidates) else 0
        if len(candidates) and sound[group, candidates[begin]]:
            best = int(candidates[begin])
            while True:  # jump to the next statement that beats the present best
                score = metric[group] if for_it.repness[group, best] > 1.0 else chance[group]
                better = candidates[(candidates > best) & (score[candidates] > score[best])]
                if len(better) == 0:
                    break
                best = int(better[0])
        found.append(best)
    return found


def _pick(
    group: int,
    place: int,
    statement: int,
    side: Contrast,
    trials: npt.NDArray[np.int64],
    *,
    direction: int,
    best_agree: bool,
) -> Pick:
    return Pick(
        statement,
        direction,
        int(side.successes[group, place]),
        int(trials[group, place]),
        float(side.p[group, place]),
        float(side.p_test[group, place]),
        float(side.repness[group, place]),
        float(side.repness_test[group, place]),
        best_agree,
    )


def consensus(
    agree: npt.NDArray[np.int64],
    disagree: npt.NDArray[np.int64],
    seen: npt.NDArray[np.int64],
    allowed: npt.NDArray[np.bool_],
) -> tuple[tuple[Pick, ...], tuple[Pick, ...]]:
    """Return up to five statements all voices agree on, and up to five they reject.

    A statement qualifies with p > ½ and p_test > 1.2816, ranked by p · p_test. All voices
    count, also those who are not in the conversation.

    Parameters
    ----------
    agree, disagree, seen : int ndarray of shape (n_statements,)
    allowed : bool ndarray of shape (n_statements,)

    References
    ----------
    .. [1] Polis recipe: `repness.clj` lines 281 to 320.
    """
    lists = []
    for direction, successes in ((1, agree), (-1, disagree)):
        p, p_test = probability(successes, seen), proportion_test(successes, seen)
        found = np.flatnonzero(allowed & (p > 0.5) & (p_test > Z_90))
        ranked = found[np.argsort(-(p * p_test)[found], kind="stable")][:MOST_PICKS].tolist()
        lists.append(
            tuple(
                Pick(
                    one,
                    direction,
                    int(successes[one]),
                    int(seen[one]),
                    float(p[one]),
                    float(p_test[one]),
                )
                for one in ranked
            )
        )
    return lists[0], lists[1]
