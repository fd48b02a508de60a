"""Estimate the share of a cell that agrees: a Beta posterior, lightly pooled.

A cell is some voices (a constituency, a country, an opinion group) on one statement. Shares
are of all answers, passes included. A cell's shares are treated one by one: each has
a Beta posterior whose prior is worth a few votes of everybody else's mean.
"""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np
import numpy.typing as npt
import scipy  # its parts are loaded when they are first needed

from opinionspace._short import Short
from opinionspace._tables import frozen
from opinionspace.votes import FloatArray

MOST_PSEUDO_VOTES = 4.0
LEAST_PSEUDO_VOTES = 1.0
FEWEST_VOTES = 5
INTERVAL = 0.90
#: A cell whose count would be as far from the others' with less probability than this conflicts.
CONFLICT = 0.4
#: How many votes of the others' mean a cell of theirs would be like, when that is judged.
LIKE_THE_OTHERS = 8.0

_LINE, _LENGTHS = np.polynomial.legendre.leggauss(32)
_LINE, _LENGTHS = (_LINE + 1.0) / 2.0, _LENGTHS / 2.0
#: Quadrature on (0, 1) that crowds towards both ends, where quantiles change fastest.
_NODES = _LINE**3 * (10.0 - 15.0 * _LINE + 6.0 * _LINE**2)
_WEIGHTS = _LENGTHS * 30.0 * _LINE**2 * (1.0 - _LINE) ** 2


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Share(Short):
    """Posterior of a share, one Beta per cell; all arrays have one shape and are read-only.

    Attributes
    ----------
    alpha, beta : ndarray, positive
        Parameters of the Beta, pseudo-votes included; known for every cell.
    mean, lower, upper : ndarray in [0, 1]
        Posterior mean and the equal-tailed 90 % interval; nan where nothing is claimed.
    claimed : bool ndarray
        Whether the cell holds the five answers a claim needs.
    """

    alpha: FloatArray
    beta: FloatArray
    mean: FloatArray
    lower: FloatArray
    upper: FloatArray
    claimed: npt.NDArray[np.bool_]

    @property
    def variance(self) -> FloatArray:
        """Posterior variance, also of cells without a claim."""
        n = self.alpha + self.beta
        return np.asarray(self.alpha * self.beta / (n * n * (n + 1.0)))

    def where(self, chosen: npt.NDArray[np.bool_]) -> Share:
        """Return the cells where `chosen` is True, as one row."""
        return Share(*(frozen(getattr(self, field.name)[chosen]) for field in fields(self)))


def pseudo_votes(agree: npt.ArrayLike, seen: npt.ArrayLike) -> float:
    r"""Return how many votes of the others' mean the cells of an attribute are pooled with.

    The likeness of cells is estimated from all statements together by the analysis of
    variance of clustered proportions, and cut to 1 … 4 votes:

    .. math::

        \rho = \frac{B - W}{B + (n_0 - 1) W}, \qquad
        \kappa = \min\bigl(4, \max(1, \tfrac{1 - \rho}{\rho})\bigr)

    with `B` and `W` the mean squares between and within cells and :math:`n_0` the adjusted
    mean cell size. Alike cells are pooled with 4 votes, never more: pooling as hard as the
    estimate asks for makes intervals that miss.

    Parameters
    ----------
    agree, seen : array_like of shape (n_cells, n_statements), counts
        Not modified. Cells without an answer are left out.

    Raises
    ------
    ValueError
        When the shapes differ, or a cell has more agreement than answers.

    References
    ----------
    .. [1] M. S. Ridout, C. G. B. Demétrio, D. Firth (1999). Estimating intraclass
       correlation for binary data. Biometrics 55, 137-148, the ANOVA estimator.
    """
    s, n = _checked(agree, seen)
    cells, total = (n > 0).sum(axis=0), n.sum(axis=0)
    used = cells > 1
    between_df = float((cells - 1)[used].sum())
    within_df = float((total - cells)[used].sum())
    if between_df == 0 or within_df == 0:
        return MOST_PSEUDO_VOTES
    s, n, total = s[:, used], n[:, used], total[used]
    share = s / np.maximum(n, 1.0)
    mean = s.sum(axis=0) / total
    between = float((n * (share - mean) ** 2).sum()) / between_df
    within = float((n * share * (1.0 - share)).sum()) / within_df
    size = float((total - (n * n).sum(axis=0) / total).sum()) / between_df
    likeness = between + (size - 1.0) * within
    rho = (between - within) / likeness if likeness > 0 else 0.0
    if rho <= 0:
        return MOST_PSEUDO_VOTES
    return float(np.clip((1.0 - rho) / rho, LEAST_PSEUDO_VOTES, MOST_PSEUDO_VOTES))


def share(
    successes: npt.ArrayLike,
    trials: npt.ArrayLike,
    towards: npt.ArrayLike = 0.5,
    weight: npt.ArrayLike = 1.0,
) -> Share:
    r"""Return the posterior of the share of successes, pooled towards `towards` by `weight` votes.

    .. math:: \theta \mid \text{votes} \sim
        \mathrm{Beta}\bigl(s + \kappa\mu,\; n - s + \kappa(1 - \mu)\bigr)

    Parameters
    ----------
    successes, trials : array_like of one shape, counts
        Not modified.
    towards : array_like in (0, 1), broadcastable
        The mean pooled towards; see `smoothed_mean`.
    weight : array_like in (0, 4], broadcastable
        Pseudo-votes κ. The default with `towards` ½ is Jeffreys' prior, for the room itself.

    Raises
    ------
    ValueError
        When shapes differ, successes exceed trials, `towards` is not inside (0, 1) or
        `weight` is not in (0, 4].
    """
    s, n = _checked(successes, trials)
    mu = np.asarray(towards, np.float64)
    if not ((mu > 0) & (mu < 1)).all():
        raise ValueError("the mean pooled towards must lie strictly between 0 and 1")
    kappa = np.asarray(weight, np.float64)
    if not ((kappa > 0) & (kappa <= MOST_PSEUDO_VOTES)).all():
        raise ValueError(f"a cell is pooled by at most {MOST_PSEUDO_VOTES:g} votes, not {kappa}")
    alpha, beta = s + kappa * mu, n - s + kappa * (1.0 - mu)
    claimed = n >= FEWEST_VOTES
    mean, lower, upper = (np.full(s.shape, np.nan) for _ in range(3))
    a, b = alpha[claimed], beta[claimed]
    mean[claimed] = a / (a + b)
    lower[claimed] = scipy.special.betaincinv(a, b, (1.0 - INTERVAL) / 2.0)
    upper[claimed] = scipy.special.betaincinv(a, b, (1.0 + INTERVAL) / 2.0)
    return Share(
        frozen(alpha), frozen(beta), frozen(mean), frozen(lower), frozen(upper), frozen(claimed)
    )


def pooled(
    successes: npt.ArrayLike,
    trials: npt.ArrayLike,
    all_successes: npt.ArrayLike,
    all_trials: npt.ArrayLike,
    most: float = LEAST_PSEUDO_VOTES,
) -> Share:
    r"""Return the posterior of cells, each pooled towards everybody else, less where it conflicts.

    With :math:`\mu` the mean of the others, which does not hold the cell itself,

    .. math::

        f = \min\Bigl(1, \frac{2\,\Phi(-|z|)}{0.4}\Bigr), \quad
        z = \frac{s - n\mu}{\sqrt{n\mu(1 - \mu)\frac{n + w}{1 + w}}}, \quad
        \kappa_f = 1 + (\kappa - 1) f, \quad \mu_f = f\mu + \frac{1 - f}{2}

    the prior is Beta of :math:`\kappa_f` votes of :math:`\mu_f`. `z` measures the cell's count
    against a Beta-binomial of `w` = 8 votes of the others' mean, or as many as there are. A cell
    like the others gets all κ votes of their mean, a cell that conflicts the one vote of Jeffreys'
    prior.

    Parameters
    ----------
    successes, trials : array_like of one shape, counts
        Not modified, as the others.
    all_successes, all_trials : array_like, broadcastable, counts of everybody, the cell included
    most : float in [1, 4]
        Pseudo-votes κ of a cell like the others; see `pseudo_votes`.

    References
    ----------
    .. [1] H. Schmidli et al. (2014). Robust meta-analytic-predictive priors in clinical trials
       with historical control information. Biometrics 70, 1023-1032: what is borrowed gives way
       where it conflicts with what is seen.
    """
    s, n = _checked(successes, trials)
    others = np.maximum(np.asarray(all_trials) - n, 0.0)
    mean = smoothed_mean(np.clip(np.asarray(all_successes) - s, 0.0, others), others)
    like = np.minimum(LIKE_THE_OTHERS, others + 1.0)
    spread = n * mean * (1.0 - mean) * (n + like) / (1.0 + like)
    away = np.abs(s - n * mean) / np.sqrt(np.maximum(spread, 1e-12))
    fits = np.minimum(2.0 * scipy.special.ndtr(-away) / CONFLICT, 1.0)
    return share(s, n, fits * mean + (1.0 - fits) / 2.0, 1.0 + (most - 1.0) * fits)


def smoothed_mean(successes: npt.ArrayLike, trials: npt.ArrayLike) -> FloatArray:
    """Return (s + ½) / (n + 1) of each statement: never 0 or 1, so it can be pooled towards."""
    return np.asarray((np.asarray(successes) + 0.5) / (np.asarray(trials) + 1.0))


def above_half(of: Share) -> FloatArray:
    """Return P(θ > ½ | votes) of each cell, claimed or not."""
    return np.asarray(scipy.special.betainc(of.beta, of.alpha, 0.5))


def greater(one: Share, other: Share) -> FloatArray:
    r"""Return P(θ_one > θ_other | votes) of independent posteriors, cell by cell.

    .. math:: \int_0^1 F_\text{other}\bigl(F^{-1}_\text{one}(u)\bigr)\, du

    by 32-point Gauss-Legendre quadrature on a graded line. For cells of five votes or more
    the error is below 1e-5 where the probability exceeds 0.9, and mostly everywhere; it
    reaches 0.03 where neither cell holds a success.

    Raises
    ------
    ValueError
        When the two differ in shape.
    """
    if one.alpha.shape != other.alpha.shape:
        raise ValueError(f"cells differ in shape: {one.alpha.shape} and {other.alpha.shape}")
    at = scipy.special.betaincinv(one.alpha[..., None], one.beta[..., None], _NODES)
    below = scipy.special.betainc(other.alpha[..., None], other.beta[..., None], at)
    return np.asarray(np.clip(below @ _WEIGHTS, 0.0, 1.0))


def roughly_greater(one: Share, other: Share) -> FloatArray:
    """Return P(θ_one > θ_other | votes) as if both were normal: good enough to rule out."""
    one_mean, other_mean = (x.alpha / (x.alpha + x.beta) for x in (one, other))
    return np.asarray(
        scipy.special.ndtr((one_mean - other_mean) / np.sqrt(one.variance + other.variance))
    )


def _checked(successes: npt.ArrayLike, trials: npt.ArrayLike) -> tuple[FloatArray, FloatArray]:
    s, n = np.asarray(successes, np.float64), np.asarray(trials, np.float64)
    if s.shape != n.shape:
        raise ValueError(f"successes and trials differ in shape: {s.shape} and {n.shape}")
    if (s < 0).any() or (s > n).any():
        raise ValueError("a cell cannot hold more successes than answers, or fewer than none")
    return s, n
