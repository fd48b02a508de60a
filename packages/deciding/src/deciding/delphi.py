"""Delphi: anonymous rounds with feedback, a limit and an end that are fixed before.

The limit is that of METHOD 1.3 (PMC8024512): at least 70 % in favour and under 15 % against.
The end is the one of Scheibe, Skutsch & Schofer (1975, in Linstone & Turoff, The Delphi
Method, chapter IV.C): an option is stable when under 15 % of the raters' answers moved.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

from deciding.arithmetic import Spread
from deciding.methods import (
    RATING,
    Finding,
    Given,
    Method,
    Reason,
    Step,
    Verdict,
    require,
    share,
    whole_number,
)


@dataclass(frozen=True)
class Round:
    """What one round says of one option.

    Attributes
    ----------
    spread : Spread
        Median and quartiles.
    in_favour, against : Fraction
        Shares of the ratings at or above, and at or below, the limits of the rule.
    consensus : str
        `in`, `out` or `none`.
    change : Fraction or None
        The share of answers that moved since the round before, None in a first round.
    compared : int
        How many raters rated it in both rounds; `change` is about them.
    """

    spread: Spread
    in_favour: Fraction
    against: Fraction
    consensus: str
    change: Fraction | None = None
    compared: int = 0


@dataclass(frozen=True)
class Progress:
    """Whether another round is due: which round this was, and `stop` with its reason."""

    round: int
    stop: bool
    reason: Reason


@dataclass(frozen=True)
class Feedback:
    """What one rater is shown before the next round: the group's answer beside their own.

    `outside` says that their own answer lies outside the middle half: a rater is then
    usually asked for a reason.
    """

    option: str
    own: int | None
    spread: Spread
    counts: Mapping[int, int]
    outside: bool


def change_level(before: Sequence[int], now: Sequence[int]) -> Fraction:
    """Return the share of answers that moved between two rounds of the same raters.

    The differences between the two histograms are added up and halved: two raters who change
    places change nothing (Scheibe, Skutsch & Schofer 1975).

    Examples
    --------
    >>> change_level([7, 7, 8, 9], [7, 8, 8, 9])
    Fraction(1, 4)
    """
    moved = Counter(before), Counter(now)
    units = sum(abs(moved[0][step] - moved[1][step]) for step in moved[0] | moved[1])
    return Fraction(units, 2 * len(now))


@dataclass(frozen=True, kw_only=True)
class Delphi(Method):
    """Rate each option on a scale, in rounds; each round is decided with the ones before it.

    Attributes
    ----------
    low, high : int
        The ends of the scale.
    favour, against : int
        Ratings from `favour` up are for the option, ratings up to `against` are against it.
    share : Fraction
        The share in favour that consensus needs, at least.
    opposed : Fraction
        The share against that consensus does not reach.
    stable : Fraction
        Under this change since the round before, an option is stable.
    rounds : int
        The most rounds.
    """

    name: ClassVar[str] = "delphi"
    low: int = 1
    high: int = 9
    favour: int = 7
    against: int = 3
    share: Fraction = Fraction(7, 10)
    opposed: Fraction = Fraction(15, 100)
    stable: Fraction = Fraction(15, 100)
    rounds: int = 3

    def __post_init__(self) -> None:
        require(
            self.low <= self.against < self.favour <= self.high,
            "the scale must run low ≤ against < favour ≤ high.",
        )
        for name in ("share", "opposed", "stable"):
            object.__setattr__(self, name, share(getattr(self, name), name))
        require(self.share > self.opposed, "“share” must be larger than “opposed”.")
        require(self.rounds >= 1, "“rounds” must be 1 or more.")

    def steps(self, asked: str) -> tuple[Step, ...]:
        """Return every point of the scale."""
        return tuple(range(self.low, self.high + 1))

    def read(self, asked: str, given: object) -> Step:
        """Return the points."""
        return whole_number(given, self.low, self.high)

    def find(
        self, given: Sequence[Given], earlier: Sequence[Sequence[Given]]
    ) -> tuple[dict[str, Finding], object]:
        """Return this round of each option, and whether another round is due."""
        before = {one.option: one for one in earlier[-1]} if earlier else {}
        found = {one.option: self._of(one, before.get(one.option)) for one in given}
        return found, self._progress(found, len(earlier) + 1)

    def _of(self, given: Given, before: Given | None) -> Finding:
        values: list[int] = given.values()
        in_favour = Fraction(sum(one >= self.favour for one in values), given.n)
        against = Fraction(sum(one <= self.against for one in values), given.n)
        consensus = "none"
        if in_favour >= self.share and against < self.opposed:
            consensus = "in"
        elif against >= self.share and in_favour < self.opposed:
            consensus = "out"
        both = [rater for rater in given.ratings if before and rater in before.ratings]
        change = None
        if both and before:
            change = change_level(
                [before.ratings[rater][RATING] for rater in both],  # type: ignore[misc] # read as integers
                [given.ratings[rater][RATING] for rater in both],  # type: ignore[misc]
            )
        round = Round(Spread.of(values), in_favour, against, consensus, change, len(both))
        facts = {"in_favour": in_favour, "against": against, "share": self.share}
        verdict = Verdict.MET if consensus == "in" else Verdict.NOT_MET
        return Finding(round, verdict, Reason(f"consensus_{consensus}", facts))

    def _progress(self, found: Mapping[str, Finding], number: int) -> Progress:
        rounds = [one.details for one in found.values() if isinstance(one.details, Round)]
        open_ = sum(not self.is_settled(one) for one in rounds)
        facts = {"round": number, "rounds": self.rounds, "open": open_}
        if rounds and not open_:
            return Progress(number, True, Reason("all_settled", facts))
        if number >= self.rounds:
            return Progress(number, True, Reason("last_round", facts))
        return Progress(number, False, Reason("another_round", facts))

    def is_settled(self, round: Round) -> bool:
        """Say whether an option needs no other round: it has consensus, or is stable."""
        return round.consensus != "none" or (
            round.change is not None and round.change < self.stable
        )


def feedback(given: Sequence[Given], rater: str) -> tuple[Feedback, ...]:
    """Return what one rater is shown after a round, option by option.

    Parameters
    ----------
    given : sequence of Given
        The round, as `deciding.decide.collect` gives it.
    rater : str
    """
    found = []
    for one in given:
        if not one.n:
            continue
        values: list[int] = one.values()
        spread = Spread.of(values)
        own = one.ratings[rater][RATING] if rater in one.ratings else None
        outside = isinstance(own, int) and not spread.lower <= own <= spread.upper
        counts = dict(sorted(Counter(values).items()))
        own = own if isinstance(own, int) else None
        found.append(Feedback(one.option, own, spread, counts, outside))
    return tuple(found)
