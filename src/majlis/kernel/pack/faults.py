"""What is wrong with a pack, one sentence each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from majlis.kernel.errors import MajlisError


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong: where it stands, what was found and what was expected.

    `row` counts as a spreadsheet does (the header is row 1); in YAML and text files it is the line.
    """

    file: str
    message: str
    row: int | None = None
    column: str = ""

    def __str__(self) -> str:
        is_table = self.file.endswith(".csv")
        place = [self.file]
        if self.row is not None:
            place.append(f"{'row' if is_table else 'line'} {self.row}")
        if self.column:
            place.append(f"{'column' if is_table else 'key'} {self.column}")
        return f"{', '.join(place)}: {self.message}"


class Faults:
    """All faults of a pack, in the order of file and row. Empty means that the pack is sound."""

    def __init__(self) -> None:
        self._faults: list[Fault] = []

    def add(self, file: str, message: str, row: int | None = None, column: str = "") -> None:
        fault = Fault(file, message, row, column)
        if fault not in self._faults:
            self._faults.append(fault)

    def __iter__(self) -> Iterator[Fault]:
        return iter(sorted(self._faults, key=lambda f: (f.file, f.row or 0)))

    def __len__(self) -> int:
        return len(self._faults)

    def __str__(self) -> str:
        return "\n".join(str(fault) for fault in self)


class PackRefused(MajlisError):
    """The pack has faults, so nothing was written. `faults` lists them all."""

    def __init__(self, faults: Faults) -> None:
        n = len(faults)
        super().__init__(
            "The pack has %(n)s. Nothing was written.\n%(faults)s",
            n="1 fault" if n == 1 else f"{n} faults",
            faults=faults,
        )
        self.faults = faults
