"""Tables for programs: columns with fixed names. Lists for people are `ui.tables`."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from majlis.ui.tables.sending import BOM, safe_cell


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
