"""Fold a log of votes into sorted cells."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import Any, TypeAlias, TypeVar

import numpy as np
import numpy.typing as npt
import scipy  # its parts are loaded when they are first needed

from opinionspace import _fast

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


def number_width(shape: tuple[int, int]) -> type[np.uint32] | type[np.int64]:
    """Return what `vote_numbers` of a table of this shape are held in."""
    return np.uint32 if shape[0] * shape[1] <= 2**30 else np.int64


def vote_numbers(
    voice: Integers, statement: Integers, stance: npt.NDArray[np.int8], shape: tuple[int, int]
) -> Integers:
    """Return one whole number per vote: four times its cell, plus its stance counted from 0.

    Cells of a table of `shape` are counted row by row. 32 bits hold up to 2^30 of them.
    """
    width = number_width(shape)
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


def _voices_at_once(n_votes: int, n_voices: int, n_statements: int) -> int:
    """Return by how many bits a voice is shifted to name its bundle of about `BLOCK` votes.

    Where statements are many, it has about as many votes as they are: the rows of a table of
    bundles would outnumber the votes else.
    """
    of_bundle = max(BLOCK, n_statements) * n_voices // n_votes
    return max(of_bundle, 1).bit_length() - 1


def _bundled(voice: Integers, statement: Integers, shift: int, n_statements: int) -> Integers:
    """Number the statements of each bundle of voices, bundle by bundle."""
    most = ((int(voice.max()) >> shift) + 1) * n_statements
    rows: Integers = np.empty(len(voice), np.int32 if most < 2**31 else np.int64)
    for begin in range(0, len(voice), BLOCK):
        here = slice(begin, begin + BLOCK)
        part = rows[here]
        part[:] = voice[here]
        part >>= shift
        part *= n_statements
        part += statement[here].astype(rows.dtype, copy=False)
    return rows


def fold_log(
    voice: Integers,
    statement: Integers,
    stance: npt.NDArray[np.int8],
    n_voices: int,
    n_statements: int,
) -> Folded:
    """Sort a log by voice and statement and keep the last vote of each cell.

    Votes are counted and put into the rows of a sparse table, a row for each statement in each
    bundle of voices, and then into its columns, the voices. Both steps keep the order they find,
    so the votes on one cell end up beside one another, the last one last. Votes of one bundle
    stand close together, so that the second step stays in the processor's cache; so does the
    first when voices came one after another.
    """
    shape = n_voices, n_statements
    if _fast.serves(n_statements):
        log: Integers = np.empty(len(voice), number_width(shape))
        return Folded(*_fast.fold(voice, statement, stance, shape, log), log)
    shift = _voices_at_once(len(voice), n_voices, n_statements)
    n_bundles = ((n_voices - 1) >> shift) + 1
    row = statement if n_bundles == 1 else _bundled(voice, statement, shift, n_statements)
    table = scipy.sparse.coo_array((stance, (row, voice)), (n_bundles * n_statements, n_voices))
    table.has_canonical_format = True  # or the votes on a cell would be added up
    del row
    by_voice = table.tocsr().tocsc()
    del table
    indptr, kept = by_voice.indptr.astype(np.int64), by_voice.data
    column: Integers = np.empty(len(kept), np.uint16 if n_statements <= 65536 else np.int32)
    ends = indptr[np.minimum(np.arange(0, n_voices + (1 << shift), 1 << shift), n_voices)]
    for bundle, (begin, end) in enumerate(itertools.pairwise(ends.tolist())):
        here, first = by_voice.indices[begin:end], bundle * n_statements
        np.subtract(here, first, out=column[begin:end], casting="unsafe")
    del by_voice
    is_last = np.append(column[1:] != column[:-1], True)
    is_last[indptr[1:] - 1] = True  # at -1, for voices before the first vote, it is already
    if not is_last.all():
        kept, column = kept[is_last], column[is_last]
        indptr = np.append(0, np.cumsum(is_last))[indptr]
    return Folded(indptr, column, kept, vote_numbers(voice, statement, stance, shape))
