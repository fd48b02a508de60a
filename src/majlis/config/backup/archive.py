"""Reading the file of a backup, which may come from anybody.

Nothing is written here. Names, sizes and digests are checked before a row is looked at, and
whatever is wrong ends in one sentence.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import re
import stat
import struct
import unicodedata
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath
from typing import IO, Any

from django.core.management.base import CommandError

from majlis.config.backup.tables import Node, belongs

FORMAT = 1
MOST_ENTRIES = 200_000
MOST_MANIFEST = MOST_LINE = 64 * 1024 * 1024
MOST_UNPACKED = 200  # times the size of the file; rows and PDF shrink to a tenth at best
SMALL = 100 * 1024 * 1024  # what may be unpacked whatever the file's size
PIECE = 1 << 20
# What a zip that is cut short, changed or made by another tool ends in, when it is read.
BROKEN = (
    zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError,
    OverflowError, OSError, LookupError, struct.error,
)  # fmt: skip


class BadBackup(CommandError):
    """The file cannot be restored; the message says why. Nothing was changed."""


def name_faults(names: Iterable[str]) -> list[str]:
    """What is wrong with names of entries, one by one and beside each other."""
    faults = []
    seen: set[str] = set()
    folders: set[str] = set()
    for name in names:
        if fault := _name_fault(name):
            faults.append(f"{_shown(name)} {fault}")
            continue
        spelt = unicodedata.normalize("NFC", name).casefold()
        above = {str(p) for p in PurePosixPath(spelt).parents}
        if spelt in seen:
            faults.append(f"{_shown(name)} is there twice, or in capitals and small letters")
        elif spelt in folders or above & seen:
            faults.append(f"{_shown(name)} is both a file and a folder")
        seen.add(spelt)
        folders |= above
    return faults


def _name_fault(name: str) -> str:
    path = PurePosixPath(name)
    if any(unicodedata.category(sign) in {"Cc", "Cs"} for sign in name) or "\\" in name:
        return "has a backslash or an invisible character in its name"
    if name.startswith("/") or re.match("[A-Za-z]:", name) or {"..", "."} & set(name.split("/")):
        return "leads out of the folder"
    if str(path) != name:
        return "is a folder, or has slashes too many in its name"
    if len(name.encode()) > 1000 or any(len(part.encode()) > 200 for part in path.parts):
        return "has too long a name"
    if path.parts[0] == "files" and len(path.parts) > 1 and belongs(path.relative_to("files")):
        return ""
    if name == "manifest.json" or re.fullmatch(r"rows/[a-z0-9_]+\.[a-z0-9_]+\.jsonl", name):
        return ""
    return "is nothing that a backup holds"


def _shown(name: str) -> str:
    """A name as it can stand on a terminal."""
    text = "".join(sign if sign.isprintable() else "�" for sign in name)
    return f"“{text if len(text) <= 80 else text[:79] + '…'}”"


class Archive:
    """A backup that was found whole: its manifest, its rows and its files."""

    def __init__(self, path: Path, zipped: zipfile.ZipFile) -> None:
        self.path = path
        self._zip = zipped
        self._check_entries()
        self.manifest = self._read_manifest()
        self.migrations: list[Node] = [(app, name) for app, name in self.manifest["migrations"]]
        self.rows: dict[str, int] = self.manifest["rows"]
        self._check_contents()

    @property
    def files(self) -> list[str]:
        """The names of its files, as they stand in `var`."""
        return [n.removeprefix("files/") for n in self._zip.namelist() if n.startswith("files/")]

    @property
    def n_bytes(self) -> int:
        """How much it unpacks to."""
        return sum(entry.file_size for entry in self._zip.infolist())

    def pieces_of(self, file: str) -> Iterator[bytes]:
        """The content of one of `files`."""
        yield from self._pieces(f"files/{file}")

    def lines_of(self, table: str) -> Iterator[tuple[int, bytes]]:
        """The rows of one table, with the number of the line."""
        name = f"rows/{table}.jsonl"
        with self._reading(name) as entry:
            number = 0
            while line := entry.readline(MOST_LINE):
                number += 1
                if not line.endswith(b"\n"):
                    raise self.bad(f"{name}, line {number} does not end")
                yield number, line

    def bad(self, what: str) -> BadBackup:
        """What is wrong with this file, as a sentence to raise."""
        return BadBackup(f"{self.path} cannot be restored: {what}. Nothing was changed.")

    @contextlib.contextmanager
    def _reading(self, name: str) -> Iterator[IO[bytes]]:
        try:
            with self._zip.open(name) as entry:
                yield entry
        except BROKEN:
            raise self.bad(f"it is damaged, {_shown(name)} cannot be read") from None

    def _pieces(self, name: str) -> Iterator[bytes]:
        with self._reading(name) as entry:
            while piece := entry.read(PIECE):
                yield piece

    def _check_entries(self) -> None:
        """Names, kinds and sizes, all before anything is unpacked."""
        entries = self._zip.infolist()
        if len(entries) > MOST_ENTRIES:
            raise self.bad(
                f"it has {len(entries):,} entries; a backup has at most {MOST_ENTRIES:,}"
            )
        if faults := name_faults(entry.orig_filename for entry in entries):
            raise self.bad(f"{faults[0]}; `majlis backup` did not write it so")
        if "manifest.json" not in self._zip.namelist():
            raise self.bad("it is a zip file, but no backup of Majlis: it has no manifest.json")
        for entry in entries:
            kind = stat.S_IFMT(entry.external_attr >> 16)
            if kind not in (0, stat.S_IFREG):
                raise self.bad(f"{_shown(entry.filename)} is a link or a device, not a file")
            if entry.flag_bits & 0x1:
                raise self.bad(f"{_shown(entry.filename)} is encrypted")
            if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
                raise self.bad(f"{_shown(entry.filename)} is packed in another way than ours")
        size = self.path.stat().st_size
        packed = sum(entry.compress_size for entry in entries)
        if packed > size or self.n_bytes > max(SMALL, MOST_UNPACKED * size):
            raise self.bad(
                f"it would unpack to {self.n_bytes / 1e6:,.0f} MB from {size / 1e6:,.1f} MB; "
                "no backup is packed so tightly"
            )

    def _read_manifest(self) -> dict[str, Any]:
        if self._zip.getinfo("manifest.json").file_size > MOST_MANIFEST:
            raise self.bad("its manifest.json is too large")
        try:
            found = json.loads(b"".join(self._pieces("manifest.json")))
        except (ValueError, RecursionError):
            raise self.bad("its manifest.json is no JSON") from None
        if not isinstance(found, dict) or not isinstance(found.get("format"), int):
            raise self.bad("its manifest.json is not as Majlis writes it")
        if found["format"] != FORMAT:
            raise self.bad("it was made by a newer Majlis. Update Majlis first")
        if not _is_manifest(found):
            raise self.bad("its manifest.json is not as Majlis writes it")
        return found

    def _check_contents(self) -> None:
        """Everything in the manifest is there as it was written, and nothing else is."""
        digests: dict[str, str] = self.manifest["sha256"]
        there = set(self._zip.namelist()) - {"manifest.json"}
        tables = {f"rows/{table}.jsonl" for table in self.rows}
        if (there | tables) - set(digests):
            odd = min((there | tables) - set(digests))
            raise self.bad(f"{_shown(odd)} is not in its manifest; somebody has added it")
        if set(digests) - there:
            raise self.bad(f"it is damaged, {_shown(min(set(digests) - there))} is missing")
        for name, expected in digests.items():
            digest = hashlib.sha256()
            for piece in self._pieces(name):
                digest.update(piece)
            if digest.hexdigest() != expected:
                raise self.bad(f"it is damaged, {_shown(name)} is not what was written")
        if not self.migrations or not any(map(self.rows.get, ("people.person", "series.edition"))):
            raise self.bad("it is empty: it holds no person and no edition")


def _is_manifest(found: dict[str, Any]) -> bool:
    nodes, rows, digests = (found.get(key) for key in ("migrations", "rows", "sha256"))
    return (
        isinstance(nodes, list)
        and all(
            isinstance(node, list) and len(node) == 2 and all(isinstance(p, str) for p in node)
            for node in nodes
        )
        and isinstance(rows, dict)
        and all(type(n) is int and n >= 0 for n in rows.values())
        and isinstance(digests, dict)
        and all(isinstance(digest, str) for digest in digests.values())
    )


@contextlib.contextmanager
def opened_archive(path: Path) -> Iterator[Archive]:
    """The backup in a file, checked from end to end."""
    if not path.exists():
        raise BadBackup(f"There is no file {path}.", returncode=2)
    if not path.is_file():
        raise BadBackup(f"{path} is not a file; name the zip file of a backup.", returncode=2)
    try:
        zipped = zipfile.ZipFile(path)
    except BROKEN:
        raise BadBackup(
            f"{path} is no backup of Majlis, or it is cut short. Nothing was changed."
        ) from None
    with zipped:
        yield Archive(path, zipped)
