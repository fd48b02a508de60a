"""From a log of votes to sorted cells: checking ids and stances, numbering, folding."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias, TypeVar

import numpy as np
import numpy.typing as npt
from scipy import sparse

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
    """Return ids in ascending order, and the place of each given one among them.

    Without a universe some of the ids returned may not be among those given.
    """
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
    """`np.unique` with places; small whole numbers are their own places, gaps included."""
    if ids.dtype.kind != "U":
        low, high = int(ids.min()), int(ids.max())
        if low >= 0 and high <= 4 * len(ids) + 1024:
            return np.arange(high + 1), ids
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


@dataclass(frozen=True, slots=True, eq=False)
class Cells:
    """A folded log: what remains of each cell, voice by voice, statements ascending."""

    indptr: npt.NDArray[np.int64]
    column: Integers
    stance: npt.NDArray[np.int8]
    arrival: Integers
    #: Which statements have a vote.
    used: npt.NDArray[np.bool_]


def fold_log(
    voice: Integers,
    statement: Integers,
    stance: npt.NDArray[np.int8],
    n_voices: int,
    n_statements: int,
) -> Cells:
    """Sort a log by voice and statement and keep the last vote of each cell.

    Two stable counting sorts, first by statement, then by voice: SciPy makes one when it
    turns a matrix from rows to columns, and one when it turns it back.
    """
    # Any: one of two widths of integer, which SciPy's types cannot say
    index: Any = np.int32 if len(voice) < 2**31 else np.int64
    place = np.arange(len(voice) + 1, dtype=index)
    by_statement: Any = sparse.csr_array(
        (voice.astype(index, copy=False), statement.astype(index), place),
        shape=(len(voice), n_statements),
    ).tocsc()
    used = np.diff(by_statement.indptr) > 0
    by_voice: Any = sparse.csc_array(
        (by_statement.indices, by_statement.data, by_statement.indptr),
        shape=(n_voices, n_statements),
    ).tocsr()
    del by_statement
    order: Integers = by_voice.data
    indptr = by_voice.indptr.astype(np.int64)
    column: Integers = by_voice.indices.astype(np.uint16 if n_statements <= 65536 else np.int32)
    again = column[1:] == column[:-1]
    ends = indptr[1:-1]
    again[ends[(ends > 0) & (ends < len(column))] - 1] = False
    if not again.any():
        return Cells(indptr, column, stance[order], order, used)
    first, last = np.append(True, ~again), np.append(~again, True)
    indptr = np.append(0, np.cumsum(first))[indptr]
    return Cells(indptr, column[first], stance[order[last]], order[first], used)


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
