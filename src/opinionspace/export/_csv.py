"""CSV as exports have it: small tables by the book, the long vote log by the block."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import numpy as np
import numpy.typing as npt

from opinionspace.errors import BadExport
from opinionspace.votes import IntArray

BLOCK = 1 << 23
COMMA, NEWLINE, RETURN, QUOTE, MINUS, ZERO = (ord(one) for one in ',\n\r"-0')
BOM = b"\xef\xbb\xbf"
YES, NO = {"true", "t", "1", "yes"}, {"false", "f", "0", "no", ""}

ByteArray = npt.NDArray[np.uint8]


def column_name(text: str) -> str:
    """Return a header as exports of all years spell it: `Is_Meta ` is `is-meta`."""
    return text.strip().lower().replace("_", "-")


def rows(path: Path) -> Iterator[tuple[int, list[str]]]:
    """Yield every record with the line it begins on; blank lines are passed over."""
    try:
        text = path.read_bytes().removeprefix(BOM).decode("utf-8")
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise BadExport("this is not UTF-8 text", path=path, line=line) from None
    yield from _records(text, path, 1)


def _records(text: str, path: Path, first: int) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    begins = first
    try:
        for record in reader:
            if record:
                yield begins, record
            begins = first + reader.line_num
    except csv.Error as error:
        raise BadExport(str(error), path=path, line=begins) from None


@dataclass(frozen=True, slots=True)
class Row:
    """One record of a file, by name of column; knows where it stands."""

    path: Path
    line: int
    fields: Mapping[str, str]

    def fault(self, message: str) -> BadExport:
        return BadExport(message, path=self.path, line=self.line)

    def number(self, name: str) -> int | None:
        """Return a whole number, None where the field is empty or the column missing."""
        text = self.fields.get(name, "")
        return whole_number(text, name, self.path, self.line) if text else None

    def id(self, name: str) -> int:
        return whole_number(self.fields[name], name, self.path, self.line)

    def mark(self, name: str) -> bool | None:
        """Return a yes or no, None where the column is missing."""
        text = self.fields.get(name)
        if text is None:
            return None
        if text.strip().lower() not in YES | NO:
            raise self.fault(f"{name} must be True or False, not {text!r}")
        return text.strip().lower() in YES


def table(path: Path, required: Sequence[str]) -> tuple[tuple[str, ...], Iterator[Row]]:
    """Return the header as spelled, and the records by name of column."""
    records = rows(path)
    line, spelled = next(records, (1, []))
    header = checked_header(spelled, required, path, line)
    # participants-votes has a column per statement: what the log says already is not kept
    place = {name: at for at, name in enumerate(header) if not name.isdigit()}

    def named() -> Iterator[Row]:
        for line, record in records:
            if len(record) != len(header):
                raise BadExport(
                    f"{len(record)} fields where the header has {len(header)}", path=path, line=line
                )
            yield Row(path, line, {name: record[at] for name, at in place.items()})

    return tuple(spelled), named()


def checked_header(
    found: Sequence[str], required: Sequence[str], path: Path, line: int
) -> list[str]:
    """Return the names of the columns, refusing a file that lacks one or has one twice."""
    header = [column_name(one) for one in found]
    missing = [one for one in required if one not in header]
    if missing:
        shown = ", ".join(found[:8]) or "nothing"
        raise BadExport(
            f"no column {' and no column '.join(missing)}: is this an export of Polis? "
            f"The header reads: {shown}",
            path=path,
            line=line,
        )
    twice = sorted({one for one in header if header.count(one) > 1})
    if twice:
        raise BadExport(f"column {twice[0]} is there twice", path=path, line=line)
    return header


def whole_number(text: str, what: str, path: Path, line: int) -> int:
    """Return a whole number, or say where there is none."""
    try:
        return int(text)
    except ValueError:
        raise BadExport(
            f"{what} must be a whole number, not {text!r}", path=path, line=line
        ) from None


def number_columns(
    path: Path, required: Sequence[str], wanted: Sequence[str]
) -> tuple[tuple[str, ...], dict[str, IntArray]]:
    """Read columns of whole numbers from a long file, a block of lines at a time.

    Returns the header as spelled, and the wanted columns that are there. A block that is not
    plain numbers between plain commas is read again by the book, which finds the line.
    """
    with path.open("rb") as stream:
        first = stream.readline().removeprefix(BOM)
        try:
            spelled = next(csv.reader([first.decode("utf-8")]), [])
        except UnicodeDecodeError:
            raise BadExport("this is not UTF-8 text", path=path, line=1) from None
        header = checked_header(spelled, required, path, 1)
        places = {name: header.index(name) for name in wanted if name in header}
        parts: dict[str, list[IntArray]] = {name: [] for name in places}
        line = 2
        for block in _blocks(stream):
            numbers = _plain_numbers(block, len(header), list(places.values()))
            if numbers is None:
                numbers = _numbers_by_the_book(block, len(header), places, path, line)
            for name, column in zip(places, numbers, strict=True):
                parts[name].append(column)
            line += block.count(b"\n")
    return tuple(spelled), {
        name: np.concatenate(columns) if columns else np.empty(0, np.int64)
        for name, columns in parts.items()
    }


def _blocks(stream: BinaryIO) -> Iterator[bytes]:
    """Yield whole lines, about 8 MB at a time; the last line gets its newline."""
    rest = b""
    while piece := stream.read(BLOCK):
        cut = piece.rfind(b"\n") + 1
        if cut:
            yield rest + piece[:cut]
            rest = piece[cut:]
        else:
            rest += piece
    if rest:
        yield rest + b"\n"


def _plain_numbers(block: bytes, n_fields: int, places: list[int]) -> list[IntArray] | None:
    """Read the columns at `places`, or return None when the block is not that simple."""
    data = np.frombuffer(block, np.uint8)
    ends: IntArray = np.flatnonzero((data == COMMA) | (data == NEWLINE))
    if len(ends) % n_fields or (data == QUOTE).any():
        return None
    ends = np.reshape(ends, (-1, n_fields))
    if (data[ends[:, -1]] != NEWLINE).any() or (data[ends[:, :-1]] != COMMA).any():
        return None
    begins = np.append(0, ends[:-1, -1] + 1)
    found = []
    for place in places:
        start = begins if place == 0 else ends[:, place - 1] + 1
        end = ends[:, place]
        if place == n_fields - 1:
            end = end - (data[end - 1] == RETURN)
        column = _digits(data, start, end)
        if column is None:
            return None
        found.append(column)
    return found


def _digits(data: ByteArray, start: IntArray, end: IntArray) -> IntArray | None:
    negative = data[start] == MINUS
    start = start + negative
    length = end - start
    if len(length) and (length.min() < 1 or length.max() > 18):
        return None
    value = np.zeros(len(start), dtype=np.int64)
    for place in range(int(length.max()) if len(length) else 0):
        here = place < length
        digit = data[np.where(here, start + place, start)] - np.uint8(ZERO)
        if (digit > 9).any():
            return None
        value = np.where(here, value * 10 + digit, value)
    return np.where(negative, -value, value)


def _numbers_by_the_book(
    block: bytes, n_fields: int, places: dict[str, int], path: Path, first: int
) -> list[IntArray]:
    try:
        text = block.decode("utf-8")
    except UnicodeDecodeError as error:
        line = first + block.count(b"\n", 0, error.start)
        raise BadExport("this is not UTF-8 text", path=path, line=line) from None
    found: list[list[int]] = [[] for _ in places]
    for line, record in _records(text, path, first):
        if len(record) != n_fields:
            raise BadExport(
                f"{len(record)} fields where the header has {n_fields}", path=path, line=line
            )
        for column, (name, place) in zip(found, places.items(), strict=True):
            column.append(whole_number(record[place], name, path, line))
    return [np.array(column, dtype=np.int64) for column in found]
