"""Where people lie, told as areas: nobody's own place can be read from them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

RADIUS = 1.5  # standard deviations: about two thirds of a normal cloud
SHARES = (0.05, 0.25, 0.5, 0.75, 0.95)


@dataclass(frozen=True, slots=True)
class Ellipse:
    """Where about two thirds of some people lie: a centre, two radii, and the turn of the first
    radius against the first axis in degrees, counter-clockwise."""

    x: float
    y: float
    rx: float
    ry: float
    turn: float


def ellipse(places: npt.ArrayLike) -> Ellipse:
    """Return the area of people on a map from their mean and covariance.

    Parameters
    ----------
    places : array_like of shape (n_people, 2)
        Not modified.

    Raises
    ------
    ValueError
        When there is nobody, or places are not pairs.

    Examples
    --------
    >>> ellipse([[-1, 0], [1, 0], [0, -2], [0, 2]])
    Ellipse(x=0.0, y=0.0, rx=2.121, ry=1.061, turn=90.0)
    """
    points = np.asarray(places, np.float64)
    if points.ndim != 2 or points.shape[1] != 2 or not len(points):
        raise ValueError(f"places are pairs, one or more, not of shape {points.shape}")
    x, y = points.mean(axis=0)
    values, vectors = np.linalg.eigh(np.cov(points.T, bias=True))
    small, large = RADIUS * np.sqrt(np.maximum(values, 0.0))
    turn = np.degrees(np.arctan2(vectors[1, 1], vectors[0, 1])) % 180
    return Ellipse(*(round(float(one), 3) + 0.0 for one in (x, y, large, small, turn)))


def bands(places: npt.ArrayLike) -> tuple[float, ...]:
    """Return where 5, 25, 50, 75 and 95 % of people lie along one axis.

    Raises
    ------
    ValueError
        When there is nobody.

    Examples
    --------
    >>> bands([0, 1, 2, 3, 4])
    (0.2, 1.0, 2.0, 3.0, 3.8)
    """
    values = np.asarray(places, np.float64)
    if not values.size:
        raise ValueError("places of one person or more are needed")
    return tuple(round(float(one), 3) + 0.0 for one in np.quantile(values, SHARES))
