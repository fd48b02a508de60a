"""Recognise what callers hold, by what it offers: no data frame library is imported for it.

A container names its entries (a mapping, a pandas Series), or lists them in the order the
function asks for (a list, an array), or is a column of a table whose order is the table's (a
Polars Series, an Arrow array). The last kind can be matched with another column of the same
table, never with ids that stand elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from importlib import import_module
from typing import Any

import numpy as np
import numpy.typing as npt

from opinionspace.errors import BadVotes

ARROW = ("__arrow_c_stream__", "__arrow_c_array__")


@dataclass(frozen=True, slots=True)
class Column:
    """One list of values, as the caller's container has it.

    Attributes
    ----------
    values : ndarray, or list of any values with None for what is missing
    names : list, or None
        What the container calls its entries; None where it only has an order.
    of_table : bool
        The order is that of a table, and says nothing about ids elsewhere.
    """

    values: npt.NDArray[Any] | list[Any]
    names: list[Any] | None = None
    of_table: bool = False

    def __len__(self) -> int:
        return len(self.values)


def is_missing(one: object) -> bool:
    """Return whether a value stands for nothing: None, nan, NaT, pandas' NA, a masked entry."""
    if one is None or one is np.ma.masked or type(one).__name__ in {"NAType", "NaTType"}:
        return True
    if isinstance(one, float | np.floating):
        return bool(one != one)
    return isinstance(one, np.datetime64) and bool(np.isnat(one))


def has_names(given: object) -> bool:
    """Return whether this is a Series or a data frame with an index, as pandas has them."""
    index = getattr(given, "index", None)
    return index is not None and not callable(index) and hasattr(given, "to_numpy")


def is_frame(given: object) -> bool:
    """Return whether this is a table with named columns: pandas, Polars, Arrow or the like."""
    if isinstance(given, Mapping | np.ndarray):
        return False
    if hasattr(given, "collect") and hasattr(given, "collect_schema"):
        raise BadVotes("a lazy table is not read yet: give `.collect()`")
    if has_names(given):
        return hasattr(given, "columns")
    names = getattr(given, "column_names", None)  # Arrow
    if names is not None:
        return not callable(names)
    return hasattr(given, "columns") and hasattr(given, "get_column")  # Polars


def column(given: Any, what: str) -> Column:
    """Return the values of a container, refusing what has no order or more than one dimension."""
    if isinstance(given, Column):
        return given
    if isinstance(given, str | bytes | Mapping) or np.isscalar(given):
        raise BadVotes(f"{what} must form one list, not {_kind(given)}")
    if isinstance(given, AbstractSet):
        raise BadVotes(f"{what} cannot be a set, which has no order: give a list or a mapping")
    if is_frame(given):
        raise BadVotes(f"{what} must form one list, not a whole table: name one of its columns")
    if hasattr(given, "dims") and hasattr(given, "coords"):
        raise BadVotes(
            f"{what} are given as a labelled array: give `.to_series()`, which keeps its labels"
        )
    if isinstance(given, np.ma.MaskedArray):
        return Column(_unmasked(given))
    if has_names(given):
        return Column(_of_series(given), _listed(given.index))
    if hasattr(given, "to_pylist") or (hasattr(given, "to_list") and hasattr(given, "null_count")):
        return Column(_of_arrow(given), of_table=True)
    if hasattr(given, "__array__"):
        return Column(np.asarray(given))
    if any(hasattr(given, one) for one in ARROW):
        return Column(_of_arrow(_by_pyarrow(given, "array")), of_table=True)
    if not isinstance(given, Iterable):
        raise BadVotes(f"{what} must form one list, not {_kind(given)}")
    return Column(list(given))


def _kind(given: object) -> str:
    name = type(given).__name__
    return {"str": "a piece of text", "bytes": "bytes", "dict": "a mapping"}.get(name, name)


def _listed(index: Any) -> list[Any]:
    names: list[Any] = index.tolist()
    return names


def _unmasked(given: np.ma.MaskedArray[Any, Any]) -> npt.NDArray[Any] | list[Any]:
    if not np.ma.getmaskarray(given).any():
        return np.asarray(given.data)
    plain: list[Any] = given.tolist()  # None where something is masked
    return plain


def _of_series(given: Any) -> npt.NDArray[Any] | list[Any]:
    if isinstance(given.dtype, np.dtype):
        return np.asarray(given.to_numpy())
    if getattr(given.dtype, "kind", "O") in "iufb" and not given.isna().any():
        numbers = getattr(given.dtype, "numpy_dtype", None)
        if numbers is not None and numbers.kind in "iufb":
            return np.asarray(given.to_numpy(dtype=numbers))
    values: list[Any] = given.to_numpy(dtype=object).tolist()
    return [None if is_missing(one) else one for one in values]


def _of_arrow(given: Any) -> npt.NDArray[Any] | list[Any]:
    nulls = given.null_count() if callable(given.null_count) else given.null_count
    if not nulls and hasattr(given, "__array__"):
        numbers = np.asarray(given)
        if numbers.dtype.kind in "iufb":
            return numbers
    plain: list[Any] = given.to_pylist() if hasattr(given, "to_pylist") else given.to_list()
    return plain


def _by_pyarrow(given: Any, what: str) -> Any:
    try:
        arrow = import_module("pyarrow")
    except ImportError:
        raise BadVotes(
            f"{type(given).__name__} speaks the Arrow interface only: install pyarrow to have it "
            "read, or give a list"
        ) from None
    return arrow.table(given) if what == "table" else arrow.chunked_array([arrow.array(given)])


def columns_of(given: Any) -> dict[str, Column]:
    """Return the columns of a table by name.

    Raises
    ------
    BadVotes
        When this is no table, or two columns share a name.
    """
    if isinstance(given, Mapping):
        return {name: column(values, f"column {name}") for name, values in given.items()}
    if not is_frame(given) and hasattr(given, "__arrow_c_stream__"):
        given = _by_pyarrow(given, "table")
    if not is_frame(given):
        raise BadVotes(f"a table has named columns, which {type(given).__name__} has not")
    arrow = getattr(given, "column_names", None)
    names = list(given.columns if arrow is None else arrow)
    twice = [one for at, one in enumerate(names) if one in names[:at]]
    if twice:
        raise BadVotes(f"column {twice[0]} is there twice")
    if arrow is not None:
        return {name: column(given.column(at), name) for at, name in enumerate(names)}
    if has_names(given):
        return {name: column(given[name], str(name)) for name in names}
    return {name: column(given.get_column(name), name) for name in names}
