"""Backing up and restoring: one file that holds the database and the folder of files.

The file is a zip: `manifest.json`, one `rows/<table>.jsonl` for each table, and everything that
stands in `var` beside the database. Rows are written through the models as they were at the
migrations the database has, not as today's code knows them, so that an older database can be
backed up before it is migrated. The same file restores into SQLite and into PostgreSQL.

It holds people's data and the signing key, without which no personal link would open again:
it is written for its owner's eyes only.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from pathlib import Path, PurePosixPath
from typing import Any

from django.apps.registry import Apps
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connections, models, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

from majlis import __version__
from majlis.config.server import is_claimed
from majlis.kernel.clock import now

FORMAT = 1
SNAPSHOT, FRESH = "snapshot", "fresh"  # aliases of connections opened for the purpose
PASSING = {"kernel.press", "people.signin", "sessions.session"}  # signed-in browsers sign in again
STAYS_HERE = {"backups", "log", "server.lock", "address"}  # of `var`, with the database itself

Node = tuple[str, str]


class BadBackup(CommandError):
    """The file cannot be restored; the message says why. Nothing was changed."""


# ── Writing ───────────────────────────────────────────────────────────────────────────


def write(path: Path) -> dict[str, int]:
    """Write a backup to `path`, whole or not at all; return how many rows each table has.

    One read transaction sees one moment; nobody who votes meanwhile has to wait.
    """
    part = path.with_name(f"{path.name}.part")
    path.parent.mkdir(parents=True, exist_ok=True)
    with contextlib.suppress(FileNotFoundError):
        part.unlink()
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


def _write_all(archive: zipfile.ZipFile) -> dict[str, int]:
    digests: dict[str, str] = {}
    counts: dict[str, int] = {}
    with _snapshot() as connection:
        loader = MigrationLoader(connection)
        applied = sorted(loader.applied_migrations or {})
        for model in _tables(_state(loader, applied)):
            name = f"rows/{model._meta.label_lower}.jsonl"
            rows = (_row(obj) for obj in _everything(model, connection.alias))
            counts[model._meta.label_lower], digests[name] = _write_lines(archive, name, rows)
    for source, relative in _files():
        name = f"files/{relative}"
        archive.write(source, name)
        digests[name] = _digest(source)
    manifest = {
        "format": FORMAT,
        "majlis": __version__,
        "made_at": now().isoformat(),
        "migrations": [list(node) for node in applied],
        "rows": counts,
        "sha256": digests,
    }
    archive.writestr("manifest.json", json.dumps(manifest, indent=1))
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
    with _opened(SNAPSHOT, OPTIONS=options) as connection, transaction.atomic(using=SNAPSHOT):
        yield connection


@contextlib.contextmanager
def _opened(alias: str, **changes: Any) -> Iterator[BaseDatabaseWrapper]:
    """A connection like the default one but for `changes`, closed and forgotten afterwards."""
    connections.databases[alias] = {**connections["default"].settings_dict, **changes}
    try:
        yield connections[alias]
    finally:
        connections[alias].close()
        del connections[alias]
        del connections.databases[alias]


def _state(loader: MigrationLoader, applied: Iterable[Node]) -> Apps:
    """The models as they were at these migrations."""
    unknown = sorted(set(applied) - set(loader.graph.nodes))
    if unknown:
        raise BadBackup(
            "This database was made by a newer Majlis than this one, which does not know "
            f"{', '.join('.'.join(node) for node in unknown[:3])}. Update Majlis first."
        )
    return loader.project_state(list(applied)).apps


def _tables(apps: Apps) -> list[type[models.Model]]:
    found = [
        model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy and model._meta.label_lower not in PASSING
    ]
    return sorted(found, key=lambda model: model._meta.label_lower)


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


def _files() -> Iterator[tuple[Path, PurePosixPath]]:
    """What stands in `var` and belongs in a backup, with its name there."""
    database = settings.DATABASES["default"]["NAME"] if settings.IS_SQLITE else ""
    for path in sorted(settings.VAR.rglob("*")):
        relative = path.relative_to(settings.VAR)
        passing = relative.parts[0] in STAYS_HERE or ".sqlite3" in path.name
        if path.is_file() and not passing and not (database and str(path).startswith(database)):
            yield path, PurePosixPath(relative)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


# ── Restoring ─────────────────────────────────────────────────────────────────────────


def restore(path: Path, *, replace: bool) -> tuple[dict[str, int], Path | None]:
    """Put back what a backup holds; return its row counts and where what stood here was kept.

    Everything is checked before anything is changed, and the database changes whole or not
    at all. Refuses while a server runs here, and, without `replace`, where people are already.
    """
    if is_claimed(settings.VAR):
        raise CommandError("Majlis is running on this folder. Stop it (Ctrl-C), then restore.")
    try:
        archive = zipfile.ZipFile(path)
    except FileNotFoundError:
        raise BadBackup(f"There is no file {path}.") from None
    except zipfile.BadZipFile:
        raise BadBackup(f"{path} is no backup of Majlis, or it is cut short.") from None
    with archive:
        manifest = _checked(archive)
        kept = None
        if _is_lived_in():
            if not replace:
                raise CommandError(
                    "There are people in this database already. To put the backup in their place "
                    "(they are backed up first), add --replace."
                )
            kept = settings.VAR / "backups" / f"before-restore-{now():%Y%m%d-%H%M%S}.zip"
            write(kept)
        if settings.IS_SQLITE:
            _restore_sqlite(archive, manifest)
        else:
            with transaction.atomic():
                _drop_everything(connections["default"])
                _fill(archive, manifest, connections["default"])
        _restore_files(archive)
    call_command("migrate", verbosity=0, interactive=False)
    return manifest["rows"], kept


def _checked(archive: zipfile.ZipFile) -> dict[str, Any]:
    """The manifest, once every entry is what it says and every table is one we know."""
    try:
        manifest: dict[str, Any] = json.loads(archive.read("manifest.json"))
    except KeyError:
        raise BadBackup("This zip file is no backup of Majlis: it has no manifest.") from None
    if manifest.get("format") != FORMAT:
        raise BadBackup("This backup was made by a newer Majlis. Update Majlis first.")
    for name, expected in manifest["sha256"].items():
        parts = PurePosixPath(name).parts
        if ".." in parts or parts[0] not in {"rows", "files"}:
            raise BadBackup(f"This backup has been tampered with: {name}.")
        try:
            with archive.open(name) as entry:
                found = hashlib.file_digest(entry, "sha256").hexdigest()  # type: ignore[arg-type]
        except (KeyError, zipfile.BadZipFile):
            found = ""
        if found != expected:
            raise BadBackup(f"This backup is damaged: {name} is not what was written.")
    _state(MigrationLoader(None), _nodes(manifest))
    return manifest


def _nodes(manifest: dict[str, Any]) -> list[Node]:
    return [(app, name) for app, name in manifest["migrations"]]


def _is_lived_in() -> bool:
    """Whether this database has people in it, whatever its age."""
    connection = connections["default"]
    if "people_person" not in connection.introspection.table_names():
        return False
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM people_person LIMIT 1")
        return cursor.fetchone() is not None


def _restore_sqlite(archive: zipfile.ZipFile, manifest: dict[str, Any]) -> None:
    """Build the database in a file beside the old one, then put it in its place."""
    place = Path(settings.DATABASES["default"]["NAME"])
    place.parent.mkdir(parents=True, exist_ok=True)
    fresh = place.with_name("restoring.sqlite3")
    beside = [fresh.with_name(f"{fresh.name}{end}") for end in ("", "-wal", "-shm", "-journal")]
    for path in beside:
        path.unlink(missing_ok=True)
    try:
        with _opened(FRESH, NAME=str(fresh)) as connection:
            with connection.constraint_checks_disabled(), transaction.atomic(using=FRESH):
                _fill(archive, manifest, connection)
            with connection.cursor() as cursor:
                cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connections["default"].close()
        for end in ("-wal", "-shm"):
            place.with_name(f"{place.name}{end}").unlink(missing_ok=True)
        fresh.replace(place)
    finally:
        for path in beside:
            path.unlink(missing_ok=True)


def _drop_everything(connection: BaseDatabaseWrapper) -> None:
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"DROP TABLE IF EXISTS {quote(table)} CASCADE")


def _fill(
    archive: zipfile.ZipFile, manifest: dict[str, Any], connection: BaseDatabaseWrapper
) -> None:
    """Make the tables as they were at the backup's migrations, and put its rows in."""
    nodes = _nodes(manifest)
    executor = MigrationExecutor(connection)
    with _as_default(connection):
        executor.migrate(_newest(executor.loader, nodes))
    tables = _tables(_state(executor.loader, nodes))
    for model in tables:  # a migration may have brought rows of its own
        model._base_manager.using(connection.alias)._raw_delete(connection.alias)
    for model in tables:
        name = f"rows/{model._meta.label_lower}.jsonl"
        if name in manifest["sha256"]:
            with archive.open(name) as lines:
                _insert(model, lines, connection)
    connection.check_constraints()
    reset = connection.ops.sequence_reset_sql(_no_style(), tables)
    with connection.cursor() as cursor:
        for sql in reset:
            cursor.execute(sql)


@contextlib.contextmanager
def _as_default(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """Let this be the connection on which migrations of rows work, unless they name one."""
    usual = connections["default"]
    connections["default"] = connection
    try:
        yield
    finally:
        connections["default"] = usual


def _newest(loader: MigrationLoader, nodes: list[Node]) -> list[Node]:
    """Of each app the migrations that no other one of it, among these, follows."""
    among = set(nodes)
    return [
        node
        for node in nodes
        if not any(
            child.key[0] == node[0] and child.key in among
            for child in loader.graph.node_map[node].children
        )
    ]


def _insert(
    model: type[models.Model], lines: Iterable[bytes], connection: BaseDatabaseWrapper
) -> None:
    fields: dict[str, Any] = {field.attname: field for field in model._meta.concrete_fields}
    for field in fields.values():
        for moving in ("auto_now", "auto_now_add"):
            if getattr(field, moving, False):
                setattr(field, moving, False)
    batch: list[models.Model] = []
    for line in lines:
        row = json.loads(line)
        batch.append(model(**{n: _in(fields[n], value) for n, value in row.items()}))
        if len(batch) == 1000:
            model._base_manager.using(connection.alias).bulk_create(batch)
            batch.clear()
    model._base_manager.using(connection.alias).bulk_create(batch)


def _in(field: Any, value: Any) -> Any:
    return None if value is None else field.to_python(value)


def _no_style() -> Any:
    from django.core.management.color import no_style

    return no_style()


def _restore_files(archive: zipfile.ZipFile) -> None:
    for name in archive.namelist():
        if name.startswith("files/"):
            place = settings.VAR / PurePosixPath(name).relative_to("files")
            place.parent.mkdir(parents=True, exist_ok=True)
            secret = place.name == "secret_key"
            with contextlib.suppress(FileNotFoundError):
                place.unlink()
            mode = 0o600 if secret else 0o644
            handle = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
            with os.fdopen(handle, "wb") as file:
                file.write(archive.read(name))
