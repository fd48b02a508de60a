"""Made-up conversations of any size: voices in blocs, statements that split them or do not.

Voices arrive one after another; each votes on a random part of the statements. Seeded, so
that two tools measured in two environments see the same votes. NumPy only.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

VOICES_AT_ONCE = 20_000


@dataclass(frozen=True, slots=True)
class Log:
    """A log of votes in the order of arrival, each array of shape (n_votes,)."""

    voice: npt.NDArray[np.int32]
    statement: npt.NDArray[np.uint16]
    stance: npt.NDArray[np.int8]


def conversation(
    n_voices: int, n_statements: int, n_votes: int, *, blocs: int = 3, seed: int = 1
) -> Log:
    """Draw about `n_votes` votes; every voice has at least one, no cell is voted on twice.

    Voices are cut into blocs of unequal size. A statement is agreed on by 75 % of everybody
    (half of the statements), or by 15 to 85 % depending on the bloc; one vote in ten passes.
    The number of votes of a voice is exponential, as in real conversations.
    """
    rng = np.random.default_rng(seed)
    share = n_votes / n_voices
    wanted = np.clip(rng.exponential(share, n_voices), 1, n_statements * 0.9)
    wanted = np.clip((wanted * share / wanted.mean()).astype(np.int64), 1, n_statements)
    bloc = rng.choice(blocs, n_voices, p=np.arange(blocs, 0, -1) / (blocs * (blocs + 1) / 2))
    agreed = np.where(
        rng.random(n_statements) < 0.5, 0.75, rng.uniform(0.15, 0.85, (blocs, n_statements))
    ).astype(np.float32)
    log = Log(
        np.repeat(np.arange(n_voices, dtype=np.int32), wanted),
        np.empty(wanted.sum(), np.uint16),
        np.empty(wanted.sum(), np.int8),
    )
    order = rng.permutation(n_statements).astype(np.uint16)
    strides = np.array([s for s in range(1, n_statements) if np.gcd(s, n_statements) == 1] or [1])
    end = 0
    for first in range(0, n_voices, VOICES_AT_ONCE):
        part = wanted[first : first + VOICES_AT_ONCE]
        begin, end = end, end + int(part.sum())
        statement = order[_places(rng, part, strides, n_statements)]
        chance = rng.random(len(statement), dtype=np.float32)
        of_voice = np.repeat(bloc[first : first + VOICES_AT_ONCE], part)
        stance = np.where(chance < 0.9 * agreed[of_voice, statement], 1, -1)
        log.statement[begin:end] = statement
        log.stance[begin:end] = np.where(chance >= 0.9, 0, stance)
    return log


def _places(
    rng: np.random.Generator,
    wanted: npt.NDArray[np.int64],
    strides: npt.NDArray[np.int64],
    n_statements: int,
) -> npt.NDArray[np.int64]:
    """For each voice, so many different places: a random stride around a circle."""
    begin = rng.integers(0, n_statements, len(wanted))
    stride = rng.choice(strides, len(wanted))
    step = np.arange(wanted.sum()) - np.repeat(np.cumsum(wanted) - wanted, wanted)
    return np.asarray((np.repeat(begin, wanted) + step * np.repeat(stride, wanted)) % n_statements)


if __name__ == "__main__":
    n_voices, n_statements, n_votes = map(int, sys.argv[1:4])
    drawn = conversation(n_voices, n_statements, n_votes)
    np.savez(sys.argv[4], voice=drawn.voice, statement=drawn.statement, stance=drawn.stance)
