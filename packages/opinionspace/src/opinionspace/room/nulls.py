"""Draw rooms without groups that resemble a given room: the two null models of the gate.

One has no axis, the other one axis without clusters. Both keep who voted on what, and each
statement's shares.
"""

from __future__ import annotations

import numpy as np
import scipy  # its parts are loaded when they are first needed

from opinionspace.room import axes, traits
from opinionspace.room.axes import Fit, Floats
from opinionspace.room.traits import Trait
from opinionspace.votes import FloatArray

MATCHING_ROUNDS = 2
MATCHING_ROOMS = 12
#: Rounds of EM for rooms that are only compared with each other.
NULL_ROUNDS = 12


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


def matched_trait(
    table: FloatArray, seen: FloatArray, fitted: Fit, start: Floats, rng: np.random.Generator
) -> Trait:
    """Return a trait without clusters whose rooms, refitted, have an axis as strong as this one.

    In small rooms a fitted trait is too steep or too flat. Rooms are drawn from it and their axes
    fitted in the same way; slopes are scaled by what their first axis lacks, twice (indirect
    inference).

    References
    ----------
    .. [1] C. Gourieroux, A. Monfort, E. Renault (1993). Indirect inference. J. Appl.
       Econometrics 8, S85-S118.
    """
    agree, disagree = (table == 1) * 1.0, (table == -1) * 1.0
    trait = traits.fit(agree, disagree, 2.0 * fitted.directions[0, :, 0] * fitted.strength[0, 0])
    share = traits.shares(agree, disagree)
    mask, scale = seen.astype(np.float32), 1.0
    for _ in range(MATCHING_ROUNDS):
        rooms = trait_rooms(table, seen, traits.rescaled(trait, scale, share), MATCHING_ROOMS, rng)
        drawn = float(np.median(axes.fit(rooms, mask, start, rounds=NULL_ROUNDS).strength[:, 0]))
        scale *= float(fitted.strength[0, 0]) / max(drawn, 1e-6)
    return traits.rescaled(trait, scale, share)


def trait_rooms(
    table: FloatArray, seen: FloatArray, trait: Trait, count: int, rng: np.random.Generator
) -> Floats:
    """Draw rooms in which people differ along one trait only.

    Each person's place is drawn anew; passes come by chance with each statement's share, and the
    missing votes are those of `table`.

    Returns
    -------
    float32 ndarray of shape (count, n, m), 0 where `seen` is 0
    """
    n, m = seen.shape
    point = np.searchsorted(np.cumsum(trait.density)[:-1], rng.random((count, n)))
    width = traits.LINE[1] - traits.LINE[0]
    place = (traits.LINE[point] + width * (rng.random((count, n)) - 0.5)).astype(np.float32)
    lean = place[..., None] * trait.slope.astype(np.float32)
    lean -= trait.cut.astype(np.float32)
    sided = np.abs(table).sum(axis=0) / np.maximum(seen.sum(axis=0), 1)
    most = sided.astype(np.float32)
    drawn = rng.random((count, n, m), dtype=np.float32)
    agrees = drawn < scipy.special.expit(lean) * most
    rooms = np.where(agrees, np.float32(1), np.where(drawn < most, np.float32(-1), np.float32(0)))
    rooms *= seen.astype(np.float32)
    return np.asarray(rooms)
