"""`Columns`: a table as plain columns, which data frame libraries take as it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import escape
from importlib import import_module
from typing import Any

import numpy as np

from opinionspace._terminal import aligned
from opinionspace.errors import in_one_line

SHOWN = 30


class Columns(dict[str, Any]):
    """Columns by name, all of one length: arrays of numbers, lists of text.

    A dict, so `pandas.DataFrame(table)`, `polars.DataFrame(table)` and `pyarrow.table(table)`
    take it; `to_pandas`, `to_polars` and `to_arrow` say the same. Notebooks and `print` show the
    first rows.

    Examples
    --------
    >>> table = Columns(id=[1, 2], agree=np.array([3, 0]))
    >>> table
    <Columns: 2 rows × id, agree>
    >>> table.rows()[0]
    {'id': 1, 'agree': 3}
    """

    @property
    def n_rows(self) -> int:
        """How many rows there are."""
        return len(next(iter(self.values()), ()))

    def rows(self) -> list[dict[str, Any]]:
        """Return the rows as dicts of plain values, for JSON say."""
        columns = [np.asarray(one, dtype=object).tolist() for one in self.values()]
        return [dict(zip(self, row, strict=True)) for row in zip(*columns, strict=True)]

    def to_pandas(self) -> Any:
        """Return a pandas data frame; pandas must be installed."""
        return _library("pandas").DataFrame(dict(self))

    def to_polars(self) -> Any:
        """Return a Polars data frame; Polars must be installed."""
        return _library("polars").DataFrame(dict(self))

    def to_arrow(self) -> Any:
        """Return an Arrow table; pyarrow must be installed."""
        return _library("pyarrow").table(dict(self))

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """Hand the table over by the Arrow interface; pyarrow must be installed."""
        return self.to_arrow().__arrow_c_stream__(requested_schema)

    def __repr__(self) -> str:
        return f"<Columns: {self.n_rows} rows × {', '.join(self)}>"

    def __str__(self) -> str:
        """Return the first rows under one another, as `print` shows them."""
        lines = [line.rstrip() for line in aligned(*_shown(self))]
        more = self.n_rows - SHOWN
        return "\n".join([*lines, f"… {more} more rows"] if more > 0 else lines)

    def _repr_html_(self) -> str:
        more = self.n_rows - SHOWN
        rest = f"<p>… {more} more rows</p>" if more > 0 else ""
        return html_table(self, most=SHOWN) + rest


def _library(name: str) -> Any:
    try:
        return import_module(name)
    except ModuleNotFoundError:
        raise ModuleNotFoundError(
            f"{name} is not installed, and this package does not need it otherwise: "
            f"pip install {name}, or take `.rows()`",
            name=name,
        ) from None


def _shown(table: Mapping[str, Any]) -> Iterator[list[str]]:
    """Yield names and first rows; the last column is that of wordings, or empty."""
    names = [name for name in table if name != "text"]
    yield [*names, "text" if "text" in table else ""]
    texts = table.get("text", [""] * SHOWN)[:SHOWN]
    for *row, text in zip(*(table[name][:SHOWN] for name in names), texts, strict=False):
        yield [*map(_told, row), in_one_line(text)]


def _told(one: object) -> str:
    if isinstance(one, float | np.floating):
        return "–" if np.isnan(one) else f"{one:.3f}"
    return in_one_line(str(one))


def html_table(table: Mapping[str, Any], *, most: int | None = None, caption: str = "") -> str:
    """Return columns as an HTML table; numbers stand at the end of their cells."""
    is_text = [isinstance(one, list) for one in table.values()]
    head = "".join(
        f'<th scope="col"{"" if text else " class=n"}>{escape(name)}</th>'
        for name, text in zip(table, is_text, strict=True)
    )
    body = []
    for row in zip(*(list(one)[:most] for one in table.values()), strict=True):
        cells = "".join(
            f'<td dir="auto">{escape(str(one))}</td>' if text else f"<td class=n>{number(one)}</td>"
            for one, text in zip(row, is_text, strict=True)
        )
        body.append(f"<tr>{cells}</tr>\n")
    told = f"<caption>{escape(caption)}</caption>" if caption else ""
    return (
        f"<table>{told}\n<thead><tr>{head}</tr></thead>\n<tbody>\n{''.join(body)}</tbody></table>\n"
    )


def number(one: object) -> str:
    """Return a number as it is read: at most three decimals, a dash for nan."""
    if isinstance(one, float | np.floating):
        return "–" if np.isnan(one) else f"{one:.3f}".rstrip("0").rstrip(".")
    return escape(str(one))
