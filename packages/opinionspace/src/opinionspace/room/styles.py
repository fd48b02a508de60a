"""Tell ways of voting from opinions: people who agree with nearly everything, copied ballots.

Neither makes a camp. Groups are looked for without the first and with one copy of the second.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import scipy  # its parts are loaded when they are first needed

from opinionspace._short import Short
from opinionspace.room.grouping import Labels
from opinionspace.votes import FloatArray, IntArray

#: Answers that are no pass; with fewer in common nothing is said.
FEWEST_SIDED = 7
#: One answer in so many may be another, of a style; may differ, in a block.
OTHER_ONE_IN = 8
DIFFERENT_ONE_IN = 20
FEWEST_ALIKE = 3
#: Deviations above what the others' answers let one expect.
SURELY = 3.0
#: More of the room than this is no style but the room, and no block but a camp.
MOST_OF_ONE_STYLE = 0.4
MOST_OF_ONE_BLOCK = 0.3
FEWEST_OTHERS = 5
NEAREST_ONE_IN = 8
#: A block by chance among all sets of so many people: at most one in a thousand rooms.
CHANCE = 1e-3


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Styles(Short):
    """How people voted, apart from what they think.

    Attributes
    ----------
    leaning : int8 ndarray of shape (n,)
        1 for people who agree with nearly everything, -1 for those who disagree with it, else 0.
    block : int ndarray of shape (n,)
        Number of the block of identical or nearly identical ballots, from 0; -1 outside.
    stands_for : int ndarray of shape (n,)
        Row of the ballot that the gate looks at for this one: its own, that of its block, or -1.
    """

    leaning: Labels
    block: IntArray
    stands_for: IntArray

    @property
    def kept(self) -> npt.NDArray[np.bool_]:
        """Rows that the gate looks at."""
        return np.asarray(self.stands_for == np.arange(len(self.stands_for)))


def find(table: FloatArray, seen: FloatArray) -> Styles:
    """Find styles and blocks in a table of votes.

    *Styles.* Of seven answers or more that are no pass, at most one in eight disagrees (or
    agrees), which lies three deviations beyond what the other people's answers to the same
    statements let one expect. Three people or more; none where more than two fifths of the room
    answer like that.

    *Blocks.* Three ballots or more, up to three tenths of the room, that differ from their common
    line in at most one of twenty answers. Taking each answer by itself, with the share it has
    among the eighth of the other people (five or more) who are nearest to that line, so many
    alike would be found in less than one room of a thousand.

    Parameters
    ----------
    table : ndarray of shape (n, m)
        Stances, 0 where `seen` is 0. Not modified.
    seen : ndarray of shape (n, m), 0 or 1
    """
    n = len(table)
    leaning = _leaning(table)
    block = np.full(n, -1)
    left = leaning == 0
    given = np.abs(table)
    alike = _alike(given @ given.T, table @ table.T)
    for number in range(n):
        members = _largest_block(table, alike, left)
        if members is None:
            break
        block[members] = number
        left[members] = False
    stands_for = np.where(leaning == 0, np.arange(n), -1)
    for number in range(block.max(initial=-1) + 1):
        members = np.flatnonzero(block == number)
        stands_for[members] = members[seen[members].sum(axis=1).argmax()]
    return Styles(leaning, block, stands_for)


def _leaning(table: FloatArray) -> Labels:
    sided = np.abs(table).sum(axis=1)
    found = np.zeros(len(table), np.int8)
    candidates = np.array(
        [
            (sided >= FEWEST_SIDED) & ((table == -side).sum(axis=1) <= sided // OTHER_ONE_IN)
            for side in (1, -1)
        ]
    )
    others = table[~candidates.any(axis=0)]
    if len(others) < FEWEST_OTHERS:
        return found
    agree, disagree = (others == 1).sum(axis=0), (others == -1).sum(axis=0)
    share = (agree + 0.5) / (agree + disagree + 1.0)
    given = np.abs(table)
    doubt = np.sqrt(np.maximum(given @ (share * (1 - share)), 1e-9))
    for side, candidate in zip((1, -1), candidates, strict=True):
        rate = share if side == 1 else 1 - share
        beyond = ((table == side).sum(axis=1) - given @ rate) / doubt
        chosen = candidate & (beyond >= SURELY)
        if chosen.sum() >= FEWEST_ALIKE and candidate.sum() <= MOST_OF_ONE_STYLE * len(table):
            found[chosen] = side
    return found


def _largest_block(
    table: FloatArray, alike: npt.NDArray[np.bool_], left: npt.NDArray[np.bool_]
) -> IntArray | None:
    """Return the rows of the largest block among those left, the first of equal ones."""
    given = np.abs(table)
    near = alike & left & left[:, None]
    np.fill_diagonal(near, left)
    best: IntArray | None = None
    known: set[bytes] = set()
    for row in np.flatnonzero(near.sum(axis=1) >= FEWEST_ALIKE).tolist():
        line = np.sign(table[near[row]].sum(axis=0))
        members = left & _alike(given @ np.abs(line), table @ line)
        if members.tobytes() in known:
            continue
        known.add(members.tobytes())
        size = int(members.sum())
        if size < FEWEST_ALIKE or size > MOST_OF_ONE_BLOCK * len(table):
            continue
        if (best is None or size > len(best)) and _is_no_chance(table, members):
            best = np.flatnonzero(members)
    return best


def _alike(common: FloatArray, balance: FloatArray) -> npt.NDArray[np.bool_]:
    """Return where answers in common are enough and at most one in twenty of them differs."""
    return np.asarray(
        (common >= FEWEST_SIDED) & ((common - balance) / 2 <= common // DIFFERENT_ONE_IN)
    )


def _is_no_chance(table: FloatArray, members: npt.NDArray[np.bool_]) -> bool:
    others = table[~members]
    if len(others) < FEWEST_OTHERS:
        return False
    line = np.sign(table[members].sum(axis=0))
    given = np.abs(others)
    likeness = (others @ line) / np.maximum(given @ np.abs(line), 1)
    nearest = np.argsort(-np.round(likeness, 9), kind="stable")
    nearest = nearest[: max(FEWEST_OTHERS, len(others) // NEAREST_ONE_IN)]
    with_it = (others[nearest] == line).sum(axis=0)
    share = (with_it + 0.5) / (given[nearest].sum(axis=0) + 1.0)
    alike = (table[members] == line).sum(axis=0) * (line != 0)
    unlike = int(((table[members] == -line) & (line != 0)).sum())
    chance = float((np.maximum(alike - 1, 0) * np.log(share)).sum()) + unlike * np.log(
        DIFFERENT_ONE_IN
    )
    size, n = int(members.sum()), len(table)
    sets = float(-scipy.special.betaln(n - size + 1, size + 1) - np.log(n + 1))
    return bool(chance + sets <= np.log(CHANCE))
