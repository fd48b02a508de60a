"""Estimate how strong a split a room could have shown, for "no groups can be shown"."""

from __future__ import annotations

import numpy as np

POWER = 0.8
MOST_GAP = 0.95
#: People in the room, and how far apart two equal halves must lie for the gate to open in 8 of 10
#: rooms (see `detectable`). From rooms of 20, 50 and 100 statements, `bench/rooms.py`, part power:
#: 3.4 to 4.0, 2.9 to 3.2, 2.6 to 2.8, 2.1 to 2.4.
PEOPLE = (20, 40, 60, 100)
DISTANCE = (3.8, 3.1, 2.7, 2.3)
#: With fewer votes from each, even wide gaps are often not shown.
FEWEST_VOTES_EACH = 12


def detectable(n_people: int, votes_each: float) -> float | None:
    r"""Return the smallest difference in agreement that the gate shows in 8 of 10 rooms.

    Of two equal halves that differ by `g` on half of the statements, one up, one down. A
    person's score on them lies

    .. math:: d = g\sqrt{v/2} \Big/ \sqrt{1 - g^2/2}, \qquad\text{so}\qquad
        g = d\sqrt{\frac{2}{v + d^2}}

    deviations from the middle between them, with `v` votes each; `d` was measured by
    simulation at 20, 40, 60 and 100 people and is interpolated on a logarithmic scale (and kept
    beyond 100). A rough guide, good to about 0.1, for halves; smaller groups need more.

    Parameters
    ----------
    n_people : int
    votes_each : float
        Mean votes of a person on the statements used.

    Returns
    -------
    float or None
        None when even a difference of 0.95 would not be shown so often: always so under
        twenty people, among whom groups are not looked for, and under twelve votes each.

    Examples
    --------
    >>> round(detectable(100, 40), 2), detectable(12, 40)
    (0.48, None)
    """
    if n_people < PEOPLE[0] or votes_each < FEWEST_VOTES_EACH:
        return None
    d = float(np.interp(np.log(n_people), np.log(PEOPLE), DISTANCE))
    gap = d * float(np.sqrt(2.0 / (votes_each + d * d)))
    return round(gap, 2) if gap <= MOST_GAP else None
