"""A list as a file: named columns, cells with their types, nothing that a spreadsheet would run.

COLUMNS = [Column("name", _("Name"), lambda r: r.full_name), …]
return table_file("xlsx", COLUMNS, rows, name=f"registrations-{edition.slug}")
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from tempfile import SpooledTemporaryFile
from typing import IO, Any, Generic, TypeVar, cast

from django.http import HttpResponse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.text import slugify
from django.utils.translation import gettext as _

from majlis.kernel.errors import NotFound
from majlis.ui.http import attached
from majlis.ui.languages import facts

Row = TypeVar("Row")
KINDS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
BOM = "\ufeff"
MOST_IN_MEMORY = 4_000_000
MOST_SIGNS = 32_767  # in a cell of a spreadsheet

# What makes a spreadsheet calculate, after anything that is not seen: blanks of every kind,
# control characters, joiners and marks of direction.
_FORMULA = re.compile(
    r"[\s\x00-\x1f\x7f-\xa0\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2000-\u200f"
    r"\u2028-\u202f\u205f-\u206f\u2800\u3000\u3164\ufe00-\ufe0f\ufeff\uffa0]*"
    r"([=+\-@\ufe62\ufe63\ufe66\ufe6b\uff0b\uff0d\uff1d\uff20]|[\t\r\n])"
)
# Where another program begins a new cell: it may take `;` for what separates, or a line end.
_LATER = re.compile(r"([;,|\t\r\n])(?=[=+\-@\uff0b\uff0d\uff1d\uff20])")
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_NO_TITLE = re.compile(r"[\[\]:*?/\\]")


@dataclass(frozen=True, slots=True)
class Column(Generic[Row]):
    """One column: its name in addresses, its heading, and what a row has in it.

    A cell is a day, an instant, a number, yes or no, nothing, or words.
    """

    name: str
    label: str | Promise
    value: Callable[[Row], Any]


def named(names: Iterable[str]) -> list[Column[Mapping[str, Any]]]:
    """Columns of rows that are mappings: the heading is the name, for programs that read it."""

    def column(name: str) -> Column[Mapping[str, Any]]:
        return Column(name, name, lambda row: row.get(name))

    return [column(name) for name in names]


def table_file(
    kind: str,
    columns: Sequence[Column[Row]],
    rows: Iterable[Row],
    *,
    name: str,
    title: str = "",
) -> HttpResponse:
    """Answer with the rows as a file of this kind (`KINDS`), called `name` and for keeping.

    The rows are taken one by one, so a query with `.iterator()` is never in memory as a whole.
    """
    if kind not in KINDS:
        raise NotFound
    write = _write_xlsx if kind == "xlsx" else _write_csv
    with SpooledTemporaryFile(MOST_IN_MEMORY) as file:
        write(file, columns, rows, title or name)
        file.seek(0)
        answer = HttpResponse(file.read(), content_type=KINDS[kind])
    return attached(answer, f"{slugify(name, allow_unicode=True) or 'table'}.{kind}")


def safe_cell(value: Any) -> Any:
    """A cell of a CSV that no spreadsheet runs: an apostrophe before what looks like a formula."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return value
    words = _LATER.sub(r"\1'", str(value))
    return f"'{words}" if _FORMULA.match(words) else words


def _write_csv(
    file: IO[bytes], columns: Sequence[Column[Any]], rows: Iterable[Any], _title: str
) -> None:
    text = io.TextIOWrapper(file, "utf-8", newline="", write_through=True)
    text.write(BOM)  # without it, spreadsheets take the letters for others
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([safe_cell(str(column.label)) for column in columns])
    for row in rows:
        writer.writerow([safe_cell(_plain(column.value(row))) for column in columns])
    text.detach()


def _plain(value: Any) -> Any:
    """A cell as text that every program reads: instants in the time of the edition."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    value = _typed(value)
    if isinstance(value, datetime):
        return value.isoformat(" ", "minutes")
    return value.isoformat() if isinstance(value, date) else value


def _typed(value: Any) -> Any:
    """A cell as spreadsheets know it: no time zones there, and nothing that cannot be printed."""
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, datetime):
        local = timezone.localtime(value) if timezone.is_aware(value) else value
        return local.replace(tzinfo=None, microsecond=0)
    if isinstance(value, date):
        return value
    if isinstance(value, Decimal):
        return float(value)
    return _UNPRINTABLE.sub("", str(value))[:MOST_SIGNS]


def _write_xlsx(
    file: IO[bytes], columns: Sequence[Column[Any]], rows: Iterable[Any], title: str
) -> None:
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    book = Workbook(write_only=True)
    sheet = book.create_sheet(_NO_TITLE.sub(" ", title)[:31].strip("' ") or "1")
    sheet.sheet_view.rightToLeft = facts().direction == "rtl"
    sheet.freeze_panes = "A2"
    for at, column in enumerate(columns, 1):
        letter = get_column_letter(at)
        sheet.column_dimensions[letter].width = max(14, min(len(str(column.label)) + 4, 44))

    def cell(value: Any) -> Any:
        value = _typed(value)
        if isinstance(value, datetime | date):
            made = WriteOnlyCell(sheet, cast("datetime", value))  # a day is taken too
            made.number_format = "yyyy-mm-dd hh:mm" if isinstance(value, datetime) else "yyyy-mm-dd"
            return made
        if isinstance(value, str) and _FORMULA.match(value):
            made = WriteOnlyCell(sheet, value)
            made.data_type, made.quotePrefix = "s", True  # words, even after somebody edits them
            return made
        return value

    heads = []
    for column in columns:
        head = WriteOnlyCell(sheet, str(column.label))
        head.data_type, head.font = "s", Font(bold=True)
        head.alignment = Alignment(wrap_text=True, vertical="top")
        heads.append(head)
    sheet.append(heads)
    for row in rows:
        sheet.append([cell(column.value(row)) for column in columns])
    sheet.auto_filter.ref = f"A1:{get_column_letter(max(len(columns), 1))}1"
    book.save(file)
