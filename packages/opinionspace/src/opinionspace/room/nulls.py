"""Draw rooms without groups that resemble a given room: the two null models of the gate.

Both keep who voted on what, and each statement's shares.
"""

from __future__ import annotations

import numpy as np
import scipy  # its parts are loaded when they are first needed

from opinionspace.room import axes
from opinionspace.room.axes import Fit, Floats
from opinionspace.votes import FloatArray

MOST_CORRELATION = 0.95
TERMS = 100
MATCHING_ROUNDS = 3
MATCHING_ROOMS = 12
_GRID = np.linspace(0.0, MOST_CORRELATION, 96)


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


def matched_correlations(
    table: FloatArray, seen: FloatArray, fitted: Fit, start: FloatArray, rng: np.random.Generator
) -> FloatArray:
    """Return correlations whose rooms, refitted, have a first axis as strong as this one.

    In small rooms the fit of two axes understates a strong first axis and overstates a weak
    one. Rooms are drawn with `axis_correlations` and fitted in the same way; loadings are
    scaled by what their first axis lacks, three times (indirect inference).

    References
    ----------
    .. [1] C. Gourieroux, A. Monfort, E. Renault (1993). Indirect inference. J. Appl.
       Econometrics 8, S85-S118.
    """
    mask, begin = seen.astype(np.float32), start.astype(np.float32)
    scale = 1.0
    for _ in range(MATCHING_ROUNDS):
        correlation = axis_correlations(table, seen, fitted, scale)
        rooms = gaussian_rooms(table, seen, correlation, MATCHING_ROOMS, rng)
        drawn = float(np.median(axes.fit(rooms, mask, begin).strength[:, 0]))
        scale *= float(fitted.strength[0, 0]) / max(drawn, 1e-6)
    return axis_correlations(table, seen, fitted, scale)


def axis_correlations(
    table: FloatArray, seen: FloatArray, fitted: Fit, scale: float = 1.0
) -> FloatArray:
    r"""Return the correlation of the leaning behind each statement with the room's first axis.

    An answer that is no pass is read as a normal leaning cut at :math:`\tau_j`; passes, of
    share :math:`q_j`, as chance. Two statements like `j` then have the covariance of the
    tetrachoric series, which the fitted axis explains by :math:`w_j^2`:

    .. math::

        w_j^2 = 4 (1 - q_j)^2 \sum_{k \ge 1}
            \frac{\phi(\tau_j)^2\, He_{k-1}(\tau_j)^2}{k!}\, a_j^{2k},
        \qquad |a_j| \le 0.95

    (at a cut in the middle :math:`\tfrac2\pi \arcsin a^2`), solved for `a` on a grid. `scale`
    multiplies the loadings first.

    References
    ----------
    .. [1] K. Pearson (1900). On the correlation of characters not quantitatively
       measurable. Phil. Trans. R. Soc. A 195, 1-47: the tetrachoric series.
    """
    cut, passes = _cuts(table, seen)
    explained = twin_covariance(cut, _GRID) * (1 - passes[:, None]) ** 2
    covariance = scale * fitted.directions[0, :, 0] * fitted.strength[0, 0]
    found = [np.interp(w * w, row, _GRID) for w, row in zip(covariance, explained, strict=True)]
    return np.asarray(np.sign(covariance) * np.array(found))


def twin_covariance(cut: FloatArray, correlation: FloatArray) -> FloatArray:
    """Return the covariance of two ±1 answers whose leanings each have this correlation.

    Parameters
    ----------
    cut : ndarray of shape (m,)
        Where both leanings are cut.
    correlation : ndarray of shape (g,), in [0, 1)
        Of each leaning with the common axis; the leanings correlate by its square.

    Returns
    -------
    ndarray of shape (m, g), rising along each row
    """
    before, now = np.zeros_like(cut), np.ones_like(cut)  # Hermite over √k!, at k - 1
    total = np.zeros((len(cut), len(correlation)))
    for k in range(1, TERMS + 1):
        total += (now * now / k)[:, None] * correlation ** (2 * k)
        before, now = now, (cut * now - np.sqrt(k - 1) * before) / np.sqrt(k)
    return np.asarray(4 * (np.exp(-cut * cut) / (2 * np.pi))[:, None] * total)


def _cuts(table: FloatArray, seen: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return where the leaning of each statement is cut, and its share of passes."""
    agree, disagree = (table == 1).sum(axis=0), (table == -1).sum(axis=0)
    sided = agree + disagree
    cut = scipy.special.ndtri(np.clip(disagree / np.maximum(sided, 1), 1e-4, 1 - 1e-4))
    return cut, 1.0 - sided / np.maximum(seen.sum(axis=0), 1)


def gaussian_rooms(
    table: FloatArray,
    seen: FloatArray,
    correlation: FloatArray,
    count: int,
    rng: np.random.Generator,
) -> Floats:
    r"""Draw rooms in which people differ along one continuous, normal axis only.

    .. math::

        y_{ij} = a_j z_i + \sqrt{1 - a_j^2}\, e_{ij}, \qquad
        x_{ij} = \operatorname{sign}(y_{ij} - \tau_j)

    or a pass by chance; with the cuts, passes and missing votes of `table`.

    Returns
    -------
    float32 ndarray of shape (count, n, m), 0 where `seen` is 0
    """
    n, m = seen.shape
    cut, passes = _cuts(table, seen)
    a = correlation.astype(np.float32)
    z = rng.standard_normal((count, n, 1), dtype=np.float32)
    leaning = rng.standard_normal((count, n, m), dtype=np.float32)
    leaning *= np.sqrt(1 - a * a)
    leaning += a * z
    stance = np.where(leaning > cut.astype(np.float32), np.float32(1), np.float32(-1))
    spoken = rng.random((count, n, m), dtype=np.float32) >= passes.astype(np.float32)
    stance *= spoken
    stance *= seen.astype(np.float32)
    return np.asarray(stance)
