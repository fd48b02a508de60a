"""The map by the recipe of Polis: for the desk only, and not a finding."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from majlis.dialogue import queries as dialogue
from majlis.dialogue.models import Round, Statement
from majlis.kernel.disclosure import Audience
from majlis.kernel.lazily import lazily
from majlis.opinion.models import Result
from majlis.opinion.queries.reading import smallest_group
from majlis.opinion.queries.shown import newest_result
from majlis.opinion.states import Mode

if TYPE_CHECKING:
    from opinionspace import areas
    from opinionspace.areas import Ellipse
else:
    areas = lazily("opinionspace.areas")

SMALLEST_MAP = 20  # persons; under that a map of persons points at persons


@dataclass(frozen=True, slots=True)
class PolisGroup:
    """People who vote alike by the recipe, where they lie, and what stands for them."""

    number: int
    size: int
    area: Ellipse
    statements: Sequence[Statement]


@dataclass(frozen=True, slots=True)
class Map:
    """The map with its groups."""

    result: Result
    groups: Sequence[PolisGroup]


def map_of(round: Round) -> Map | None:
    """The map of a round, or None: not kept yet, too few people, or a group too small to show."""
    result = newest_result(round, mode=Mode.POLIS)
    if result is None or sum(result.content["sizes"]) < SMALLEST_MAP:
        return None
    content = result.content
    if min(content["sizes"]) < smallest_group(round, Audience.PARTICIPANTS):
        return None
    by_code = {s.code: s for s in dialogue.statements_in(round)}
    groups = zip(content["sizes"], content["areas"], content["representative"], strict=True)
    return Map(
        result,
        [
            PolisGroup(n, size, areas.Ellipse(**area), [by_code[code] for code in codes])
            for n, (size, area, codes) in enumerate(groups, start=1)
        ],
    )
