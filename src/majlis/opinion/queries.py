"""What a closed round says, as far as it may be shown to whom."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import opinionspace
from majlis.dialogue import queries as dialogue
from majlis.dialogue.models import Round, Statement
from majlis.kernel.disclosure import Audience, Breakdown, Counts
from majlis.opinion.models import Result

SMALLEST_MAP = 20  # persons; under that a map of persons points at persons


@dataclass(frozen=True, slots=True)
class Line:
    """One statement with what may be shown of its counts."""

    statement: Statement
    breakdown: Breakdown

    @property
    def total(self) -> Counts | None:
        return self.breakdown.total

    @property
    def agreement(self) -> float:
        return (self.total.agreement or 0.0) if self.total else -1.0

    @property
    def disagreement(self) -> float:
        return (self.total.disagreement or 0.0) if self.total else -1.0

    @property
    def split(self) -> float:
        """How evenly agree and disagree divide the answers: 4·a·d, 1 at half and half."""
        return 4 * max(self.agreement, 0.0) * max(self.disagreement, 0.0)


ORDERS: dict[str, Callable[[Line], float]] = {
    "agreement": lambda line: -line.agreement,
    "disagreement": lambda line: -line.disagreement,
    "split": lambda line: -line.split,
    "number": lambda line: line.statement.number,
}


def lines(round: Round, audience: Audience, *, order: str = "agreement") -> Sequence[Line]:
    """Statements of a closed round with their counts at the finest level that passes."""
    counts = dialogue.counts_of(round)
    found = []
    for statement in dialogue.statements_in(round):
        if not statement.is_moderated_out:
            shown = dialogue.breakdown(statement, audience, counts=counts[statement.pk])
            found.append(Line(statement, shown))
    return sorted(found, key=lambda line: (ORDERS[order](line), line.statement.number))


@dataclass(frozen=True, slots=True)
class Seat:
    """Where one voice lies on the map; `group` is None outside every group."""

    x: float
    y: float
    group: int | None


@dataclass(frozen=True, slots=True)
class Group:
    """People who vote alike by the recipe, and the statements that stand for them."""

    number: int
    size: int
    statements: Sequence[Statement]


@dataclass(frozen=True, slots=True)
class Map:
    """The first map by the recipe of Polis: for the desk only, and not a finding."""

    result: Result
    seats: Sequence[Seat]
    groups: Sequence[Group]


def newest_result(round: Round, *, mode: str = "polis") -> Result | None:
    """The kept result for the votes as they stand, or None."""
    return Result.objects.filter(
        round=round,
        mode=mode,
        revision=dialogue.revision(round),
        package_version=opinionspace.__version__,
    ).first()


def map_of(round: Round) -> Map | None:
    """The map of a round, or None: not kept yet, too few people, or a group too small to show."""
    result = newest_result(round)
    if result is None or len(result.content["voices"]) < SMALLEST_MAP:
        return None
    content = result.content
    by_code = {s.code: s for s in dialogue.statements_in(round)}
    seats = [
        Seat(v["x"], v["y"], v["group"] if v["group"] >= 0 else None) for v in content["voices"]
    ]
    sizes = [sum(seat.group == g for seat in seats) for g in range(content["k"])]
    if min(sizes) < round.edition.smallest(Audience.ROOM):
        return None
    groups = [
        Group(g + 1, sizes[g], [by_code[code] for code in content["representative"][g]])
        for g in range(content["k"])
    ]
    return Map(result, sorted(seats, key=lambda s: (s.x, s.y)), groups)
