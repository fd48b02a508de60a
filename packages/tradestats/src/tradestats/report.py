"""Print what a file of flows says: what was read, a region at a glance, and its links."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

import numpy as np

from tradestats.flows import Flows, Tally
from tradestats.partners import grubel_lloyd, regional_trade
from tradestats.potential import Link, regional_links

#: What is shown where a pair or a number was not observed; never 0.
GAP = "–"


def tally_lines(tally: Tally, unit: str) -> Iterator[str]:
    """Yield what was read, dropped for which reason, and kept."""
    yield f"Read: {tally.rows_read:,} rows, {tally.value_read:,.1f} {unit}"
    for reason, (rows, value) in tally.dropped.items():
        yield f"Dropped, {reason}: {rows:,} rows, {value:,.1f} {unit}"
    yield f"Kept: {tally.rows_kept:,} rows, {tally.value_kept:,.1f} {unit}"


def region_lines(flows: Flows, region: Sequence[str], *, most: int = 20) -> Iterator[str]:
    """Yield a region at a glance: how much stays inside, who sells to whom, and what could be.

    Raises
    ------
    BadTable
        When a country is not in these flows.
    """
    found = regional_trade(flows, region)
    yield f"Trade inside the region: {found.inside:,.1f} {flows.unit}"
    yield (
        f"Share of its exports {_percent(found.export_share)}, of its imports "
        f"{_percent(found.import_share)}, of both {_percent(found.share)}"
    )
    yield (
        f"Share of the trade in this file: {_percent(found.world_share)}; "
        f"intensity {_number(found.intensity)}, introversion {_number(found.introversion)}"
    )
    yield ""
    yield f"Exports of rows to columns, {flows.unit}; {GAP} is not observed"
    yield from grid(_matrix(flows, region))
    yield ""
    yield "Trade both ways in the same product (Grubel-Lloyd)"
    yield from grid(_both_ways(flows, region))
    yield ""
    yield from _link_lines(regional_links(flows, region), most, flows.unit)


def grid(rows: Collection[Sequence[str]]) -> Iterator[str]:
    """Yield rows as lines with aligned columns, the first to the left."""
    width = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for first, *rest in rows:
        cells = [first.ljust(width[0])]
        cells += [cell.rjust(wide) for cell, wide in zip(rest, width[1:], strict=True)]
        yield "  ".join(cells)


def _matrix(flows: Flows, region: Sequence[str]) -> list[list[str]]:
    value, seen = flows.bilateral(), flows.observed()
    at = [flows.at(country) for country in region]
    rows = [["", *region]]
    for one, i in zip(region, at, strict=True):
        rows.append([one, *(f"{value[i, j]:,.1f}" if seen[i, j] else GAP for j in at)])
    return rows


def _both_ways(flows: Flows, region: Sequence[str]) -> list[list[str]]:
    rows = [["", *region]]
    for one in region:
        pairs = (
            np.nan if one == other else grubel_lloyd(flows.pair(one, other), flows.pair(other, one))
            for other in region
        )
        rows.append([one, *map(_number, pairs)])
    return rows


def _link_lines(links: Sequence[Link], most: int, unit: str) -> Iterator[str]:
    kinds = [sum(one.kind == kind for one in links) for kind in ("missing", "underused", "used")]
    yield (
        "What a member buys outside and another sells outside, with an advantage: "
        f"{kinds[0]} links missing, {kinds[1]} underused, {kinds[2]} used"
    )
    open_ = [one for one in links if one.kind != "used"]
    if not open_:
        return
    head = ["buyer", "seller", "product", f"could be, {unit}", "is", "RCA", ""]
    yield from grid(
        [
            head,
            *(
                [
                    one.buyer,
                    one.seller,
                    one.product,
                    f"{one.potential:,.1f}",
                    f"{one.now:,.1f}" if one.now else GAP,
                    f"{one.advantage:,.2f}",
                    one.kind,
                ]
                for one in open_[:most]
            ),
        ]
    )
    if len(open_) > most:
        yield f"… and {len(open_) - most:,} more that are missing or underused"


def _percent(share: float) -> str:
    return GAP if np.isnan(share) else f"{100 * share:.2f}%"


def _number(value: float) -> str:
    return GAP if np.isnan(value) else f"{value:.3f}"
