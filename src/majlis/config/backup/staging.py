"""Files wait beside their places, and are put there once the database has changed.

A database and a folder cannot change in one step. So everything is made ready first; then one step
decides (a mark beside the files on SQLite, the commit on PostgreSQL); what is left is renaming,
which whoever comes next can finish. Killed before the step, a restore has changed nothing; killed
after it, the next command finishes it (`settle`).
"""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
import shutil
import time
from pathlib import Path

from django.conf import settings
from django.core.management.base import CommandError
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from majlis.config.backup.archive import Archive
from majlis.config.server import try_claim

STALE_SECONDS = 24 * 3600
BESIDE = ("", "-wal", "-shm", "-journal")  # the files of one SQLite database


def waiting() -> Path:
    """The folder in which files wait."""
    folder: Path = settings.VAR / "restoring"
    return folder


def fresh_database() -> Path:
    """Where a SQLite database is built before it takes the place of the one that is here."""
    return Path(settings.DATABASES["default"]["NAME"]).with_name("restoring.sqlite3")


def prepare(archive: Archive) -> str:
    """Unpack the files of a backup to where they wait; return the token of this restore."""
    for file in archive.files:
        _require_place(file)
    drop()
    token = secrets.token_hex(16)
    waiting().mkdir()
    (waiting() / "token").write_text(token, encoding="ascii")
    for file in archive.files:
        place = waiting() / "files" / file
        place.parent.mkdir(parents=True, exist_ok=True)
        with place.open("xb") as out:
            for piece in archive.pieces_of(file):
                out.write(piece)
            out.flush()
            os.fsync(out.fileno())
    return token


def _require_place(file: str) -> None:
    """Refuse to write through a link, which may lead anywhere, or over a folder."""
    place: Path = settings.VAR / file
    for above in (place, *place.parents):
        if above == settings.VAR:
            break
        if above.is_symlink() or (above.exists() and above.is_dir() == (above == place)):
            raise CommandError(
                f"{above} is in the way: a restore writes files inside its folder and nowhere "
                "else. Move it away, or restore into another folder: MAJLIS_VAR=/path/to/folder."
            )


def decide_by_mark() -> None:
    """Let what waits be what holds, from here on (SQLite)."""
    with (waiting() / "decided").open("x") as mark:
        os.fsync(mark.fileno())
    _sync(waiting())


def decide_by_commit(token: str, connection: BaseDatabaseWrapper) -> None:
    """Let what waits be what holds as soon as this transaction commits (PostgreSQL)."""
    with connection.cursor() as cursor:
        cursor.execute(f"COMMENT ON TABLE django_migrations IS 'restore {token}'")


def is_decided() -> bool:
    """Whether the step that decides was taken."""
    if settings.IS_SQLITE:
        return (waiting() / "decided").exists()
    with contextlib.suppress(FileNotFoundError), connections["default"].cursor() as cursor:
        cursor.execute("SELECT obj_description(to_regclass('django_migrations'), 'pg_class')")
        found = cursor.fetchone()
        token = (waiting() / "token").read_text(encoding="ascii")
        return bool(token) and found is not None and found[0] == f"restore {token}"
    return False


def put_in_place() -> None:
    """Move everything that waits to its place; doing it again finishes what was begun."""
    if settings.IS_SQLITE and fresh_database().exists():
        connections["default"].close()
        place = Path(settings.DATABASES["default"]["NAME"])
        for end in BESIDE[1:]:
            place.with_name(f"{place.name}{end}").unlink(missing_ok=True)
        fresh_database().replace(place)
        _sync(place.parent)
    root = waiting() / "files"
    for folder, _, names in os.walk(root):
        for name in names:
            file = Path(folder) / name
            _put(file, settings.VAR / file.relative_to(root))
    drop()


def _put(file: Path, place: Path) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    try:
        file.replace(place)
    except OSError as error:
        if error.errno != errno.EXDEV:  # a folder that is a disk of its own
            raise
        beside = place.with_name(f"{place.name}.part")
        shutil.copyfile(file, beside)
        beside.replace(place)


def drop() -> None:
    """Forget what waits."""
    if settings.IS_SQLITE:
        for end in BESIDE:
            fresh = fresh_database()
            fresh.with_name(f"{fresh.name}{end}").unlink(missing_ok=True)
    if waiting().exists():
        shutil.rmtree(waiting())


def settle() -> None:
    """Finish or forget a restore that was killed, and what a killed backup left half."""
    for part in settings.VAR.glob("backups/*.part"):
        if part.stat().st_mtime < time.time() - STALE_SECONDS:
            part.unlink(missing_ok=True)
    if not waiting().exists():
        return
    held = try_claim(settings.VAR)
    if held is None:  # a restore is at it
        return
    with held:
        if is_decided():
            put_in_place()
        else:
            drop()


def _sync(folder: Path) -> None:
    """Have the names in a folder on the disk, not only its files' contents."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
