"""Check the ids and stances of a log of votes, number them, and fold the log into sorted cells."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias, TypeVar

import numpy as np
import numpy.typing as npt

from opinionspace.errors import BadVotes

IdArray: TypeAlias = npt.NDArray[Any]  # int64 or text: NumPy has no type for either
GivenMarks: TypeAlias = Mapping[Any, int | bool] | npt.ArrayLike | None
#: Votes read at once: what is made for them stays in the processor's cache.
BLOCK = 2**15
MOST_ID = 2**63 - 1
NO_STANCE = "a stance is +1 (agree), 0 (pass) or -1 (disagree)"
Scalar = TypeVar("Scalar", bound=np.generic)
Integers: TypeAlias = npt.NDArray[np.integer[Any]]


def frozen(array: npt.NDArray[Scalar]) -> npt.NDArray[Scalar]:
    """Return the array, made read-only; a view is copied so that its base cannot change it."""
    if array.base is not None:
        array = array.copy()
    array.flags.writeable = False
    return array


def as_array(given: npt.ArrayLike, what: str) -> npt.NDArray[Any]:
    """Return the values as an array, refusing lists of different lengths in one another."""
    try:
        return np.asarray(given)
    except ValueError:
        raise BadVotes(f"{what} cannot be read: their lines differ in length") from None


def canonical_ids(given: npt.ArrayLike, what: str) -> IdArray:
    """Return ids as int64 or text; whole floats count as integers, anything else is refused."""
    ids = as_array(given, f"{what} ids")
    if ids.ndim != 1:
        raise BadVotes(f"{what} ids must form one list, not {ids.ndim} dimensions")
    if ids.dtype.kind == "O":
        return _ids_from_objects(ids, what)
    if ids.dtype.kind == "f":
        _all_there(np.isfinite(ids), what, "nan")
        if not (ids == np.floor(ids)).all() or (np.abs(ids) > 2.0**53).any():
            raise BadVotes(f"{what} ids must be whole numbers or text")
        return ids.astype(np.int64)
    if ids.dtype.kind in "iu":
        if ids.dtype == np.uint64 and len(ids) and ids.max() > MOST_ID:
            raise BadVotes(f"{what} id {ids.max()} is too large: 2^63 - 1 is the largest")
        return ids.astype(np.int64, copy=False) if ids.dtype.itemsize > 4 else ids
    if ids.dtype.kind == "U":
        return ids
    if len(ids) == 0:
        return ids.astype(np.int64)
    raise BadVotes(f"{what} ids must be whole numbers or text, not {ids.dtype}")


def _all_there(there: npt.NDArray[np.bool_], what: str, missing: str) -> None:
    if not there.all():
        raise BadVotes(
            f"{what} id {int(np.argmin(there)) + 1} of {len(there)} is {missing}: "
            f"every vote needs its {what}, so name it or leave the vote out"
        )


def _ids_from_objects(ids: npt.NDArray[Any], what: str) -> IdArray:
    there = [one is not None and bool(one == one) for one in ids]
    _all_there(np.array(there, dtype=bool), what, "missing")
    if all(isinstance(one, str) for one in ids):
        return ids.astype(np.str_)
    if all(isinstance(one, int | np.integer) and not isinstance(one, bool) for one in ids):
        largest = max((abs(int(one)) for one in ids), default=0)
        if largest > MOST_ID:
            raise BadVotes(f"{what} id {largest} is too large: 2^63 - 1 is the largest")
        return ids.astype(np.int64)
    raise BadVotes(f"{what} ids must all be whole numbers or all be text")


def indexed(
    given: npt.ArrayLike, universe: npt.ArrayLike | None, what: str
) -> tuple[IdArray, Integers]:
    """Return all ids in ascending order, and the place of each given one among them."""
    ids = canonical_ids(given, what)
    if universe is None:
        if len(ids) == 0:
            raise BadVotes("there are no votes")
        return _numbered(ids)
    known = canonical_ids(universe, what)
    order = np.argsort(known, kind="stable")
    ascending = known[order]
    repeated = np.flatnonzero(ascending[1:] == ascending[:-1])
    if len(repeated):
        raise BadVotes(f"{what} {ascending[repeated[0]]} is given twice")
    if len(ids) == 0:
        raise BadVotes("there are no votes")
    if (known.dtype.kind == "U") != (ids.dtype.kind == "U"):
        raise BadVotes(f"{what} ids are text in one place and numbers in another")
    place = np.searchsorted(ascending, ids)
    wrong = place == len(ascending)
    wrong[~wrong] = ascending[place[~wrong]] != ids[~wrong]
    if wrong.any():
        raise BadVotes(f"a vote names {what} {ids[wrong][0]}, which is not among the {what}s")
    return _widened(ascending), place


def _widened(ids: IdArray) -> IdArray:
    return ids if ids.dtype.kind == "U" else ids.astype(np.int64)


def _numbered(ids: IdArray) -> tuple[IdArray, Integers]:
    """Number ids as `np.unique` does; small whole numbers are counted instead of sorted."""
    if ids.dtype.kind != "U":
        low, high = int(ids.min()), int(ids.max())
        if low >= 0 and high <= 4 * len(ids) + 1024:
            there = _there(ids, high)
            if there.all():
                return np.arange(high + 1), ids
            return np.flatnonzero(there), (np.cumsum(there, dtype=np.int32) - 1)[ids]
    found, place = np.unique(ids, return_inverse=True)
    return _widened(found), place


def _there(ids: IdArray, high: int) -> npt.NDArray[np.bool_]:
    """Return which numbers from 0 to `high` occur; stop reading once all do."""
    there = np.zeros(high + 1, dtype=bool)
    for begin in range(0, len(ids), BLOCK):
        some = ids[begin : begin + BLOCK]
        there[some[np.append(True, some[1:] != some[:-1])]] = True
        if there[-1] and there.all():
            break
    return there


def stance_array(given: npt.ArrayLike) -> npt.NDArray[np.int8]:
    """Return stances as int8, refusing everything but +1, 0 and -1."""
    stances = as_array(given, "stances")
    if stances.ndim != 1:
        raise BadVotes(f"stances must form one list, not {stances.ndim} dimensions")
    if stances.dtype.kind not in "iuf" and len(stances):
        raise BadVotes(f"{NO_STANCE}, given as a number")
    if stances.dtype == np.int8:
        sound = not len(stances) or (stances.min() >= -1 and stances.max() <= 1)
    else:
        sound = not wrong_stances(stances).any()
    if not sound:
        first = int(wrong_stances(stances).argmax())
        raise BadVotes(f"vote {first + 1} of the log: {NO_STANCE}, not {stances[first]}")
    return stances.astype(np.int8, copy=False)


def wrong_stances(values: npt.NDArray[Any]) -> npt.NDArray[np.bool_]:
    """Return where a value is none of the three stances."""
    return np.asarray((values != 1) & (values != 0) & (values != -1))


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


def marks(
    given: GivenMarks,
    ids: IdArray,
    aligned_with: npt.ArrayLike | None,
    what: str,
    allowed: tuple[int, ...],
) -> npt.NDArray[np.int64]:
    """Return one mark per statement of `ids`, 0 where nothing is said."""
    values = np.zeros(len(ids), dtype=np.int64)
    if given is None:
        return values
    if isinstance(given, Mapping):
        named, said = list(given), list(given.values())
    else:
        said = list(as_array(given, what))
        named = np.asarray(ids if aligned_with is None else aligned_with).tolist()
        if len(said) != len(named):
            raise BadVotes(f"{what} must have one value for each of the {len(named)} statements")
    place = {one: i for i, one in enumerate(ids.tolist())}
    for one, value in zip(named, said, strict=True):
        if one not in place:
            raise BadVotes(f"{what} names statement {one}, which is not there")
        if not isinstance(value, int | float | np.number | np.bool_) or value not in allowed:
            raise BadVotes(f"{what} of statement {one} is {value}, not one of {allowed}")
        values[place[one]] = int(value)
    return values
