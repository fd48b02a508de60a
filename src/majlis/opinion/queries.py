"""What a closed round says, as far as it may be shown to whom."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import opinionspace
from majlis.dialogue import queries as dialogue
from majlis.dialogue.models import Round, Statement
from majlis.kernel.disclosure import Audience, Breakdown
from majlis.opinion.models import Result

SMALLEST_MAP = 20  # persons; under that a map of persons points at persons


Order = Callable[[Breakdown], float]


def _agreement(shown: Breakdown) -> float:
    return (shown.total.agreement or 0.0) if shown.total else -1.0


def _disagreement(shown: Breakdown) -> float:
    return (shown.total.disagreement or 0.0) if shown.total else -1.0


def _split(shown: Breakdown) -> float:
    """How evenly agree and disagree divide the answers: 4·a·d, 1 at half and half."""
    return 4 * max(_agreement(shown), 0.0) * max(_disagreement(shown), 0.0)


ORDERS: dict[str, Order] = {
    "agreement": _agreement,
    "disagreement": _disagreement,
    "split": _split,
    "number": lambda shown: 0.0,
}
"""Ways to sort statements, the largest first; equal ones stand by number."""


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


@dataclass(frozen=True, slots=True)
class Said:
    """One sentence of a reading: its code, its numbers, and the statement it names, if any."""

    code: str
    numbers: Mapping[str, float | int | str]
    statement: Statement | None


@dataclass(frozen=True, slots=True)
class Reading:
    """What the room's votes carry. The two mappings go from a statement's code to its number."""

    result: Result
    said: Sequence[Said]
    gate_opened: bool
    divisiveness: Mapping[str, float]
    bridging: Mapping[str, float]


def reading_of(round: Round) -> Reading | None:
    """The kept reading of a closed round, or None while the tick has not made it."""
    result = newest_result(round, mode="room")
    if result is None:
        return None
    content = result.content
    by_code = {s.code: s for s in dialogue.statements_in(round)}
    codes = content["statements"]
    said = [
        Said(s["code"], s["numbers"], by_code.get(str(s["numbers"].get("statement", ""))))
        for s in content["sentences"]
    ]
    return Reading(
        result,
        said,
        content["gate_opened"],
        _known(codes, content["divisiveness"]),
        _known(codes, content["bridging"] or []),
    )


def _known(codes: Sequence[str], numbers: Sequence[float | None]) -> dict[str, float]:
    return {c: n for c, n in zip(codes, numbers, strict=False) if n is not None}
