"""The RAND/UCLA appropriateness method: class and disagreement of a panel on a scale of 1 to 9.

Fitch, K. et al. (2001), The RAND/UCLA Appropriateness Method User's Manual, RAND MR-1269,
chapter 8. The table of panel sizes is printed, too, as table 7 of BMC Medical Informatics and
Decision Making 12:93 (2012); an example of IPRAS is table 1 of BMJ Open 2:e001431 (2012,
PMC3467596). That table prints 2.5 for the constant, but its result (6.1) needs 2.35.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

from deciding.arithmetic import median, quantile
from deciding.errors import BadRatings
from deciding.methods import Finding, Given, Method, Reason, Step, Verdict, require, whole_number

LOW, HIGH = 1, 9
#: The interpercentile range that a symmetric panel needs to be in disagreement.
IPR_SYMMETRIC = Fraction(235, 100)
#: What each point of asymmetry adds to it.
PER_ASYMMETRY = Fraction(3, 2)
RULES = ("thirds", "panel", "ipras")


@dataclass(frozen=True)
class Panel:
    """What a panel's ratings of one option say.

    Attributes
    ----------
    category : str
        `appropriate`, `uncertain` or `inappropriate`; `uncertain` whenever there is
        disagreement.
    median : Fraction
    disagreement : bool
        By the rule that was asked for.
    agreement : bool
        Whether few enough rate outside the three points around the median.
    low, high, outside : int
        How many rate 1-3, 7-9, and outside the three points that hold the median.
    ipr, ipras, index : Fraction
        Range between the 30th and the 70th percentile, the range that would be disagreement,
        and the disagreement index: the first divided by the second.
    """

    category: str
    median: Fraction
    disagreement: bool
    agreement: bool
    low: int
    high: int
    outside: int
    ipr: Fraction
    ipras: Fraction
    index: Fraction


def judge_panel(ratings: Sequence[int], *, rule: str = "thirds") -> Panel:
    """Classify one option by the ratings of a panel.

    The median gives the class: 1-3 inappropriate, 4-6 uncertain, 7-9 appropriate; 3.5 and
    6.5 belong to the class above. Disagreement makes it uncertain.

    Parameters
    ----------
    ratings : sequence of int
        Whole numbers from 1 to 9, one for each rater.
    rule : str
        What disagreement is:

        - `thirds`: at least a third of the raters in 1-3 and at least a third in 7-9;
        - `panel`: the counts of the manual's table, 3 at each end for panels of 8 to 10,
          4 for 11 to 13, 5 for 14 to 16, and so on by steps of three
          (`counts_for_panel`); with 10, 13 or 16 raters it is stricter than `thirds`;
        - `ipras`: the range from the 30th to the 70th percentile is wider than IPRAS.

    Raises
    ------
    BadRatings
        When there are no ratings, or one is not on the scale.

    Examples
    --------
    >>> judge_panel([1, 2, 3, 7, 8, 9, 9, 9, 9]).category
    'uncertain'
    >>> judge_panel([7, 7, 8, 8, 8, 9, 9, 9, 2], rule="ipras").category
    'appropriate'
    """
    if not ratings:
        raise BadRatings("a panel without ratings has no median.")
    given = [whole_number(one, LOW, HIGH) for one in ratings]
    middle = median(given)
    low, high = sum(one <= 3 for one in given), sum(one >= 7 for one in given)
    category, around = _class_of(middle)
    outside = sum(one not in around for one in given)
    ipr, ipras = interpercentile_ranges(given)
    enough, few = counts_for_panel(len(given))
    disagreement = {
        "thirds": 3 * low >= len(given) and 3 * high >= len(given),
        "panel": low >= enough and high >= enough,
        "ipras": ipr > ipras,
    }[rule]
    return Panel(
        category="uncertain" if disagreement else category,
        median=middle,
        disagreement=disagreement,
        agreement=outside <= few if rule == "panel" else 3 * outside < len(given),
        low=low,
        high=high,
        outside=outside,
        ipr=ipr,
        ipras=ipras,
        index=ipr / ipras,
    )


def counts_for_panel(n: int) -> tuple[int, int]:
    """Return how many at each end are disagreement, and how many outside are still agreement.

    The manual prints 8 to 16 raters; its steps of three go on below and above.

    Examples
    --------
    >>> [counts_for_panel(n) for n in (8, 10, 11, 13, 14, 16)]
    [(3, 2), (3, 2), (4, 3), (4, 3), (5, 4), (5, 4)]
    """
    enough = max(1, (n + 1) // 3)
    return enough, enough - 1


def interpercentile_ranges(ratings: Sequence[int]) -> tuple[Fraction, Fraction]:
    """Return IPR and IPRAS.

    IPR is the 70th minus the 30th percentile (`deciding.arithmetic.quantile`), its central point
    the mean of the two, the asymmetry index the distance of that point from 5, and
    IPRAS = 2.35 + 1.5 × asymmetry index.

    Examples
    --------
    >>> ipr, ipras = interpercentile_ranges([4, 5, 6, *[7] * 5, *[8] * 5, 9, 9])
    >>> float(ipr), float(ipras)  # PMC3467596, table 1
    (1.0, 6.1)
    """
    lower, upper = (quantile(ratings, Fraction(tenths, 10)) for tenths in (3, 7))
    asymmetry = abs(5 - (lower + upper) / 2)
    return upper - lower, IPR_SYMMETRIC + PER_ASYMMETRY * asymmetry


@dataclass(frozen=True, kw_only=True)
class Appropriateness(Method):
    """Rate each option from 1 to 9; an appropriate one meets the threshold.

    Attributes
    ----------
    disagreement : str
        `thirds`, `panel` or `ipras`: see `judge_panel`.
    """

    name: ClassVar[str] = "rand_ucla"
    disagreement: str = "thirds"

    def __post_init__(self) -> None:
        require(self.disagreement in RULES, f"“disagreement” must be one of {', '.join(RULES)}.")

    def steps(self, asked: str) -> tuple[Step, ...]:
        """Return the nine points."""
        return tuple(range(LOW, HIGH + 1))

    def read(self, asked: str, given: object) -> Step:
        """Return the points, from 1 to 9."""
        return whole_number(given, LOW, HIGH)

    def find(
        self,
        given: Sequence[Given],
        earlier: Sequence[Sequence[Given]],
    ) -> tuple[dict[str, Finding], object]:
        """Return the panel's class of each option. There is no order among options."""
        found = {}
        for one in given:
            panel = judge_panel(one.values(), rule=self.disagreement)
            met = panel.category == "appropriate"
            code = "disagreement" if panel.disagreement else panel.category
            reason = Reason(code, {"median": panel.median, "low": panel.low, "high": panel.high})
            verdict = Verdict.MET if met else Verdict.NOT_MET
            found[one.option] = Finding(panel, verdict, reason)
        return found, None


def _class_of(middle: Fraction) -> tuple[str, range]:
    if middle >= Fraction(13, 2):
        return "appropriate", range(7, 10)
    if middle >= Fraction(7, 2):
        return "uncertain", range(4, 7)
    return "inappropriate", range(1, 4)
