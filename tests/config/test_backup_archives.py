"""Files that call themselves backups: each fault has its sentence, and nothing is unpacked."""

from __future__ import annotations

import hashlib
import io
import json
import random
import stat
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from majlis.config.backup.archive import Archive, BadBackup, opened_archive
from majlis.config.backup.tables import NewerMajlis
from tests.conftest import IS_LONG

ROWS = b'{"id": 1, "name": "Ada"}\n'
CONTENTS = {
    "rows/people.person.jsonl": ROWS,
    "rows/series.edition.jsonl": b"",
    "files/secret_key": b"k" * 50,
    "files/files/publications/brief.pdf": bytes(range(256)) * 40,
}


def manifest_of(contents: dict[str, bytes], **changes: Any) -> dict[str, Any]:
    return {
        "format": 1,
        "majlis": "0.1",
        "made_at": "2026-03-25T10:00:00+00:00",
        "migrations": [["people", "0001_initial"]],
        "rows": {"people.person": 1, "series.edition": 0},
        "sha256": {name: hashlib.sha256(data).hexdigest() for name, data in contents.items()},
    } | changes


def zipped(entries: list[tuple[zipfile.ZipInfo | str, bytes]]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries:
            archive.NameToInfo.clear()  # so that it writes a name twice without a word
            archive.writestr(name, data)
    return out.getvalue()


def made(contents: dict[str, bytes], **changes: Any) -> bytes:
    """A backup that holds these entries and lists them."""
    manifest = json.dumps(manifest_of(contents, **changes)).encode()
    return zipped([*contents.items(), ("manifest.json", manifest)])


def with_entry(name: str, data: bytes = b"x") -> bytes:
    """A backup with one more entry, which its manifest lists."""
    return made(CONTENTS | {name: data})


def without(name: str) -> bytes:
    manifest = json.dumps(manifest_of(CONTENTS)).encode()
    kept = [(n, data) for n, data in CONTENTS.items() if n != name]
    return zipped([*kept, ("manifest.json", manifest)])


def of_kind(kind: int) -> bytes:
    """A backup in which one entry says of itself that it is no plain file."""
    entry = zipfile.ZipInfo("files/files/odd")
    entry.external_attr = (kind | 0o777) << 16
    contents = CONTENTS | {"files/files/odd": b"/etc/passwd"}
    manifest = json.dumps(manifest_of(contents)).encode()
    return zipped([*CONTENTS.items(), (entry, b"/etc/passwd"), ("manifest.json", manifest)])


def nul_in_name() -> bytes:
    """zipfile cuts a name at its NUL when it reads: `files/a` is shown, `files/a\\0b` is there."""
    return with_entry("files/files/aXb").replace(b"files/files/aXb", b"files/files/a\0b")


def with_flag(raw: bytes, flag: int) -> bytes:
    """Every entry's flag set, in the directory at the end."""
    found = bytearray(raw)
    at = found.find(b"PK\x01\x02")
    while at >= 0:
        found[at + 8] |= flag
        at = found.find(b"PK\x01\x02", at + 4)
    return bytes(found)


def bomb() -> bytes:
    """42 kB that unpack to 1.2 GB: the same zeros a few hundred times over."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        with archive.open("files/files/zeros", "w", force_zip64=True) as entry:
            for _ in range(120):
                entry.write(bytes(1_000_000))
        archive.writestr("manifest.json", json.dumps(manifest_of(CONTENTS)))
    return out.getvalue()


def overlapping() -> bytes:
    """Two entries that are the same bytes of the file, as the densest bombs are built."""
    raw = bytearray(with_entry("files/files/copy", CONTENTS["files/secret_key"]))
    directory = [i for i in range(len(raw)) if raw[i : i + 4] == b"PK\x01\x02"]
    first = struct.unpack_from("<I", raw, directory[0] + 42)[0]
    struct.pack_into("<I", raw, directory[1] + 42, first)
    return bytes(raw)


LONG = "files/files/" + "a" * 300
REFUSED: dict[str, tuple[Callable[[], bytes], str]] = {
    "not a zip": (lambda: b"hello", "is no backup of Majlis, or it is cut short"),
    "nothing": (lambda: b"", "is no backup of Majlis, or it is cut short"),
    "cut short": (lambda: made(CONTENTS)[:-200], "is no backup of Majlis, or it is cut short"),
    "no manifest": (lambda: zipped([("files/a", b"x")]), "it has no manifest.json"),
    "manifest that is no JSON": (
        lambda: zipped([("manifest.json", b"[" * 100_000)]), "is no JSON"
    ),
    "manifest of another shape": (
        lambda: zipped([("manifest.json", b'{"format": 1, "rows": []}')]), "not as Majlis writes it"
    ),
    "newer format": (lambda: made(CONTENTS, format=2), "made by a newer Majlis"),
    "changed": (
        lambda: zipped([
            *{**CONTENTS, "files/secret_key": b"other"}.items(),
            ("manifest.json", json.dumps(manifest_of(CONTENTS)).encode()),
        ]),
        "damaged, “files/secret_key” is not what was written",
    ),
    "entry missing": (lambda: without("files/secret_key"), "“files/secret_key” is missing"),
    "entry added": (
        lambda: zipped([
            *CONTENTS.items(), ("files/added", b"x"),
            ("manifest.json", json.dumps(manifest_of(CONTENTS)).encode()),
        ]),
        "“files/added” is not in its manifest",
    ),
    "upwards": (lambda: with_entry("files/../../outside"), "leads out of the folder"),
    "upwards from the root": (lambda: with_entry("../outside"), "leads out of the folder"),
    "absolute": (lambda: with_entry("/etc/cron.d/x"), "leads out of the folder"),
    "of a drive": (lambda: with_entry("C:/outside"), "leads out of the folder"),
    "backslashes": (lambda: with_entry("files/..\\..\\outside"), "has a backslash"),
    "line end": (lambda: with_entry("files/files/a\nb"), "invisible character"),
    "NUL": (nul_in_name, "invisible character"),
    "folder": (lambda: with_entry("files/files/folder/", b""), "is a folder"),
    "slashes": (lambda: with_entry("files//x"), "slashes too many"),
    "very long": (lambda: with_entry(LONG), "too long a name"),
    "twice": (
        lambda: zipped([*CONTENTS.items(), ("files/secret_key", b"other")]), "is there twice"
    ),
    "case clash": (lambda: with_entry("files/Secret_Key"), "is there twice, or in capitals"),
    "file and folder": (lambda: with_entry("files/secret_key/x"), "both a file and a folder"),
    "database": (lambda: with_entry("files/majlis.sqlite3"), "nothing that a backup holds"),
    "lock": (lambda: with_entry("files/server.lock"), "nothing that a backup holds"),
    "backup in it": (lambda: with_entry("files/backups/b.zip"), "nothing that a backup holds"),
    "somewhere else": (lambda: with_entry("__MACOSX/x"), "nothing that a backup holds"),
    "link": (lambda: of_kind(stat.S_IFLNK), "is a link or a device"),
    "device": (lambda: of_kind(stat.S_IFBLK), "is a link or a device"),
    "pipe": (lambda: of_kind(stat.S_IFIFO), "is a link or a device"),
    "encrypted": (lambda: with_flag(made(CONTENTS), 0x1), "is encrypted"),
    "bomb": (bomb, "no backup is packed so tightly"),
    "overlapping": (overlapping, "it is damaged"),
    "empty": (
        lambda: made({}, rows={}, migrations=[]), "it is empty: it holds no person and no edition"
    ),
    "nobody": (
        lambda: made(CONTENTS, rows={"people.person": 0, "series.edition": 0}), "it is empty"
    ),
}  # fmt: skip


def archive_in(path: Path) -> Archive:
    with opened_archive(path) as archive:
        return archive


def test_sound_backup_is_read(tmp_path):
    file = tmp_path / "b.zip"
    file.write_bytes(made(CONTENTS))

    with opened_archive(file) as archive:
        assert sorted(archive.files) == ["files/publications/brief.pdf", "secret_key"]
        assert list(archive.lines_of("people.person")) == [(1, ROWS)]
        assert b"".join(archive.pieces_of("secret_key")) == b"k" * 50


@pytest.mark.parametrize("name", REFUSED)
def test_backup_that_is_none_is_refused_in_a_sentence(tmp_path, name):
    file, (make, says) = tmp_path / "b.zip", REFUSED[name]
    file.write_bytes(make())

    with pytest.raises(BadBackup) as refused:
        archive_in(file)

    assert says in str(refused.value)
    assert str(refused.value).isprintable()
    assert [path.name for path in tmp_path.iterdir()] == ["b.zip"]


@pytest.mark.parametrize("make", [lambda p: p / "none.zip", lambda p: p], ids=["none", "folder"])
def test_path_that_is_no_file_is_refused(tmp_path, make):
    with pytest.raises(BadBackup) as refused:
        archive_in(make(tmp_path))

    assert refused.value.returncode == 2


def mutated(raw: bytes, dice: random.Random) -> bytes:
    """The bytes with a few of them changed, cut out, doubled or put elsewhere."""
    found = bytearray(raw)
    for _ in range(dice.randint(1, 8)):
        at, n = dice.randrange(len(found)), dice.choice([1, 1, 2, 4, 40])
        match dice.randrange(4):
            case 0:
                found[at : at + n] = dice.randbytes(n)
            case 1:
                del found[at : at + n]
            case 2:
                found[at:at] = found[at : at + n]
            case _:
                found[at : at + 4] = struct.pack("<I", dice.choice([0, 1, 0xFFFF, 0xFFFFFFFF]))
        if not found:
            break
    return bytes(found)


def of_odd_values(dice: random.Random) -> bytes:
    """A backup whose manifest is as JSON allows and Majlis never writes."""
    odd = [None, -1, 0, 1e308, "", "x" * 2000, "\ud800", [], [[]], {}, {"a": 1}, [["a", "b"]], True]
    changes = {key: dice.choice(odd) for key in ("rows", "migrations", "sha256", "format")}
    keys = dice.sample(sorted(changes), dice.randint(1, 3))
    return made(CONTENTS, **{key: changes[key] for key in keys})


def test_no_bytes_whatever_break_the_reader(tmp_path):
    """Seeded: 1,500 archives here, 50,000 in the long run; no error but a sentence."""
    dice, file = random.Random(8), tmp_path / "b.zip"
    sources = [made(CONTENTS), zipped([]), overlapping(), nul_in_name(), of_kind(stat.S_IFLNK)]
    read = 0
    for _ in range(50_000 if IS_LONG else 1_500):
        raw = of_odd_values(dice) if dice.random() < 0.2 else mutated(dice.choice(sources), dice)
        file.write_bytes(raw)
        try:
            archive_in(file)
            read += 1
        except (BadBackup, NewerMajlis):
            pass

    assert read < 1_500 // 4  # a change of a time stamp is none of the content
