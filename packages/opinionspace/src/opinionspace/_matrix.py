"""Read a table of voices × statements from whatever holds one, with the names it carries."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import scipy  # its parts are loaded when they are first needed

from opinionspace._given import ARROW, Column, column, columns_of, has_names, is_frame, is_missing
from opinionspace._ids import NO_STANCE, canonical_ids, wrong_stances
from opinionspace._tables import IdArray
from opinionspace.errors import BadVotes

ONLY = "a table of votes holds 1, 0, -1 and nan only"
TABLE = "a table of votes is a list of lists, an array, a data frame or a sparse matrix"
#: What a column of ids is called in a table without an index.
VOICE_COLUMNS = ("voice", "voice-id", "voter-id", "participant")


class Cells:
    """The votes of a table: where each stands, and the ids of rows and columns."""

    __slots__ = ("column", "row", "stance", "statements", "voices")

    def __init__(
        self, found: tuple[Any, Any, Any], shape: tuple[int, int], voices: Any, statements: Any
    ) -> None:
        self.row, self.column, self.stance = found
        n, m = shape
        self.voices: IdArray = np.arange(n) if voices is None else canonical_ids(voices, "voice")
        self.statements: IdArray = (
            np.arange(m) if statements is None else canonical_ids(statements, "statement")
        )
        if (len(self.voices), len(self.statements)) != (n, m):
            raise BadVotes(
                f"a table of {n} × {m} needs {n} voice ids and {m} statement ids, "
                f"not {len(self.voices)} and {len(self.statements)}"
            )
        wrong = wrong_stances(self.stance)
        if wrong.any():
            at = int(wrong.argmax())
            raise BadVotes(
                f"voice {self.voices[self.row[at]]} on statement "
                f"{self.statements[self.column[at]]}: {NO_STANCE} or nan where there is none, "
                f"not {self.stance[at]:g}"
            )


def cells_of(given: Any, voice_ids: Any, statement_ids: Any) -> Cells:
    """Return the votes of a table.

    A data frame names its rows and columns; ids given beside it must be the same ones, or stand
    for an index that only counts. A sparse matrix holds what it stores: a stored 0 is a pass,
    and where nothing is stored nobody voted.
    """
    if scipy.sparse.issparse(given):
        return _of_sparse(given, voice_ids, statement_ids)
    if is_frame(given) or (hasattr(given, ARROW[0]) and not hasattr(given, "__array__")):
        read = _of_named if has_names(given) else _of_columns
        table, voices, statements = read(given, voice_ids, statement_ids)
    else:
        if hasattr(given, "dims") and hasattr(given, "coords"):
            raise BadVotes("votes are given as a labelled array: give `.to_pandas()`, with its ids")
        table, voices, statements = numbers(given), voice_ids, statement_ids
    row, place = np.nonzero(~np.isnan(table))
    return Cells((row, place, table[row, place]), table.shape, voices, statements)


def numbers(given: Any) -> npt.NDArray[np.float64]:
    """Return a table of numbers, nan where nothing is; text and True or False are refused."""
    if isinstance(given, np.ma.MaskedArray):
        table = np.where(np.ma.getmaskarray(given), np.nan, numbers(given.data))
        return np.asarray(table, np.float64)
    try:
        table = np.asarray(given)
    except ValueError:
        raise BadVotes("votes cannot be read: their lines differ in length") from None
    if table.ndim == 0:
        raise BadVotes(f"{TABLE}, not {type(given).__name__}")
    if table.ndim != 2:
        raise BadVotes(f"a table of votes has two dimensions, not {table.ndim}")
    if table.dtype.kind == "O":
        return _from_objects(table)
    if table.dtype.kind == "b":
        raise BadVotes(f"{ONLY}: True and False do not tell a pass from a disagreement")
    if table.dtype.kind not in "iuf":
        raise BadVotes(f"{ONLY}, not {table.dtype}")
    return table.astype(np.float64)


def _from_objects(table: npt.NDArray[np.object_]) -> npt.NDArray[np.float64]:
    found = np.full(table.shape, np.nan)
    for at in np.ndindex(table.shape):
        one: Any = table[at]
        if is_missing(one):
            continue
        if not _is_number(one):
            raise BadVotes(f"{ONLY}, not {one!r}")
        found[at] = float(one) if abs(one) < 2.0**53 else np.inf
    return found


def _is_number(one: object) -> bool:
    if isinstance(one, bool | np.bool_ | np.complexfloating):
        return False
    return isinstance(one, int | float | np.number)


def _of_sparse(given: Any, voice_ids: Any, statement_ids: Any) -> Cells:
    if given.ndim != 2:
        raise BadVotes(f"a table of votes has two dimensions, not {given.ndim}")
    if given.dtype.kind not in "iuf":
        raise BadVotes(f"{ONLY}, not {given.dtype}")
    entries = given.tocoo()
    row, place = (np.asarray(one, np.int64) for one in (entries.row, entries.col))
    cell = row * given.shape[1] + place
    if len(np.unique(cell)) != len(cell):
        raise BadVotes("the sparse matrix has several entries on one place: which one counts?")
    stance = np.asarray(entries.data, np.float64)
    kept = ~np.isnan(stance)
    found = row[kept], place[kept], stance[kept]
    return Cells(found, given.shape, voice_ids, statement_ids)


def _of_named(given: Any, voice_ids: Any, statement_ids: Any) -> tuple[Any, Any, Any]:
    if any(map(_names_voices, given.columns)):
        return _of_columns(given, voice_ids, statement_ids)
    columns = [column(given.iloc[:, at], "votes") for at in range(given.shape[1])]
    names = given.columns.tolist()
    voices = _agreed(given.index.tolist(), voice_ids, "voice", "index")
    return _side_by_side(columns), voices, _agreed(names, statement_ids, "statement", "columns")


def _agreed(names: list[Any], given: Any, what: str, where: str) -> Any:
    """Return the ids of a data frame, refusing others beside it."""
    if given is None:
        return names
    ids = canonical_ids(given, what)
    only_counts = names == list(range(len(names)))
    if only_counts and len(ids) == len(names):
        return ids
    if ids.tolist() != canonical_ids(names, what).tolist():
        raise BadVotes(
            f"{what} ids are given twice, and differ: the {where} of the data frame holds other "
            "ones, or in another order"
        )
    return ids


def _names_voices(column: object) -> bool:
    return str(column).replace("_", "-").lower() in VOICE_COLUMNS


def _of_columns(given: Any, voice_ids: Any, statement_ids: Any) -> tuple[Any, Any, Any]:
    """Read a table without an index, as Polars and Arrow have it: a column names the voices."""
    columns = columns_of(given)
    named = [one for one in columns if _names_voices(one)]
    if voice_ids is not None and named:
        raise BadVotes(f"voice ids are given twice: in column {named[0]}, and beside the table")
    if voice_ids is None:
        if len(named) != 1:
            raise BadVotes(
                f"a table of votes needs one column of voice ids, called {VOICE_COLUMNS[0]}; "
                "or give voice_ids"
            )
        voice_ids = columns.pop(named[0])
    statements = _agreed(list(columns), statement_ids, "statement", "header")
    return _side_by_side(list(columns.values())), voice_ids, statements


def _side_by_side(columns: list[Column]) -> npt.NDArray[np.float64]:
    if not columns:
        raise BadVotes("there are no votes")
    parts = []
    for one in columns:
        values = one.values
        if isinstance(values, list):
            values = np.array(values, dtype=object)
        parts.append(numbers(values.reshape(-1, 1)))
    return np.hstack(parts)
