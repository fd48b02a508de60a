r"""What turns the core of an export potential into a projection: growth, tariffs, distance.

Decreux, Y. & Spies, J. (2016), Export Potential Assessments, International Trade Centre. Each
adjustment is a factor by product for `export_potential` to be multiplied with; say beside the
figure which ones were.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from tradestats.errors import BadTable
from tradestats.flows import FloatArray, Flows


def supply_growth(flows: Flows, exporter: str, growth: Mapping[str, float]) -> FloatArray:
    r"""Return how a country's share of each product changes as exporters grow apart.

    .. math:: g_i / \sum_c \frac{v_{ck}}{v_k} g_c

    Parameters
    ----------
    flows : Flows
    exporter : country code
    growth : mapping from country code to a factor
        GDP expected over GDP now. Every exporter of the flows needs one: an average put in
        silence would be a guess.

    Returns
    -------
    ndarray of shape (n_products,)
        nan for a product nobody exports.

    Raises
    ------
    BadTable
        When a country has no factor, or one that is not above 0.
    """
    exports = flows.exports()
    sells = np.atleast_1d(exports.any(axis=1)).tolist()
    named = zip(flows.countries, sells, strict=True)
    factors = np.array([_factor(growth, name) if has else 0.0 for name, has in named])
    world = exports.sum(axis=0)
    mean = factors @ exports / np.where(world > 0, world, np.nan)
    return np.asarray(_factor(growth, exporter) / mean)


def demand_growth(gdp: float, population: float, elasticity: npt.ArrayLike = 1.0) -> FloatArray:
    r"""Return how a market's demand grows: :math:`p \, (g / p)^{\varepsilon}`.

    Parameters
    ----------
    gdp, population : float, above 0
        Expected over now.
    elasticity : array_like
        Of demand for each product to GDP per head; at 1 demand grows as GDP does.

    Examples
    --------
    >>> demand_growth(1.21, 1.1, [0.0, 1.0, 2.0]).round(3).tolist()
    [1.1, 1.21, 1.331]
    """
    if not (np.isfinite([gdp, population]).all() and min(gdp, population) > 0):
        raise BadTable("growth must be factors above zero, such as 1.2 for a fifth more.")
    return np.asarray(population * (gdp / population) ** np.asarray(elasticity, dtype=np.float64))


def tariff_advantage(
    faced: npt.ArrayLike, average: npt.ArrayLike, elasticity: npt.ArrayLike
) -> FloatArray:
    r"""Return what a preference is worth: :math:`((1 + \bar t_k) / (1 + t_{ijk}))^{\sigma_k}`.

    Parameters
    ----------
    faced : array_like, shares of the price
        Tariff the exporter meets in this market, by product.
    average : array_like
        Tariff that the market's suppliers meet on average.
    elasticity : array_like
        Of substitution between suppliers.

    Examples
    --------
    >>> tariff_advantage([0.0, 0.1], [0.1, 0.1], 2).round(2).tolist()
    [1.21, 1.0]
    """
    own, others = (np.asarray(one, dtype=np.float64) for one in (faced, average))
    if (own <= -1).any() or (others <= -1).any():
        raise BadTable("a tariff is a share of the price, such as 0.05.")
    return np.asarray(((1 + others) / (1 + own)) ** np.asarray(elasticity, dtype=np.float64))


def distance_term(
    flows: Flows, exporter: str, importer: str, distances: npt.ArrayLike
) -> FloatArray:
    r"""Return how well the distance of a pair fits what the market buys from how far away.

    .. math:: \exp(-|\ln \bar d_{jk} - \ln d_{ij}|)

    with :math:`\bar d_{jk}` the mean distance over which the importer buys product k, weighed by
    value.

    Parameters
    ----------
    flows : Flows
    exporter, importer : country codes
    distances : array_like of shape (n_countries, n_countries)
        Above 0, in any unit, in the order of `flows.countries`; nan where not known. A supplier
        at an unknown distance is left out of the mean.

    Returns
    -------
    ndarray of shape (n_products,), from 0 to 1
        nan for a product the importer buys from nowhere that is known.

    Raises
    ------
    BadTable
        When shapes do not fit, a distance is not above zero, or a country is not in the flows.
    """
    table = np.asarray(distances, dtype=np.float64)
    n = len(flows.countries)
    if table.shape != (n, n):
        raise BadTable("distances must have a row and a column for each country of the flows.")
    i, j = flows.at(exporter), flows.at(importer)
    far = table[:, j]
    here = (flows.importer == j) & ~np.isnan(far[flows.exporter])
    seller, product = flows.exporter[here], flows.product[here]
    value = flows.value[here]
    if not ((far[seller] > 0).all() and table[i, j] > 0):
        raise BadTable("distances must be known for the pair, and above zero.")
    m = len(flows.products)
    bought = np.bincount(product, value, m)
    mean = np.bincount(product, value * far[seller], m) / np.where(bought > 0, bought, np.nan)
    return np.asarray(np.exp(-np.abs(np.log(mean) - np.log(table[i, j]))))


def _factor(growth: Mapping[str, float], country: str) -> float:
    found = growth.get(country)
    if found is None or not (np.isfinite(found) and found > 0):
        raise BadTable(f"{country} needs a factor of growth above zero, such as 1.2.")
    return float(found)
