"""A table as people have it: a workbook, a CSV of any program, or what was pasted.

Every cell is text, a day as `2026-03-25`. Titles above the headings, empty rows and columns and
merged cells are seen through. What cannot be read is said in one sentence (`BadTable`).
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from majlis.kernel import writing
from majlis.kernel.errors import RuleBroken
from majlis.kernel.pack.decoding import Unclear, decoded

MOST_BYTES = 5_000_000
MOST_UNPACKED = 80_000_000
MOST_PARTS = 500
MOST_ROWS = 10_000
MOST_COLUMNS = 100
MOST_ABOVE = 25  # rows of titles before the headings
_SEPARATORS = ",;\t|"
_OLE = b"\xd0\xcf\x11\xe0"
_MERGE = re.compile(
    rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"'
)

Grid = dict[int, list[str]]  # the rows with anything in them, by the number people see
Knows = Callable[[str], bool]


class BadTable(RuleBroken):
    """The file or paste is no table that can be read; nothing was changed."""


@dataclass(frozen=True, slots=True)
class TableRead:
    """Headings, and the rows under them by the number that a spreadsheet gives them.

    Every row has as many cells as there are headings. `header_row` is 0 where the table has none:
    its columns are then called by their letters.
    """

    headings: list[str]
    header_row: int
    rows: Grid


def read_table(name: str, raw: bytes, *, knows: Knows = lambda _heading: False) -> TableRead:
    """The table in a file. `knows` tells a heading that was expected, to find them by."""
    if len(raw) > MOST_BYTES:
        raise BadTable(
            gettext_lazy("The file is larger than %(most)s MB. Split it, or remove pictures."),
            most=MOST_BYTES // 1_000_000,
        )
    if raw.startswith(_OLE):
        raise BadTable(
            gettext_lazy(
                "“%(name)s” is a workbook of an old kind, or has a password. Save it as an Excel "
                "workbook (.xlsx) without a password."
            ),
            name=name,
        )
    grid = _workbook(name, raw) if raw.startswith(b"PK") else _separated(_text(name, raw))
    return _table(grid, knows)


def read_paste(text: str, *, knows: Knows = lambda _heading: False) -> TableRead:
    """The table that was pasted: cells between tabs, as spreadsheets copy, or as in a CSV."""
    return _table(_separated(text.replace("\r\n", "\n").replace("\r", "\n")), knows)


def _text(name: str, raw: bytes) -> str:
    try:
        text = decoded(raw)
    except Unclear:
        text = "\0"
    if "\0" in text:
        raise BadTable(
            gettext_lazy(
                "The letters of “%(name)s” cannot be read. Save it as an Excel workbook (.xlsx) or "
                "as “CSV UTF-8”."
            ),
            name=name,
        )
    return text


def _separated(text: str) -> Grid:
    """The rows of a text whose cells stand between commas, semicolons, tabs or bars."""
    lines = [line for line in text.split("\n", 60) if line.strip()][:50]
    if lines and re.fullmatch(r"sep=.", lines[0].strip("\ufeff ").lower()):
        separator, text = lines[0].strip("\ufeff ")[4], text.partition("\n")[2]
        text = "\n" + text  # rows keep their numbers
    else:
        separator = max(_SEPARATORS, key=lambda one: _regularity(lines, one))
    grid: Grid = {}
    reader = csv.reader(io.StringIO(text.lstrip("\ufeff")), delimiter=separator)
    try:
        for number, cells in enumerate(reader, 1):
            _keep(grid, number, [writing.text(cell) for cell in cells])
    except csv.Error as error:
        raise BadTable(
            gettext_lazy(
                "The table cannot be read after row %(row)s. Look for a quotation mark without "
                "its pair."
            ),
            row=max(grid, default=0),
        ) from error
    return grid


def _regularity(lines: Sequence[str], separator: str) -> tuple[int, int]:
    """How well a sign separates: in how many lines it stands equally often, and how often."""
    counts = [line.count(separator) for line in lines]
    usual = max(set(counts) - {0}, key=counts.count, default=0)
    return (counts.count(usual) if usual else 0, usual)


def _workbook(name: str, raw: bytes) -> Grid:
    from openpyxl import load_workbook

    _check_archive(name, raw)
    try:
        book = load_workbook(io.BytesIO(raw), read_only=True, data_only=True)
        for sheet in book.worksheets:
            if sheet.sheet_state == "visible":
                sheet.reset_dimensions()  # what the file says of its size may be wrong
                grid = _sheet(sheet)
                _fill_merged(grid, _part(book, sheet))
                if grid:
                    return grid
    except BadTable:
        raise
    except Exception as error:  # the reader raises whatever the file makes it stumble over
        raise _broken(name) from error
    return {}


def _check_archive(name: str, raw: bytes) -> None:
    """Refuse what is no workbook, or becomes too large when it is unpacked."""
    try:
        parts = zipfile.ZipFile(io.BytesIO(raw)).infolist()
    except (zipfile.BadZipFile, ValueError) as error:
        raise _broken(name) from error
    if not any(part.filename == "[Content_Types].xml" for part in parts):
        raise BadTable(
            gettext_lazy("“%(name)s” is no Excel workbook. Save it as .xlsx or as CSV."), name=name
        )
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise BadTable(
            gettext_lazy("“%(name)s” becomes too large when it is opened. Remove pictures."),
            name=name,
        )


def _broken(name: str) -> BadTable:
    return BadTable(
        gettext_lazy("“%(name)s” cannot be opened. Save it again as .xlsx, or as “CSV UTF-8”."),
        name=name,
    )


def _sheet(sheet: Any) -> Grid:
    grid: Grid = {}
    for number, cells in enumerate(sheet.iter_rows(values_only=True, max_col=MOST_COLUMNS + 1), 1):
        if number > MOST_ROWS * 20:
            raise _too_many()
        width = len(cells)  # each row is filled up to the most columns
        while width and cells[width - 1] is None:
            width -= 1
        _keep(grid, number, [_cell(value) for value in cells[:width]])
    return grid


def _part(book: Any, sheet: Any) -> bytes:
    """The sheet as it is written: a workbook that is only read does not tell of merged cells."""
    with book._archive.open(sheet._worksheet_path) as part:  # noqa: SLF001
        found: bytes = part.read()
    return found


def _fill_merged(grid: Grid, part: bytes) -> None:
    """Write what merged cells say into each of them."""
    for first, top, last, bottom in _MERGE.findall(part):
        left, right = _number(first), min(_number(last), MOST_COLUMNS)
        rows = range(int(top), int(bottom) + 1)
        cells = grid.get(rows.start, [])
        said = cells[left - 1] if left <= len(cells) else ""
        if not said:
            continue
        for number in [row for row in grid if row in rows]:
            row = grid[number]
            row.extend([""] * (right - len(row)))
            row[left - 1 : right] = [said] * (right - left + 1)


def _number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _keep(grid: Grid, number: int, cells: list[str]) -> None:
    while cells and not cells[-1]:
        cells.pop()
    if not cells:
        return
    if len(cells) > MOST_COLUMNS:
        raise BadTable(gettext_lazy("The table has more than %(most)s columns."), most=MOST_COLUMNS)
    grid[number] = cells
    if len(grid) > MOST_ROWS:
        raise _too_many()


def _too_many() -> BadTable:
    return BadTable(
        gettext_lazy("The table has more than %(most)s rows. Split it."), most=MOST_ROWS
    )


def _cell(value: Any) -> str:
    match value:
        case None:
            return ""
        case str():
            return "" if value.startswith("#") and value in _ERRORS else writing.text(value)
        case bool():
            return "TRUE" if value else "FALSE"
        case float():
            return str(int(value)) if value.is_integer() else repr(value)
        case datetime() if value.time() == time():
            return value.date().isoformat()
        case datetime():
            return value.isoformat(" ", "minutes")
        case date() | time() | timedelta() | int():
            return str(value)
    return writing.text(str(value))


_ERRORS = frozenset({"#N/A", "#REF!", "#NAME?", "#VALUE!", "#DIV/0!", "#NULL!", "#NUM!"})


def _table(grid: Grid, knows: Knows) -> TableRead:
    """Find the headings, and take the columns that have anything in them."""
    if not grid:
        raise BadTable(gettext_lazy("There is no table: nothing stands in it."))
    width = max(map(len, grid.values()))
    for cells in grid.values():
        cells.extend([""] * (width - len(cells)))
    header_row = _header_row(grid, knows)
    under = {number: cells for number, cells in grid.items() if number > header_row}
    used = [at for at in range(width) if any(cells[at] for cells in under.values())]
    above = [grid[number] for number in sorted(grid, reverse=True) if 0 < number <= header_row]
    headings = [_heading(at, above) for at in used]
    groups: list[list[int]] = []  # neighbours under one heading are one column
    for at, heading in zip(used, headings, strict=True):
        if groups and groups[-1][-1] == at - 1 and heading == _heading(at - 1, above):
            groups[-1].append(at)
        else:
            groups.append([at])
    return TableRead(
        [_heading(group[0], above) for group in groups],
        header_row,
        {
            number: [_joined(cells[at] for at in group) for group in groups]
            for number, cells in under.items()
        },
    )


def _header_row(grid: Grid, knows: Knows) -> int:
    """The row with most of the headings that are known; else the first that looks like one."""
    first = sorted(grid)[:MOST_ABOVE]
    n_known = {number: sum(map(knows, set(grid[number]) - {""})) for number in first}
    best = max(first, key=lambda number: n_known[number])
    if n_known[best]:
        return best
    widest = max(len(set(cells) - {""}) for cells in grid.values())
    wide = next(number for number in grid if 2 * len(set(grid[number]) - {""}) >= widest)
    is_heading = wide in first and len(grid) > 1 and not any(map(_is_of_data, grid[wide]))
    return wide if is_heading else 0


def _is_of_data(cell: str) -> bool:
    """Whether a cell cannot be a heading: an address, a number, a day."""
    return "@" in cell or any(sign.isdecimal() for sign in cell)


def _heading(at: int, above: Sequence[Sequence[str]]) -> str:
    """What stands over a column, in the nearest row that says anything; else its letter."""
    for cells in above:
        if cells[at] and (cells is above[0] or len(set(cells) - {""}) > 1):
            return writing.line(cells[at])
    letters, number = "", at + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return _("Column %(letters)s") % {"letters": letters}


def _joined(cells: Iterable[str]) -> str:
    return " ".join(dict.fromkeys(filter(None, cells)))
