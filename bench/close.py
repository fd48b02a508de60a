"""Measure what a close costs: making counts visible, reading them, and one page of results.

    python bench/close.py               a small and a large round, on SQLite
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
from pathlib import Path

HERE = Path(__file__).resolve().parent
RESULTS = HERE / "results" / "close.json"
SIZES = {"60x30": 1_600, "150x60": 8_000, "10000x1000": 800_000}
STEPS = ("close", "reading", "map", "page")


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
        "Closing makes the showings, with the round held; reading and map follow in the tick;",
        "the page is a participant's first visit after a start, twelve statements; later ones take",
        "a quarter of it.",
        "",
        "| voices × statements | votes | close | reading | map | page |",
        "|---|---|---|---|---|---|",
    ]
    for size, found in stored.items():
        cells = " | ".join(f"{found[step]:.3g}" for step in STEPS)
        table.append(f"| {size.replace('x', ' × ')} | {found['votes']:,} | {cells} |")
    RESULTS.with_suffix(".md").write_text("\n".join([*table, ""]))
    print("\n".join(table))
    return 0


def measured(size: str) -> dict[str, float]:
    """Fill a round of this size, close it and show it; seconds of each step."""
    sys.path[:0] = [str(HERE)]
    import refresh_fill  # sets Django up
    from django.core.management import call_command
    from django.test import Client
    from django.urls import reverse
    from tests.factories.registration import RegistrationFactory, connect

    from majlis.dialogue import actions as dialogue
    from majlis.dialogue import queries
    from majlis.dialogue.models import Round
    from majlis.kernel.ledger import CONSOLE
    from majlis.opinion import actions
    from majlis.registration.access import VOICE_COOKIE
    from majlis.registration.models import Voice

    call_command("migrate", verbosity=0)
    n_voices, n_statements = map(int, size.split("x"))
    refresh_fill.fill(n_voices, n_statements, SIZES[size], 1)
    round = Round.objects.get()
    found: dict[str, float] = {"votes": queries.revision(round)}
    voice = Voice.objects.filter(registration=None).earliest("pk")
    voice.registration = RegistrationFactory(edition=round.edition)
    voice.save()
    phone = Client(SERVER_NAME="127.0.0.1")
    phone.cookies[VOICE_COOKIE + round.edition.slug] = connect(voice)
    path = reverse(
        "opinion:room-results", kwargs={"edition": round.edition.slug, "code": round.code}
    )
    steps: tuple[Callable[[], object], ...] = (
        lambda: dialogue.show_results(dialogue.close_round(round, by=CONSOLE), by=CONSOLE),
        lambda: actions.keep_reading(round),
        lambda: actions.keep_map(round),
        lambda: phone.get(path),
    )
    for name, step in zip(STEPS, steps, strict=True):
        begin = time.perf_counter()
        step()
        found[name] = round_(time.perf_counter() - begin)
    return found


def round_(seconds: float) -> float:
    return float(f"{seconds:.3g}")


if __name__ == "__main__":
    raise SystemExit(main())
