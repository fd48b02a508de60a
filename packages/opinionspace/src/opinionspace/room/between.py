"""What lies between cells: what they share, what sets them apart, what one stands for."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from opinionspace._short import Short
from opinionspace._tables import frozen
from opinionspace._tally import Counts
from opinionspace.room.cells import Cells
from opinionspace.room.posterior import (
    Share,
    above_half,
    greater,
    roughly_greater,
    share,
    smoothed_mean,
)
from opinionspace.votes import FloatArray, IntArray

SURE = 0.95
FALSE_DISCOVERIES = 0.10
WORTH_INTEGRATING = 0.8


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Bridging(Short):
    """How surely a majority of every cell agrees; all arrays are read-only.

    Attributes
    ----------
    probability : ndarray of shape (n_statements,), in [0, 1]
        P(lowest agreement over the cells > ½ | votes); nan with fewer than two cells that
        have five answers.
    against : ndarray of shape (n_statements,), in [0, 1]
        The same for disagreement: what all cells reject.
    lowest : ndarray of shape (n_statements,), in [0, 1]
        Smallest posterior mean of agreement over the cells, unweighted by size.
    consensus : ndarray of shape (n_statements,), in (0, 1)
        Group-informed consensus, the geometric mean over cells of (agree + 1) / (seen + 2).
    without : ndarray of shape (n_cells, n_statements)
        `probability` with one cell left out: a jump shows who stands in the way.
    n_cells : int ndarray of shape (n_statements,)
        Cells with five answers, over which all of this is taken.
    """

    probability: FloatArray
    against: FloatArray
    lowest: FloatArray
    consensus: FloatArray
    without: FloatArray
    n_cells: IntArray


@dataclass(frozen=True, slots=True)
class Standing:
    """A statement that sets a cell apart from all others.

    `cell` and `statement` are row and column; `direction` is +1 when the cell agrees more
    than the rest, -1 when it disagrees more; `probability` is P(θ_cell > θ_rest | votes).
    """

    cell: int
    statement: int
    direction: int
    probability: float


def bridging(of: Cells) -> Bridging:
    r"""Ask of every statement whether all cells share it.

    .. math:: P(\min_g \theta_g > \tfrac12) = \prod_g P(\theta_g > \tfrac12)

    since the votes of cells are independent; that each is pooled by a few votes towards the
    others is left aside. Cells with fewer than five answers are left out of that statement and
    `n_cells` says so.
    """
    claimed = of.agreement.claimed
    many = claimed.sum(axis=0)
    agree, against = (
        np.where(claimed, above_half(side), 1.0) for side in (of.agreement, of.disagreement)
    )
    means = np.where(claimed, of.agreement.mean, np.inf)
    smoothed = np.where(claimed, np.log((of.agree + 1.0) / (of.seen + 2.0)), 0.0)
    enough = many >= 2
    without = np.full(claimed.shape, np.nan)
    for left_out in range(len(claimed)):
        rest = np.arange(len(claimed)) != left_out
        sound = claimed[left_out] & (many >= 3)
        without[left_out, sound] = agree[rest].prod(axis=0)[sound]

    def where_enough(values: FloatArray) -> FloatArray:
        return frozen(np.where(enough, values, np.nan))

    return Bridging(
        where_enough(agree.prod(axis=0)),
        where_enough(against.prod(axis=0)),
        where_enough(means.min(axis=0, initial=np.inf)),
        where_enough(np.exp(smoothed.sum(axis=0) / np.maximum(many, 1))),
        frozen(without),
        frozen(many),
    )


def spread(of: Share) -> FloatArray:
    r"""Return the divisiveness of each statement: the posterior mean of its spread over cells.

    .. math::

        D = \mathbb{E}\Bigl[\tfrac4G \sum_g (\theta_g - \bar\theta)^2\Bigr]
          = 4\Bigl[\operatorname{Var}_g(m_g) + \bigl(1 - \tfrac1G\bigr)\,\overline{v_g}\Bigr]

    with `m` and `v` the posterior means and variances of the `G` cells that have five
    answers, unweighted by size. 0 when all cells agree alike, 1 for two cells at 0 and 1: the
    scale of `mixed`, which it would be if every voice were a cell and nobody passed.

    Returns
    -------
    ndarray of shape (n_statements,), in [0, 1]
        nan with fewer than two cells that have five answers. Cells of few votes leave a
        floor of about 0.05 under it, which is doubt rather than division.
    """
    many = of.claimed.sum(axis=0)
    count = np.maximum(many, 1)
    mean = np.where(of.claimed, of.mean, 0.0)
    centre = mean.sum(axis=0) / count
    apart = np.where(of.claimed, (mean - centre) ** 2, 0.0).sum(axis=0) / count
    doubt = np.where(of.claimed, of.variance, 0.0).sum(axis=0) / count
    return frozen(np.where(many >= 2, 4.0 * (apart + (1.0 - 1.0 / count) * doubt), np.nan))


def mixed(agree: IntArray, disagree: IntArray, seen: IntArray) -> FloatArray:
    """Return 4·p_a·p_d of the room's shares of agreement and disagreement; nan under five answers.

    What stands for divisiveness where there are no groups: 1 when one half agrees and the other
    disagrees, near 0 where nobody disagrees, however many pass. Both shares are (s + ½) / (n + 1).
    """
    product = 4.0 * smoothed_mean(agree, seen) * smoothed_mean(disagree, seen)
    return frozen(np.where(seen >= 5, np.minimum(product, 1.0), np.nan))


def standing(of: Cells, whole: Counts, most: Counts | None = None) -> tuple[Standing, ...]:
    """Find the statements on which a cell stands apart from the rest of the cells.

    See `chosen` for the rule, and `contrasts` for `whole` and `most`.
    """
    counts = Counts(of.agree, of.disagree, of.seen)
    return chosen(*contrasts(counts, whole, of.pooled_by, most))


def contrasts(
    of: Counts, whole: Counts, pooled_by: float, most: Counts | None = None
) -> tuple[FloatArray, FloatArray]:
    """Return P(θ_cell > θ_rest | votes) for agreement and for disagreement.

    Each of shape (n_cells, n_statements); nan where the cell or the rest has fewer than five
    answers. Integrated where it may be 0.8 or more, else by the normal approximation, since
    only 0.95 and above are ever told.

    Parameters
    ----------
    of : Counts, each of shape (n_cells, n_statements)
    whole : Counts, each of shape (n_statements,)
        The room's, which bound the counts of the rest.
    pooled_by : float
        How many votes of the rest's mean the cell is pooled with, whether it conflicts or not:
        a claim is held back by them. The rest has Jeffreys' prior. See `pseudo_votes`.
    most : Counts, optional
        The highest counts, where `of` are the lowest of ranges: the rest is then as high as
        its ranges and the room's counts allow, so the probability is the least there is.
    """
    rest_seen = of.seen.sum(axis=0) - of.seen
    sound = (of.seen >= 5) & (rest_seen >= 5)
    found = []
    for side in ("agree", "disagree"):
        successes, all_successes = getattr(of, side), getattr(whole, side)
        highest = successes if most is None else getattr(most, side)
        others = highest.sum(axis=0) - highest
        rest = (others if most is None else np.minimum(others, all_successes - successes))[sound]
        towards = smoothed_mean(rest, rest_seen[sound])
        one = share(successes[sound], of.seen[sound], towards, pooled_by)
        other = share(rest, rest_seen[sound])
        chance = roughly_greater(one, other)
        likely = chance > WORTH_INTEGRATING
        chance[likely] = greater(one.where(likely), other.where(likely))
        probability = np.full(of.seen.shape, np.nan)
        probability[sound] = chance
        found.append(probability)
    return found[0], found[1]


def chosen(for_it: FloatArray, against: FloatArray) -> tuple[Standing, ...]:
    """Keep contrasts of probability ≥ 0.95 that survive a false discovery rate of 10 %.

    1 - probability is taken as a one-sided p-value in the step-up procedure of Benjamini and
    Hochberg over all cells, statements and both directions. Ordered by cell, then by
    probability, the surest first, then by statement.

    Parameters
    ----------
    for_it, against : ndarray of shape (n_cells, n_statements), in [0, 1] or nan
        See `contrasts`. Not modified.

    References
    ----------
    .. [1] Y. Benjamini, Y. Hochberg (1995). Controlling the false discovery rate. J. R.
       Statist. Soc. B 57, 289-300.
    """
    both = np.stack([for_it, against])
    doubt = np.round(1.0 - both, 12)
    kept = doubt <= min(_step_up(doubt[~np.isnan(doubt)]), round(1.0 - SURE, 12))
    found = [
        Standing(int(cell), int(column), 1 if side == 0 else -1, float(both[side, cell, column]))
        for side, cell, column in np.argwhere(kept)
    ]
    return tuple(
        sorted(found, key=lambda s: (s.cell, -round(s.probability, 9), s.statement, -s.direction))
    )


def _step_up(doubt: npt.NDArray[np.float64]) -> float:
    """Return the largest p that Benjamini and Hochberg still reject, -1 when none."""
    if len(doubt) == 0:
        return -1.0
    ranked = np.sort(doubt)
    passed = np.flatnonzero(
        ranked <= FALSE_DISCOVERIES * np.arange(1, len(ranked) + 1) / len(ranked)
    )
    return float(ranked[passed[-1]]) if len(passed) else -1.0
