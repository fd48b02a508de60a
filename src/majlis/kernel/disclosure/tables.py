"""How finely the counts of one statement may be shown, alone and beside what was shown before.

The law, which `tests/kernel/test_disclosure_tables.py` proves by linear algebra: every combination
(sum, difference, multiple) of the numbers shown, at one moment or at several, depends on the
answers of at least `smallest` voices, or of none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from majlis.kernel.disclosure.counts import Breakdown, Counts, passes

Cell = tuple[str, str]
"""What counts are broken down by: the constituency and the country of a voice."""

MOST_ENUMERATED = 12


@dataclass(frozen=True, slots=True)
class Way:
    """A way to tell voices apart: its name, and the label it gives to a cell."""

    name: str
    label: Callable[[Cell], str]


@dataclass(frozen=True, slots=True)
class Earlier:
    """What was shown before: the names of its ways, and the voices whose answer differs now.

    `changed` counts, by cell, voices that have answered, or answered otherwise, since then.
    """

    ways: frozenset[str]
    changed: Mapping[Cell, int]


def ways_to_show(
    answers: Mapping[Cell, int],
    hierarchies: Sequence[Sequence[Way]],
    *,
    smallest: int,
    earlier: Sequence[Earlier] = (),
) -> tuple[str, ...] | None:
    """The ways in which counts may be broken down; `()` for the whole only, None for not at all.

    Parameters
    ----------
    answers
        Voices that have answered, by cell.
    hierarchies
        At most two lists of ways, each from the finest to the coarsest, each way a roll-up of the
        one before. At most one way of each is chosen, as fine as can be, the first list first.
    smallest
        Fewest voices on whom anything shown may depend.
    earlier
        What the same readers may have seen of this statement before.
    """
    if 0 < sum(answers.values()) < smallest or not sum(answers.values()):
        return None
    if any(not passes([sum(e.changed.values())], smallest) for e in earlier):
        return None
    for ways in product(*([*hierarchy, None] for hierarchy in hierarchies)):
        chosen = [way for way in ways if way is not None]
        if all(_tells_apart(answers, way) for way in chosen) and _fits(
            answers, chosen, hierarchies, smallest, earlier
        ):
            return tuple(way.name for way in chosen)
    return ()


def _tells_apart(answers: Mapping[Cell, int], way: Way) -> bool:
    return len({way.label(cell) for cell, n in answers.items() if n}) > 1


def _fits(
    answers: Mapping[Cell, int],
    ways: Sequence[Way],
    hierarchies: Sequence[Sequence[Way]],
    smallest: int,
    earlier: Sequence[Earlier],
) -> bool:
    if not rests_on_enough(answers, ways, smallest):
        return False
    for before in earlier:
        common = _coarser(ways, before.ways, hierarchies)
        if common is None or not rests_on_enough(before.changed, common, smallest):
            return False
    return True


def _coarser(
    ways: Sequence[Way], before: frozenset[str], hierarchies: Sequence[Sequence[Way]]
) -> list[Way] | None:
    """The coarser of two choices of ways; None when neither rolls up the other in all of them.

    Two that are each finer somewhere could be crossed into cells that neither shows.
    """
    names = {way.name for way in ways}
    coarser, sides = [], set()
    for hierarchy in hierarchies:
        order = [way.name for way in hierarchy]
        now = next((order.index(n) for n in order if n in names), len(order))
        then = next((order.index(n) for n in order if n in before), len(order))
        if now != then:
            sides.add(now > then)
        if max(now, then) < len(order):
            coarser.append(hierarchy[max(now, then)])
    return coarser if len(sides) < 2 else None


def rests_on_enough(voices: Mapping[Cell, int], ways: Sequence[Way], smallest: int) -> bool:
    """Whether all that can be had from tables in these ways depends on `smallest` voices or more.

    One way: every cell that holds anybody is large enough. Two ways: a combination of sums over
    cells of the one and of the other is `a_p + b_q` for a voice in the cells p and q, and what it
    depends on is a union of symmetric differences between cells of the one way and cells of the
    other. So it is enough that no such difference holds from 1 to `smallest - 1` voices. For each
    choice of cells of the one way, the nearest choice of the other is found cell by cell.
    """
    tables = [_summed(voices, way) for way in ways]
    if not all(passes(table.values(), smallest) for table in tables):
        return False
    if len(ways) < 2:
        return True
    few, many = sorted(range(2), key=lambda side: len(tables[side]))
    if len(tables[few]) > MOST_ENUMERATED:
        return False  # too many to be sure in reasonable time, so the finer way is not taken
    places = {label: 1 << n for n, label in enumerate(tables[few])}
    crossed: dict[str, list[tuple[int, int]]] = {}
    for cell, n in voices.items():
        if n:
            place = places[ways[few].label(cell)]
            crossed.setdefault(ways[many].label(cell), []).append((place, n))
    return not any(
        0 < _difference(choice, crossed.values()) < smallest for choice in range(1 << len(places))
    )


def _difference(choice: int, crossed: Iterable[Sequence[tuple[int, int]]]) -> int:
    """Voices in the smallest difference between the chosen cells and cells of the other way."""
    found = 0
    for parts in crossed:
        inside = sum(n for place, n in parts if place & choice)
        found += min(inside, sum(n for _place, n in parts) - inside)
    return found


def broken_down(
    table: Mapping[Cell, Counts],
    ways: Sequence[str] | None,
    hierarchies: Sequence[Sequence[Way]],
) -> Breakdown:
    """The counts in the ways that were found fit to be shown; None for not at all.

    The first hierarchy tells groups apart, the second countries.
    """
    if ways is None:
        return Breakdown("room", {}, None)
    whole = sum(table.values(), Counts())
    groups, countries = (
        next((way for way in hierarchy if way.name in ways), None) for hierarchy in hierarchies
    )
    return Breakdown(
        groups.name if groups else "room",
        _counted(table, groups) if groups else {},
        whole,
        _counted(table, countries) if countries else {},
    )


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
