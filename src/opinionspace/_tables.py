"""From a log of votes to sorted cells: checking ids and stances, numbering, folding."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeAlias, TypeVar

import numpy as np
import numpy.typing as npt

from opinionspace.errors import BadVotes

IdArray: TypeAlias = npt.NDArray[Any]  # int64 or text: NumPy has no type for either
GivenMarks: TypeAlias = Mapping[Any, int | bool] | npt.ArrayLike | None
Scalar = TypeVar("Scalar", bound=np.generic)
Integers: TypeAlias = npt.NDArray[np.integer[Any]]


def frozen(array: npt.NDArray[Scalar]) -> npt.NDArray[Scalar]:
    """Return the array, made read-only; a view is copied so that its base cannot change it."""
    if array.base is not None:
        array = array.copy()
    array.flags.writeable = False
    return array


def canonical_ids(given: npt.ArrayLike, what: str) -> IdArray:
    """Return ids as int64 or text; whole floats count as integers, anything else is refused."""
    ids = np.asarray(given)
    if ids.ndim != 1:
        raise BadVotes(f"{what} ids must form one list, not {ids.ndim} dimensions")
    if ids.dtype.kind == "O":
        return _ids_from_objects(ids, what)
    if ids.dtype.kind == "f":
        if not np.isfinite(ids).all():
            raise BadVotes(f"a {what} id is nan; every vote needs its {what}")
        if len(ids) and not (ids == np.floor(ids)).all():
            raise BadVotes(f"{what} ids must be whole numbers or text")
        return ids.astype(np.int64)
    if ids.dtype.kind in "iu":
        return ids.astype(np.int64, copy=False) if ids.dtype.itemsize > 4 else ids
    if ids.dtype.kind == "U":
        return ids
    if len(ids) == 0:
        return ids.astype(np.int64)
    raise BadVotes(f"{what} ids must be whole numbers or text, not {ids.dtype}")


def _ids_from_objects(ids: npt.NDArray[Any], what: str) -> IdArray:
    for one in ids:
        if one is None or one != one:
            raise BadVotes(f"a {what} id is missing; every vote needs its {what}")
    if all(isinstance(one, str) for one in ids):
        return ids.astype(np.str_)
    if all(isinstance(one, int | np.integer) and not isinstance(one, bool) for one in ids):
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
    """`np.unique` with places, by a table of presence where ids are small numbers."""
    if ids.dtype.kind != "U":
        low, high = int(ids.min()), int(ids.max())
        if low >= 0 and high <= 4 * len(ids) + 1024:
            present = np.zeros(high + 1, dtype=bool)
            present[ids] = True
            found = np.flatnonzero(present)
            if len(found) == high + 1:
                return found, ids
            table = np.cumsum(present, dtype=np.int32) - 1
            return found, table[ids]
    found, place = np.unique(ids, return_inverse=True)
    return _widened(found), place


def stance_array(given: npt.ArrayLike) -> npt.NDArray[np.int8]:
    """Return stances as int8, refusing everything but +1, 0 and -1."""
    stances = np.asarray(given)
    if stances.ndim != 1:
        raise BadVotes(f"stances must form one list, not {stances.ndim} dimensions")
    if stances.dtype.kind not in "iuf" and len(stances):
        raise BadVotes("a stance is +1 (agree), 0 (pass) or -1 (disagree), given as a number")
    if stances.dtype == np.int8:
        if len(stances) and (stances.min() < -1 or stances.max() > 1):
            wrong = stances[np.abs(stances.astype(np.int16)) > 1][0]
            raise BadVotes(f"a stance is +1, 0 or -1, not {wrong}")
        return stances
    sound = (stances == 1) | (stances == 0) | (stances == -1)
    if not sound.all():
        raise BadVotes(f"a stance is +1, 0 or -1, not {stances[~sound][0]}")
    return stances.astype(np.int8)


def fold_log(
    voice: Integers,
    statement: Integers,
    stance: npt.NDArray[np.int8],
    n_voices: int,
    n_statements: int,
) -> tuple[npt.NDArray[np.int64], Integers, npt.NDArray[np.int8], Integers]:
    """Sort a log by voice and statement and keep the last vote of each cell.

    Returns where each voice begins, the statement and stance of each cell, and the
    position in the log of the first vote of the cell.
    """
    cell, order = _sorted_cells(voice, statement, n_voices, n_statements)
    width = np.uint64(n_statements)
    firsts = np.arange(n_voices + 1, dtype=np.uint64) * width
    begins = cell[1:] != cell[:-1]
    if begins.all():
        last = first = order
    else:  # a cell voted on again: its runs are in the order of the log
        last, first = order[np.append(begins, True)], order[np.append(True, begins)]
        cell = cell[np.append(True, begins)]
    indptr = np.searchsorted(cell, firsts).astype(np.int64)
    cell -= np.repeat(firsts[:-1], np.diff(indptr))
    small = np.uint16 if n_statements <= 65536 else np.int32
    return indptr, cell.astype(small), stance[last], first


def _sorted_cells(
    voice: Integers, statement: Integers, n_voices: int, n_statements: int
) -> tuple[npt.NDArray[np.uint64], Integers]:
    """Return voice * n_statements + statement in ascending order, and where each came from.

    Equal cells stay in the order of the log. The place in the log rides in the low bits of
    what is sorted where it fits, which spares looking it up.
    """
    cell = voice.astype(np.uint64)
    cell *= np.uint64(n_statements)
    cell += statement.astype(np.uint16 if n_statements <= 65536 else np.uint64, copy=False)
    bits = max(len(cell) - 1, 1).bit_length()
    place = np.int32 if len(cell) < 2**31 else np.int64
    if (n_voices * n_statements).bit_length() + bits > 64:
        order = np.argsort(cell, kind="stable")
        return cell[order], order.astype(place)
    cell <<= np.uint64(bits)
    cell |= np.arange(len(cell), dtype=np.uint64)
    if not (cell[1:] > cell[:-1]).all():
        by_voice = bool((voice[1:] >= voice[:-1]).all())
        cell.sort(kind="stable" if by_voice else None)  # runs to merge, or none
    order = (cell & np.uint64(2**bits - 1)).astype(place)
    cell >>= np.uint64(bits)
    return cell, order


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
        named, said = list(given), [int(one) for one in given.values()]
    else:
        said_array = np.asarray(given)
        named = np.asarray(ids if aligned_with is None else aligned_with).tolist()
        if said_array.shape != (len(named),):
            raise BadVotes(f"{what} must have one value for each of the {len(named)} statements")
        said = [int(one) for one in said_array]
    place = {one: i for i, one in enumerate(ids.tolist())}
    for one, value in zip(named, said, strict=True):
        if one not in place:
            raise BadVotes(f"{what} names statement {one}, which is not there")
        if value not in allowed:
            raise BadVotes(f"{what} of statement {one} is {value}, not one of {allowed}")
        values[place[one]] = value
    return values
