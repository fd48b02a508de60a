"""A table of a pack as a whole: its columns, its rows, and writing it back.

A `.csv` file has one row per thing; a `.yaml` file is a table of exactly one row, whose columns
are its keys.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from majlis.kernel.lazily import lazily
from majlis.kernel.pack.cells import Column, Plain, Translated
from majlis.kernel.pack.faults import Faults
from majlis.kernel.pack.files import PLAIN_TAGS, PackFolder
from majlis.kernel.pack.sheets import Sheet
from majlis.kernel.words import Language

if TYPE_CHECKING:
    import yaml
else:
    yaml = lazily("yaml")


@dataclass(frozen=True, slots=True)
class PackRow:
    """One row as it was read, with the place to which later faults point."""

    file: str
    id: str
    number: int
    values: Mapping[str, Any]
    faults: Faults = field(repr=False, compare=False)
    lines: Mapping[str, int] = field(default_factory=dict, repr=False, compare=False)

    def __getitem__(self, column: str) -> Any:
        return self.values[column]

    def fault(self, column: str, message: str) -> None:
        self.faults.add(self.file, message, self.lines.get(column, self.number), column)


@dataclass(frozen=True, slots=True)
class PackTable:
    """A file of the pack: its name, its columns and which of them identifies a row."""

    file: str
    meaning: str
    columns: tuple[Column, ...]
    key: str = "id"
    required: bool = False

    def column(self, name: str) -> Column:
        return next(c for c in self.columns if c.name == name)

    def headers(self) -> list[str]:
        return [header for column in self.columns for header in column.headers()]

    def read(self, folder: PackFolder, spoken: list[str]) -> list[PackRow]:
        """The sound rows of the file; everything unsound is a fault in the folder's list."""
        if not self.required and not folder.has(self.file):
            return []
        rows = self._yaml(folder, spoken) if self._is_yaml else self._csv(folder, spoken)
        seen: dict[str, int] = {}
        for row in rows:
            if row.id in seen:
                row.fault(
                    self.key,
                    f"“{row.id}” stands in row {seen[row.id]} already; expected each once.",
                )
            seen.setdefault(row.id, row.number)
        return [row for row in rows if row.id]

    @property
    def _is_yaml(self) -> bool:
        return self.file.endswith(".yaml")

    def _yaml(self, folder: PackFolder, spoken: list[str]) -> list[PackRow]:
        keys = folder.keys(self.file)
        if keys is None:
            folder.unreadable.add(self.file)
            return []
        lines = {key: number for key, (_, number) in keys.items()}
        for key in keys:
            self._known(folder.faults, key, lines[key])
        cells = {key: value for key, (value, _) in keys.items()}
        return [self._row(folder.faults, cells, 1, spoken, lines)]

    def _csv(self, folder: PackFolder, spoken: list[str]) -> list[PackRow]:
        sheet = folder.sheet(self.file, self.headers())
        if sheet is None or not self._header_is_sound(folder.faults, sheet, spoken):
            folder.unreadable.add(self.file)
            return []
        needed = len(sheet.header)
        while needed and self._may_be_left_out(sheet.header[needed - 1]):
            needed -= 1
        rows = []
        for number, cells in sheet.rows.items():
            if len(cells) < needed:
                folder.faults.add(
                    self.file,
                    f"the row has {len(cells)} cells; "
                    f"expected {len(sheet.header)}, one per column.",
                    number,
                )
                continue
            by_name = dict(zip(sheet.header, cells, strict=False))  # the last ones may be left out
            rows.append(self._row(folder.faults, by_name, number, spoken, {}))
        return rows

    def _may_be_left_out(self, header: str) -> bool:
        """Whether a spreadsheet may leave out the cell at the end of a row, being empty."""
        return any(header in c.headers() and not c.required for c in self.columns)

    def _header_is_sound(self, faults: Faults, sheet: Sheet, spoken: list[str]) -> bool:
        before, header, row = len(faults), sheet.header, sheet.header_row
        for name in header:
            self._known(faults, name, row)
            if header.count(name) > 1:
                faults.add(self.file, "the column stands twice; expected it once.", row, name)
        for column in self.columns:
            for name in column.headers():
                lang = name.rpartition("_")[2]
                is_spare = isinstance(column, Translated) and (
                    lang in Language.values and lang not in spoken
                )
                if name not in header and column.required and not is_spare:
                    faults.add(self.file, "the column is missing.", row, name)
        return len(faults) == before

    def _known(self, faults: Faults, name: str, row: int) -> None:
        if name in self.headers():
            return
        near = get_close_matches(name, self.headers(), n=1)
        hint = (
            f"did you mean {near[0]}?" if near else f"expected some of {', '.join(self.headers())}."
        )
        faults.add(
            self.file, f"there is no such {'key' if self._is_yaml else 'column'}; {hint}", row, name
        )

    def _row(
        self,
        faults: Faults,
        cells: Mapping[str, str],
        number: int,
        spoken: list[str],
        lines: Mapping[str, int],
    ) -> PackRow:
        def say(column: str, message: str) -> None:
            faults.add(self.file, message, lines.get(column, number), column)

        values = {column.name: column.read(cells, say, spoken) for column in self.columns}
        return PackRow(self.file, str(values[self.key]), number, values, faults, lines)

    def parsed(self, cells: Mapping[str, str], spoken: list[str]) -> PackRow:
        """The row of canonical cells that were kept."""
        return self._row(Faults(), cells, 1, spoken, {})

    def cells(self, values: Mapping[str, Any]) -> dict[str, str]:
        """The canonical cells of one row."""
        cells: dict[str, str] = {}
        for column in self.columns:
            cells |= column.write(values.get(column.name, ""))
        return cells

    def write(self, rows: Iterable[Mapping[str, str]]) -> bytes:
        """The file that holds these rows of canonical cells."""
        rows = list(rows)
        if self._is_yaml:
            (cells,) = rows
            return self._written_yaml(cells).encode()
        sheet = io.StringIO()
        writer = csv.writer(sheet, lineterminator="\n")
        headers = [
            header
            for column in self.columns
            for header in column.headers()
            if not column.spare or any(cells[header] for cells in rows)
        ]
        writer.writerow(headers)
        writer.writerows([cells[header] for header in headers] for cells in rows)
        return sheet.getvalue().encode()

    def _written_yaml(self, cells: Mapping[str, str]) -> str:
        parts = []
        for column in self.columns:
            if isinstance(column, Plain):
                if cells[column.name]:
                    parts.append(_yaml_pair(column.name, cells[column.name]))
                continue
            inner = {h.removeprefix(f"{column.name}_"): cells[h] for h in column.headers()}
            if any(inner.values()):
                parts.append(f"{column.name}:\n")
                parts += [_yaml_pair(key, value, 1) for key, value in inner.items() if value]
        return "".join(parts)


def _yaml_pair(key: str, value: str, depth: int = 0) -> str:
    """`key: value` in the plainest style that reads back as exactly this value."""
    indent = "  " * depth
    block = value.replace("\n", f"\n{indent}  ")
    for written in (f"{key}: {value}\n", f"{key}: |-\n{indent}  {block}\n"):
        if "\n" in value and written.count("\n") == value.count("\n") + 1:
            continue
        try:
            node = yaml.compose(indent + written, Loader=yaml.SafeLoader)
        except yaml.YAMLError:
            continue
        if isinstance(node, yaml.MappingNode) and len(node.value) == 1:
            found = node.value[0][1]
            is_plain = isinstance(found, yaml.ScalarNode) and found.tag in PLAIN_TAGS
            if is_plain and found.value == value:
                return indent + written
    quoted = yaml.safe_dump(value, default_style='"', allow_unicode=True, width=10**9)
    return f"{indent}{key}: {quoted}"


def check_references(
    folder: PackFolder, tables: Mapping[str, tuple[PackTable, list[PackRow]]]
) -> None:
    """Add a fault for every reference to a row that its table does not have."""
    known = set(tables) - folder.unreadable
    for table, rows in tables.values():
        for column in table.columns:
            if not isinstance(column, Plain) or column.refers_to not in known:
                continue
            there = [row.id for row in tables[column.refers_to][1]]
            for row in rows:
                wanted = row[column.name]
                if wanted and wanted not in there:
                    row.fault(
                        column.name,
                        f"“{wanted}” is not in {column.refers_to}; expected one of "
                        f"{', '.join(there[:20]) or 'its rows (it has none)'}.",
                    )
