"""Text to the rows of a table, as spreadsheets save it."""

from __future__ import annotations

import csv
import io
from collections.abc import Collection
from dataclasses import dataclass

from majlis.kernel.pack.faults import Faults

MOST_ROWS = 10_000
SEPARATORS = ",;\t|"


@dataclass(frozen=True, slots=True)
class Sheet:
    """The header of a table and its rows by the number that a spreadsheet gives them."""

    header: list[str]
    header_row: int
    rows: dict[int, list[str]]


def sheet(name: str, text: str, faults: Faults, known: Collection[str]) -> Sheet | None:
    """The table in a text, or None with a fault.

    `known` are the columns that it may have: they tell by what the cells are separated, and how a
    column is spelt. Rows and columns without anything in them are passed over.
    """
    rows = _rows(name, text, faults, _separator(text, known))
    if rows is None:
        return None
    first = next(iter(rows), None)
    if first is None or not any(rows[first]):
        faults.add(name, "the file is empty; expected a header with the names of the columns.", 1)
        return None
    spelt = {column.lower(): column for column in known}
    header = [spelt.get(cell.lower(), cell) for cell in rows.pop(first)]
    return _without_blank_columns(name, Sheet(header, first, rows), faults)


def _separator(text: str, known: Collection[str]) -> str:
    """What stands between the cells of the first row that has any; a comma where nothing tells."""
    first = next((line for line in text.split("\n") if line.strip(f"{SEPARATORS} ")), "")
    if first.lower().startswith("sep=") and first[4:5] in SEPARATORS:
        return first[4:5] or ","
    spelt = {column.lower() for column in known}

    def n_known(separator: str) -> int:
        cells = first.replace('"', "").lower().split(separator)
        return len(spelt.intersection(cell.strip() for cell in cells))

    return max(SEPARATORS, key=n_known)


def _rows(name: str, text: str, faults: Faults, separator: str) -> dict[int, list[str]] | None:
    """The rows that have anything in them, by number."""
    rows: dict[int, list[str]] = {}
    number = 0
    try:
        for cells in csv.reader(io.StringIO(text), delimiter=separator, strict=True):
            number += 1
            found = [cell.strip() for cell in cells]
            if any(found) and not (number == 1 and found[0].lower().startswith("sep=")):
                rows[number] = found
            if len(rows) > MOST_ROWS:
                faults.add(name, f"the table has more than {MOST_ROWS} rows; that is the most.")
                return None
    except csv.Error as error:
        faults.add(
            name,
            f"the table breaks off here ({error}); look for a quotation mark without its pair.",
            number + 1,
        )
        return None
    return rows


def _without_blank_columns(name: str, found: Sheet, faults: Faults) -> Sheet | None:
    """The table without columns that have neither a name nor anything in them."""
    width = max(map(len, (found.header, *found.rows.values())))
    header = found.header + [""] * (width - len(found.header))
    for number, cells in found.rows.items():
        for at, cell in enumerate(cells):
            if cell and not header[at]:
                faults.add(
                    name,
                    f"the row has more cells than the header has names: “{cell[:40]}” stands in "
                    f"column {_letters(at)}, which has none.",
                    number,
                )
                return None
    kept = [at for at, column in enumerate(header) if column]
    rows = {
        number: [cells[at] for at in kept if at < len(cells)]
        for number, cells in found.rows.items()
    }
    return Sheet([header[at] for at in kept], found.header_row, rows)


def _letters(at: int) -> str:
    """The name that a spreadsheet gives a column: A … Z, AA …"""
    letters = ""
    at += 1
    while at:
        at, rest = divmod(at - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
