"""The map by the recipe of Polis: for the desk only, and not a finding."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from majlis.dialogue import queries as dialogue
from majlis.dialogue.models import Round, Statement
from majlis.kernel.disclosure import Audience
from majlis.opinion.models import Result
from majlis.opinion.queries.shown import newest_result
from majlis.opinion.states import Mode

SMALLEST_MAP = 20  # persons; under that a map of persons points at persons


@dataclass(frozen=True, slots=True)
class Place:
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
    """The map with its groups."""

    result: Result
    places: Sequence[Place]
    groups: Sequence[Group]


def map_of(round: Round) -> Map | None:
    """The map of a round, or None: not kept yet, too few people, or a group too small to show."""
    result = newest_result(round, mode=Mode.POLIS)
    if result is None or len(result.content["voices"]) < SMALLEST_MAP:
        return None
    content = result.content
    by_code = {s.code: s for s in dialogue.statements_in(round)}
    places = [
        Place(v["x"], v["y"], v["group"] if v["group"] >= 0 else None) for v in content["voices"]
    ]
    sizes = [sum(place.group == g for place in places) for g in range(content["k"])]
    if min(sizes) < round.edition.smallest(Audience.ROOM):
        return None
    groups = [
        Group(g + 1, sizes[g], [by_code[code] for code in content["representative"][g]])
        for g in range(content["k"])
    ]
    return Map(result, sorted(places, key=lambda p: (p.x, p.y)), groups)
