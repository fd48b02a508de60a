r"""How uneven something is spread: over products, countries or regions, and where firms gather."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tradestats.errors import BadTable
from tradestats.flows import FloatArray


def herfindahl(values: npt.ArrayLike) -> FloatArray:
    r"""Return the Herfindahl-Hirschman index of each row: :math:`\sum s^2` of its shares.

    From 1/n (even) to 1 (all in one); nan for a row of zeros.

    Examples
    --------
    >>> herfindahl([[1, 1], [4, 0], [0, 0]]).tolist()
    [0.5, 1.0, nan]
    """
    return np.asarray((_row_shares(values) ** 2).sum(axis=1))


def theil(values: npt.ArrayLike) -> FloatArray:
    r"""Return Theil's T of each row: :math:`\sum_k s_k \ln(n s_k)`.

    From 0 (even) to ln n (all in one); nan for a row of zeros.

    Examples
    --------
    >>> theil([[1, 1], [4, 0]]).round(4).tolist()
    [0.0, 0.6931]
    """
    shares = _row_shares(values)
    weighed = np.where(shares == 0, 1.0, shares * shares.shape[1])  # s ln s is 0 where s is 0
    return np.asarray((shares * np.log(weighed)).sum(axis=1))


def location_quotient(employment: npt.ArrayLike) -> FloatArray:
    r"""Return how much more an industry weighs in a region than in all regions together.

    .. math:: \mathrm{LQ}_{ri} = \frac{e_{ri} / e_r}{e_i / e}

    Parameters
    ----------
    employment : array_like of shape (n_regions, n_industries)
        nan is a cell that the source keeps confidential: its LQ is nan, and it counts for no
        total. So totals of its region and industry are too small; say so beside the figure.

    Returns
    -------
    ndarray of the same shape
        nan in the row of a region and in the column of an industry without employment.

    Examples
    --------
    >>> location_quotient([[3, 1], [1, 3]]).tolist()
    [[1.5, 0.5], [0.5, 1.5]]
    """
    table = np.asarray(employment, dtype=np.float64)
    known = table[~np.isnan(table)]
    if table.ndim != 2 or not np.isfinite(known).all() or (known < 0).any():
        raise BadTable("employment must be a table of numbers, zero or more, or nan where unknown.")
    region, industry = np.nansum(table, axis=1), np.nansum(table, axis=0)
    with np.errstate(divide="ignore", invalid="ignore"):
        own = table / np.where(region > 0, region, np.nan)[:, None]
        return np.asarray(own / np.where(industry > 0, industry / industry.sum(), np.nan))


@dataclass(frozen=True)
class Agglomeration:
    """Whether the plants of an industry gather more than their sizes explain.

    Attributes
    ----------
    raw : float
        G, the sum of squared differences between the industry's shares of regions and those of
        all employment.
    plants : float
        H, the Herfindahl index of plant sizes.
    gamma : float
        0 where plants chose their places by chance, above where they gather; nan where there
        is one plant, or one region.
    """

    raw: float
    plants: float
    gamma: float


def ellison_glaeser(
    industry: npt.ArrayLike, regions: npt.ArrayLike, plants: npt.ArrayLike
) -> Agglomeration:
    r"""Return the index of geographic concentration of an industry.

    .. math:: \gamma = \frac{G - (1 - \sum x^2) H}{(1 - \sum x^2)(1 - H)}, \quad
              G = \sum (s - x)^2

    Parameters
    ----------
    industry : array_like of shape (n_regions,)
        The industry's employment by region.
    regions : array_like of shape (n_regions,)
        All employment by region.
    plants : array_like of shape (n_plants,)
        Sizes of the industry's plants; they add up to `industry`.

    References
    ----------
    Ellison, G. & Glaeser, E. (1997), Journal of Political Economy 105:889-927, equation 5.

    Raises
    ------
    BadTable
        When shapes or sums do not fit.

    Examples
    --------
    >>> ellison_glaeser([10, 0], [50, 50], [5, 5]).gamma  # two equal plants in one of two halves
    1.0
    """
    own, every, sizes = (np.asarray(one, dtype=np.float64) for one in (industry, regions, plants))
    if own.shape != every.shape or own.ndim != 1 or sizes.ndim != 1:
        raise BadTable("industry and regions must have one number for each region.")
    if min(own.sum(), every.sum()) <= 0 or not np.isclose(own.sum(), sizes.sum()):
        raise BadTable("the plants must add up to the industry, and there must be employment.")
    s, x = own / own.sum(), every / every.sum()
    raw, plant = float(((s - x) ** 2).sum()), float(((sizes / sizes.sum()) ** 2).sum())
    spread = 1 - float((x**2).sum())
    under = spread * (1 - plant)
    return Agglomeration(raw, plant, (raw - spread * plant) / under if under else float("nan"))


def _row_shares(values: npt.ArrayLike) -> FloatArray:
    table = np.asarray(values, dtype=np.float64)
    if table.ndim != 2 or not np.isfinite(table).all() or (table < 0).any():
        raise BadTable("values must be a table of finite numbers, zero or more.")
    total = table.sum(axis=1, keepdims=True)
    return np.asarray(table / np.where(total > 0, total, np.nan))
