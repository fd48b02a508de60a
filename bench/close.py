"""Measure what a close costs: the round held, the press answered, results made, a page of them.

    python bench/close.py               two small rounds and a large one, on SQLite
    python bench/close.py --sizes 150x60

Each size runs in an installation of its own and in a process of its own. Wall times of one run
each, in seconds; results go to bench/results/close.json and close.md.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
RESULTS = HERE / "results" / "close.json"
SIZES = {"60x30": 1_600, "150x60": 8_000, "10000x1000": 800_000}
STEPS = ("held", "answered", "shown", "ready", "reading", "map", "page", "again", "load")


def main() -> int:
    """Measure the sizes asked for, store them, print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sizes", default=",".join(SIZES))
    parser.add_argument("--inside", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.inside:
        print(json.dumps(measured(options.inside)))
        return 0
    stored = json.loads(RESULTS.read_text()) if RESULTS.exists() else {}
    for size in options.sizes.split(","):
        with tempfile.TemporaryDirectory() as folder:
            env = os.environ | {"MAJLIS_VAR": folder}
            command = [sys.executable, __file__, "--inside", size]
            done = subprocess.run(command, env=env, check=True, stdout=subprocess.PIPE)
        stored[size] = json.loads(done.stdout.splitlines()[-1])
    RESULTS.write_text(json.dumps(stored, indent=1) + "\n")
    table = [
        "# What a close costs",
        "",
        "Written by `python bench/close.py`: one run each on SQLite, seconds on the clock.",
        "",
        "- *held*: the close and the showing of its results hold the round (and, on SQLite, every",
        "  writer), from the first statement to the commit;",
        "- *answered*: the organiser's press, sent as a form, has its answer;",
        "- *shown*, *ready*: from the press until everybody may see the counts, and until the page",
        "  of results is there; from 20,000 votes on a worker makes both, its start included;",
        "- *reading*, *map*: making each result once more in one process, nothing written;",
        "- *page*, *again*: a participant's first visit after a start, twelve statements, and the",
        "  next one;",
        "- *load*: what else ran meanwhile, as the system counts it; times are those of a quiet",
        "  machine only where it is under 1.",
        "",
        "| voices × statements | votes | " + " | ".join(STEPS) + " |",
        "|---" * (len(STEPS) + 2) + "|",
    ]
    for size, found in stored.items():
        cells = " | ".join(f"{found[step]:.2g}" for step in STEPS)
        table.append(f"| {size.replace('x', ' × ')} | {found['votes']:,} | {cells} |")
    RESULTS.with_suffix(".md").write_text("\n".join([*table, ""]))
    print("\n".join(table))
    return 0


def measured(size: str) -> dict[str, float]:
    """Fill a round of this size, close it, which shows its results; seconds of each step."""
    sys.path[:0] = [str(HERE)]
    import refresh_fill  # sets Django up
    from django.core.management import call_command
    from django.test import Client
    from django.urls import reverse
    from tests.factories.registration import RegistrationFactory, RoleFactory, connect

    from majlis.dialogue import queries
    from majlis.dialogue.models import Round
    from majlis.dialogue.views import desk_rounds
    from majlis.opinion.actions import SEEDS, result_made
    from majlis.opinion.models import Result
    from majlis.opinion.states import Mode
    from majlis.registration.access import VOICE_COOKIE
    from majlis.registration.models import Voice

    call_command("migrate", verbosity=0)
    n_voices, n_statements = map(int, size.split("x"))
    refresh_fill.fill(n_voices, n_statements, SIZES[size], 1)
    round = Round.objects.get()
    Round.objects.update(shows_at_close=True)
    found: dict[str, float] = {"votes": queries.revision(round), "load": os.getloadavg()[0]}
    voice = Voice.objects.filter(registration=None).earliest("pk")
    voice.registration = RegistrationFactory(edition=round.edition)
    voice.save()
    phone = Client(SERVER_NAME="127.0.0.1")
    phone.cookies[VOICE_COOKIE + round.edition.slug] = connect(voice)
    desk = Client(SERVER_NAME="127.0.0.1")
    desk.force_login(RoleFactory(edition=round.edition).person)
    where = {"edition": round.edition.slug, "code": round.code}
    desk.get(reverse("dialogue:desk-round", kwargs=where))  # pages and words are loaded

    def timed(name: str, step: Callable[..., Any]) -> Callable[..., Any]:
        def run(*args: Any, **named: Any) -> Any:
            begin = time.perf_counter()
            try:
                return step(*args, **named)
            finally:
                found[name] = round_(time.perf_counter() - begin)

        return run

    close = desk_rounds.MOVES["close"]
    desk_rounds.MOVES["close"] = replace(close, act=timed("held", close.act))
    pressed = time.perf_counter()
    press = reverse("dialogue:desk-round-move", kwargs=where | {"move": "close"})
    timed("answered", desk.post)(press)
    tick(lambda: Round.objects.get().is_shown)
    found["shown"] = round_(time.perf_counter() - pressed)
    tick(lambda: Result.objects.filter(mode=Mode.ROOM).exists())
    found["ready"] = round_(time.perf_counter() - pressed)
    tick(lambda: Result.objects.count() == len(Mode))

    round = Round.objects.select_related("edition").get()
    for name, mode in (("reading", Mode.ROOM), ("map", Mode.POLIS)):
        timed(name, result_made)(round, mode, seed=SEEDS[mode])
    for name in ("page", "again"):
        timed(name, phone.get)(reverse("opinion:room-results", kwargs=where))
    return found


_worker: list[Any] = []


def tick(until: Callable[[], bool]) -> None:
    """Do what the tick of a server does about results, until something is so."""
    from majlis.config.due import KINDS
    from majlis.config.worker import Worker
    from majlis.opinion.actions import refresh_stale

    if not _worker:
        _worker.append(Worker(KINDS))
    while not until():
        _worker[0].look_after()
        refresh_stale()
        time.sleep(0.05)


def round_(seconds: float) -> float:
    return float(f"{seconds:.3g}")


if __name__ == "__main__":
    raise SystemExit(main())
