"""What of a database and of the folder a backup holds."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath
from typing import Any

from django.apps.registry import Apps
from django.conf import settings
from django.core.management.base import CommandError
from django.db import connections, models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.loader import MigrationLoader

PASSING = {"kernel.press", "people.signin", "sessions.session"}  # browsers sign in again
# Of `var`, with the database itself. `restoring` is what a restore is about to put into place.
STAYS_HERE = {"backups", "log", "server.lock", "address", "restoring"}

Node = tuple[str, str]


class NewerMajlis(CommandError):
    """Migrations that this Majlis does not know."""


@contextlib.contextmanager
def opened(alias: str, **changes: Any) -> Iterator[BaseDatabaseWrapper]:
    """A connection like the default one but for `changes`, closed and forgotten afterwards."""
    connections.databases[alias] = {**connections["default"].settings_dict, **changes}
    try:
        yield connections[alias]
    finally:
        connections[alias].close()
        del connections[alias]
        del connections.databases[alias]


def state_at(loader: MigrationLoader, applied: Iterable[Node]) -> Apps:
    """The models as they were at these migrations."""
    unknown = sorted(set(applied) - set(loader.graph.nodes))
    if unknown:
        names = ", ".join(".".join(node) for node in unknown[:3])
        raise NewerMajlis(
            f"This was made by a newer Majlis than this one, which does not know {names}. "
            "Update Majlis first."
        )
    return loader.project_state(list(applied)).apps


def tables_of(apps: Apps) -> list[type[models.Model]]:
    """Every table that a backup holds, by name."""
    found = [
        model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy and model._meta.label_lower not in PASSING
    ]
    return sorted(found, key=lambda model: model._meta.label_lower)


def files_here() -> Iterator[tuple[Path, PurePosixPath]]:
    """What stands in `var` and belongs in a backup, with its name there; links are followed."""
    for folder, folders, names in os.walk(settings.VAR, followlinks=True):
        at = Path(folder)
        if at == settings.VAR:
            folders[:] = [name for name in folders if name not in STAYS_HERE]
        folders.sort()
        for name in sorted(names):
            relative = (at / name).relative_to(settings.VAR)
            if belongs(PurePosixPath(relative)) and (at / name).is_file():
                yield at / name, PurePosixPath(relative)


def belongs(name: PurePosixPath) -> bool:
    """Whether a file of this name in `var` is for a backup: no database, lock, log or backup."""
    return not (name.parts[0] in STAYS_HERE or ".sqlite3" in name.name or name.suffix == ".part")


def is_lived_in() -> bool:
    """Whether this database has people or editions in it, whatever its age."""
    if settings.IS_SQLITE and not Path(settings.DATABASES["default"]["NAME"]).exists():
        return False
    connection = connections["default"]
    there = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        if "people_person" in there:
            cursor.execute("SELECT 1 FROM people_person LIMIT 1")
            if cursor.fetchone() is not None:
                return True
        if "series_edition" in there:
            cursor.execute("SELECT 1 FROM series_edition LIMIT 1")
            return cursor.fetchone() is not None
    return False
