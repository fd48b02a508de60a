"""Exact numbers: shares, medians and percentiles as fractions, nothing rounded on the way."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

HALF = Fraction(1, 2)


#: A number as people and programs write it; a comma only before one or two digits, since a
#: comma before three of them may part thousands.
WRITTEN = re.compile(r"[+-]?(\d{1,30}(\.\d{1,30})?|\d{1,30},\d{1,2})([eE][+-]?\d{1,2})?")
RATIO = re.compile(r"(\d{1,30})/(\d{1,30})")


def exact(value: object) -> Fraction | None:
    """Return a number as the fraction that its digits say, or None where it is no number.

    Examples
    --------
    >>> exact(0.7), exact("0.15"), exact("7,5"), exact("7/10")
    (Fraction(7, 10), Fraction(3, 20), Fraction(15, 2), Fraction(7, 10))
    >>> exact("many"), exact("1e999999999"), exact(float("nan")), exact(True)
    (None, None, None, None)
    """
    if isinstance(value, int | Fraction) and not isinstance(value, bool):
        return Fraction(value)
    if not isinstance(value, float | Decimal | str):
        return None
    text = str(value).strip()
    if ratio := RATIO.fullmatch(text):
        over, under = map(int, ratio.groups())
        return Fraction(over, under) if under else None
    return Fraction(Decimal(text.replace(",", "."))) if WRITTEN.fullmatch(text) else None


def quantile(values: Iterable[int | Fraction], share: Fraction) -> Fraction:
    """Return a percentile by linear interpolation between the values in order.

    The value at place 1 + (n − 1) · share. Type 7 of Hyndman & Fan (1996, The American
    Statistician 50:361-365): what R, NumPy and spreadsheets (PERCENTILE.INC) give.

    Examples
    --------
    >>> quantile([7, 7, 8, 9], Fraction(3, 10))
    Fraction(7, 1)
    >>> quantile([1, 2], HALF)
    Fraction(3, 2)
    """
    ordered = sorted(values)
    place = (len(ordered) - 1) * share
    under = math.floor(place)
    over = min(under + 1, len(ordered) - 1)
    return ordered[under] + (place - under) * (Fraction(ordered[over]) - ordered[under])


def median(values: Iterable[int | Fraction]) -> Fraction:
    """Return the middle value, or the mean of the two middle ones."""
    return quantile(values, HALF)


def mean(values: Sequence[int | Fraction]) -> Fraction:
    """Return the sum of the values divided by their number."""
    return Fraction(sum(values)) / len(values)


@dataclass(frozen=True)
class Spread:
    """Where numbers lie: the ends, the quarters and the middle of them."""

    least: Fraction
    lower: Fraction
    median: Fraction
    upper: Fraction
    most: Fraction

    @classmethod
    def of(cls, values: Iterable[int | Fraction]) -> Spread:
        """Return the spread of numbers, quartiles as `quantile` has them."""
        ordered = sorted(values)
        return cls(*(quantile(ordered, Fraction(quarter, 4)) for quarter in range(5)))

    @property
    def iqr(self) -> Fraction:
        """The interquartile range: what the middle half of the numbers spans."""
        return self.upper - self.lower


def places(keys: Mapping[str, object]) -> dict[str, int]:
    """Return the place of each option by its key, the highest first; equal keys share a place.

    After two on place 1 comes place 3.

    Examples
    --------
    >>> places({"a": 5, "b": 7, "c": 7})
    {'b': 1, 'c': 1, 'a': 3}
    """
    ordered = sorted(keys, key=lambda option: keys[option], reverse=True)  # type: ignore[arg-type, return-value] # keys of one call compare
    found: dict[str, int] = {}
    for number, option in enumerate(ordered, 1):
        before = ordered[number - 2] if number > 1 else None
        same = before is not None and keys[before] == keys[option]
        found[option] = found[before] if same and before is not None else number
    return found
