"""What every method is: which ratings it takes, and what it makes of them."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from typing import Any, ClassVar, Final, TypeAlias

from deciding.arithmetic import exact, places
from deciding.errors import BadRatings, BadRule

#: One step of a scale: a grade by its name, or a number.
Step: TypeAlias = str | int | Fraction
RATING: Final = "rating"  # what is asked of an option where it is asked one thing


class Abstention(StrEnum):
    """Said instead of a rating: without an opinion. No rating at all is another thing."""

    ABSTAIN = "abstain"


ABSTAIN: Final = Abstention.ABSTAIN


class Verdict(StrEnum):
    """What a rule says of one option."""

    MET = "met"
    NOT_MET = "not_met"
    UNASKED = "unasked"  # the rule orders or sorts, and sets no threshold
    NOT_DECIDED = "not_decided"


@dataclass(frozen=True)
class Reason:
    """Why a verdict is what it is: a code of `deciding.words` (`reason.…`) and its facts."""

    code: str
    facts: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Given:
    """The ratings of one option that count, and how many do not.

    `ratings` holds, by rater, what was said on each thing asked. `abstained` said so,
    `partial` answered some of several questions, `empty` gave nothing at all.
    """

    option: str
    ratings: Mapping[str, Mapping[str, Step]]
    abstained: int
    partial: int
    empty: int

    @property
    def n(self) -> int:
        """How many ratings count."""
        return len(self.ratings)

    def values(self, asked: str = RATING) -> list[Any]:
        """Return what was said on one thing asked, in the order of the raters."""
        return [said[asked] for said in self.ratings.values()]


@dataclass(frozen=True)
class Finding:
    """What a method makes of one option.

    `key` orders the options, the highest first; it is None where the method gives no order.
    """

    details: object
    verdict: Verdict
    reason: Reason
    key: Any = None


@dataclass(frozen=True, kw_only=True)
class Method(ABC):
    """A method with its settings. Frozen: what a rule says does not change."""

    name: ClassVar[str]
    #: Whether a ballot is given as a whole: what it does not mention then counts as nothing.
    whole: ClassVar[bool] = False
    #: What a ballot given as a whole says of an option that it does not mention.
    unmentioned: ClassVar[int] = 0

    @property
    def asks(self) -> tuple[str, ...]:
        """The things asked of each option."""
        return (RATING,)

    @abstractmethod
    def steps(self, asked: str) -> tuple[Step, ...]:
        """Return every step of a scale, for full distributions; nothing for a free number."""

    @abstractmethod
    def read(self, asked: str, given: object) -> Step:
        """Return a rating as it counts.

        Raises
        ------
        BadRatings
            When it is no step of the scale.
        """

    def check_ballot(self, ballot: Mapping[str, Step]) -> None:  # noqa: B027 - most have no rule
        """Refuse a ballot that breaks a rule about the ballot as a whole.

        Raises
        ------
        BadRatings
            When it does.
        """

    @abstractmethod
    def find(
        self, given: Sequence[Given], earlier: Sequence[Sequence[Given]]
    ) -> tuple[dict[str, Finding], object]:
        """Return what is found of each option, and what is found of all of them together.

        `given` holds the options with enough ratings, `earlier` the same of earlier rounds.
        """


def whole_number(given: object, low: int, high: int) -> int:
    """Return a rating on a scale of whole numbers.

    Raises
    ------
    BadRatings
        When it is not one of them.
    """
    number = exact(given)
    if number is None or number.denominator != 1 or not low <= number <= high:
        raise BadRatings(f"“{given}” is not a whole number from {low} to {high}.")
    return int(number)


def require(holds: bool, message: str) -> None:
    """Refuse a rule that does not hold together.

    Raises
    ------
    BadRule
        With the message, unless it holds.
    """
    if not holds:
        raise BadRule(message)


def share(value: object, name: str) -> Fraction:
    """Return a share of a rule, from 0 to 1.

    Raises
    ------
    BadRule
        When it is not one.
    """
    number = exact(value)
    if number is None or not 0 <= number <= 1:
        raise BadRule(f"“{name}” must be a share from 0 to 1, such as 0.7 or 7/10, not “{value}”.")
    return number


def first_ones(keys: Mapping[str, object], keep: int | None) -> dict[str, tuple[Verdict, Reason]]:
    """Say which options are among the first `keep`.

    Options that share a place across the limit are not decided: the order does not say
    which of them to take, and this package does not draw lots.

    Examples
    --------
    >>> found = first_ones({"a": 9, "b": 5, "c": 5}, keep=2)
    >>> [(option, found[option][0].value) for option in "abc"]
    [('a', 'met'), ('b', 'not_decided'), ('c', 'not_decided')]
    """
    if keep is None:
        return {option: (Verdict.UNASKED, Reason("unasked")) for option in keys}
    place = places(keys)
    found = {}
    for option in keys:
        sharing = sum(one == place[option] for one in place.values())
        facts = {"place": place[option], "keep": keep}
        if place[option] + sharing - 1 <= keep:
            found[option] = (Verdict.MET, Reason("among_first", facts))
        elif place[option] > keep:
            found[option] = (Verdict.NOT_MET, Reason("after_first", facts))
        else:
            found[option] = (
                Verdict.NOT_DECIDED,
                Reason("tie_at_limit", facts | {"sharing": sharing}),
            )
    return found
