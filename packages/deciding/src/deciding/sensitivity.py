"""How far an order by weighted criteria hangs on the weights, exactly.

One weight moves from 0 to 1 while the others keep their proportions to each other. Every
option's score is then a straight line, so who leads where, and where two options change
places, are crossings of lines (DCLG 2009, 6.2.10). Triantaphyllou & Sánchez (1997, theorem 1)
take δ from one weight and let all weights be made to add up to 1 again: the same move, with
new weight = (w − δ)/(1 − δ).
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias

from deciding.arithmetic import places

#: A score as the weight t of one criterion moves: `at_zero + slope * t`.
Line: TypeAlias = tuple[Fraction, Fraction]


@dataclass(frozen=True)
class Leading:
    """Between the weights `low` and `high` of a criterion, `options` lead (several: a tie)."""

    low: Fraction
    high: Fraction
    options: tuple[str, ...]


@dataclass(frozen=True)
class Flip:
    """At the weight `at`, `behind` draws level with `ahead`; `change` is how far away that is."""

    criterion: str
    ahead: str
    behind: str
    at: Fraction
    change: Fraction


@dataclass(frozen=True)
class OfCriterion:
    """One criterion: its weight now, who leads at which weight, and where neighbours change
    places."""

    criterion: str
    weight: Fraction
    leading: tuple[Leading, ...]
    flips: tuple[Flip, ...]


@dataclass(frozen=True)
class Sensitivity:
    """What a change of one weight does.

    `criteria` has each of them. `leader` is the smallest change that lets another option draw
    level with the first, `order` the smallest that changes anything in the order; None where
    no weight does.
    """

    criteria: tuple[OfCriterion, ...]
    leader: Flip | None
    order: Flip | None


def lines(
    parts: Mapping[str, Mapping[str, Fraction]], weights: Mapping[str, Fraction], criterion: str
) -> dict[str, Line]:
    """Return each option's score as a line over the weight of one criterion.

    Parameters
    ----------
    parts : mapping from option to its score on each criterion
    weights : mapping from criterion to weight
        They add up to 1. A criterion that has all the weight leaves the others no proportions;
        they are then taken as equal.
    """
    others = [name for name in weights if name != criterion]
    rest = 1 - weights[criterion]
    within = {name: weights[name] / rest if rest else Fraction(1, len(others)) for name in others}
    found = {}
    for option, scores in parts.items():
        without = sum((within[name] * scores[name] for name in others), Fraction(0))
        found[option] = (without, scores[criterion] - without)
    return found


def crossing(one: Line, other: Line) -> Fraction | None:
    """Return the weight at which two lines meet, or None where no weight from 0 to 1 does.

    Examples
    --------
    >>> crossing((Fraction(0), Fraction(1)), (Fraction(1), Fraction(-1)))
    Fraction(1, 2)
    """
    if one[1] == other[1]:
        return None
    at = (other[0] - one[0]) / (one[1] - other[1])
    return at if 0 <= at <= 1 else None


def leading(of: Mapping[str, Line]) -> tuple[Leading, ...]:
    """Return who leads from weight 0 to weight 1, stretch by stretch.

    Examples
    --------
    >>> rising, falling = (Fraction(0), Fraction(4)), (Fraction(3), Fraction(0))
    >>> [(str(one.high), *one.options) for one in leading({"a": rising, "b": falling})]
    [('3/4', 'b'), ('1', 'a')]
    """
    stretches = []
    here = Fraction(0)
    best = max(of.values())  # at weight 0 the highest; of equal ones, the one that rises most
    while True:
        meets = [
            (at, -line[1], line)
            for line in set(of.values())
            if line[1] > best[1] and (at := crossing(best, line)) is not None and here <= at < 1
        ]
        until, _slope, next_ = min(meets, default=(Fraction(1), Fraction(0), best))
        names = tuple(option for option, line in of.items() if line == best)
        stretches.append(Leading(here, until, names))
        if until == 1:
            return tuple(stretches)
        here, best = until, next_


def sensitivity(
    parts: Mapping[str, Mapping[str, Fraction]], weights: Mapping[str, Fraction]
) -> Sensitivity:
    """Return what a change of each weight does to the order.

    Flips are given for neighbours in the order: whichever two options change places first,
    they are neighbours then.

    Parameters
    ----------
    parts : mapping from option to its score on each criterion
    weights : mapping from criterion to weight, adding up to 1
    """
    scores = {
        option: sum((weights[name] * one[name] for name in weights), Fraction(0))
        for option, one in parts.items()
    }
    order = list(places(scores))
    found = []
    to_lead: list[Flip] = []
    for name in weights if len(weights) > 1 else ():
        of = lines(parts, weights, name)
        pairs = itertools.pairwise(order)
        flips = [one for pair in pairs if (one := _flip(name, weights[name], pair, of))]
        ahead = ((order[0], other) for other in order[1:])
        to_lead += [one for pair in ahead if (one := _flip(name, weights[name], pair, of))]
        found.append(OfCriterion(name, weights[name], leading(of), tuple(flips)))
    return Sensitivity(
        tuple(found),
        leader=min(to_lead, key=_size, default=None),
        order=min((one for of in found for one in of.flips), key=_size, default=None),
    )


def _flip(
    criterion: str, now: Fraction, pair: tuple[str, str], of: Mapping[str, Line]
) -> Flip | None:
    at = crossing(of[pair[0]], of[pair[1]])
    return None if at is None else Flip(criterion, *pair, at, at - now)


def _size(flip: Flip) -> Fraction:
    return abs(flip.change)
