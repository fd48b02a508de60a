"""Majority judgement: each option's median grade, ties broken as its authors do.

Balinski, M. & Laraki, R. (2007), A theory of measuring, electing, and ranking, PNAS
104:8720-8725; (2011), Majority Judgment: Measuring, Ranking, and Electing, MIT Press,
sections 1.3 to 1.6 (majority-grade, majority-ranking, majority-value, majority-gauge).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate, pairwise
from typing import ClassVar

from deciding.arithmetic import HALF
from deciding.errors import BadRatings, BadRule
from deciding.methods import Finding, Given, Method, Reason, Step, Verdict, require

#: The scale proposed by METHOD 1.3, from worst to best; labels are the caller's.
SIX_GRADES = ("reject", "poor", "fair", "good", "very_good", "excellent")
TIES = ("majority_value", "majority_gauge")


@dataclass(frozen=True)
class Gauge:
    """The majority-gauge (p, grade±, q) of one option.

    `grade` is the majority-grade; `above` (p) and `below` (q) are the shares of raters who
    give a better and a worse grade. The sign is “+” when p > q and “−” otherwise.
    """

    grade: str
    above: Fraction
    below: Fraction

    @property
    def sign(self) -> str:
        """“+” when more raters are above the grade than below it, else “−”."""
        return "+" if self.above > self.below else "−"


def majority_grade(counts: Sequence[int]) -> int:
    """Return the index of the majority-grade: of an even number, the lower middle one.

    It is the highest grade that more than half of the raters give or exceed, or exactly
    half when the number is even (Balinski & Laraki 2007, p. 8722).

    Parameters
    ----------
    counts : sequence of int
        How many raters gave each grade, from worst to best.

    Raises
    ------
    BadRatings
        When there is no grade at all.

    Examples
    --------
    >>> majority_grade([1, 2, 1])
    1
    >>> majority_grade([2, 0, 2])
    0
    """
    if sum(counts) < 1:
        raise BadRatings("no grade was given, so there is no majority-grade.")
    middle = (sum(counts) - 1) // 2
    return next(index for index, upto in enumerate(accumulate(counts)) if upto > middle)


def majority_value(counts: Sequence[int]) -> tuple[int, ...]:
    """Return the majority-value: the median, taken away, the next median, and so on.

    The first grade in which two majority-values differ decides between two options
    (Balinski & Laraki 2011, section 1.5).

    Examples
    --------
    >>> majority_value([1, 2, 1])  # poor, fair, fair, good
    (1, 1, 0, 2)
    """
    left = list(counts)
    value = []
    while any(left):
        grade = majority_grade(left)
        left[grade] -= 1
        value.append(grade)
    return tuple(value)


def majority_order(tallies: Mapping[str, Sequence[int]]) -> dict[str, tuple[int, ...]]:
    """Return a key for each option that orders them by majority-value, the highest first.

    With as many grades for each option this is the order of `majority_value`. Where
    abstentions leave unequal numbers, it is the order of the shares: of majority-values after
    every option's grades were repeated until all have as many. Repeating changes no order
    among options of equal size, and the tests hold this.

    Keys are equal only where the shares of all grades are.

    Parameters
    ----------
    tallies : mapping from option to counts
        Grades from worst to best, at least one for each option.

    Examples
    --------
    >>> keys = majority_order({"a": [0, 2, 2], "b": [1, 2, 1], "c": [0, 4, 4]})
    >>> keys["a"] > keys["b"], keys["a"] == keys["c"]
    (True, True)
    """
    upto = {option: _shares_up_to(counts) for option, counts in tallies.items()}
    far = sorted({abs(one - HALF) for shares in upto.values() for one in shares} | {Fraction(0)})
    between = [(near + next_) / 2 for near, next_ in pairwise(far)]
    return {
        option: tuple(
            grade
            for distance in between  # outwards from the median, the lower side first
            for grade in (_grade_at(shares, HALF - distance), _grade_at(shares, HALF + distance))
        )
        for option, shares in upto.items()
    }


def gauge(counts: Sequence[int], grades: Sequence[str]) -> Gauge:
    """Return the majority-gauge (Balinski & Laraki 2011, section 1.6).

    Examples
    --------
    >>> gauge([1, 1, 3], ("poor", "fair", "good"))
    Gauge(grade='good', above=Fraction(0, 1), below=Fraction(2, 5))
    """
    at = majority_grade(counts)
    n = sum(counts)
    return Gauge(grades[at], Fraction(sum(counts[at + 1 :]), n), Fraction(sum(counts[:at]), n))


def gauge_order(counts: Sequence[int]) -> tuple[int, int, Fraction]:
    """Return the key of an option by its majority-gauge.

    The better grade first; of one grade + before −; of + the larger p, of − the smaller q.
    It approximates `majority_order` and leaves more ties: where it tells two options apart,
    both say the same.
    """
    at = majority_grade(counts)
    n = sum(counts)
    above, below = Fraction(sum(counts[at + 1 :]), n), Fraction(sum(counts[:at]), n)
    return (at, 1, above) if above > below else (at, 0, -below)


@dataclass(frozen=True, kw_only=True)
class MajorityJudgement(Method):
    """Rate each option by a grade in words; the median counts.

    Attributes
    ----------
    grades : tuple of str
        The scale, from worst to best. “No opinion” is no grade: it is an abstention.
    passes : str, optional
        The majority-grade that an option must reach; without it options are only ordered.
    ties : str
        `majority_value`, the original rule, which takes one median grade away at a time; or
        `majority_gauge`, the short form with the shares above and below.
    """

    name: ClassVar[str] = "majority_judgement"
    grades: tuple[str, ...] = SIX_GRADES
    passes: str | None = None
    ties: str = "majority_value"

    def __post_init__(self) -> None:
        require(len(self.grades) > 1, "a scale needs two grades or more.")
        require(len(set(self.grades)) == len(self.grades), "a grade stands on the scale twice.")
        require(all(self.grades), "a grade has no name.")
        require("abstain" not in self.grades, "“abstain” is no grade: it stands outside the scale.")
        require(self.ties in TIES, f"“ties” must be one of {', '.join(TIES)}.")
        if self.passes is not None and self.passes not in self.grades:
            raise BadRule(f"the threshold “{self.passes}” is not a grade of the scale.")

    def steps(self, asked: str) -> tuple[Step, ...]:
        """Return the grades from worst to best."""
        return self.grades

    def read(self, asked: str, given: object) -> Step:
        """Return the grade.

        Raises
        ------
        BadRatings
            When the scale has no such grade.
        """
        if given not in self.grades:
            raise BadRatings(f"“{given}” is not one of the grades {', '.join(self.grades)}.")
        return str(given)

    def find(
        self,
        given: Sequence[Given],
        earlier: Sequence[Sequence[Given]],
    ) -> tuple[dict[str, Finding], object]:
        """Return the gauge of each option, and the key that orders it."""
        tallies = {
            one.option: [one.values().count(grade) for grade in self.grades] for one in given
        }
        keys: Mapping[str, object] = majority_order(tallies)
        if self.ties == "majority_gauge":
            keys = {option: gauge_order(counts) for option, counts in tallies.items()}
        found = {}
        for option, counts in tallies.items():
            verdict, code = Verdict.UNASKED, "unasked"
            if self.passes is not None:
                reached = majority_grade(counts) >= self.grades.index(self.passes)
                verdict = Verdict.MET if reached else Verdict.NOT_MET
                code = "grade_reached" if reached else "grade_missed"
            said = gauge(counts, self.grades)
            reason = Reason(code, {"grade": said.grade, "passes": self.passes or ""})
            found[option] = Finding(said, verdict, reason, keys[option])
        return found, None


def _shares_up_to(counts: Sequence[int]) -> list[Fraction]:
    """Return for each grade the share of raters who give it or a worse one."""
    if sum(counts) < 1:
        raise BadRatings("no grade was given, so there is no majority-grade.")
    return [Fraction(upto, sum(counts)) for upto in accumulate(counts)]


def _grade_at(shares: Sequence[Fraction], place: Fraction) -> int:
    return next(index for index, upto in enumerate(shares) if upto > place)
