"""Whether something changed since it was looked at last, asked many times a second.

Every action writes a line of the audit log in its own transaction, so a new line means a change
and no line means none. `changes()` answers with an object whose `of("tunis-2026")` is another
number after each change of that edition, and `of("")` after any change at all.

On SQLite the file itself tells whether any process wrote to it, within microseconds; only then
the newest line is looked up. On PostgreSQL each line notifies whoever listens, on whatever host;
while nobody can be heard, `of` is None, which equals no number: nothing may be kept then.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from functools import partial
from typing import Protocol

from django.db import connection, transaction

from majlis.kernel.line import LINE, Line

CHANNEL = "majlis_changes"


class Changes(Protocol):
    """Tells changes of an edition, or of anything, by a number."""

    def of(self, edition: str) -> int | None: ...

    def close(self) -> None: ...


def tell(edition: str) -> None:
    """Let listeners know of a change once the transaction under way is committed."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_notify(%s, %s)", [CHANNEL, edition])
        for listener in _listeners:
            transaction.on_commit(partial(listener.heard, edition))


def changes() -> Changes:
    """What tells changes on the database of the settings. Close it in the end."""
    if connection.vendor == "postgresql":
        return Listening()
    return Watching(str(connection.settings_dict["NAME"]))


class Watching:
    """Watches a SQLite file. Used by one thread at a time."""

    def __init__(self, path: str) -> None:
        self.file = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
        self.version = self.newest = -1
        self.known: dict[str, int] = {}

    def of(self, edition: str) -> int | None:
        """The key of the newest line of the edition, or of all; keys are never used again."""
        (version,) = self.file.execute("PRAGMA data_version").fetchone()
        if version != self.version:
            newest = self._newest("SELECT max(id) FROM kernel_act")
            if newest != self.newest:  # votes write no lines
                self.known = {"": newest}
            self.version, self.newest = version, newest
        if edition not in self.known:
            of_one = "SELECT max(id) FROM kernel_act WHERE edition = ?"
            self.known[edition] = self._newest(of_one, edition)
        return self.known[edition]

    def _newest(self, query: str, *of: str) -> int:
        return int(self.file.execute(query, of).fetchone()[0] or 0)

    def close(self) -> None:
        self.file.close()


_listeners: list[Listening] = []


class Listening:
    """Counts what PostgreSQL notifies, on the line of this process."""

    def __init__(self, line: Line = LINE) -> None:
        self.heard_of: Counter[str] = Counter()
        self.line = line
        line.hear(CHANNEL, self.heard)
        _listeners.append(self)

    def of(self, edition: str) -> int | None:
        """How many changes were heard of the edition, or of all."""
        if not self.line.hears_now(CHANNEL):
            return None
        return (self.line.times << 40) + self.heard_of[edition]

    def heard(self, edition: str) -> None:
        self.heard_of[edition] += 1
        if edition:
            self.heard_of[""] += 1

    def close(self) -> None:
        _listeners.remove(self)
