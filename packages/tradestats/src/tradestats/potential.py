r"""What could be traded: links that are missing inside a region, and export potential."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from tradestats.advantage import rca
from tradestats.errors import BadTable
from tradestats.flows import FloatArray, Flows

#: Trade under this share of what it could be is called underused.
UNDERUSED = 0.1


@dataclass(frozen=True)
class Link:
    """What one member of a region buys outside that another member sells outside.

    Attributes
    ----------
    buyer, seller, product : str
    potential : float
        The smaller of what the buyer imports from outside the region and what the seller
        exports to outside it. Several sellers may have the same imports in view: do not add up
        over sellers.
    now : float
        What the seller sells the buyer already.
    kind : str
        `missing` where nothing is observed, `underused` where it is under a tenth of the
        potential, else `used`.
    advantage : float
        The seller's RCA.
    """

    buyer: str
    seller: str
    product: str
    potential: float
    now: float
    kind: str
    advantage: float


def regional_links(
    flows: Flows, region: Collection[str], *, least: float = 0.0
) -> tuple[Link, ...]:
    """Return what members of a region could buy from each other, the largest first.

    A seller counts with a revealed advantage (RCA of 1 or more, over the countries in `flows`).

    Parameters
    ----------
    flows : Flows
        World trade: RCA and trade with outside need the other countries too.
    region : collection of country codes
    least : float
        Potentials under this are left out.

    Raises
    ------
    BadTable
        When a country is not in these flows.
    """
    inside = flows.members(region)
    bought = flows.chosen(~inside[flows.exporter], "from inside").imports()
    sold = flows.chosen(~inside[flows.importer], "to inside").exports()
    advantage = rca(flows.exports())
    members = np.flatnonzero(inside)
    found = [
        link
        for buyer in members
        for seller in members
        if buyer != seller
        for link in _links(flows, int(buyer), int(seller), bought, sold, advantage)
        if link.potential >= least
    ]
    return tuple(
        sorted(found, key=lambda one: (-one.potential, one.buyer, one.seller, one.product))
    )


def export_potential(
    flows: Flows, exporter: str, importer: str, *, net: bool = False
) -> FloatArray:
    r"""Return the core of ITC's export potential of a pair, by product.

    .. math:: \mathrm{EPI}_{ijk} = \frac{v_{ik}}{v_k} \, v_{jk} \,
              \frac{v_{ij}}{\sum_k v_{ik} v_{jk} / v_k}

    Supply, demand, and how easily the two trade at all. It spreads the trade of the pair over
    products: its sum is that trade. So a pair that does not trade has a potential of 0 by
    construction; use the mean ease of a region for pairs that are closed.

    Growth, tariffs and distance are factors of their own: see `adjusted`.

    Parameters
    ----------
    flows : Flows
    exporter, importer : country codes
    net : bool
        Whether supply is scaled by min(1, exports/imports) of the exporter, which takes out
        what is only passed on. The sum is then smaller than the trade of the pair.

    References
    ----------
    Decreux, Y. & Spies, J. (2016), Export Potential Assessments, International Trade Centre.

    Raises
    ------
    BadTable
        When a country is not in these flows.
    """
    i, j = flows.at(exporter), flows.at(importer)
    supply, demand = flows.exports(), flows.imports()
    world = supply.sum(axis=0)
    fit = supply[i] * demand[j] / np.where(world > 0, world, 1.0)
    total = fit.sum()
    if not total:
        return np.zeros_like(fit)
    found = fit * (flows.bilateral()[i, j] / total)
    if net:
        bought = np.where(demand[i] > 0, demand[i], supply[i])  # nothing bought, all is its own
        found = found * np.minimum(1.0, supply[i] / np.where(bought > 0, bought, 1.0))
    return np.asarray(found)


@dataclass(frozen=True, eq=False)
class Stages:
    """A value chain by country and stage.

    `exports`, `imports` and `advantage` have one row for each country and one column for each
    stage; `advantage` is the RCA of the stage's products taken together.
    """

    stages: tuple[str, ...]
    exports: FloatArray
    imports: FloatArray
    advantage: FloatArray


def chain_profile(flows: Flows, stages: Mapping[str, Sequence[str]]) -> Stages:
    """Return where each country stands in a value chain.

    Parameters
    ----------
    flows : Flows
    stages : mapping from stage to product codes
        A code may be the beginning of codes (HS4 of HS6). A code that serves several stages
        counts in each.

    References
    ----------
    Sturgeon, T. & Memedovic, O. (2010), Mapping Global Value Chains, UNIDO WP 05/2010.

    Raises
    ------
    BadTable
        When there is no stage, or one without a product of these flows.
    """
    if not stages:
        raise BadTable("a chain needs one stage or more.")
    exports, imports = flows.exports(), flows.imports()
    chosen = []
    for stage, codes in stages.items():
        here = np.array([code.startswith(tuple(codes)) for code in flows.products], dtype=bool)
        if not codes or not here.any():
            raise BadTable(f"no product of these flows belongs to stage “{stage}”.")
        chosen.append(here)
    sold = np.column_stack([exports[:, here].sum(axis=1) for here in chosen])
    bought = np.column_stack([imports[:, here].sum(axis=1) for here in chosen])
    own, world = exports.sum(axis=1), sold.sum(axis=0) / exports.sum()
    with np.errstate(divide="ignore", invalid="ignore"):
        advantage = (
            sold / np.where(own > 0, own, np.nan)[:, None] / np.where(world > 0, world, np.nan)
        )
    return Stages(tuple(stages), sold, bought, np.asarray(advantage))


def _links(
    flows: Flows,
    buyer: int,
    seller: int,
    bought: FloatArray,
    sold: FloatArray,
    advantage: FloatArray,
) -> Iterator[Link]:
    names = flows.countries[buyer], flows.countries[seller]
    now = flows.pair(names[1], names[0])
    could = np.minimum(bought[buyer], sold[seller])
    for k in np.flatnonzero((could > 0) & (np.nan_to_num(advantage[seller]) >= 1)):
        numbers = float(could[k]), float(now[k])
        kind = _kind(*numbers)
        yield Link(*names, flows.products[k], *numbers, kind, float(advantage[seller, k]))


def _kind(could: float, now: float) -> str:
    if now == 0:
        return "missing"
    return "underused" if now < UNDERUSED * could else "used"
