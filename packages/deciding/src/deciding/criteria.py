"""Several criteria with weights: the weighted sum, and how far it hangs on the weights.

Department for Communities and Local Government (2009), Multi-criteria analysis: a manual,
chapter 6 (scores from 0 to 100, weighted mean, the leader as one weight goes from 0 to 1);
Triantaphyllou, E. & Sánchez, A. (1997), Decision Sciences 28:151-194 (the change of a weight
that turns two options round). All of it is exact arithmetic; nothing is drawn at random.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

from deciding.arithmetic import Spread, exact, mean, median, places
from deciding.errors import BadRatings
from deciding.methods import Finding, Given, Method, Reason, Step, Verdict, first_ones, require
from deciding.sensitivity import Sensitivity, sensitivity

MIDDLES = ("mean", "median")


@dataclass(frozen=True, kw_only=True)
class Criterion:
    """One criterion: its weight, the ends of its scale, and which end is good.

    Weights of a rule need not add up to 1; only their proportions count.
    """

    name: str
    weight: Fraction
    low: Fraction = Fraction(0)
    high: Fraction = Fraction(100)
    best: str = "high"

    def __post_init__(self) -> None:
        for field in ("weight", "low", "high"):
            number = exact(getattr(self, field))
            require(number is not None, f"“{field}” of criterion “{self.name}” is not a number.")
            object.__setattr__(self, field, number)
        require(bool(self.name), "a criterion has no name.")
        require(self.weight >= 0, f"the weight of criterion “{self.name}” is under 0.")
        require(self.low < self.high, f"“low” must be under “high” in criterion “{self.name}”.")
        require(self.best in ("high", "low"), "“best” must be high or low.")

    def scored(self, given: Fraction) -> Fraction:
        """Return a rating as a score from 0 (worst) to 100 (best)."""
        good = given - self.low if self.best == "high" else self.high - given
        return 100 * good / (self.high - self.low)


@dataclass(frozen=True)
class Scored:
    """What several criteria say of one option.

    Attributes
    ----------
    score : Fraction
        The weighted mean of `parts`, from 0 to 100.
    parts : mapping from criterion to Fraction
        The raters' mean or median, as a score from 0 to 100.
    own : Spread
        Each rater's own weighted score of it: how far raters are apart.
    firsts : int
        How many of those who rated every option give it their highest score.
    """

    score: Fraction
    parts: Mapping[str, Fraction]
    own: Spread
    firsts: int


@dataclass(frozen=True, kw_only=True)
class WeightedCriteria(Method):
    """Rate each option on each criterion; the weighted mean decides.

    Attributes
    ----------
    criteria : tuple of Criterion
    middle : str
        What stands for the raters' ratings on one criterion: their `mean` or their `median`.
    passes : Fraction, optional
        The score, from 0 to 100, that an option must reach.
    keep : int, optional
        How many options are to be chosen. A rule has `passes` or `keep`, not both.
    """

    name: ClassVar[str] = "weighted_criteria"
    criteria: tuple[Criterion, ...]
    middle: str = "mean"
    passes: Fraction | None = None
    keep: int | None = None

    def __post_init__(self) -> None:
        names = [one.name for one in self.criteria]
        require(bool(names), "the rule names no criterion.")
        require(len(set(names)) == len(names), "a criterion is named twice.")
        require(any(one.weight for one in self.criteria), "every criterion has the weight 0.")
        require(self.middle in MIDDLES, f"“middle” must be one of {', '.join(MIDDLES)}.")
        require(
            self.passes is None or self.keep is None, "a rule has “passes” or “keep”, not both."
        )
        require(self.keep is None or self.keep >= 1, "“keep” must be 1 or more.")
        if self.passes is not None:
            number = exact(self.passes)
            require(
                number is not None and 0 <= number <= 100, "“passes” must be a score from 0 to 100."
            )
            object.__setattr__(self, "passes", number)

    @property
    def asks(self) -> tuple[str, ...]:
        """The names of the criteria."""
        return tuple(one.name for one in self.criteria)

    @property
    def weights(self) -> dict[str, Fraction]:
        """The weights, made to add up to 1."""
        total = sum(one.weight for one in self.criteria)
        return {one.name: one.weight / total for one in self.criteria}

    def steps(self, asked: str) -> tuple[Step, ...]:
        """Return nothing: only the numbers that were given are counted."""
        return ()

    def read(self, asked: str, given: object) -> Step:
        """Return the number, within the ends of the criterion's scale.

        Raises
        ------
        BadRatings
            When it is not one.
        """
        criterion = next(one for one in self.criteria if one.name == asked)
        number = exact(given)
        if number is None or not criterion.low <= number <= criterion.high:
            ends = f"{_short(criterion.low)} to {_short(criterion.high)}"
            raise BadRatings(f"“{given}” is not a number from {ends} ({asked}).")
        return number

    def find(
        self,
        given: Sequence[Given],
        earlier: Sequence[Sequence[Given]],
    ) -> tuple[dict[str, Finding], Sensitivity | None]:
        """Return the score of each option, and what a change of each weight would do."""
        take = mean if self.middle == "mean" else median
        parts = {
            one.option: {
                criterion.name: criterion.scored(take(one.values(criterion.name)))
                for criterion in self.criteria
            }
            for one in given
        }
        firsts = self._firsts(given)
        details = {
            one.option: Scored(
                self.score(parts[one.option]),
                parts[one.option],
                Spread.of(self._own(one, rater) for rater in one.ratings),
                firsts[one.option],
            )
            for one in given
        }
        scores = {option: one.score for option, one in details.items()}
        verdicts = first_ones(scores, self.keep) if self.passes is None else self._passed(scores)
        found = {
            option: Finding(details[option], *verdicts[option], scores[option]) for option in scores
        }
        return found, sensitivity(parts, self.weights) if len(parts) > 1 else None

    def score(self, parts: Mapping[str, Fraction]) -> Fraction:
        """Return the weighted mean of an option's scores."""
        return sum((self.weights[name] * part for name, part in parts.items()), Fraction(0))

    def _own(self, one: Given, rater: str) -> Fraction:
        said = one.ratings[rater]
        return self.score({c.name: c.scored(Fraction(said[c.name])) for c in self.criteria})

    def _firsts(self, given: Sequence[Given]) -> dict[str, int]:
        firsts = dict.fromkeys((one.option for one in given), 0)
        raters = set.intersection(*(set(one.ratings) for one in given)) if given else set()
        for rater in raters:
            own = places({one.option: self._own(one, rater) for one in given})
            for option in own:
                firsts[option] += own[option] == 1
        return firsts

    def _passed(self, scores: Mapping[str, Fraction]) -> dict[str, tuple[Verdict, Reason]]:
        return {
            option: (
                (Verdict.MET, Reason("score_reached", {"score": score, "passes": self.passes}))
                if self.passes is not None and score >= self.passes
                else (
                    Verdict.NOT_MET,
                    Reason("score_missed", {"score": score, "passes": self.passes}),
                )
            )
            for option, score in scores.items()
        }


def _short(number: Fraction) -> str:
    return f"{float(number):g}"
