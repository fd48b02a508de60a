"""Read the CSV of exports: small tables by the csv module, the long vote log in blocks of bytes."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import numpy as np
import numpy.typing as npt

from opinionspace.errors import BadExport
from opinionspace.votes import IntArray

BLOCK = 1 << 23
MOST = 2**63 - 1
COMMA, NEWLINE, RETURN, QUOTE, MINUS, ZERO = (ord(one) for one in ',\n\r"-0')
BOM = b"\xef\xbb\xbf"
#: What spreadsheets put between fields where the comma is the decimal sign.
SEPARATORS = ";\t"
#: How the tools that tables pass through write a field with nothing in it.
NOTHING = {"", "na", "nan", "null", "none"}
YES, NO = {"true", "t", "1", "1.0", "yes"}, {"false", "f", "0", "0.0", "no", *NOTHING}

ByteArray = npt.NDArray[np.uint8]
#: From the name of a column and its numbers to the place of the first bad one and what it is.
Check = Callable[[str, IntArray], tuple[int, str] | None]


def column_name(text: str) -> str:
    """Return the one spelling of a column name: `Is_Meta ` becomes `is-meta`."""
    return "-".join(text.lower().replace("_", " ").replace("-", " ").split())


def rows(path: Path) -> Iterator[tuple[int, list[str]]]:
    """Yield every record with the line it begins on; blank lines are passed over."""
    with _opened(path) as stream:
        raw = stream.read()
    try:
        text = raw.removeprefix(BOM).decode("utf-8")
    except UnicodeDecodeError as error:
        raise _not_utf8(path, raw.count(b"\n", 0, error.start) + 1) from None
    yield from _records(text, path, 1)


def _opened(path: Path) -> BinaryIO:
    """Open a file as UTF-8 with commas, whatever a spreadsheet made of it, where that is plain.

    Only a file that has other separators in its header, or is in UTF-16, is read into memory.
    """
    stream = path.open("rb")
    first = stream.readline()
    mark = next((m for m in SEPARATORS if m.encode() in first and b"," not in first), None)
    encoding = {codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}.get(first[:2])
    stream.seek(0)
    if mark is None and encoding is None:
        return stream
    with stream:
        raw = stream.read()
    try:
        text = raw.decode(encoding or "utf-8-sig")
    except UnicodeDecodeError as error:
        raise _not_utf8(path, raw.count(b"\n", 0, error.start) + 1) from None
    header = text.partition("\n")[0]
    mark = next((m for m in SEPARATORS if m in header and "," not in header), ",")
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    try:
        for record in csv.reader(io.StringIO(text, newline=""), delimiter=mark, strict=True):
            writer.writerow(record)
    except csv.Error as error:
        raise BadExport(str(error), path=path, line=out.getvalue().count("\n") + 1) from None
    return io.BytesIO(out.getvalue().encode("utf-8", "surrogatepass"))


def _not_utf8(path: Path, line: int) -> BadExport:
    said = "this is not UTF-8 text: save it as UTF-8 (in a spreadsheet: “CSV UTF-8”)"
    return BadExport(said, path=path, line=line)


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
class Record:
    """One record of a file by column name, with its path and line."""

    path: Path
    line: int
    fields: Mapping[str, str]

    def fault(self, message: str) -> BadExport:
        return BadExport(message, path=self.path, line=self.line)

    def number(self, name: str) -> int | None:
        """Return a whole number, None where the field is empty or the column missing."""
        text = self.fields.get(name, "")
        if text.strip().lower() in NOTHING:
            return None
        return whole_number(text, name, self.path, self.line)

    def share(self, name: str) -> float | None:
        """Return a number from 0, or yes and no as 1 and 0; None where nothing is said."""
        text = self.fields.get(name, "").strip().lower()
        if text in NOTHING:
            return None
        return weight(text, name, self.path, self.line)

    def mark(self, name: str) -> bool | None:
        """Return a yes or no, None where the column is missing."""
        text = self.fields.get(name)
        if text is None:
            return None
        if text.strip().lower() not in YES | NO:
            raise self.fault(f"{name} must be True or False, not {text!r}")
        return text.strip().lower() in YES


def table(path: Path, id_column: str) -> tuple[tuple[str, ...], Iterator[tuple[int, Record]]]:
    """Return the header as spelled, and each record with its id, which none may share."""
    records = rows(path)
    line, spelled = next(records, (1, []))
    header = checked_header(spelled, (id_column,), path, line)
    # participants-votes has a column per statement: what the log says already is not kept
    place = {name: at for at, name in enumerate(header) if not re.fullmatch("[0-9]+", name)}

    def named() -> Iterator[tuple[int, Record]]:
        seen: set[int] = set()
        for line, record in records:
            if len(record) != len(header):
                raise wrong_width(record, len(header), path, line)
            row = Record(path, line, {name: record[at] for name, at in place.items()})
            id = whole_number(row.fields[id_column], id_column, path, line)
            if id in seen:
                raise row.fault(f"{id_column.removesuffix('-id')} {id} is listed twice")
            seen.add(id)
            yield id, row

    return tuple(spelled), named()


def wrong_width(record: list[str], wanted: int, path: Path, line: int) -> BadExport:
    said = f"{len(record)} fields where the header has {wanted}"
    return BadExport(said, path=path, line=line)


def checked_header(
    found: Sequence[str], required: Sequence[str], path: Path, line: int
) -> list[str]:
    """Return the names of the columns, refusing a file that lacks one or has one twice."""
    header = [column_name(one) for one in found]
    missing = [one for one in required if one not in header]
    if missing:
        raise BadExport(_not_these(found, missing), path=path, line=line)
    twice = sorted({one for one in header if one and header.count(one) > 1})
    if twice:
        raise BadExport(
            f"column {twice[0]} is there twice: leave the right one", path=path, line=line
        )
    return header


def _not_these(found: Sequence[str], missing: Sequence[str]) -> str:
    """Say what a header lacks, and what may have happened to the file."""
    shown = ", ".join(found[:8]) or "nothing"
    return (
        f"no column {' and no column '.join(missing)}: is this an export of Polis? "
        f"The header reads: {shown}"
    )


def whole_number(text: str, what: str, path: Path, line: int) -> int:
    """Return a whole number, also one that was saved as `3.0`, or say where there is none."""
    plain = text.strip(" \t\u00a0").removesuffix(".0")  # not of line ends: no id holds one
    if not re.fullmatch("[+-]?[0-9]+", plain):
        raise BadExport(f"{what} must be a whole number, not {text!r}", path=path, line=line)
    if len(plain) > 20 or abs(int(plain)) > MOST:
        said = f"{what} is too large: {plain[:20]}…" if len(plain) > 20 else f"{what} is too large"
        raise BadExport(f"{said}; 2^63 - 1 is the largest", path=path, line=line)
    return int(plain)


def weight(text: str, what: str, path: Path, line: int) -> float:
    """Return how important something is: a number from 0, or yes and no as 1 and 0; 0 for nothing.

    Raises
    ------
    BadExport
        When it is neither.
    """
    plain = text.strip().lower()
    if plain in YES | NO:
        return float(plain in YES)
    if re.fullmatch(r"\+?[0-9]{1,15}(\.[0-9]{0,30})?(e-?[0-9]{1,2})?", plain):
        return float(plain)
    raise BadExport(
        f"{what} must be a number from 0, or True or False, not {text!r}", path=path, line=line
    )


def text_column(path: Path, name: str) -> list[tuple[int, str]]:
    """Read one column of a long file as it stands, with the line of each record."""
    records = rows(path)
    _, spelled = next(records, (1, []))
    place = [column_name(one) for one in spelled].index(name)
    return [(line, record[place]) for line, record in records]


def number_columns(
    path: Path, required: Sequence[str], wanted: Sequence[str], check: Check
) -> tuple[tuple[str, ...], dict[str, IntArray]]:
    """Read columns of whole numbers from a long file, a block of lines at a time.

    Returns the header as spelled, and the wanted columns that are there. A block that is not
    plain numbers between plain commas is read again by the csv module, which finds the line.
    `check` gets every column and returns what is wrong with its first bad value.
    """
    with _opened(path) as stream:
        first = stream.readline().removeprefix(BOM)
        spelled = _header_line(first, path)
        header = checked_header(spelled, required, path, 1)
        places = {name: header.index(name) for name in wanted if name in header}
        parts: dict[str, list[IntArray]] = {name: [] for name in places}
        line = 2
        for block in _blocks(stream):
            lines: IntArray | None = None
            numbers = _plain_numbers(block, len(header), list(places.values()))
            if numbers is None:
                lines, numbers = _numbers_by_csv(block, len(header), places, path, line)
            for name, column in zip(places, numbers, strict=True):
                if (wrong := check(name, column)) is not None:
                    at = wrong[0] + line if lines is None else int(lines[wrong[0]])
                    raise BadExport(wrong[1], path=path, line=at)
                parts[name].append(column)
            line += block.count(b"\n")
    return tuple(spelled), {
        name: np.concatenate(columns) if columns else np.empty(0, np.int64)
        for name, columns in parts.items()
    }


def _header_line(line: bytes, path: Path) -> list[str]:
    try:
        return next(csv.reader([line.decode("utf-8")], strict=True), [])
    except UnicodeDecodeError:
        raise _not_utf8(path, 1) from None
    except csv.Error as error:
        raise BadExport(f"the header cannot be read: {error}", path=path, line=1) from None


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


def _numbers_by_csv(
    block: bytes, n_fields: int, places: dict[str, int], path: Path, first: int
) -> tuple[IntArray, list[IntArray]]:
    """Return the line of each record, and the columns."""
    try:
        text = block.decode("utf-8")
    except UnicodeDecodeError as error:
        raise _not_utf8(path, first + block.count(b"\n", 0, error.start)) from None
    lines: list[int] = []
    found: list[list[int]] = [[] for _ in places]
    for line, record in _records(text, path, first):
        if len(record) != n_fields:
            raise wrong_width(record, n_fields, path, line)
        lines.append(line)
        for column, (name, place) in zip(found, places.items(), strict=True):
            column.append(whole_number(record[place], name, path, line))
    return np.array(lines, dtype=np.int64), [np.array(one, dtype=np.int64) for one in found]
