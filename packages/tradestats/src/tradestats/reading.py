"""Read trade files: one row for each exporter, importer and product of a year.

A fault stops the load with file, line and reason. A row is only left out for a reason that the
caller asked for, and the tally says how many and how much.
"""

from __future__ import annotations

import csv
import gzip
import io
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any, Final, TextIO

import numpy as np

from tradestats import engine
from tradestats.countries import baci_countries
from tradestats.errors import BadFile
from tradestats.flows import FloatArray, Flows, Tally

ROWS_AT_ONCE: Final = 200_000
DAMAGED: Final = (gzip.BadGzipFile, zipfile.BadZipFile, zlib.error, EOFError)
MISSING: Final = frozenset({"", "NA"})
Key = tuple[str, str, str]


@dataclass(frozen=True, kw_only=True)
class Layout:
    """What the columns of a file are called, and how its codes are read.

    Attributes
    ----------
    exporter, importer, product, value : str
    year, quantity : str, optional
        None: the file has none; its year is then to be given.
    countries : mapping, optional
        From the file's country codes to ISO alpha-3; none: the codes are taken as they are.
    digits : int, optional
        How many digits a product code has. A spreadsheet drops zeros before a number: codes
        that are shorter are refused, not filled up.
    unit : str
    """

    exporter: str
    importer: str
    product: str
    value: str
    year: str | None = None
    quantity: str | None = None
    countries: Mapping[str, str] | None = None
    digits: int | None = None
    unit: str = "kUSD"

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that a file of this layout must have."""
        named = (self.year, self.exporter, self.importer, self.product, self.value, self.quantity)
        return tuple(name for name in named if name)


#: BACI's own layout: t, i, j, k, v (thousand current USD), q (metric tons, blank-padded).
BACI: Final = Layout(
    year="t",
    exporter="i",
    importer="j",
    product="k",
    value="v",
    quantity="q",
    countries=baci_countries(),
    digits=6,
)


def read_flows(
    path: Path | str,
    layout: Layout = BACI,
    *,
    year: int | None = None,
    keep: Callable[[str, str], bool] | None = None,
) -> Flows:
    """Read the flows of one year from a CSV file, plain, gzipped or alone in a ZIP, or Parquet.

    Rows that become the same, because several codes are one country, are added up; the same
    row twice in the file's own codes is a fault.

    Parameters
    ----------
    path : path
    layout : Layout
    year : int, optional
        The year to take, where a file holds several; the year of the file, where it names none.
    keep : function of exporter and importer, optional
        Which pairs to keep; the rest is dropped and counted.

    Raises
    ------
    BadFile
        With the line (of Parquet: the row), at the first fault: a column or a cell too many or
        too few, a code that is none, a value that is not a positive number, a country selling
        to itself, a row twice, several years and none asked for.
    """
    path = Path(path)
    if path.suffix == ".parquet":
        try:
            return _flows(engine.read_parquet(path, layout, year), path, layout, keep)
        except engine.NotPlain as fault:
            raise BadFile(str(fault), path=path) from None
    try:
        return _flows(engine.read_csv(_plain(path), layout, year), path, layout, keep)
    except engine.NotPlain:
        return _row_by_row(path, layout, year, keep)


def _plain(path: Path) -> Path | bytes:
    """Return a file, or what is in a compressed one; damage is told by who reads it again."""
    if path.suffix not in (".gz", ".zip"):
        return path
    try:
        with _unpacked(path) as raw:
            return bytes(raw.read())
    except DAMAGED as error:
        raise engine.NotPlain from error


def _flows(
    columns: engine.Columns,
    path: Path,
    layout: Layout,
    keep: Callable[[str, str], bool] | None,
) -> Flows:
    """Return what was read, countries and products in the order of their codes."""
    if not len(columns.value):
        raise BadFile("there is no trade in this file for the year asked.", path=path)
    if columns.year is None:
        raise BadFile("the file names no year: say which it is.", path=path)
    names, codes, exporter, importer, product, value, quantity, ordered = engine.merged_places(
        columns, layout
    )
    flows = Flows(
        columns.year,
        names,
        codes,
        exporter,
        importer,
        product,
        value,
        quantity,
        layout.unit,
        columns.tally,
    )
    if keep is not None:
        flows = _kept(flows, keep)
    return flows if ordered else flows.merged()


def _kept(flows: Flows, keep: Callable[[str, str], bool]) -> Flows:
    n = len(flows.countries)
    pair = flows.exporter * n + flows.importer
    wanted = np.zeros(n * n, dtype=bool)
    for one in np.unique(pair).tolist():
        wanted[one] = keep(flows.countries[one // n], flows.countries[one % n])
    return flows.chosen(wanted[pair], "outside what was asked")


def _row_by_row(
    path: Path, layout: Layout, year: int | None, keep: Callable[[str, str], bool] | None
) -> Flows:
    reader = _Reader(path, layout, year)
    try:
        with _opened(path) as stream:
            reader.read(stream)
    except UnicodeDecodeError:
        raise BadFile("this is not UTF-8.", path=path) from None
    except DAMAGED as error:
        raise BadFile(f"the compressed file is damaged: {error}.", path=path) from None
    return reader.flows(keep)


class _Reader:
    """Rows of a file on their way to flows."""

    def __init__(self, path: Path, layout: Layout, year: int | None) -> None:
        self.path, self.layout, self.year = path, layout, year
        self.found_year: int | None = None
        self.lines: dict[Key, int] = {}
        self.values: list[FloatArray] = []
        self.quantities: list[FloatArray] = []
        self.rows = 0
        self.value_read = 0.0
        self.other_years = (0, 0.0)

    def read(self, stream: TextIO) -> None:
        reader = csv.reader(stream, strict=True)
        try:
            head = [name.strip() for name in next(reader, [])]
            at = self._places(head)
            for lines, rows in _chunks(reader):
                self._take(lines, rows, at, len(head))
        except csv.Error as error:
            raise self._bad(f"{error}.", reader.line_num) from None

    def flows(self, keep: Callable[[str, str], bool] | None) -> Flows:
        """Return what was read, countries and products in the order of their codes."""
        if not self.lines:
            raise BadFile("there is no trade in this file for the year asked.", path=self.path)
        if self.found_year is None:
            raise BadFile("the file names no year: say which it is.", path=self.path)
        countries = self.layout.countries
        exporter, importer, product = (list(each) for each in zip(*self.lines, strict=True))
        if countries is not None:
            exporter = [countries[code] for code in exporter]
            importer = [countries[code] for code in importer]
        values, quantities = np.concatenate(self.values), np.concatenate(self.quantities)
        tally = Tally(self.rows, self.value_read).dropping("another year", *self.other_years)
        names = tuple(sorted({*exporter, *importer}))
        codes = tuple(sorted(set(product)))
        place = {name: at for at, name in enumerate(names)}
        of = {code: at for at, code in enumerate(codes)}
        flows = Flows(
            self.found_year,
            names,
            codes,
            np.array([place[one] for one in exporter], dtype=np.int64),
            np.array([place[one] for one in importer], dtype=np.int64),
            np.array([of[one] for one in product], dtype=np.int64),
            values,
            quantities,
            self.layout.unit,
            tally,
        )
        return (_kept(flows, keep) if keep else flows).merged()

    def _places(self, head: list[str]) -> dict[str, int]:
        if len(set(head)) < len(head):
            raise self._bad("two columns have the same name.", 1)
        for name in self.layout.columns:
            if name not in head:
                raise self._bad(f"there is no column “{name}”.", 1)
        return {name: head.index(name) for name in self.layout.columns}

    def _take(
        self, lines: list[int], rows: list[list[str]], at: Mapping[str, int], width: int
    ) -> None:
        for line, row in zip(lines, rows, strict=True):
            if len(row) != width:
                raise self._bad(f"{len(row)} cells where the head has {width}.", line)
        columns = list(zip(*rows, strict=True))
        layout = self.layout
        value = self._numbers(lines, columns[at[layout.value]], layout.value)
        for line, one in zip(lines, value, strict=True):
            if not one > 0:
                raise self._bad(f"the value {one:g} is not above zero.", line)
        tons = np.full(len(rows), np.nan)
        if layout.quantity:
            tons = self._numbers(lines, columns[at[layout.quantity]], layout.quantity, gaps=True)
        self.rows += len(rows)
        self.value_read += float(value.sum())
        kept = self._of_the_year(lines, columns[at[layout.year]] if layout.year else None, value)
        keys = zip(
            columns[at[layout.exporter]],
            columns[at[layout.importer]],
            columns[at[layout.product]],
            strict=True,
        )
        for line, key, mine in zip(lines, keys, kept, strict=True):
            if mine:
                self._key(line, *(code.strip() for code in key))
        mask = np.array(kept, dtype=bool)
        self.values.append(value[mask])
        self.quantities.append(tons[mask])

    def _of_the_year(
        self, lines: list[int], years: tuple[str, ...] | None, value: FloatArray
    ) -> list[bool]:
        """Return which rows are of the year asked; without one, the file may hold one only."""
        if years is None:
            self.found_year = self.year
            return [True] * len(lines)
        kept = []
        for line, text, one in zip(lines, years, value, strict=True):
            text = text.strip()
            if not (text.isascii() and text.isdigit() and len(text) == 4):
                raise self._bad(f"“{text}” is not a year.", line)
            mine = self.year is None or int(text) == self.year
            if mine and self.found_year is None:
                self.found_year = int(text)
            if mine and int(text) != self.found_year:
                raise self._bad(
                    f"the years {self.found_year} and {text} stand in one file: say which to take.",
                    line,
                )
            if not mine:
                rows, total = self.other_years
                self.other_years = rows + 1, total + float(one)
            kept.append(mine)
        return kept

    def _key(self, line: int, exporter: str, importer: str, product: str) -> None:
        countries, digits = self.layout.countries, self.layout.digits
        for code in (exporter, importer):
            if not code or (countries is not None and code not in countries):
                raise self._bad(f"“{code}” is no country code of this layout.", line)
        if not product or (digits and not (len(product) == digits and product.isalnum())):
            wanted = f"{digits} digits" if digits else "a code"
            raise self._bad(f"product “{product}” does not have {wanted}.", line)
        if exporter == importer:
            raise self._bad(f"{exporter} sells to itself.", line)
        key = (exporter, importer, product)
        before = self.lines.setdefault(key, line)
        if before != line:
            raise self._bad(f"this flow stands on line {before} already.", line)

    def _numbers(
        self, lines: list[int], cells: tuple[str, ...], name: str, *, gaps: bool = False
    ) -> FloatArray:
        texts = [cell.strip() for cell in cells]
        if gaps:
            texts = ["nan" if text in MISSING else text for text in texts]
        found = np.empty(len(texts))
        for at, (line, text) in enumerate(zip(lines, texts, strict=True)):
            try:
                found[at] = float(text)
            except ValueError:
                raise self._bad(f"{name} is “{text}”, which is not a number.", line) from None
            is_gap = gaps and text == "nan"
            if "_" in text or not (is_gap or 0 <= found[at] < float("inf")):
                raise self._bad(f"{name} is “{text}”, which is no amount.", line)
        return found

    def _bad(self, message: str, line: int) -> BadFile:
        return BadFile(message, path=self.path, line=line)


def _chunks(reader: Iterator[list[str]]) -> Iterator[tuple[list[int], list[list[str]]]]:
    """Yield rows with the lines they stand on; empty lines are passed over."""
    while chunk := [(reader.line_num, row) for row in islice(reader, ROWS_AT_ONCE)]:  # type: ignore[attr-defined] # a csv reader
        filled = [(line, row) for line, row in chunk if row]
        if filled:
            lines, rows = zip(*filled, strict=True)
            yield list(lines), list(rows)


@contextmanager
def _opened(path: Path) -> Iterator[TextIO]:
    with _unpacked(path) as raw:
        yield io.TextIOWrapper(raw, encoding="utf-8-sig", newline="")


@contextmanager
def _unpacked(path: Path) -> Iterator[Any]:
    with ExitStack() as stack:
        if path.suffix == ".gz":
            yield stack.enter_context(gzip.open(path))
        elif path.suffix == ".zip":
            archive = stack.enter_context(zipfile.ZipFile(path))
            tables = [name for name in archive.namelist() if name.endswith(".csv")]
            if len(tables) != 1:
                found = f"{len(tables)} CSV files are in it, where one is needed."
                raise BadFile(found, path=path)
            yield stack.enter_context(archive.open(tables[0]))
        else:
            yield stack.enter_context(path.open("rb"))
