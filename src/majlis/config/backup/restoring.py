"""Putting a backup in place: database and files together, or neither."""

from __future__ import annotations

import contextlib
import json
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.core.management.base import CommandError
from django.core.management.color import no_style
from django.db import DatabaseError, connections, models, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

from majlis.config.backup import staging
from majlis.config.backup.archive import Archive, opened_archive
from majlis.config.backup.tables import PASSING, Node, is_lived_in, opened, state_at, tables_of
from majlis.config.backup.writing import write
from majlis.config.server import try_claim
from majlis.kernel.clock import now

FRESH = "fresh"  # alias of a connection opened for the purpose
# What reading a row ends in that was not written by us: no JSON, unknown or impossible values.
BAD_ROW = (ValueError, TypeError, KeyError, AttributeError, OverflowError, RecursionError)


def restore(path: Path, *, replace: bool) -> tuple[dict[str, int], Path | None]:
    """Put back what a backup holds; return its row counts and where what stood here was kept.

    Everything is checked before anything is changed, and database and files change together.
    Refuses while a server runs here, and, without `replace`, where people are already.
    """
    with _alone(), opened_archive(path) as archive:
        _require_known_tables(archive)
        is_replacing = is_lived_in()
        if is_replacing and not replace:
            raise CommandError(
                "There are people or editions in this database already. To put the backup in "
                "their place (they are backed up first), add --replace."
            )
        _require_room(archive)
        kept = _keep_what_is_here() if is_replacing else None
        try:
            token = staging.prepare(archive)
            if settings.IS_SQLITE:
                _build_beside(archive)
                staging.decide_by_mark()
            else:
                with transaction.atomic():
                    _drop_everything(connections["default"])
                    _fill(archive, connections["default"])
                    staging.decide_by_commit(token, connections["default"])
        except BaseException:
            if not _was_decided():
                staging.drop()
            raise
        staging.put_in_place()
    call_command("migrate", verbosity=0, interactive=False)
    return archive.rows, kept


def _was_decided() -> bool:
    try:
        return staging.is_decided()
    except DatabaseError:  # it does not answer any more: the next command will see
        return True


@contextlib.contextmanager
def _alone() -> Iterator[None]:
    """Keep servers and other restores off this folder."""
    settings.VAR.mkdir(parents=True, exist_ok=True)
    held = try_claim(settings.VAR)
    if held is None:
        raise CommandError("Majlis is running on this folder. Stop it (Ctrl-C), then restore.")
    with held:
        yield


def _require_known_tables(archive: Archive) -> None:
    """Refuse a backup of a newer Majlis, and one with other tables than its Majlis had."""
    known = {
        model._meta.label_lower
        for model in tables_of(state_at(MigrationLoader(None), archive.migrations))
    }
    if odd := sorted((set(archive.rows) ^ known) - PASSING):
        what = "lacks" if odd[0] in known else "holds"
        raise archive.bad(f"it {what} the table {odd[0]}")


def _require_room(archive: Archive) -> None:
    free = shutil.disk_usage(settings.VAR).free
    if free < 2 * archive.n_bytes:
        raise CommandError(
            f"Restoring takes {2 * archive.n_bytes / 1e6:,.0f} MB and {settings.VAR} has "
            f"{free / 1e6:,.0f} MB free. Make room first. Nothing was changed."
        )


def _keep_what_is_here() -> Path:
    kept: Path = settings.VAR / "backups" / f"before-restore-{now():%Y%m%d-%H%M%S}.zip"
    kept.parent.mkdir(parents=True, exist_ok=True)
    write(kept)
    return kept


def _build_beside(archive: Archive) -> None:
    """Build a SQLite database in a file beside the one that is here."""
    fresh = staging.fresh_database()
    fresh.parent.mkdir(parents=True, exist_ok=True)
    with opened(FRESH, NAME=str(fresh)) as connection:
        with connection.constraint_checks_disabled(), transaction.atomic(using=FRESH):
            _fill(archive, connection)
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _drop_everything(connection: BaseDatabaseWrapper) -> None:
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"DROP TABLE IF EXISTS {quote(table)} CASCADE")


def _fill(archive: Archive, connection: BaseDatabaseWrapper) -> None:
    """Make the tables as they were at the backup's migrations, and put its rows in."""
    executor = MigrationExecutor(connection)
    with _as_default(connection):
        executor.migrate(_newest(executor.loader, archive.migrations))
    tables = tables_of(state_at(executor.loader, archive.migrations))
    for model in tables:  # a migration may have brought rows of its own
        model._base_manager.using(connection.alias)._raw_delete(connection.alias)
    if connection.vendor == "postgresql":  # migrations leave some to be checked at once
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    for model in tables:
        _insert(model, archive, connection)
    try:
        connection.check_constraints()
    except DatabaseError as error:
        raise archive.bad(f"its rows do not fit together ({_first_line(error)})") from None
    reset = connection.ops.sequence_reset_sql(no_style(), tables)
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


def _insert(model: type[models.Model], archive: Archive, connection: BaseDatabaseWrapper) -> None:
    table = model._meta.label_lower
    fields: dict[str, Any] = {field.attname: field for field in model._meta.concrete_fields}
    for field in fields.values():
        for moving in ("auto_now", "auto_now_add"):
            if getattr(field, moving, False):
                setattr(field, moving, False)
    count = 0
    for rows in _batches(_rows(model, fields, archive)):
        try:
            model._base_manager.using(connection.alias).bulk_create(rows)
        except (DatabaseError, *BAD_ROW) as error:
            said = f"{_first_line(error)}, in rows {count + 1} to {count + len(rows)} of {table}"
            raise archive.bad(f"the database does not take what it holds ({said})") from None
        count += len(rows)
    if count != archive.rows[table]:
        raise archive.bad(f"it holds {count} rows of {table}, not {archive.rows[table]}")


def _rows(
    model: type[models.Model], fields: dict[str, Any], archive: Archive
) -> Iterator[models.Model]:
    for number, line in archive.lines_of(model._meta.label_lower):
        try:
            row = json.loads(line)
            if set(row) != set(fields):
                raise KeyError
            yield model(**{name: _in(fields[name], value) for name, value in row.items()})
        except (ValidationError, *BAD_ROW):
            table = model._meta.label_lower
            raise archive.bad(f"rows/{table}.jsonl, line {number} is no row of it") from None


def _batches(rows: Iterable[models.Model]) -> Iterator[list[models.Model]]:
    batch: list[models.Model] = []
    for row in rows:
        batch.append(row)
        if len(batch) == 1000:
            yield batch
            batch = []
    if batch:
        yield batch


def _in(field: Any, value: Any) -> Any:
    return None if value is None else field.to_python(value)


def _first_line(error: Exception) -> str:
    return next(iter(str(error).strip().splitlines()), type(error).__name__)
