"""How finely the counts of one statement may be shown, alone and beside what was shown before.

The law, which `tests/kernel/test_disclosure_tables.py` proves by linear algebra: every combination
(sum, difference, multiple) of the numbers shown, at one moment or at several, depends on the
answers of at least `smallest` voices, or of none.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
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
    """What was shown before: the names of its ways, and by cell how voices have answered since.

    `same` answered then and still stand by it, `changed` have answered otherwise since, and
    `new` had not answered then.
    """

    ways: frozenset[str]
    same: Mapping[Cell, int]
    changed: Mapping[Cell, int]
    new: Mapping[Cell, int]

    @property
    def since(self) -> dict[Cell, int]:
        """Voices that have answered, or answered otherwise, since then."""
        return _added(self.changed, self.new)

    @property
    def then(self) -> dict[Cell, int]:
        """Voices that had answered then."""
        return _added(self.same, self.changed)


def ways_to_show(
    answers: Mapping[Cell, int],
    hierarchies: Sequence[Sequence[Way]],
    *,
    smallest: int,
    earlier: Sequence[Earlier] = (),
    within: Collection[str] | None = None,
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
    within
        Names of the ways in which others see the same counts now: nothing finer is chosen.
    """
    if 0 < sum(answers.values()) < smallest or not sum(answers.values()):
        return None
    if not all(_may_follow([], before, hierarchies, smallest) for before in earlier):
        return None
    for ways in product(*([*_from(hierarchy, within), None] for hierarchy in hierarchies)):
        chosen = [way for way in ways if way is not None]
        if (
            all(_tells_apart(answers, way) for way in chosen)
            and rests_on_enough(answers, chosen, smallest)
            and all(_may_follow(chosen, before, hierarchies, smallest) for before in earlier)
        ):
            return tuple(way.name for way in chosen)
    return ()


def _from(hierarchy: Sequence[Way], within: Collection[str] | None) -> Sequence[Way]:
    """The ways of a hierarchy that are no finer than the one among `within`."""
    if within is None:
        return hierarchy
    finest = next((n for n, way in enumerate(hierarchy) if way.name in within), len(hierarchy))
    return hierarchy[finest:]


def _tells_apart(answers: Mapping[Cell, int], way: Way) -> bool:
    return len({way.label(cell) for cell, n in answers.items() if n}) > 1


def _may_follow(
    ways: Sequence[Way], before: Earlier, hierarchies: Sequence[Sequence[Way]], smallest: int
) -> bool:
    """Whether tables in these ways may be seen by who has seen the earlier ones.

    What combines the two moments is `a_p` for an answer of the one and `b_q` for an answer of the
    other. For a voice that stands by its answer they add up; one that has changed it counts twice.

    In one hierarchy, where the later table is as fine or coarser, the smallest combination takes
    a cell of it from the same voices then: it rests on those who have answered since. Where it is
    finer, it takes in each part of a cell either the voices that were there, or those who are new.

    With two hierarchies it is enough that the later ways pass for the voices of then, and for
    those who have answered since, and that neither moment is finer than the other in one
    hierarchy and coarser in another: crossed, they would tell cells that neither shows.
    """
    sides = [_places(ways, before.ways, hierarchy) for hierarchy in hierarchies]
    apart = {now > then for now, then in sides if now != then}
    if len(apart) > 1:
        return False
    used = [n for n, place in enumerate(sides) if min(place) < len(hierarchies[n])]
    if len(used) > 1:
        return rests_on_enough(before.then, ways, smallest) and rests_on_enough(
            before.since, ways, smallest
        )
    if apart != {False}:  # the later one is as fine, or coarser
        return rests_on_enough(before.since, ways, smallest)
    [at] = used
    coarse = [way for way in hierarchies[at] if way.name in before.ways]
    parts: dict[str, dict[str, list[int]]] = {}
    for place, table in enumerate((before.same, before.changed, before.new)):
        for cell, n in table.items():
            whole = coarse[0].label(cell) if coarse else ""
            part = parts.setdefault(whole, {}).setdefault(ways[0].label(cell), [0, 0, 0])
            part[place] += n
    return passes(
        (sum(c + min(u, n) for u, c, n in cells.values()) for cells in parts.values()), smallest
    )


def _places(
    ways: Sequence[Way], before: frozenset[str], hierarchy: Sequence[Way]
) -> tuple[int, int]:
    """How coarse a hierarchy is now and was then: places in it, its length for not at all."""
    names = {way.name for way in ways}
    order = [way.name for way in hierarchy]
    now = next((n for n, name in enumerate(order) if name in names), len(order))
    then = next((n for n, name in enumerate(order) if name in before), len(order))
    return now, then


def _added(one: Mapping[Cell, int], other: Mapping[Cell, int]) -> dict[Cell, int]:
    return {cell: one.get(cell, 0) + other.get(cell, 0) for cell in {*one, *other}}


def rests_on_enough(voices: Mapping[Cell, int], ways: Sequence[Way], smallest: int) -> bool:
    """Whether all that can be had from tables in these ways depends on `smallest` voices or more.

    One way: every cell that holds anybody is large enough. Two ways: a combination of sums over
    cells of the one and of the other is `a_p + b_q` for a voice in the cells p and q, and what it
    depends on is a union of symmetric differences between cells of the one way and cells of the
    other. So it is enough that no such difference holds from 1 to `smallest - 1` voices. For each
    choice of cells of the one way, the nearest choice of the other is found cell by cell.
    """
    tables = [_summed(voices, way) for way in ways]
    whole = {"": sum(voices.values())}
    if not all(passes(table.values(), smallest) for table in (whole, *tables)):
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
