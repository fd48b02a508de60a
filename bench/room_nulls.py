"""Rooms that hold no camps: every kind of one axis, of missing votes, of style and of copies.

Each is a table of voices × statements with 1, 0, -1 and nan. Unless said otherwise a room has 40 to
60 statements, 50 to 95 % of the votes given and 2 to 20 % of these passes; where people lie on an
axis z of mean 0 and deviation 1, P(agree) = 1 / (1 + exp(c - b·z)), with the cuts c drawn from
N(0, 1) and the slopes b from N(0, s²), s one of 0.7, 1, 1.5 and 2.2 for a whole room: weak to very
strong.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Draw = Callable[[np.random.Generator, int], Floats]
Places = Callable[[np.random.Generator, int], Floats]

STRENGTHS = (0.7, 1.0, 1.5, 2.2)
EXP = np.exp(0.9**2 / 2)


def _conditions(rng: np.random.Generator) -> tuple[int, float, float]:
    """Statements, share of votes given, share of passes among them."""
    return int(rng.integers(40, 61)), rng.uniform(0.5, 0.95), rng.uniform(0.02, 0.2)


def hidden(rng: np.random.Generator, table: Floats, passes: float, share: float) -> Floats:
    """Make a share of the votes passes, and keep a share of all; changes the table."""
    table[rng.random(table.shape) < passes] = 0
    table[rng.random(table.shape) > share] = np.nan
    return table


def _sides(rng: np.random.Generator, agree: Floats) -> Floats:
    return np.where(rng.random(agree.shape) < 1 / (1 + np.exp(-agree)), 1.0, -1.0)


def _along(rng: np.random.Generator, z: Floats, m: int) -> Floats:
    """Answers of people at these places on one axis."""
    slope, cut = rng.normal(0, rng.choice(STRENGTHS), m), rng.normal(size=m)
    return _sides(rng, z[:, None] * slope - cut)


def axis(places: Places) -> Draw:
    """One axis on which people lie as `places` draws them."""

    def draw(rng: np.random.Generator, n: int) -> Floats:
        m, share, passes = _conditions(rng)
        return hidden(rng, _along(rng, places(rng, n), m), passes, share)

    return draw


def independent(rng: np.random.Generator, n: int) -> Floats:
    """Every vote by itself, at a rate of its statement."""
    m, share, passes = _conditions(rng)
    rate = rng.beta(1.5, 1.5, m)
    return hidden(rng, np.where(rng.random((n, m)) < rate, 1.0, -1.0), passes, share)


def two_axes(rng: np.random.Generator, n: int) -> Floats:
    """Two normal axes."""
    m, share, passes = _conditions(rng)
    slope = rng.normal(0, rng.choice(STRENGTHS) / 1.2, (2, m))
    lean = rng.normal(size=(n, 2)) @ slope - rng.normal(size=m)
    return hidden(rng, _sides(rng, lean), passes, share)


def guttman(rng: np.random.Generator, n: int) -> Floats:
    """A scale: on each statement everybody beyond a point agrees; one answer in twenty slips."""
    m, share, passes = _conditions(rng)
    beyond = rng.normal(size=(n, 1)) * rng.choice([-1, 1], m) > rng.normal(size=m)
    table = np.where(beyond != (rng.random((n, m)) < 0.05), 1.0, -1.0)
    return hidden(rng, table, passes, share)


def acquiescence(rng: np.random.Generator, n: int) -> Floats:
    """Some agree more readily than others, continuously; half of the rooms have an axis besides."""
    m, share, passes = _conditions(rng)
    slope = rng.normal(0, 0.7, m) * rng.integers(0, 2)
    ready = rng.normal(size=(n, 1)) * rng.choice([0.7, 1.0, 1.5])
    return hidden(
        rng,
        _sides(rng, rng.normal(size=(n, 1)) * slope + ready - rng.normal(size=m)),
        passes,
        share,
    )


def missing_by_stance(rng: np.random.Generator, n: int) -> Floats:
    """A normal axis; agreement is cast in 90 %, disagreement in 45 %, a pass in 70 %."""
    m, _, passes = _conditions(rng)
    table = hidden(rng, _along(rng, rng.normal(size=n), m), passes, 1.0)
    cast = np.where(table > 0, 0.9, np.where(table < 0, 0.45, 0.7))
    table[rng.random(table.shape) > cast] = np.nan
    return table


def half_stop(rng: np.random.Generator, n: int) -> Floats:
    """A normal axis; half of the people stop after the same ten statements."""
    m, share, passes = _conditions(rng)
    table = hidden(rng, _along(rng, rng.normal(size=n), m), passes, share)
    later = rng.permutation(m)[10:]
    table[np.ix_(rng.permutation(n)[: n // 2], later)] = np.nan
    return table


def yeasayers(others: Draw) -> Draw:
    """A quarter agrees with everything it does not pass."""

    def draw(rng: np.random.Generator, n: int) -> Floats:
        table = others(rng, n)
        some = table[: n // 4]
        some[some == -1] = 1
        return table

    return draw


def blocks(of: Callable[[int], int], by_rates: bool) -> Draw:
    """Two blocks of identical ballots, on a line of their own or drawn by the room's rates."""

    def draw(rng: np.random.Generator, n: int) -> Floats:
        m, share, passes = _conditions(rng)
        rate = rng.beta(1.5, 1.5, m)
        table = np.where(rng.random((n, m)) < rate, 1.0, -1.0)
        size = of(n)
        for begin in (0, size):
            line = rng.random(m) < (rate if by_rates else 0.5)
            table[begin : begin + size] = np.where(line, 1.0, -1.0)
        return hidden(rng, table, passes, share)

    return draw


def _three_in_twenty(n: int) -> int:
    return round(0.15 * n)


normal = axis(lambda rng, n: rng.normal(size=n))

#: Rooms without groups: the gate may open in 5 % of each.
NULLS: dict[str, Draw] = {
    "independent votes": independent,
    "one normal axis": normal,
    "one uniform axis": axis(lambda rng, n: np.sqrt(3) * rng.uniform(-1, 1, n)),
    "one exponential axis": axis(lambda rng, n: rng.exponential(size=n) - 1),
    "one lognormal axis (0.9)": axis(
        lambda rng, n: (np.exp(0.9 * rng.normal(size=n)) / EXP - 1) / np.sqrt(EXP**2 - 1)
    ),
    "one gamma axis (2.5)": axis(lambda rng, n: (rng.gamma(2.5, size=n) - 2.5) / np.sqrt(2.5)),
    "two normal axes": two_axes,
    "Guttman scale": guttman,
    "continuous acquiescence": acquiescence,
    "missing votes follow the stance": missing_by_stance,
    "half stop after ten statements": half_stop,
}
#: Those whose rates come nearest to it.
NEAR_THE_LIMIT = (
    "one exponential axis",
    "one lognormal axis (0.9)",
    "Guttman scale",
    "continuous acquiescence",
    "missing votes follow the stance",
)
#: Two peaks, at both ends of one axis: reported, not bound.
ENDS: dict[str, Draw] = {
    "one U-shaped axis, Beta(0.6, 0.6)": axis(
        lambda rng, n: (rng.beta(0.6, 0.6, n) - 0.5) / np.sqrt(0.25 / 2.2)
    ),
}
#: Clusters of style and of copies.
STYLES: dict[str, Draw] = {
    "a quarter agrees with everything, independent votes": yeasayers(independent),
    "a quarter agrees with everything, normal axis": yeasayers(normal),
    "two blocks of 15 %, a line of their own": blocks(_three_in_twenty, by_rates=False),
    "two blocks of 15 %, by the room's rates": blocks(_three_in_twenty, by_rates=True),
    "two blocks of four": blocks(lambda _n: 4, by_rates=False),
}
