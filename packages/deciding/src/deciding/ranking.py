"""Ranking by a nominal group, and points to share out.

Nominal group: Delbecq, A., Van de Ven, A. & Gustafson, D. (1975), Group Techniques for Program
Planning, chapter 3; the steps as in METHOD 1.3 (mcda.aalto.fi). With as many places as options,
the points are Borda's count and one more for each ballot.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

from deciding.arithmetic import Spread, mean
from deciding.errors import BadRatings
from deciding.methods import (
    RATING,
    Finding,
    Given,
    Method,
    Step,
    first_ones,
    require,
    whole_number,
)

TIES = ("shared", "support", "firsts")


@dataclass(frozen=True)
class Ranked:
    """The points of one option, how many placed it at all, and how many placed it first."""

    points: Fraction
    support: int
    firsts: int


@dataclass(frozen=True)
class Shared:
    """The points that one option got, their mean over the ballots, and their spread."""

    points: int
    mean: Fraction
    support: int
    spread: Spread


def ballot_points(ballot: Mapping[str, int], places: int) -> dict[str, Fraction]:
    """Return the points that one ballot gives: `places` for its first, one less for each next.

    Options on one place share the points of the places they take up, as in Borda's count
    with ties.

    Parameters
    ----------
    ballot : mapping from option to place
        1 is the first. Only the order counts; 0 means not placed.

    Examples
    --------
    >>> ballot_points({"a": 1, "b": 2, "c": 0}, places=5)
    {'a': Fraction(5, 1), 'b': Fraction(4, 1)}
    >>> ballot_points({"a": 1, "b": 1, "c": 3}, places=3)
    {'a': Fraction(5, 2), 'b': Fraction(5, 2), 'c': Fraction(1, 1)}
    """
    points: dict[str, Fraction] = {}
    taken = 0
    for place in sorted({one for one in ballot.values() if one}):
        here = [option for option, one in ballot.items() if one == place]
        worth = [Fraction(max(0, places - taken - nth)) for nth in range(len(here))]
        points |= dict.fromkeys(here, mean(worth))
        taken += len(here)
    return points


@dataclass(frozen=True, kw_only=True)
class NominalGroup(Method):
    """Let each rater rank the options that matter most to them.

    Attributes
    ----------
    places : int
        How many options a ballot ranks at most; METHOD says 5 to 7.
    equal : bool
        Whether two options may stand on one place of a ballot.
    ties : str
        What tells options of equal points apart: `support` (placed by more raters), `firsts`
        (placed first by more), or nothing (`shared`): they then share a place.
    keep : int, optional
        How many options the ranking is to choose.
    """

    name: ClassVar[str] = "nominal_group"
    whole: ClassVar[bool] = True
    places: int = 5
    equal: bool = False
    ties: str = "shared"
    keep: int | None = None

    def __post_init__(self) -> None:
        require(self.places >= 1, "“places” must be 1 or more.")
        require(self.ties in TIES, f"“ties” must be one of {', '.join(TIES)}.")
        require(self.keep is None or self.keep >= 1, "“keep” must be 1 or more.")

    def steps(self, asked: str) -> tuple[Step, ...]:
        """Return the places, and 0 for not placed."""
        return (*range(1, self.places + 1), 0)

    def read(self, asked: str, given: object) -> Step:
        """Return the place; 1 is the first."""
        return whole_number(given, 1, self.places)

    def check_ballot(self, ballot: Mapping[str, Step]) -> None:
        """Refuse a ballot with too many options, a place taken twice, or a place left out."""
        placed = sorted(int(one) for one in ballot.values())
        if len(placed) > self.places:
            raise BadRatings(f"{len(placed)} options are ranked where {self.places} may be.")
        if self.equal:
            return
        for wanted, place in enumerate(placed, 1):
            if place < wanted:
                raise BadRatings(f"place {place} is given twice.")
            if place > wanted:
                raise BadRatings(f"place {wanted} is left out.")

    def find(
        self,
        given: Sequence[Given],
        earlier: Sequence[Sequence[Given]],
    ) -> tuple[dict[str, Finding], object]:
        """Return the points of each option."""
        ballots: dict[str, dict[str, int]] = {}
        for one in given:
            for rater, said in one.ratings.items():
                ballots.setdefault(rater, {})[one.option] = int(said[RATING])
        points = dict.fromkeys((one.option for one in given), Fraction(0))
        for ballot in ballots.values():
            for option, worth in ballot_points(ballot, self.places).items():
                points[option] += worth
        details = {
            one.option: Ranked(
                points[one.option],
                support=sum(place > 0 for place in one.values()),
                firsts=one.values().count(1),
            )
            for one in given
        }
        keys = {option: self._key(one) for option, one in details.items()}
        return _kept(details, keys, self.keep), None

    def _key(self, one: Ranked) -> tuple[Fraction, int]:
        more = {"shared": 0, "support": one.support, "firsts": one.firsts}
        return one.points, more[self.ties]


@dataclass(frozen=True, kw_only=True)
class BudgetPoints(Method):
    """Let each rater share out points among the options (METHOD 1.3: 100 of them).

    Attributes
    ----------
    total : int
        How many points a ballot shares out, all of them.
    ties : str
        `support` (more raters gave it a point), or `shared`.
    keep : int, optional
        How many options the points are to choose.
    """

    name: ClassVar[str] = "budget_points"
    whole: ClassVar[bool] = True
    total: int = 100
    ties: str = "shared"
    keep: int | None = None

    def __post_init__(self) -> None:
        require(self.total >= 1, "“total” must be 1 or more.")
        require(self.ties in TIES[:2], f"“ties” must be one of {', '.join(TIES[:2])}.")
        require(self.keep is None or self.keep >= 1, "“keep” must be 1 or more.")

    def steps(self, asked: str) -> tuple[Step, ...]:
        """Return nothing: only the numbers that were given are counted."""
        return ()

    def read(self, asked: str, given: object) -> Step:
        """Return the points."""
        return whole_number(given, 0, self.total)

    def check_ballot(self, ballot: Mapping[str, Step]) -> None:
        """Refuse a ballot that shares out more or fewer points than the rule gives."""
        spent = sum(int(one) for one in ballot.values())
        if spent != self.total:
            raise BadRatings(f"{spent} points are shared out, and the rule gives {self.total}.")

    def find(
        self,
        given: Sequence[Given],
        earlier: Sequence[Sequence[Given]],
    ) -> tuple[dict[str, Finding], object]:
        """Return the points of each option."""
        details = {
            one.option: Shared(
                sum(one.values()),
                mean(one.values()),
                support=sum(points > 0 for points in one.values()),
                spread=Spread.of(one.values()),
            )
            for one in given
        }
        keys = {
            option: (one.points, one.support if self.ties == "support" else 0)
            for option, one in details.items()
        }
        return _kept(details, keys, self.keep), None


def _kept(
    details: Mapping[str, object], keys: Mapping[str, object], keep: int | None
) -> dict[str, Finding]:
    kept = first_ones(keys, keep)
    return {option: Finding(details[option], *kept[option], keys[option]) for option in details}
