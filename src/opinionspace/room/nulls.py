"""Rooms without groups, made from a room: the two null models of the gate.

Both keep who voted on what, and each statement's shares.
"""

from __future__ import annotations

import numpy as np
from scipy import special

from opinionspace.room.axes import Fit, Floats
from opinionspace.votes import FloatArray

MOST_CORRELATION = 0.95


def permuted_rooms(
    table: FloatArray, seen: FloatArray, count: int, rng: np.random.Generator
) -> Floats:
    """Shuffle the votes inside each statement, among those who voted on it.

    No voice keeps a leaning, every statement keeps its counts.

    Parameters
    ----------
    table : ndarray of shape (n, m)
        Stances, 0 where `seen` is 0. Not modified.
    seen : ndarray of shape (n, m), 0 or 1

    Returns
    -------
    float32 ndarray of shape (count, n, m)
    """
    n, m = table.shape
    keys = rng.integers(0, 2**32, (count, m, n), dtype=np.uint32)
    # The stance rides in the lowest two bits, so that sorting random keys shuffles stances;
    # those who did not vote sort last.
    keys &= np.uint32(0xFFFFFFFC)
    keys |= (table.T + 1).astype(np.uint32)
    voted = seen.T > 0
    keys[:, ~voted] = 0xFFFFFFFF
    keys.sort(axis=2)
    stance = (keys & np.uint32(3)).astype(np.float32) - 1.0
    place = np.where(voted, np.cumsum(voted, axis=1) - 1, 0)
    shuffled = np.take_along_axis(stance, place[None], axis=2)
    return np.asarray((shuffled * voted).transpose(0, 2, 1))


def axis_correlations(table: FloatArray, seen: FloatArray, fitted: Fit) -> FloatArray:
    r"""Correlation of the leaning behind each statement with the room's first axis.

    An answer that is no pass is read as a normal leaning cut at :math:`\tau_j`; passes, of
    share :math:`q_j`, as chance. The covariance :math:`w_j` of stances with the axis is then

    .. math:: w_j = 2 \phi(\tau_j)\, (1 - q_j)\, a_j, \qquad |a_j| \le 0.95

    (the polyserial correlation, by its closed form). Where passes lie in the middle of the
    axis instead, `a` comes out too large, and the null rooms too much like groups: the gate
    then errs on the closed side.

    References
    ----------
    .. [1] U. Olsson, F. Drasgow, N. J. Dorans (1982). The polyserial correlation
       coefficient. Psychometrika 47, 337-347.
    """
    votes = np.maximum(seen.sum(axis=0), 1)
    agree = (table == 1).sum(axis=0)
    sided = agree + (table == -1).sum(axis=0)
    cut = special.ndtri(np.clip(agree / np.maximum(sided, 1), 1e-6, 1 - 1e-6))
    slope = 2 * np.exp(-0.5 * cut * cut) / np.sqrt(2 * np.pi) * sided / votes
    covariance = fitted.directions[0, :, 0] * fitted.strength[0, 0]
    correlation = covariance / np.maximum(slope, 1e-9)
    return np.asarray(np.clip(correlation, -MOST_CORRELATION, MOST_CORRELATION))


def thresholds(table: FloatArray, seen: FloatArray) -> FloatArray:
    """Return where a standard normal must be cut to give each statement's shares, (2, m)."""
    votes = np.maximum(seen.sum(axis=0), 1)
    disagree = ((table == -1) & (seen > 0)).sum(axis=0) / votes
    agree = ((table == 1) & (seen > 0)).sum(axis=0) / votes
    return np.clip(special.ndtri(np.stack([disagree, 1.0 - agree])), -9, 9)


def gaussian_rooms(
    cuts: FloatArray,
    correlation: FloatArray,
    seen: FloatArray,
    count: int,
    rng: np.random.Generator,
) -> Floats:
    r"""Draw rooms in which people lie on one continuous, normal axis and nowhere else.

    .. math::

        y_{ij} = a_j z_i + \sqrt{1 - a_j^2}\, e_{ij}, \qquad
        x_{ij} = [y_{ij} > \tau_{j2}] - [y_{ij} < \tau_{j1}]

    Returns
    -------
    float32 ndarray of shape (count, n, m), 0 where `seen` is 0
    """
    n, m = seen.shape
    a = correlation.astype(np.float32)
    z = rng.standard_normal((count, n, 1), dtype=np.float32)
    leaning = rng.standard_normal((count, n, m), dtype=np.float32)
    leaning *= np.sqrt(1 - a * a)
    leaning += a * z
    low, high = cuts.astype(np.float32)
    stance = (leaning >= high).astype(np.float32)
    stance -= leaning < low
    stance *= seen.astype(np.float32)
    return np.asarray(stance)
