"""Tables as files that people open in a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.http import HttpResponse

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
BOM = "\ufeff"


def csv_of(columns: Sequence[str], rows: Iterable[Mapping[str, Any]], *, bom: bool = False) -> str:
    """The rows as CSV in UTF-8 with CRLF. With `bom`, spreadsheets recognise the encoding.

    A cell that a spreadsheet could take for a formula begins with an apostrophe.
    """
    out = io.StringIO()
    out.write(BOM if bom else "")
    writer = csv.DictWriter(out, columns, lineterminator="\r\n")
    writer.writeheader()
    for row in rows:
        writer.writerow({name: safe_cell(row.get(name)) for name in columns})
    return out.getvalue()


def safe_cell(value: Any) -> Any:
    """A value that no spreadsheet will run: numbers stay, words that look like formulas do not."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return value
    words = str(value)
    return f"'{words}" if words.lstrip(" \u00a0").startswith(_FORMULA) else words


def attached(answer: HttpResponse, name: str) -> HttpResponse:
    """The answer as a file to keep, under this name."""
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
