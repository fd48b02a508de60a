"""Fit two axes to votes of which some are missing: probabilistic PCA.

Everything here works on many tables at once (a leading axis of tables), because the gate
asks hundreds of resampled rooms the same question.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

Floats: TypeAlias = npt.NDArray[np.floating[Any]]  # float64 for the room, float32 for resamples

ROUNDS = 30
SUBSPACE_ROUNDS = 8
LEAST_NOISE = 1e-3


@dataclass(frozen=True, slots=True, eq=False)
class Fit:
    """Axes of each table; `b` tables, `n` voices, `m` statements.

    Attributes
    ----------
    mean : ndarray of shape (b, m)
        Where a voice in the middle stands on each statement, in stances.
    directions : ndarray of shape (b, m, 2)
        Orthonormal axes, the stronger first; the sign is arbitrary.
    strength : ndarray of shape (b, 2)
        Standard deviation of voices along each axis, in stances.
    position : ndarray of shape (b, n, 2)
        Posterior mean of each voice on the axes, drawn to 0 the fewer votes it gave.
    deviation : ndarray of shape (b, n, 2)
        Posterior standard deviation of the position.
    noise : ndarray of shape (b,)
        Variance of a stance around what the axes say.
    """

    mean: Floats
    directions: Floats
    strength: Floats
    position: Floats
    deviation: Floats
    noise: Floats


def leading(tables: Floats, start: Floats, rounds: int = SUBSPACE_ROUNDS) -> tuple[Floats, Floats]:
    """Return squared singular values and right vectors of each table, the strongest first.

    Subspace iteration, as many vectors as `start` has columns; the first ones are accurate,
    the last serve as a buffer.

    Parameters
    ----------
    tables : ndarray of shape (b, n, m)
        Centred, 0 where a vote is missing.
    start : ndarray of shape (m, q)

    Returns
    -------
    values : ndarray of shape (b, q)
    vectors : ndarray of shape (b, m, q)
    """
    flipped = tables.transpose(0, 2, 1)
    basis = np.broadcast_to(start, (len(tables), *start.shape))
    for _ in range(rounds):
        basis, _ = np.linalg.qr(flipped @ (tables @ basis))
    image = tables @ basis
    values, turn = np.linalg.eigh(image.transpose(0, 2, 1) @ image)
    return values[:, ::-1], basis @ turn[:, :, ::-1]


def centred(tables: Floats, seen: Floats, weights: Floats | None = None) -> Floats:
    """Subtract each statement's mean over those who voted; missing votes become 0."""
    if weights is None:
        mean = tables.sum(axis=1) / np.maximum(seen.sum(axis=0), 1)
    else:
        mean = (weights @ tables[0]) / np.maximum(weights @ seen, 1e-9)
    return np.asarray(tables - seen * mean[:, None, :])


def fit(
    tables: Floats,
    seen: Floats,
    start: Floats,
    weights: Floats | None = None,
    rounds: int = ROUNDS,
) -> Fit:
    r"""Fit probabilistic PCA with two axes by EM, missing votes left out of every sum.

    .. math::

        x_{ij} = \mu_j + w_j^\top z_i + \varepsilon_{ij}, \quad
        z_i \sim N(0, I_2), \quad \varepsilon_{ij} \sim N(0, \sigma^2), \quad
        w_j \sim N(0, I_2)

    The prior of `w` (about half a vote) keeps a statement with few votes from inventing an
    axis of its own. EM starts from the leading axes of the centred table with missing votes
    at 0 and runs a fixed number of rounds, so equal input gives equal output.

    Parameters
    ----------
    tables : ndarray of shape (b, n, m), or (1, n, m) with weights
        Stances, 0 where `seen` is 0. Not modified.
    seen : ndarray of shape (n, m), 0 or 1
        The same votes are missing in every table.
    start : ndarray of shape (m, q), q ≥ 2
        Any full-rank start of the subspace iteration.
    weights : ndarray of shape (b, n), optional
        How often each voice counts: the draws of a bootstrap. Voices of weight 0 are placed
        but move nothing.

    References
    ----------
    .. [1] M. E. Tipping, C. M. Bishop (1999). Probabilistic principal component analysis.
       J. R. Statist. Soc. B 61, 611-622.
    .. [2] A. Ilin, T. Raiko (2010). Practical approaches to principal component analysis in
       the presence of missing values. J. Mach. Learn. Res. 11, 1957-2000.
    """
    w = np.ones((1, len(seen)), tables.dtype) if weights is None else weights
    of_voice = w[:, :, None]
    n_voices = w.sum(axis=1)
    votes = w @ seen
    plain = np.maximum(votes, 1e-6)
    total = votes.sum(axis=1)
    sums = (w[:, None, :] @ tables)[:, 0]
    squares = (w[:, None, :] @ (tables * tables))[:, 0].sum(axis=1)
    flipped, seen_flipped = tables.transpose(0, 2, 1), seen.T
    mean = sums / plain
    loading, noise = _begin(tables, seen, weights, start, n_voices, total)
    for round in range(rounds + 1):
        z, inner = _voices(tables, seen, mean, loading, noise)
        if round == rounds:
            break
        second = np.stack([z[..., 0] ** 2, z[..., 0] * z[..., 1], z[..., 1] ** 2], axis=-1) + inner
        moments = seen_flipped @ np.concatenate([of_voice * z, of_voice * second], axis=-1)
        cross = flipped @ (of_voice * z)
        t, e = moments[..., :2], moments[..., 2:]
        ridge = noise[:, None]
        a00 = e[..., 0] - t[..., 0] ** 2 / plain + ridge
        a01 = e[..., 1] - t[..., 0] * t[..., 1] / plain
        a11 = e[..., 2] - t[..., 1] ** 2 / plain + ridge
        r = cross - t * (sums / plain)[..., None]
        loading = _solve(a00, a01, a11, r)
        mean = (sums - (t * loading).sum(axis=-1)) / plain
        l0, l1 = loading[..., 0], loading[..., 1]
        explained = (
            2 * (loading * cross).sum(axis=-1)
            + 2 * mean * (sums - (t * loading).sum(axis=-1))
            - (l0 * l0 * e[..., 0] + 2 * l0 * l1 * e[..., 1] + l1 * l1 * e[..., 2])
            - votes * mean * mean
        )
        noise = np.maximum((squares - explained.sum(axis=1)) / total, LEAST_NOISE)
    return _principal(mean, loading, noise, z, inner)


def _begin(
    tables: Floats,
    seen: Floats,
    weights: Floats | None,
    start: Floats,
    n_voices: Floats,
    total: Floats,
) -> tuple[Floats, Floats]:
    """Return loadings and noise from the leading axes of the table with missing votes at 0."""
    middle = centred(tables, seen, weights)
    scaled = middle if weights is None else middle * np.sqrt(weights)[:, :, None]
    values, vectors = leading(scaled, start)
    fill = float(seen.mean())
    per_voice = np.maximum(values[:, :2] / (n_voices[:, None] * fill * fill), 1e-6)
    left = (scaled * scaled).sum(axis=(1, 2)) - values[:, :2].sum(axis=1)
    noise = np.maximum(left / total, LEAST_NOISE)
    room = np.maximum(per_voice - noise[:, None] / fill, 0.1 * per_voice)
    return vectors[:, :, :2] * np.sqrt(room)[:, None, :], noise


def _voices(
    tables: Floats, seen: Floats, mean: Floats, loading: Floats, noise: Floats
) -> tuple[Floats, Floats]:
    """Return the posterior mean (b, n, 2) and covariance (b, n, 3) of each voice: the E-step."""
    l0, l1 = loading[..., 0], loading[..., 1]
    packed = np.stack([l0 * l0, l0 * l1, l1 * l1, mean * l0, mean * l1], axis=-1)
    per_voice = seen @ packed
    ridge = noise[:, None]
    a00, a01, a11 = per_voice[..., 0] + ridge, per_voice[..., 1], per_voice[..., 2] + ridge
    z = _solve(a00, a01, a11, tables @ loading - per_voice[..., 3:])
    scale = ridge / (a00 * a11 - a01 * a01)
    return z, np.stack([a11 * scale, -a01 * scale, a00 * scale], axis=-1)


def _solve(a00: Floats, a01: Floats, a11: Floats, r: Floats) -> Floats:
    """Solve symmetric 2 × 2 systems."""
    det = a00 * a11 - a01 * a01
    r0, r1 = r[..., 0], r[..., 1]
    return np.stack([(a11 * r0 - a01 * r1) / det, (a00 * r1 - a01 * r0) / det], axis=-1)


def _principal(mean: Floats, loading: Floats, noise: Floats, z: Floats, inner: Floats) -> Fit:
    """Turn to principal axes and stretch positions to the scale of stances."""
    squared, turn = np.linalg.eigh(loading.transpose(0, 2, 1) @ loading)
    turn = turn[:, :, ::-1]
    strength = np.sqrt(np.maximum(squared[:, ::-1], 1e-12))
    c, s = turn[:, None, 0], turn[:, None, 1]
    spread = inner[..., :1] * c * c + 2 * inner[..., 1:2] * c * s + inner[..., 2:] * s * s
    return Fit(
        mean,
        (loading @ turn) / strength[:, None, :],
        strength,
        (z @ turn) * strength[:, None, :],
        np.sqrt(np.maximum(spread, 0)) * strength[:, None, :],
        noise,
    )
