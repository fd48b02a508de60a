"""Fit one continuous trait without clusters to a table of votes: what the gate must rule out.

People lie along one line with a density that rises to one peak and falls again, whatever its
shape; the answers that are no pass follow a logistic curve along it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import scipy  # its parts are loaded when they are first needed

from opinionspace._short import Short
from opinionspace.votes import FloatArray

POINTS = 25
LINE = np.linspace(-3.5, 3.5, POINTS)
TURNS = 4
ROUNDS = 8
SPREADING_ROUNDS = 40
SLOPE_PRIOR, CUT_PRIOR = 3.0, 3.0
LONGEST_STEP = 1.0


def _even() -> FloatArray:
    """Return for each place of the peak the even densities between it and every point."""
    point = np.arange(POINTS)
    peak, end = point[2 : POINTS - 2, None, None], point[:, None]
    inside = (point >= np.minimum(peak, end)) & (point <= np.maximum(peak, end))
    return np.asarray(inside / inside.sum(axis=2, keepdims=True))


_EVEN = _even()


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Trait(Short):
    """One trait: P(agree | no pass) = 1 / (1 + exp(cut - slope · z)), z drawn from `density`.

    `slope` and `cut` have one entry a statement, `density` one for each point of `LINE` and sums
    to 1.
    """

    slope: FloatArray
    cut: FloatArray
    density: FloatArray


def fit(agree: FloatArray, disagree: FloatArray, slope: FloatArray) -> Trait:
    r"""Fit the trait by marginal maximum likelihood, its density by the best single-peaked one.

    Slopes and cuts have normal priors of deviation 3 and are found by EM over the
    points of `LINE`; after every eighth round the density is replaced by the maximum of the
    likelihood over all densities with one peak, which are mixtures of even densities that hold it.
    A fixed number of rounds, so equal input gives equal output.

    Parameters
    ----------
    agree, disagree : ndarray of shape (n, m), 0 or 1
        Not modified.
    slope : ndarray of shape (m,)
        Where to start; their signs fix that of the trait.

    References
    ----------
    .. [1] R. D. Bock, M. Aitkin (1981). Marginal maximum likelihood estimation of item
       parameters: application of an EM algorithm. Psychometrika 46, 443-459.
    .. [2] A. Birnbaum (1968). Some latent trait models. In F. M. Lord, M. R. Novick,
       Statistical Theories of Mental Test Scores: the two-parameter logistic curve.
    .. [3] T. Robertson, F. T. Wright, R. L. Dykstra (1988). Order Restricted Statistical
       Inference, chapter 7: densities with one peak.
    """
    sided = agree + disagree
    cut = -scipy.special.logit(shares(agree, disagree))
    density = np.exp(-LINE * LINE / 2)
    density /= density.sum()
    for _ in range(TURNS):
        for _ in range(ROUNDS):
            place = likelihood(slope, cut, agree, disagree) * density
            place /= place.sum(axis=1, keepdims=True)
            slope, cut = _curves(slope, cut, sided.T @ place, agree.T @ place)
        density = single_peaked(likelihood(slope, cut, agree, disagree))
    return Trait(slope, cut, density)


def shares(agree: FloatArray, disagree: FloatArray) -> FloatArray:
    """Return the share of agreement among the answers of each statement that are no pass."""
    return np.asarray((agree.sum(axis=0) + 0.5) / ((agree + disagree).sum(axis=0) + 1.0))


def likelihood(
    slope: FloatArray, cut: FloatArray, agree: FloatArray, disagree: FloatArray
) -> FloatArray:
    """Return how likely each person's answers are at each point, up to a factor per person."""
    lean = np.outer(slope, LINE) - cut[:, None]
    found = agree @ scipy.special.log_expit(lean) + disagree @ scipy.special.log_expit(-lean)
    return np.asarray(np.exp(found - found.max(axis=1, keepdims=True)))


def _curves(
    slope: FloatArray, cut: FloatArray, weight: FloatArray, agreeing: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """Return slopes and cuts after two steps of Newton; `weight` is (m, points)."""
    for _ in range(2):
        p = scipy.special.expit(np.outer(slope, LINE) - cut[:, None])
        left, curved = agreeing - weight * p, weight * p * (1 - p)
        by_slope = left @ LINE - slope / SLOPE_PRIOR**2
        by_cut = -left.sum(axis=1) - cut / CUT_PRIOR**2
        ss = curved @ (LINE * LINE) + 1 / SLOPE_PRIOR**2
        cc, sc = curved.sum(axis=1) + 1 / CUT_PRIOR**2, -(curved @ LINE)
        det = ss * cc - sc * sc
        slope = slope + np.clip((cc * by_slope - sc * by_cut) / det, -LONGEST_STEP, LONGEST_STEP)
        cut = cut + np.clip((ss * by_cut - sc * by_slope) / det, -LONGEST_STEP, LONGEST_STEP)
    return slope, cut


def single_peaked(like: FloatArray) -> FloatArray:
    """Return the density with one peak under which people are likeliest.

    Parameters
    ----------
    like : ndarray of shape (n, points)
        See `likelihood`.
    """
    part = like @ _EVEN.transpose(0, 2, 1)
    weight = np.full((len(_EVEN), POINTS), 1.0 / POINTS)
    for _ in range(SPREADING_ROUNDS):
        each = (part @ weight[:, :, None])[..., 0]
        weight = weight * (part.transpose(0, 2, 1) @ (1.0 / each)[..., None])[..., 0] / len(like)
    found = np.log((part @ weight[:, :, None])[..., 0]).sum(axis=1)
    best = int(np.round(found, 6).argmax())
    return np.asarray(weight[best] @ _EVEN[best] / weight[best].sum())


def rescaled(of: Trait, scale: float, share: FloatArray) -> Trait:
    """Return the trait with slopes times `scale`, cut so that each statement keeps its share."""
    slope = of.slope * scale
    low, high = np.full(len(slope), -40.0), np.full(len(slope), 40.0)
    for _ in range(30):
        cut = (low + high) / 2
        above = scipy.special.expit(np.outer(slope, LINE) - cut[:, None]) @ of.density > share
        low, high = np.where(above, cut, low), np.where(above, high, cut)
    return Trait(slope, (low + high) / 2, of.density)
