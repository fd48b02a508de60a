#!/usr/bin/env python3
"""How much processor time each page takes when an edition is large, and how often it asks.

    python bench/lists.py [--people 5000] [--statements 2000] [--only part-of-a-name]

Fills a database on SQLite in bulk and asks every page of the address table through Django's
client, which brings a shelf along as the server does: median of five in the process, and the
first. Writes bench/results/lists.md when all pages were asked.
"""

from __future__ import annotations

import argparse
import inspect
import os
import platform
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "src"), str(ROOT), str(ROOT / "bench")]

RUNS = 5
GOAL = 200  # ms


@dataclass(frozen=True, slots=True)
class Measured:
    """One page: its milliseconds, its queries, its size."""

    name: str
    query: str
    status: int
    took: list[float]
    first: float
    n_queries: int
    size: int

    @property
    def line(self) -> str:
        middle = statistics.median(self.took)
        return (
            f"| `{self.name}`{self.query and f' `{self.query}`'} | {middle:.0f} "
            f"({min(self.took):.0f}–{max(self.took):.0f}) | {self.first:.0f} | {self.n_queries} "
            f"| {self.size / 1000:.0f} kB |"
        )


# What a reader narrows a list by, measured beside the list itself.
NARROWED = {
    "registration:desk-registrations": ("?q=salah", "?page=90", "?state=waiting"),
    "registration:participants": ("?page=90",),
    "dialogue:moderation": ("?q=registre", "?page=20"),
    "dialogue:statements": ("?q=registre", "?page=20"),
    "recommendations:desk-list": ("?state=published", "?page=10"),
    "recommendations:desk-statements": ("?q=registre",),
    "recommendations:desk-sources": ("?kind=contribution", "?kind=round"),
}


def opened(var: Path) -> None:
    """Start Django on a database of its own, migrated."""
    from tests.config.installation import Installation, migrated

    here = Installation(var) if var.exists() else migrated(var)
    here.run("migrate")
    os.environ.update(here.environment | {"MAJLIS_LOG_LEVEL": "ERROR"})
    os.environ["DJANGO_SETTINGS_MODULE"] = "majlis.config.settings"
    import django

    django.setup()
    from django.conf import settings

    settings.ALLOWED_HOSTS = ["*"]


def filled(sizes: dict[str, int]) -> Any:
    """The world of the tests, and plenty beside it."""
    from django.db import connection
    from tests.conftest import world
    from tests.factories.plenty import Plenty

    if there := kept():
        return there
    made = inspect.unwrap(world)(None)
    Plenty(made.edition, owner=made.ada, phone=made.ben, round=made.round).add(**sizes)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return made


def kept() -> Any:
    """What a run before has left in the folder: as much of the world as the addresses need."""
    from majlis.people.models import Person
    from majlis.registration.models import Voice
    from majlis.series.models import Edition

    edition = Edition.objects.filter(slug="tunis").first()
    if edition is None:
        return None
    return SimpleNamespace(
        edition=edition,
        ada=Person.objects.get(name="Ada"),
        chen=Person.objects.get(name="Chen"),
        ben=Voice.objects.get(registration__person__name="Ben"),
        round=edition.rounds.earliest("pk"),
        statement=edition.statements.earliest("pk"),
    )


def pages(world: Any, only: str) -> Iterator[Measured]:
    from django.urls import reverse
    from tests.house.addresses import WHO
    from tests.house.test_access import ADDRESSES, client_of

    from majlis.kernel.revisions import changes
    from majlis.kernel.shelf import Shelf
    from majlis.ui.kept import SHELF

    shelf = Shelf(changes)
    for name, address in sorted(ADDRESSES.items()):
        if address.method != "get" or address.who not in WHO or only not in name:
            continue
        client = client_of(world, "ada" if "ada" in WHO[address.who] else "ben")
        client.defaults[SHELF] = shelf  # type: ignore[assignment]
        path = reverse(name, kwargs=address.kwargs(world))
        if name.startswith("opinion:"):
            show_results(world.round)
        for query in ("", *NARROWED.get(name, ())):
            yield measured(client, name, path, query)


def show_results(round: Any) -> None:
    """Keep what is shown of the round with half of all statements, and what follows from it."""
    from majlis.dialogue.actions.showings import keep_showings
    from majlis.dialogue.models import Showing
    from majlis.opinion.actions import keep_reading

    round.refresh_from_db()
    if not Showing.objects.filter(statement__round=round).exists():
        keep_showings(round)
        keep_reading(round)


def measured(client: Any, name: str, path: str, query: str) -> Measured:
    from django.db import connection

    asked: list[str] = []

    def count(execute: Any, sql: str, *rest: Any) -> Any:
        asked.append(sql)
        return execute(sql, *rest)

    took = []
    for _ in range(RUNS + 1):
        asked.clear()
        with connection.execute_wrapper(count):
            before = time.process_time()
            answer = client.get(path + query)
            body = b"".join(answer) if answer.streaming else answer.content
            took.append(1000 * (time.process_time() - before))
    first, *later = took
    return Measured(name, query, answer.status_code, later, first, len(asked), len(body))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=5000)
    parser.add_argument("--statements", type=int, default=2000)
    parser.add_argument("--rounds", type=int, default=40)
    parser.add_argument("--recs", type=int, default=600)
    parser.add_argument("--others", type=int, default=200)
    parser.add_argument("--var", type=Path, help="a folder that keeps what was filled in")
    parser.add_argument("--only", default="", help="part of the names of the pages to ask")
    chosen = parser.parse_args()
    sizes = {n: getattr(chosen, n) for n in ("people", "statements", "rounds", "recs", "others")}
    with tempfile.TemporaryDirectory() as folder:
        opened(chosen.var or Path(folder) / "var")
        world = filled(sizes)
        from django.db import transaction

        rows = []
        with transaction.atomic():  # what the addresses need besides goes again
            for row in pages(world, chosen.only):
                rows.append(row)
                print(row.status, row.line, flush=True)
            transaction.set_rollback(True)
    if chosen.only:
        return
    rows.sort(key=lambda row: -statistics.median(row.took))
    over = [row for row in rows if statistics.median(row.took) > GOAL]
    said = ", ".join(f"{n:,} {name}" for name, n in sizes.items())
    how = (
        f"{datetime.now(UTC):%Y-%m-%d}, {platform.machine()}, {os.cpu_count()} cores, SQLite. "
        f"{said}. Milliseconds of processor time in the process: median of {RUNS} "
        f"(minimum–maximum) after a first one, which is told beside it. "
        f"{len(over)} of {len(rows)} above {GOAL} ms."
    )
    head = "| Page | ms | first | queries | size |\n|---|---|---|---|---|"
    text = "\n".join(["# Pages of a large edition", "", how, "", head, *(r.line for r in rows)])
    (ROOT / "bench" / "results" / "lists.md").write_text(f"{text}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
