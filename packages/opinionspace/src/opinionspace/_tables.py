"""Fold a log of votes into sorted cells."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeAlias, TypeVar

import numpy as np
import numpy.typing as npt

IdArray: TypeAlias = npt.NDArray[Any]  # int64 or text: NumPy has no type for either
#: Votes read at once: what is made for them stays in the processor's cache.
BLOCK = 2**15
Scalar = TypeVar("Scalar", bound=np.generic)
Integers: TypeAlias = npt.NDArray[np.integer[Any]]


def frozen(array: npt.NDArray[Scalar]) -> npt.NDArray[Scalar]:
    """Return the array, made read-only; a view is copied so that its base cannot change it."""
    if array.base is not None:
        array = array.copy()
    array.flags.writeable = False
    return array


@dataclass(frozen=True, slots=True, eq=False)
class Folded:
    """A folded log: what remains of each cell, voice by voice, statements ascending."""

    indptr: npt.NDArray[np.int64]
    column: Integers
    stance: npt.NDArray[np.int8]
    #: All votes as numbers, in the order they came; see `vote_numbers`.
    log: Integers


def vote_numbers(
    voice: Integers, statement: Integers, stance: npt.NDArray[np.int8], shape: tuple[int, int]
) -> Integers:
    """Return one whole number per vote: four times its cell, plus its stance counted from 0.

    Cells of a table of `shape` are counted row by row. 32 bits hold up to 2^30 of them.
    """
    width = np.uint32 if shape[0] * shape[1] <= 2**30 else np.int64
    numbers: Integers = np.empty(len(voice), dtype=width)
    for begin in range(0, len(voice), BLOCK):
        here = slice(begin, begin + BLOCK)
        part = numbers[here]
        part[:] = voice[here]
        part *= shape[1]
        part += statement[here].astype(width, copy=False)
        part <<= 2
        part += (stance[here] + np.int8(1)).view(np.uint8)
    return numbers


def cell_of(numbers: Integers) -> Integers:
    """Return the cell of each vote."""
    cells: Integers = numbers >> 2
    return cells


def stance_of(numbers: Integers) -> npt.NDArray[np.int8]:
    """Return the stance of each vote."""
    stance = np.empty(len(numbers), dtype=np.int8)
    for begin in range(0, len(numbers), BLOCK):
        stance[begin : begin + BLOCK] = numbers[begin : begin + BLOCK] & 3
    stance -= 1
    return stance


def fold_log(
    voice: Integers,
    statement: Integers,
    stance: npt.NDArray[np.int8],
    n_voices: int,
    n_statements: int,
) -> Folded:
    """Sort a log by voice and statement and keep the last vote of each cell.

    Sorting the numbers of the votes, with nothing carried along, is what processors do
    fastest. It loses the order of the votes on one cell, so the few cells with several votes
    are looked up in the log.
    """
    log = vote_numbers(voice, statement, stance, (n_voices, n_statements))
    cell = np.sort(log)
    kept = stance_of(cell)
    cell >>= 2
    again = cell[1:] == cell[:-1]
    if again.any():
        several, first = cell[1:][again], np.append(True, ~again)
        cell, kept = cell[first], kept[first]
        last = _last_votes(log, several)
        kept[np.searchsorted(cell, cell_of(last))] = stance_of(last)
    begins = np.arange(n_voices + 1, dtype=cell.dtype) * cell.dtype.type(n_statements)
    indptr = np.searchsorted(cell, begins)
    column: Integers = np.empty(len(cell), np.uint16 if n_statements <= 65536 else np.int32)
    for begin in range(0, len(cell), BLOCK):
        part = cell[begin : begin + BLOCK]
        column[begin : begin + BLOCK] = part - part // n_statements * n_statements
    return Folded(indptr, column, kept, log)


def _last_votes(log: Integers, cells: Integers) -> Integers:
    """Return the last vote on each of the cells, and on some others.

    A vote is looked at when the low bits of its cell are those of a cell asked for: a table of
    all cells could be larger than the log.
    """
    mask = (1 << max(10, (8 * len(cells)).bit_length())) - 1
    asked = np.zeros(mask + 1, dtype=bool)
    asked[cells & mask] = True
    found = log[asked[cell_of(log) & mask]]
    found = found[np.argsort(cell_of(found), kind="stable")]
    cell = cell_of(found)
    last: Integers = found[np.append(cell[1:] != cell[:-1], True)]
    return last
