r"""Revealed comparative advantage: who sells more of a product than the world does."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np
import numpy.typing as npt

from tradestats.errors import BadTable
from tradestats.flows import FloatArray, Flows


def trade_table(values: npt.ArrayLike, name: str = "exports") -> FloatArray:
    """Return a table of trade values as float64, or refuse it.

    Raises
    ------
    BadTable
        When it is not two-dimensional, or holds a negative number, nan or infinity.
    """
    table = np.asarray(values, dtype=np.float64)
    if table.ndim != 2:
        raise BadTable(f"{name} must be a table of countries by products.")
    if not np.isfinite(table).all() or (table < 0).any():
        raise BadTable(f"{name} must be finite numbers, zero or more.")
    return table


def rca(exports: npt.ArrayLike) -> FloatArray:
    r"""Return Balassa's index of revealed comparative advantage.

    .. math:: \mathrm{RCA}_{ik} = \frac{X_{ik} / X_i}{V_k / V}

    Above 1, the product weighs more in the country's exports than in the world's.

    Parameters
    ----------
    exports : array_like of shape (n_countries, n_products), any one currency unit
        Not modified.

    Returns
    -------
    ndarray of the same shape, dimensionless
        nan in the row of a country and in the column of a product without any exports: there
        the shares are undefined, which is not the same as zero.

    References
    ----------
    Balassa, B. (1965), The Manchester School 33:99-123; Atlas of Economic Complexity, box 2.2.

    Examples
    --------
    >>> rca([[3, 1], [1, 3]]).tolist()
    [[1.5, 0.5], [0.5, 1.5]]
    """
    table = trade_table(exports)
    total = table.sum()
    with np.errstate(divide="ignore", invalid="ignore"):
        own = table / table.sum(axis=1, keepdims=True)
        world = table.sum(axis=0, keepdims=True) / total
        return np.asarray(own / np.where(world > 0, world, np.nan), dtype=np.float64)


def symmetric_rca(exports: npt.ArrayLike) -> FloatArray:
    """Return (RCA − 1)/(RCA + 1), from −1 to 1: no exports of a product are −1.

    References
    ----------
    Dalum, B., Laursen, K. & Villumsen, G. (1998), International Review of Applied
    Economics 12:423-443.

    Examples
    --------
    >>> symmetric_rca([[3, 0], [1, 4]])[0].round(3).tolist()
    [0.333, -1.0]
    """
    index = rca(exports)
    return (index - 1) / (index + 1)


def specialised(exports: npt.ArrayLike, *, least: float = 1.0) -> FloatArray:
    """Return M: 1 where RCA is `least` or more, else 0; where RCA is undefined, 0."""
    return (np.nan_to_num(rca(exports), nan=0.0) >= least).astype(np.float64)


def region_rca(flows: Flows, region: Collection[str]) -> dict[str, FloatArray]:
    """Return the RCA of a region as one exporter, by product: with and without inner trade.

    `outside` treats the region as one country, so that what its members sell each other is
    no trade; `all` counts that too. Both are worth showing: they part where a region feeds
    itself.

    Parameters
    ----------
    flows : Flows
    region : collection of country codes

    Returns
    -------
    dict of two ndarrays of shape (n_products,)

    Raises
    ------
    BadTable
        When a country is not in these flows.
    """
    inside = flows.members(region)
    one = flows.as_one(region, "the region")
    table = flows.exports()
    summed = np.vstack([table[~inside], table[inside].sum(axis=0)])
    return {"outside": rca(one.exports())[-1], "all": rca(summed)[-1]}
