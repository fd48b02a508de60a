"""Writing a backup, whole or not at all."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError
from django.db import connections, models, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.loader import MigrationLoader

from majlis import __version__
from majlis.config.backup.archive import FORMAT, name_faults
from majlis.config.backup.tables import files_here, is_lived_in, opened, state_at, tables_of
from majlis.kernel.clock import now

SNAPSHOT = "snapshot"  # alias of a connection opened for the purpose


class NothingHere(CommandError):
    """There is nothing to back up. The wrong folder or database was meant, most likely."""


def write(path: Path) -> dict[str, int]:
    """Write a backup to `path`, whole or not at all; return how many rows each table has.

    One read transaction sees one moment; nobody who votes meanwhile has to wait.
    """
    if not is_lived_in():
        raise NothingHere(
            f"There is nothing to back up in {_database()}: no person and no edition. "
            "Is this the installation you mean? MAJLIS_VAR and MAJLIS_DATABASE_URL name another."
        )
    part = path.with_name(f"{path.name}.part")
    part.unlink(missing_ok=True)
    handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
                counts = _write_all(archive)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
    return counts


def _database() -> str:
    described = settings.DATABASES["default"]
    return str(described["NAME"]) if settings.IS_SQLITE else f"the database {described['NAME']}"


def _write_all(archive: zipfile.ZipFile) -> dict[str, int]:
    digests: dict[str, str] = {}
    counts: dict[str, int] = {}
    files = list(files_here())
    if faults := name_faults([f"files/{name}" for _, name in files]):
        raise CommandError(
            f"{settings.VAR} holds a file that no backup could restore: {faults[0]}. Rename it."
        )
    with _snapshot() as connection:
        loader = MigrationLoader(connection)
        applied = sorted(loader.applied_migrations or {})
        for model in tables_of(state_at(loader, applied)):
            name = f"rows/{model._meta.label_lower}.jsonl"
            rows = (_row(obj) for obj in _everything(model, connection.alias))
            counts[model._meta.label_lower], digests[name] = _write_lines(archive, name, rows)
    for source, relative in files:
        name = f"files/{relative}"
        with contextlib.suppress(FileNotFoundError):  # removed meanwhile, with the row it is of
            digests[name] = _write_file(archive, name, source)
    manifest = {
        "format": FORMAT,
        "majlis": __version__,
        "made_at": now().isoformat(),
        "migrations": [list(node) for node in applied],
        "rows": counts,
        "sha256": digests,
    }
    with archive.open("manifest.json", "w") as out:
        out.write(json.dumps(manifest, indent=1).encode())
    return counts


@contextlib.contextmanager
def _snapshot() -> Iterator[BaseDatabaseWrapper]:
    """A second connection whose reads all see one moment."""
    options = dict(connections["default"].settings_dict["OPTIONS"])
    if settings.IS_SQLITE:
        options["transaction_mode"] = "DEFERRED"
    else:
        from psycopg import IsolationLevel

        options.pop("pool", None)
        options["isolation_level"] = IsolationLevel.REPEATABLE_READ
    with opened(SNAPSHOT, OPTIONS=options) as connection, transaction.atomic(using=SNAPSHOT):
        yield connection


def _everything(model: type[models.Model], using: str) -> Iterator[models.Model]:
    return model._base_manager.using(using).order_by("pk").iterator(chunk_size=2000)


def _row(obj: models.Model) -> dict[str, Any]:
    return {field.attname: _out(field, obj) for field in obj._meta.concrete_fields}


def _out(field: Any, obj: models.Model) -> Any:
    """A value as JSON holds it, exactly; `field.to_python` reads it back."""
    value = field.value_from_object(obj)
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    return field.value_to_string(obj)


def _write_lines(
    archive: zipfile.ZipFile, name: str, rows: Iterable[dict[str, Any]]
) -> tuple[int, str]:
    digest, count = hashlib.sha256(), 0
    with archive.open(name, "w", force_zip64=True) as out:
        for row in rows:
            line = json.dumps(row, ensure_ascii=False).encode() + b"\n"
            digest.update(line)
            out.write(line)
            count += 1
    return count, digest.hexdigest()


def _write_file(archive: zipfile.ZipFile, name: str, source: Path) -> str:
    digest = hashlib.sha256()
    with source.open("rb") as file, archive.open(name, "w", force_zip64=True) as out:
        while piece := file.read(1 << 20):
            digest.update(piece)
            out.write(piece)
    return digest.hexdigest()
