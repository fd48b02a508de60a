"""Impact against feasibility: two scores for each option, four quadrants.

METHOD 1.3 warns that means hide disagreement, so medians decide and the spread of both scores is
kept, with how many raters put the option into each quadrant by their own two scores.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

from deciding.arithmetic import Spread, exact
from deciding.methods import Finding, Given, Method, Reason, Step, Verdict, require, whole_number

ASKS = ("impact", "feasibility")
#: By (is the impact high, is it feasible).
QUADRANTS = {
    (True, True): "do_first",
    (True, False): "prepare",
    (False, True): "easy_extra",
    (False, False): "leave",
}


@dataclass(frozen=True)
class Placed:
    """Where one option stands.

    `by_rater` counts the raters by the quadrant of their own scores. `on_line` says that a
    median lies exactly on a cut-off; it then counts as high.
    """

    quadrant: str
    impact: Spread
    feasibility: Spread
    by_rater: Mapping[str, int]
    on_line: bool


def quadrant_of(
    impact: Fraction | int, feasibility: Fraction | int, cuts: tuple[Fraction, Fraction]
) -> str:
    """Return the quadrant of two scores; a score on the cut-off is high.

    Examples
    --------
    >>> quadrant_of(8, 3, (Fraction(5), Fraction(5)))
    'prepare'
    """
    return QUADRANTS[impact >= cuts[0], feasibility >= cuts[1]]


@dataclass(frozen=True, kw_only=True)
class ImpactFeasibility(Method):
    """Score the impact and the feasibility of each option.

    Attributes
    ----------
    low, high : int
        The ends of both scales.
    impact_from, feasibility_from : Fraction
        The cut-offs: from here up a median counts as high.
    passes : tuple of str
        The quadrants that meet the rule, of `do_first`, `prepare`, `easy_extra` and `leave`;
        none: options are only sorted.
    """

    name: ClassVar[str] = "impact_feasibility"
    low: int = 1
    high: int = 9
    impact_from: Fraction = Fraction(5)
    feasibility_from: Fraction = Fraction(5)
    passes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        require(self.low < self.high, "“low” must be under “high”.")
        for name in ("impact_from", "feasibility_from"):
            cut = exact(getattr(self, name))
            if cut is None or not self.low < cut <= self.high:
                require(False, f"“{name}” must be a number on the scale, above its lowest point.")
            object.__setattr__(self, name, cut)
        unknown = set(self.passes) - set(QUADRANTS.values())
        require(not unknown, f"there is no quadrant {', '.join(sorted(map(str, unknown)))}.")

    @property
    def asks(self) -> tuple[str, ...]:
        """Impact and feasibility."""
        return ASKS

    def steps(self, asked: str) -> tuple[Step, ...]:
        """Return every point of the scale."""
        return tuple(range(self.low, self.high + 1))

    def read(self, asked: str, given: object) -> Step:
        """Return the points."""
        return whole_number(given, self.low, self.high)

    def find(
        self,
        given: Sequence[Given],
        earlier: Sequence[Sequence[Given]],
    ) -> tuple[dict[str, Finding], object]:
        """Return the quadrant of each option."""
        cuts = (self.impact_from, self.feasibility_from)
        found = {}
        for one in given:
            impact, feasibility = (Spread.of(one.values(asked)) for asked in ASKS)
            own = Counter(
                quadrant_of(*pair, cuts)
                for pair in zip(one.values("impact"), one.values("feasibility"), strict=True)
            )
            placed = Placed(
                quadrant_of(impact.median, feasibility.median, cuts),
                impact,
                feasibility,
                {name: own[name] for name in QUADRANTS.values()},
                on_line=impact.median == cuts[0] or feasibility.median == cuts[1],
            )
            met = placed.quadrant in self.passes
            verdict = Verdict.MET if met else Verdict.NOT_MET
            reason = Reason(f"quadrant_{placed.quadrant}")
            found[one.option] = Finding(placed, verdict if self.passes else Verdict.UNASKED, reason)
        return found, None
