"""Read a table of trade by columns, with Polars: millions of rows a second.

`read_flows` begins here. What is read has passed the same checks as row by row; where one fails,
or where a CSV file is written in a way that only reading row by row can judge, a CSV file is read
again by `reading`, which names the line. In Parquet there are no lines: its rows are counted.
"""

from __future__ import annotations

import mmap
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import polars as pl

from tradestats.errors import BadFile
from tradestats.flows import FloatArray, Tally

if TYPE_CHECKING:
    from tradestats.reading import Layout

#: Bytes looked through at once.
BLOCK = 2**18
Codes = npt.NDArray[np.int32]


class NotPlain(Exception):
    """The file is broken, or not written plainly: it takes reading row by row."""


@dataclass(frozen=True, eq=False)
class Columns:
    """What a file holds: places in the codes of each column, and numbers."""

    year: int | None
    exporters: tuple[str, ...]
    importers: tuple[str, ...]
    products: tuple[str, ...]
    exporter: Codes
    importer: Codes
    product: Codes
    value: FloatArray
    quantity: FloatArray
    tally: Tally


def read_csv(given: Path | bytes, layout: Layout, year: int | None) -> Columns:
    """Return the columns of a CSV file, plain on disk or in memory.

    Raises
    ------
    NotPlain
        At anything that is not a comma between cells and a line for each row, and at any fault.
    """
    head, rows = _shape(given)
    if len(set(head)) < len(head) or not set(layout.columns) <= set(head):
        raise NotPlain
    codes = (layout.exporter, layout.importer, layout.product)
    kinds: dict[str, Any] = dict.fromkeys(codes, pl.Categorical) | {layout.value: pl.Float64}
    if layout.year:
        kinds[layout.year] = pl.Categorical
    try:
        table = pl.scan_csv(
            given,
            schema_overrides=kinds,
            infer_schema=False,
        )
        found = _columns(table.select(_wanted(layout, text=True)), layout, year)
    except pl.exceptions.PolarsError as error:
        raise NotPlain from error
    if found.tally.rows_read != rows:
        raise NotPlain
    return found


def read_parquet(path: Path, layout: Layout, year: int | None) -> Columns:
    """Return the columns of a Parquet file.

    Raises
    ------
    BadFile
        At the first fault, with its row.
    """
    try:
        table = pl.scan_parquet(path)
        names = table.collect_schema().names()
        for name in layout.columns:
            if name not in names:
                raise BadFile(f"there is no column “{name}”.", path=path)
        wanted = _wanted(
            layout,
            text=table.collect_schema()[layout.quantity] == pl.String if layout.quantity else False,
        )
        return _columns(table.select(wanted), layout, year)
    except pl.exceptions.PolarsError as error:
        raise BadFile(f"this is no Parquet file that can be read: {error}.", path=path) from None
    except NotPlain as fault:
        raise BadFile(str(fault), path=path) from None


def _shape(given: Path | bytes) -> tuple[list[str], int]:
    """Return the head and the number of rows of a file that is plainly written.

    Its cells can be counted by commas: nothing is quoted, each line has as many as the head.
    """
    if isinstance(given, bytes):
        return _counted(given)
    with given.open("rb") as stream:
        if not stream.seek(0, 2):
            raise NotPlain
        with mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as mapped:
            return _counted(mapped)


def _counted(text: bytes | mmap.mmap) -> tuple[list[str], int]:
    end = text.find(b"\n")
    head = text[: max(end, 0)].decode("utf-8-sig", errors="replace").rstrip("\r").split(",")
    commas = lines = others = 0
    for begin in range(0, len(text), BLOCK):
        here = text[begin : begin + BLOCK]
        part = np.frombuffer(here, dtype=np.uint8)
        commas += int(np.count_nonzero(part == ord(",")))
        lines += int(np.count_nonzero(part == ord("\n")))
        others += b'"' in here or not here.isascii()
    lines += text[-1:] != b"\n"
    if end < 0 or others or any(name != name.strip() for name in head):
        raise NotPlain
    if commas != lines * (len(head) - 1) or text.find(b"\n\n") >= 0 or text.find(b"\n\r") >= 0:
        raise NotPlain
    return head, lines - 1


def _wanted(layout: Layout, *, text: bool) -> list[pl.Expr]:
    wanted = [pl.col(name) for name in layout.columns if name != layout.quantity]
    if layout.quantity:
        tons = pl.col(layout.quantity)
        if text:
            tons = tons.str.strip_chars(" ")
            tons = pl.when(tons.is_in(["", "NA"])).then(None).otherwise(tons).cast(pl.Float64)
        wanted.append(tons.alias(layout.quantity))
    return wanted


def _columns(table: pl.LazyFrame, layout: Layout, year: int | None) -> Columns:
    schema = table.collect_schema()
    if (
        schema[layout.value] not in (pl.Float64, pl.Float32)
        and not schema[layout.value].is_integer()
    ):
        raise NotPlain(f"column “{layout.value}” does not hold numbers.")
    numbers = [pl.col(layout.value).cast(pl.Float64)]
    if layout.quantity:
        numbers.append(pl.col(layout.quantity).cast(pl.Float64))
    frame = table.with_columns(numbers).collect(engine="streaming")
    value = _amounts(frame, layout.value)
    _first(~(value > 0), layout.value, "is missing, or not above zero")
    quantity = np.full(len(value), np.nan)
    if layout.quantity:
        quantity = _amounts(frame, layout.quantity)
        _first(quantity < 0, layout.quantity, "is under zero")
    tally = Tally(len(value), float(value.sum()))
    found, mine = year, None
    if layout.year:
        found, mine = _year(*_codes(frame, layout.year, None), year)
    coded = {
        name: _codes(frame, name, digits)
        for name, digits in (
            (layout.exporter, None),
            (layout.importer, None),
            (layout.product, layout.digits),
        )
    }
    del frame
    if mine is not None:
        others = ~mine
        tally = tally.dropping("another year", int(others.sum()), float(value[others].sum()))
        value, quantity = value[mine], quantity[mine]
        coded = {name: _used(texts, places[mine]) for name, (texts, places) in coded.items()}
    (sellers, seller), (buyers, buyer), (products, product) = coded.values()
    _known(sellers, seller, layout)
    _known(buyers, buyer, layout)
    _of_products(products, product, layout)
    place = {text: at for at, text in enumerate(buyers)}
    same = np.array([place.get(text, -1) for text in sellers], dtype=np.int32)
    if len(same):
        _first(same[seller] == buyer, layout.importer, "is the exporter itself")
    return Columns(found, sellers, buyers, products, seller, buyer, product, value, quantity, tally)


def _amounts(frame: pl.DataFrame, name: str) -> FloatArray:
    """Return numbers, nan where there is none; what is not finite is a fault."""
    column = frame[name]
    _first(
        (column.is_nan() | column.is_infinite()).fill_null(False).to_numpy(), name, "is no amount"
    )
    return np.asarray(column.to_numpy(), dtype=np.float64)


def _codes(frame: pl.DataFrame, name: str, digits: int | None) -> tuple[tuple[str, ...], Codes]:
    """Return the codes of a column in their order, and the place of each row's among them.

    A number of a Parquet file cannot begin with a zero: it gets the zeros of its digits.
    """
    column = frame[name]
    if column.null_count():
        _first(column.is_null().to_numpy(), name, "is missing")
    whole = column.dtype.is_integer()
    if whole and len(column) and not 0 <= int(column.min()) <= int(column.max()) < 2**24:
        raise NotPlain(f"column “{name}” holds numbers that are no codes.")
    if not whole and column.dtype != pl.Categorical:
        column = column.cast(pl.String).cast(pl.Categorical)
    numbers = column.to_numpy() if whole else column.to_physical().to_numpy()
    distinct = column.unique()
    kept = distinct.to_physical().to_numpy()
    texts = [str(one).zfill(digits or 0 if whole else 0) for one in distinct.to_list()]
    order = sorted(range(len(texts)), key=lambda at: (len(texts[at]), texts[at]))
    places = np.empty(int(kept.max()) + 1 if len(kept) else 0, dtype=np.int32)
    places[kept[order]] = np.arange(len(order), dtype=np.int32)
    return tuple(texts[at] for at in order), places[numbers]


def _used(texts: tuple[str, ...], places: Codes) -> tuple[tuple[str, ...], Codes]:
    """Return the codes that some row still has."""
    kept = np.flatnonzero(np.bincount(places, minlength=len(texts)))
    to = np.zeros(len(texts), dtype=np.int32)
    to[kept] = np.arange(len(kept), dtype=np.int32)
    return tuple(texts[at] for at in kept), to[places]


def _year(
    texts: tuple[str, ...], places: Codes, wanted: int | None
) -> tuple[int | None, npt.NDArray[np.bool_] | None]:
    """Return the year of the table, and which rows are of it where others are there too."""
    years = [
        int(text) if text.isascii() and text.isdigit() and len(text) == 4 else -1 for text in texts
    ]
    if -1 in years:
        raise NotPlain(f"“{texts[years.index(-1)]}” is not a year.")
    if wanted is None and len(years) > 1:
        raise NotPlain(f"the years {years[0]} and {years[1]} stand in one file: say which to take.")
    if wanted is None:
        return (years[0] if years else None), None
    if wanted not in years:
        return None, np.zeros(len(places), dtype=bool)
    return wanted, None if len(years) == 1 else places == years.index(wanted)


def _known(texts: tuple[str, ...], places: Codes, layout: Layout) -> None:
    known = layout.countries
    for at, text in enumerate(texts):
        if text != text.strip() or not text or (known is not None and text not in known):
            _first(places == at, "a country", f"is “{text}”, which is no code of this layout")


def _of_products(texts: tuple[str, ...], places: Codes, layout: Layout) -> None:
    digits = layout.digits
    for at, text in enumerate(texts):
        long = not digits or (len(text) == digits and text.isalnum())
        if text != text.strip() or not text or not long:
            _first(places == at, layout.product, f"is “{text}”, without its {digits or ''} digits")


def _once(columns: Columns) -> None:
    key = columns.exporter.astype(np.int64) * len(columns.importers) + columns.importer
    key = key * len(columns.products) + columns.product
    order = np.argsort(key, kind="stable")
    again = np.zeros(len(key), dtype=bool)
    again[order[1:]] = np.diff(key[order]) == 0
    _first(again, "the flow", "stands in the table already")


def _first(wrong: npt.NDArray[np.bool_], name: str, what: str) -> None:
    if wrong.any():
        raise NotPlain(f"row {int(wrong.argmax()) + 1}: {name} {what}.")


def merged_places(columns: Columns, layout: Layout) -> tuple[Any, ...]:
    """Return countries and products with the place of each row among them, all in order.

    Rows of a file that is in order move as whole pairs of countries, so nothing is sorted but
    the pairs. The last of what is returned says whether several rows became one flow.
    """
    known = layout.countries
    sold, bought = (
        tuple(known[text] if known is not None else text for text in texts)
        for texts in (columns.exporters, columns.importers)
    )
    names = tuple(sorted({*sold, *bought}))
    codes = tuple(sorted(columns.products))
    place = {name: at for at, name in enumerate(names)}
    at = {code: where for where, code in enumerate(codes)}
    to_seller = np.array([place[one] for one in sold], dtype=np.int32)
    to_buyer = np.array([place[one] for one in bought], dtype=np.int32)
    to_product = np.array([at[one] for one in columns.products], dtype=np.int32)
    exporter, importer = to_seller[columns.exporter], to_buyer[columns.importer]
    product = to_product[columns.product]
    value, quantity = columns.value, columns.quantity
    begins = np.append(True, exporter[1:] != exporter[:-1])
    begins[1:] |= importer[1:] != importer[:-1]
    begins = np.flatnonzero(begins)
    pair = exporter[begins].astype(np.int64) * len(names) + importer[begins]
    blocks = np.argsort(pair, kind="stable")
    sizes = np.diff(np.append(begins, len(value)))[blocks]
    rows = np.repeat(begins[blocks] - np.append(0, np.cumsum(sizes)[:-1]), sizes)
    rows += np.arange(len(value))
    product, value, quantity = product[rows], value[rows], quantity[rows]
    del rows
    again = np.repeat(np.append(False, np.diff(pair[blocks]) == 0), sizes)
    ordered = bool((np.diff(product) > 0)[~_begins(sizes)[1:]].all()) and not again.any()
    if not ordered:
        _once(columns)
    whole = np.repeat(pair[blocks], sizes)
    exporter, importer = np.divmod(whole, len(names))
    return names, codes, exporter, importer, product.astype(np.int64), value, quantity, ordered


def _begins(sizes: npt.NDArray[np.int64]) -> npt.NDArray[np.bool_]:
    """Return which rows are the first of blocks of these sizes."""
    found = np.zeros(int(sizes.sum()), dtype=bool)
    found[np.append(0, np.cumsum(sizes)[:-1])] = True
    return found
