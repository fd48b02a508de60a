"""How finely the counts of one statement may be shown, alone and beside the whole."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from majlis.kernel.disclosure.counts import Breakdown, Counts, passes

Cell = tuple[str, str]
"""What counts are broken down by: the constituency and the country of a voice."""

WHOLE = "room"
"""The level at which nobody is told apart."""


@dataclass(frozen=True, slots=True)
class Way:
    """A way to tell voices apart: its name, and the label it gives to a cell."""

    name: str
    label: Callable[[Cell], str]


def way_to_show(
    answers: Mapping[Cell, int],
    ways: Sequence[Way],
    *,
    smallest: int,
    within: str | None = None,
) -> str | None:
    """Name the finest way in which counts may be broken down; None if they may not be shown.

    `WHOLE` stands for the whole only. Every cell that holds anybody must hold `smallest` voices.

    Parameters
    ----------
    answers
        Voices that have answered, by cell.
    ways
        From the finest to the coarsest, each a roll-up of the one before.
    smallest
        Fewest voices on whom anything shown may depend.
    within
        The way in which others see the same counts: nothing finer is chosen.
    """
    n = sum(answers.values())
    if not n or n < smallest:
        return None
    names = [way.name for way in ways]
    if within is not None:
        ways = ways[names.index(within) if within in names else len(ways) :]
    for way in ways:
        sizes = _summed(answers, way)
        if len(sizes) > 1 and passes(sizes.values(), smallest):
            return way.name
    return WHOLE


def broken_down(table: Mapping[Cell, Counts], name: str | None, ways: Sequence[Way]) -> Breakdown:
    """Break counts down in the way that was found fit to be shown; None for not at all."""
    if name is None:
        return Breakdown(WHOLE, {}, None)
    whole = sum(table.values(), Counts())
    way = next((way for way in ways if way.name == name), None)
    return Breakdown(name, _counted(table, way), whole) if way else Breakdown(WHOLE, {}, whole)


def _summed(voices: Mapping[Cell, int], way: Way) -> dict[str, int]:
    total: dict[str, int] = {}
    for cell, n in voices.items():
        if n:
            total[way.label(cell)] = total.get(way.label(cell), 0) + n
    return total


def _counted(table: Mapping[Cell, Counts], way: Way) -> dict[str, Counts]:
    total: dict[str, Counts] = {}
    for cell, counts in table.items():
        if counts.answers:
            total[way.label(cell)] = total.get(way.label(cell), Counts()) + counts
    return total
