r"""What two countries, or a region, are to each other: rivals, partners, neighbours."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tradestats.advantage import trade_table
from tradestats.errors import BadTable
from tradestats.flows import FloatArray, Flows


def finger_kreinin(exports: npt.ArrayLike) -> FloatArray:
    r"""Return how similar the exports of each two countries are.

    .. math:: \sum_k \min(x_{ak}, x_{bk})

    with x the product's share in a country's exports. Symmetric, from 0 to 1, and higher at
    coarser levels: print the level of the products beside it.

    Returns
    -------
    ndarray of shape (n_countries, n_countries)
        nan in row and column of a country without exports.

    References
    ----------
    Finger, J. & Kreinin, M. (1979), The Economic Journal 89:905-912.

    Examples
    --------
    >>> finger_kreinin([[3, 1], [1, 1], [0, 0]])[0].tolist()
    [1.0, 0.75, nan]
    """
    table = _shares(trade_table(exports))
    return np.array([np.minimum(row, table).sum(axis=1) for row in table]).reshape(
        (len(table),) * 2
    )


def grubel_lloyd(there: npt.ArrayLike, back: npt.ArrayLike) -> float:
    r"""Return the share of trade between two countries that goes both ways in one product.

    .. math:: 1 - \sum_k |T_{ijk} - T_{jik}| / \sum_k (T_{ijk} + T_{jik})

    nan where the two do not trade at all: nothing to go both ways is not the same as one.

    References
    ----------
    Grubel, H. & Lloyd, P. (1971), Economic Record 47:494-517; (1975), Intra-Industry Trade.

    Examples
    --------
    >>> grubel_lloyd([10, 0], [10, 20])
    0.5
    >>> grubel_lloyd([0, 0], [0, 0])
    nan
    """
    one, other = (np.asarray(each, dtype=np.float64) for each in (there, back))
    if one.shape != other.shape:
        raise BadTable("both directions must have the same products.")
    total = (one + other).sum()
    return float(1 - np.abs(one - other).sum() / total) if total > 0 else float("nan")


def complementarity(exports: npt.ArrayLike, imports: npt.ArrayLike) -> FloatArray:
    r"""Return how well what each country (row) sells fits what each (column) buys.

    .. math:: 100 \, (1 - \tfrac12 \sum_k |m_{jk} - x_{ik}|)

    From 0 to 100; a direction, not a pair: i to j is not j to i.

    Returns
    -------
    ndarray of shape (n_countries, n_countries)
        nan for an exporter without exports or an importer without imports.

    References
    ----------
    Michaely, M. (1996), World Bank Policy Research Working Paper 1583.

    Examples
    --------
    >>> complementarity([[1, 0], [0, 1]], [[0, 1], [1, 1]]).tolist()
    [[0.0, 50.0], [100.0, 50.0]]
    """
    sold = _shares(trade_table(exports))
    bought = _shares(trade_table(imports, "imports"))
    if sold.shape[1] != bought.shape[1]:
        raise BadTable("exports and imports must have the same products.")
    apart = np.array([np.abs(bought - row).sum(axis=1) for row in sold])
    return np.asarray(100 * (1 - apart / 2))


def intensity(bilateral: npt.ArrayLike, *, corrected: bool = False) -> FloatArray:
    r"""Return how much more each country sells to each other one than the world does.

    .. math:: \frac{T_{ij} / X_i}{M_j / V}

    `corrected` takes what i itself buys out of the world, which it cannot sell to itself:
    the share of j is then :math:`M_j / (V - M_i)`.

    Returns
    -------
    ndarray of shape (n_countries, n_countries)
        nan for a country without exports or imports, and for a country with itself.

    References
    ----------
    Kojima, K. (1964), Hitotsubashi Journal of Economics 5:16-36; Drysdale, P. & Garnaut, R.
    (1982), Hitotsubashi Journal of Economics 22:62-84.
    """
    table = trade_table(bilateral, "bilateral trade")
    if table.shape[0] != table.shape[1]:
        raise BadTable("bilateral trade must have as many exporters as importers.")
    sold, bought, total = table.sum(axis=1), table.sum(axis=0), table.sum()
    world = (total - bought)[:, None] if corrected else np.full((len(table), 1), total)
    with np.errstate(divide="ignore", invalid="ignore"):
        found = (table / sold[:, None]) / np.where(bought > 0, bought / world, np.nan)
    np.fill_diagonal(found, np.nan)
    return np.asarray(found)


@dataclass(frozen=True)
class RegionalTrade:
    """How much of a region's trade stays inside it.

    Attributes
    ----------
    inside : float
        Trade among its members, in the unit of the flows.
    export_share, import_share, share : float
        That trade as a share of the region's exports, imports, and both: 2·inside/(X + M).
    world_share : float
        The region's share of world trade: (X + M)/2V.
    intensity : float
        `share` over `world_share`: 1 where members trade with each other as the world does.
    introversion : float
        The symmetric index of Iapadre (2006), from −1 to 1: inner intensity against the
        intensity of trade with the rest.
    """

    inside: float
    export_share: float
    import_share: float
    share: float
    world_share: float
    intensity: float
    introversion: float


def regional_trade(flows: Flows, region: Collection[str]) -> RegionalTrade:
    """Return how much of a region's trade stays inside it.

    Shares are nan where the region has no trade, and everything about the world is about the
    countries in `flows`: of a file of one continent, that is the continent.

    References
    ----------
    Mikic, M. & Gilbert, J. (2009), Trade Statistics in Policymaking, ESCAP; Iapadre, L. (2006),
    in Assessment and Measurement of Regional Integration, Routledge.

    Raises
    ------
    BadTable
        When a country is not in these flows.
    """
    members = flows.members(region)
    table = flows.bilateral()
    inside = float(table[np.ix_(members, members)].sum())
    sold, bought = float(table[members].sum()), float(table[:, members].sum())
    total = float(table.sum())
    share = _ratio(2 * inside, sold + bought)
    world = _ratio(sold + bought, 2 * total)
    inner = _ratio(inside / sold if sold else float("nan"), _ratio(bought, total))
    outer = _ratio(_ratio(sold - inside, sold), _ratio(total - bought, total))
    return RegionalTrade(
        inside=inside,
        export_share=_ratio(inside, sold),
        import_share=_ratio(inside, bought),
        share=share,
        world_share=world,
        intensity=_ratio(share, world),
        introversion=_ratio(inner - outer, inner + outer),
    )


def _shares(table: FloatArray) -> FloatArray:
    total = table.sum(axis=1, keepdims=True)
    return table / np.where(total > 0, total, np.nan)


def _ratio(over: float, under: float) -> float:
    return over / under if under else float("nan")
