"""Check ids, stances, marks and masks, and put each where the id it belongs to stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Any, TypeAlias
from uuid import UUID

import numpy as np
import numpy.typing as npt

from opinionspace._given import Column, column, is_missing
from opinionspace._tables import BLOCK, IdArray, Integers
from opinionspace.errors import BadVotes

#: A mapping from id, a Series named by id, or values in the order of the ids.
GivenMarks: TypeAlias = Mapping[Any, int | bool] | npt.ArrayLike | None
#: A mapping from voice id, a Series named by id, or groups in the order of the ids.
GivenGroups: TypeAlias = Mapping[Any, int] | npt.ArrayLike
MOST_ID = 2**63 - 1
#: Weights up to it, multiplied and added up, stay finite.
MOST_WEIGHT = 1e99
NO_STANCE = "a stance is +1 (agree), 0 (pass) or -1 (disagree)"
WHOLE = "must be whole numbers or text"


def canonical_ids(given: Any, what: str) -> IdArray:
    """Return ids as int64 or text; whole floats count as integers, UUIDs as their text.

    Numbers and text among one another are refused: 1 and `"1"` would be one voice.
    """
    ids = column(given, f"{what} ids").values
    if isinstance(ids, list):
        return _ids_from_objects(ids, what)
    if ids.ndim != 1:
        raise BadVotes(f"{what} ids must form one list, not {ids.ndim} dimensions")
    if ids.dtype.kind == "O":
        return _ids_from_objects(ids.tolist(), what)
    if ids.dtype.kind == "f":
        _all_there(np.isfinite(ids), what, "nan")
        exact = 2.0 ** (np.finfo(ids.dtype).nmant + 1)  # beyond, two ids may be one float
        if not (ids == np.floor(ids)).all() or (np.abs(ids) > min(exact, 2.0**53)).any():
            raise BadVotes(f"{what} ids {WHOLE}")
        return ids.astype(np.int64)
    if ids.dtype.kind in "iu":
        if ids.dtype == np.uint64 and len(ids) and ids.max() > MOST_ID:
            raise BadVotes(f"{what} id {ids.max()} is too large: 2^63 - 1 is the largest")
        return ids.astype(np.int64, copy=False) if ids.dtype.itemsize > 4 else ids
    if ids.dtype.kind in "UT":
        is_fixed = ids.dtype.kind == "U"
        return _all_told(ids, what) if is_fixed else _ids_from_objects(ids.tolist(), what)
    if len(ids) == 0:
        return ids.astype(np.int64)
    raise BadVotes(f"{what} ids {WHOLE}, not {ids.dtype}")


def _all_there(there: npt.NDArray[np.bool_], what: str, missing: str) -> None:
    if not there.all():
        raise BadVotes(
            f"{what} id {int(np.argmin(there)) + 1} of {len(there)} is {missing}: "
            f"every vote needs its {what}, so name it or leave the vote out"
        )


def _ids_from_objects(ids: list[Any], what: str) -> IdArray:
    kinds = {_kind_of_id(kind) for kind in set(map(type, ids))}
    if kinds - {"number", "text", "UUID"}:
        nan = [isinstance(one, float | np.floating) and bool(one != one) for one in ids]
        there = np.array([not is_missing(one) for one in ids], dtype=bool)
        _all_there(there, what, "nan" if any(nan) and nan[int(np.argmin(there))] else "missing")
    if not kinds:
        return np.empty(0, np.int64)
    if kinds == {"text"}:
        return _text_ids(ids, what)
    if kinds == {"UUID"}:
        return _text_ids([str(one) for one in ids], what)
    if kinds <= {"number", "float"}:
        if "float" in kinds and any(int(one) != one or abs(one) > 2.0**53 for one in ids):
            raise BadVotes(f"{what} ids {WHOLE}")
        largest = max(abs(int(one)) for one in ids)
        if largest > MOST_ID:
            raise BadVotes(f"{what} id {largest} is too large: 2^63 - 1 is the largest")
        return np.array([int(one) for one in ids], dtype=np.int64)
    if "text" in kinds and len(kinds) > 1:
        raise BadVotes(
            f"{what} ids must all be whole numbers or all be text: 1 and “1” would be two, or one"
        )
    if kinds & {"list", "tuple", "ndarray"}:
        raise BadVotes(f"{what} ids must form one list, not several")
    wrong = next((one for one in ids if _kind_of_id(type(one)) not in {"number", "text"}), ids[0])
    raise BadVotes(f"{what} ids {WHOLE}, not {type(wrong).__name__}")


def _kind_of_id(kind: type) -> str:
    if issubclass(kind, str):
        return "text"
    if issubclass(kind, bool | np.bool_):
        return "bool"
    if issubclass(kind, int | np.integer):
        return "number"
    if issubclass(kind, float | np.floating):
        return "float"
    return "UUID" if issubclass(kind, UUID) else kind.__name__


def _text_ids(ids: list[str], what: str) -> IdArray:
    for one in ids:
        if one.endswith("\0"):  # which NumPy cuts off, so that two ids would be one
            raise BadVotes(f"{what} id {one!r} ends in a NUL character")
    return _all_told(np.array(ids, dtype=np.str_), what)


def _all_told(ids: IdArray, what: str) -> IdArray:
    """Return text ids, none of them blank: else all voices without an id would be one."""
    _all_there(np.char.strip(ids) != "", what, "blank")
    return ids


def indexed(given: Any, universe: Any, what: str) -> tuple[IdArray, Integers]:
    """Return all ids in ascending order, and the place of each given one among them."""
    ids = canonical_ids(given, what)
    if universe is None:
        if len(ids) == 0:
            raise BadVotes("there are no votes")
        return _numbered(ids)
    known = canonical_ids(list(universe) if isinstance(universe, AbstractSet) else universe, what)
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


def stance_array(given: Any) -> npt.NDArray[np.int8]:
    """Return stances as int8, refusing everything but +1, 0 and -1."""
    values = column(given, "stances").values
    if isinstance(values, list) or values.dtype.kind == "O":
        values = _numbers(list(values))
    if values.ndim != 1:
        raise BadVotes(f"stances must form one list, not {values.ndim} dimensions")
    if values.dtype.kind not in "iuf" and len(values):
        raise BadVotes(f"{NO_STANCE}, given as a number")
    if values.dtype == np.int8:
        sound = not len(values) or (values.min() >= -1 and values.max() <= 1)
    else:
        sound = not wrong_stances(values).any()
    if not sound:
        first = int(wrong_stances(values).argmax())
        raise BadVotes(f"vote {first + 1} of the log: {NO_STANCE}, not {values[first]}")
    return values.astype(np.int8, copy=False)


def _numbers(values: list[Any]) -> npt.NDArray[np.float64]:
    """Return stances given one by one; nan for what is missing."""
    numbers = np.empty(len(values))
    for at, one in enumerate(values):
        if is_missing(one):
            numbers[at] = np.nan
        elif isinstance(one, list | tuple | np.ndarray):
            raise BadVotes("stances must form one list, not several")
        elif _kind_of_id(type(one)) not in {"number", "float"}:
            raise BadVotes(f"{NO_STANCE}, given as a number")
        else:
            numbers[at] = float(one) if abs(one) < 2.0**53 else np.inf
    return numbers


def amounts(given: Any, what: str) -> npt.NDArray[np.float64]:
    """Return numbers in their order, nan for what is missing.

    Raises
    ------
    BadVotes
        When they form no list, or one of them is no number.
    """
    values = column(given, what).values
    if isinstance(values, np.ndarray) and values.dtype.kind in "iufb":
        return values.astype(np.float64)
    found = np.full(len(values), np.nan)
    for at, one in enumerate(values):
        if is_missing(one):
            continue
        if _kind_of_id(type(one)) not in {"number", "float", "bool"}:
            raise BadVotes(f"{what} is a number, not {one!r}")
        found[at] = float(one)
    return found


def amount(given: Any, what: str) -> float:
    """Return one number from 0.

    Raises
    ------
    ValueError
        When it is none.
    """
    sound = _kind_of_id(type(given)) in {"number", "float"} and 0 <= given <= MOST_WEIGHT
    if not sound:
        raise ValueError(f"{what} is a number from 0 to {MOST_WEIGHT:g}, not {given!r}")
    return float(given)


def wrong_stances(values: npt.NDArray[Any]) -> npt.NDArray[np.bool_]:
    """Return where a value is none of the three stances."""
    return np.asarray((values != 1) & (values != 0) & (values != -1))


def one_log(*given: tuple[Any, str]) -> list[Column]:
    """Return the columns of a log, each line on one place in all of them.

    Columns that name their lines must all name the same; they are put in the order of the
    first one.
    """
    found = [column(values, what) for values, what in given]
    named = [one for one in found if one.names is not None]
    if len(named) < 2 or all(one.names == named[0].names for one in named):
        return found
    lines = {one: at for at, one in enumerate(named[0].names or ())}
    for one in named:
        names = one.names or []
        if len(set(names)) != len(names) or set(names) != set(lines):
            raise BadVotes(
                "voice ids, statement ids and stances are not of the same lines: their indexes "
                "differ, so take them from one table"
            )
    return [one if one.names is None else _in_order(one, lines) for one in found]


def _in_order(one: Column, lines: Mapping[Any, int]) -> Column:
    order = np.argsort([lines[name] for name in one.names or ()])
    values = one.values
    sorted_ = [values[at] for at in order] if isinstance(values, list) else values[order]
    return Column(sorted_, list(lines))


def by_id(given: Any, ids: IdArray, what: str, of: str, beside: Any = None) -> dict[int, Any]:
    """Return what is given for each id, by the place of the id; absent where nothing is said.

    A mapping or a Series is matched by its names. Values that only have an order are those of
    `beside`, the list of ids they were given with, or of `ids`; a column of a table has the
    order of its table, so it must come with a column of ids.

    Raises
    ------
    BadVotes
        When an id is unknown or named twice, or the values are not as many as the ids.
    """
    if isinstance(given, Mapping):
        return _placed(list(given), list(given.values()), ids, what, of)
    found = column(given, what)
    ordered = beside is not None and not isinstance(beside, AbstractSet)
    rows = column(beside, f"{of}s") if ordered else None
    same_table = rows is not None and (found.names == rows.names or rows.names is None)
    if found.names is not None and not (same_table and rows is not None and rows.names is not None):
        return _placed(found.names, list(found.values), ids, what, of)
    if isinstance(beside, AbstractSet):
        raise BadVotes(f"{what} are in an order, and {of}s are a set: give {what} as a mapping")
    if found.of_table and (rows is None or not rows.of_table):
        raise BadVotes(
            f"{what} is a column without the {of} ids beside it, so its order says nothing: give "
            f"a mapping from {of} id, or a list in the order of `{of}_ids`"
        )
    if not isinstance(found.values, list) and found.values.ndim != 1:
        raise BadVotes(f"{what} must form one list, not {found.values.ndim} dimensions")
    names = ids.tolist() if rows is None else list(rows.values)
    if len(found) != len(names):
        raise BadVotes(f"{what} must have one value for each of the {len(names)} {of}s")
    return _placed(names, list(found.values), ids, what, of)


def _placed(
    names: Sequence[Any], values: Sequence[Any], ids: IdArray, what: str, of: str
) -> dict[int, Any]:
    place = {one: at for at, one in enumerate(ids.tolist())}
    found: dict[int, Any] = {}
    for name, value in zip(names, values, strict=True):
        plain = str(name) if isinstance(name, UUID) else name
        at = None if isinstance(plain, bool | np.bool_ | tuple) else place.get(plain)
        if at is None:
            raise BadVotes(f"{what} names {of} {_as_given(plain, place)}, which is not there")
        if at in found:
            raise BadVotes(f"{what} names {of} {name} twice")
        found[at] = value
    return found


def _as_given(name: object, place: Mapping[Any, int]) -> str:
    """Return an unknown id for a sentence; with its kind, where that is all that is wrong."""
    if str(name) not in map(str, place):
        return f"{name}"
    return f"{name!r} ({'text' if isinstance(name, str) else type(name).__name__})"


def marks(
    given: GivenMarks, ids: IdArray, beside: Any, what: str, allowed: tuple[int, ...]
) -> npt.NDArray[np.int64]:
    """Return one mark per statement of `ids`, 0 where nothing is said."""
    values = np.zeros(len(ids), dtype=np.int64)
    if given is None:
        return values
    for at, value in by_id(given, ids, what, "statement", beside).items():
        if is_missing(value) or _kind_of_id(type(value)) not in {"number", "float", "bool"}:
            raise BadVotes(f"{what} of statement {ids[at]} is {value}, not one of {allowed}")
        if value not in allowed or (len(allowed) > 2 and isinstance(value, bool | np.bool_)):
            raise BadVotes(f"{what} of statement {ids[at]} is {value}, not one of {allowed}")
        values[at] = int(value)
    return values


def mask(given: Any, ids: IdArray, of: str) -> npt.NDArray[np.bool_]:
    """Return which ids are kept, True for all where nothing is given.

    Raises
    ------
    BadVotes
        When values are not True or False, or cannot be matched with the ids.
    """
    if given is None:
        return np.ones(len(ids), dtype=bool)
    what = f"the mask of {of}s"
    if type(given) is np.ndarray and given.dtype == bool and given.shape == ids.shape:
        return given
    found = by_id(given, ids, what, of)
    if len(found) != len(ids):
        missing = next(at for at in range(len(ids)) if at not in found)
        raise BadVotes(f"{what} says nothing of {of} {ids[missing]}")
    for at, value in found.items():
        if not isinstance(value, bool | np.bool_):
            raise BadVotes(f"{what} holds True or False, not {value!r} ({of} {ids[at]})")
    return np.array([found[at] for at in range(len(ids))], dtype=bool)


def groups(given: Any, ids: IdArray, k: int) -> npt.NDArray[np.int64]:
    """Return the group of each voice, -1 for none.

    Raises
    ------
    BadVotes
        When a group is not among -1 to k - 1, or groups cannot be matched with the voices.
    """
    what = "the groups of voices"
    if type(given) is np.ndarray and given.dtype.kind in "iu" and given.shape == ids.shape:
        found = given.astype(np.int64, copy=False)
    else:
        found = np.full(len(ids), -1)
        for at, value in by_id(given, ids, what, "voice").items():
            if is_missing(value):
                continue
            if _kind_of_id(type(value)) not in {"number", "float"} or value != int(value):
                raise BadVotes(f"a group is a whole number, not {value!r} (voice {ids[at]})")
            found[at] = int(value)
    if len(found) and (found.min() < -1 or found.max() >= k):
        raise BadVotes(f"groups are numbered from 0 to {k - 1}, and -1 for voices in none")
    return found
