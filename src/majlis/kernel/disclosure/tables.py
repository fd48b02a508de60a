"""How finely the counts of one statement are shown beside the exact counts of all."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from majlis.kernel.disclosure.counts import Counts
from majlis.kernel.disclosure.ranges import Ranges, leaves_open, ranges_of

Cell = tuple[str, str]
"""What counts are broken down by: the constituency and the country of a voice."""

WHOLE = "room"
"""The level at which nobody is told apart."""


@dataclass(frozen=True, slots=True)
class Way:
    """A way to tell voices apart: its name, and the label it gives to a cell."""

    name: str
    label: Callable[[Cell], str]


@dataclass(frozen=True, slots=True)
class Detail:
    """How finely counts are shown: the name of a way or `WHOLE`, and whether groups have only the
    words *half or fewer* and *more than half*."""

    level: str = WHOLE
    two_words: bool = False


@dataclass(frozen=True, slots=True)
class Breakdown:
    """What may be shown of the answers to one statement.

    `total` are the exact counts of everybody, None where fewer than the smallest cell answered.
    `cells` are ranges by group at `level`; empty where only the whole is shown.
    """

    level: str = WHOLE
    cells: Mapping[str, Ranges] = field(default_factory=dict)
    total: Counts | None = None


def detail_to_show(
    table: Mapping[Cell, Counts],
    ways: Sequence[Way],
    *,
    smallest: int,
    passes_over: Callable[[], bool],
) -> Detail | None:
    """Choose the finest detail in which counts may be shown; None if not even the whole may.

    A level is taken only if every group that holds anybody holds `smallest` answers, which its
    size alone decides, and if its ranges obey the law of ranges. Ballots that nobody has entered a
    second time count, and fill no group. That a level is missing would tell something by itself, so
    each is passed over by lot now and then: a reader never knows why.

    Parameters
    ----------
    table
        Answers by cell.
    ways
        From the finest to the coarsest, each a roll-up of the one before.
    smallest
        Fewest answers of a group that is told apart.
    passes_over
        The lot: says whether to go on to the next detail although this one might do.
    """
    if not _fills(table.values(), smallest):
        return None
    for way in ways:
        groups = counted(table, way)
        if len(groups) > 1 and _all_fill(groups, smallest):
            for two_words in (False, True):
                if not passes_over() and leaves_open(groups, two=two_words):
                    return Detail(way.name, two_words)
    return Detail()


def broken_down(
    table: Mapping[Cell, Counts], detail: Detail | None, ways: Sequence[Way], *, smallest: int
) -> Breakdown:
    """Break counts down in the detail that was chosen for others or before, or not at all.

    Where a group is smaller than `smallest`, nothing finer than the whole is shown, and nothing
    at all where so few answered.
    """
    whole = sum(table.values(), Counts())
    if detail is None or not _fills(table.values(), smallest):
        return Breakdown()
    way = next((way for way in ways if way.name == detail.level), None)
    groups = counted(table, way) if way else {}
    if not _all_fill(groups, smallest):
        groups = {}
    if not groups or not leaves_open(groups, two=detail.two_words):
        return Breakdown(total=whole)
    cells = {key: ranges_of(one, two=detail.two_words) for key, one in sorted(groups.items())}
    return Breakdown(detail.level, cells, whole)


def _fills(counts: Iterable[Counts], smallest: int) -> bool:
    return sum(one.sure for one in counts) >= max(1, smallest)


def _all_fill(groups: Mapping[str, Counts], smallest: int) -> bool:
    return all(_fills([one], smallest) for one in groups.values())


def counted(table: Mapping[Cell, Counts], way: Way) -> dict[str, Counts]:
    """The answers of each group that has any."""
    total: dict[str, Counts] = {}
    for cell, counts in table.items():
        if counts.answers:
            total[way.label(cell)] = total.get(way.label(cell), Counts()) + counts
    return total
