"""The pack, the database and the last load, compared row by row.

A row of the pack is compared with the row in the database and with the digest that the last load
left behind. Whoever changed it since the last load is right; where both did, the desk is, unless
told otherwise. Rows that the pack does not name are left alone: loading merges, it never deletes.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from django.db.models import Model

from majlis.kernel.pack.cells import Plain
from majlis.kernel.pack.tables import PackRow, PackTable

Digests = dict[str, str]
"""Digest of each row as it was last loaded, by `file:id`."""


class Fate(StrEnum):
    """What loading does with a row of the pack."""

    ADDED = "added"
    CHANGED = "changed"
    SAME = "unchanged"
    KEPT = "kept as edited at the desk"
    GONE = "left out as taken away at the desk"


@dataclass(frozen=True, slots=True)
class RowChange:
    """One row of the pack with its fate; `columns` are those that differ."""

    row: PackRow
    fate: Fate
    thing: Any = None  # a row, or what stands for one
    columns: tuple[str, ...] = ()

    @property
    def writes(self) -> bool:
        return self.fate in (Fate.ADDED, Fate.CHANGED)

    def __str__(self) -> str:
        of = f" ({', '.join(self.columns)})" if self.columns else ""
        return f"{self.row.file} {self.row.id}: {self.fate}{of}"


@dataclass(frozen=True, slots=True)
class Binding:
    """A table of the pack and the model behind it.

    A column stands for the field of the same name unless `fields` says otherwise. `fixed` fields
    have one value in all rows and part the model's rows among several tables.
    """

    table: PackTable
    model: type[Model]
    fields: Mapping[str, str] = field(default_factory=lambda: {"id": "code"})
    fixed: Mapping[str, Any] = field(default_factory=dict)

    def cells(self, thing: object) -> dict[str, str]:
        """The canonical cells of a row of the database."""
        values = {}
        for column in self.table.columns:
            value = getattr(thing, self.fields.get(column.name, column.name), "")
            if isinstance(column, Plain) and column.refers_to:
                value = getattr(value, "code", None) or getattr(value, "slug", "")
            values[column.name] = value
        return self.table.cells(values)

    def apply(self, row: PackRow, thing: Model, things: Mapping[tuple[str, str], Model]) -> None:
        """Set the fields of `thing` from the row; `things` is what references lead to."""
        for name, value in self.fixed.items():
            setattr(thing, name, value)
        for column in self.table.columns:
            value = row[column.name]
            if isinstance(column, Plain) and column.refers_to:
                value = things.get((column.refers_to, value)) if value else None
            setattr(thing, self.fields.get(column.name, column.name), value)


@dataclass(slots=True)
class Merge:
    """What a load does, row by row. `digests` is brought up to date as rows are decided."""

    digests: Digests
    overwrite: bool = False
    changes: list[RowChange] = field(default_factory=list)

    def decide(self, binding: Binding, row: PackRow, thing: object | None) -> RowChange:
        """Say what becomes of one row, given what stands in the database under its identifier."""
        key = f"{row.file}:{row.id}"
        base = self.digests.get(key)
        wanted = binding.table.cells(row.values)
        if thing is None:
            fate = Fate.GONE if base and not self.overwrite else Fate.ADDED
            columns: tuple[str, ...] = ()
        else:
            now = binding.cells(thing)
            columns = tuple(name for name in wanted if wanted[name] != now[name])
            if not columns:
                fate = Fate.SAME
            elif self.overwrite or digest(now) == base:
                fate = Fate.CHANGED
            else:
                fate = Fate.KEPT
        if fate in (Fate.ADDED, Fate.CHANGED, Fate.SAME):
            self.digests[key] = digest(wanted)
        change = RowChange(row, fate, thing, columns)
        self.changes.append(change)
        return change

    def count(self) -> dict[str, int]:
        """How many rows met each fate."""
        return {fate.value: sum(c.fate == fate for c in self.changes) for fate in Fate}


def digest(cells: Mapping[str, str]) -> str:
    """The digest of one row's canonical cells."""
    canonical = json.dumps(dict(sorted(cells.items())), ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()[:20]


def by_id(binding: Binding, things: Iterable[Model]) -> dict[str, Model]:
    """Rows of the database by the identifier that the pack knows them under."""
    name = binding.fields.get(binding.table.key, binding.table.key)
    return {str(getattr(thing, name)): thing for thing in things}
