#!/usr/bin/env python3
"""How soon a vote is in the routing of a large round, and what keeping it up costs votes.

    python bench/refresh.py [--database postgres://…] [--seconds 15] [--rate 8] [--turns 2]

Fills a round of 10,000 voices × 1,000 statements (0.8 million votes) and votes on it through the
real server over HTTP at a steady rate; by turns with the tick inside the server, in a process of
its own, and with a tick that leaves the routing alone. Delay: from the answer to a vote, which
comes after its commit, to the stored routing that is made of it too. Writes
bench/results/refresh.json and refresh.md.
"""

from __future__ import annotations

import argparse
import contextlib
import http.client
import json
import os
import platform
import random
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "src"), str(ROOT), str(ROOT / "bench")]

from kill import free_port, warm_up  # noqa: E402
from tests.config.installation import (  # noqa: E402
    COMMAND,
    Installation,
    drop,
    flush_each_commit,
    postgresql_beside,
)

DUE = "majlis.opinion.routing.refresh_routing"
WITHOUT = (
    "import os; os.environ['DJANGO_SETTINGS_MODULE'] = 'majlis.config.settings'; "
    f"from majlis.config import due; del due.DUE[{DUE!r}]; "
)
WAYS = ("without", "inside", "apart")
VOICES, STATEMENTS, VOTES, PHONES = 10_000, 1_000, 800_000, 16
WARM = 3.0  # seconds of voting before anything is counted
HEAD = (
    "| database | tick | delay: median | 95 % | max | latency of votes: median | 95 % "
    "| ratio of medians | first reading | load |"
)
NOTES = [
    "- Delay: from the answer to a vote, which follows its commit, to the stored routing that",
    "  includes it.",
    "- Tick: *inside* the server (the default), *apart* in a process of its own",
    "  (`MAJLIS_TICK=0` and `majlis tick`), or *without* any routing, which ratios compare with.",
    "- First reading: after a start, until the routing is made of every vote again.",
    "- Load: of the machine, at the end of each turn. The voter, the server and PostgreSQL share",
    "  its processors; a load above their number lengthens every time here.",
]
PLACE = ROOT / "bench" / "results"


class Watch:
    """Asks the database which revision the stored routing has, again and again."""

    def __init__(self, here: Installation) -> None:
        self.seen: list[tuple[float, int]] = []
        self.ask = _asker(here)
        self.stop = threading.Event()
        self.thread = threading.Thread(target=self.run)

    def run(self) -> None:
        while not self.stop.wait(0.02):
            revision = self.ask()
            if not self.seen or revision != self.seen[-1][1]:
                self.seen.append((time.monotonic(), revision))

    def when(self, revision: int) -> float | None:
        return next((at for at, there in self.seen if there >= revision), None)


def _asker(here: Installation) -> Any:
    """A question to the database that costs it next to nothing."""
    question = "SELECT revision FROM dialogue_routing"
    if here.database_url:
        import psycopg

        connection = psycopg.connect(here.database_url, autocommit=True)
        return lambda: (connection.execute(question).fetchone() or (0,))[0]
    import sqlite3

    path = next(here.var.glob("*.sqlite3"))
    lite = sqlite3.connect(f"file:{path}?mode=ro", uri=True, check_same_thread=False, timeout=10)
    return lambda: (lite.execute(question).fetchone() or (0,))[0]


@contextlib.contextmanager
def serving(here: Installation, way: str) -> Iterator[None]:
    """The real server, with its tick inside, apart, or with a tick that leaves routing alone."""
    without = WITHOUT if way == "without" else ""
    words = [sys.executable, "-c", without + COMMAND, "serve"]
    environment = here.environment | ({"MAJLIS_TICK": "0"} if way == "apart" else {})
    running = [subprocess.Popen(words, env=environment, stdout=subprocess.PIPE, text=True)]
    try:
        assert running[0].stdout is not None
        if not any("Ctrl-C stops it" in line for line in running[0].stdout):
            raise SystemExit("The server did not start.")
        warm_up(int(here.settings["PORT"]))
        if way == "apart":
            quiet = subprocess.DEVNULL
            running.append(
                subprocess.Popen(here.command("tick"), env=environment, stdout=quiet, text=True)
            )
        yield
    finally:
        for process in running:
            process.send_signal(signal.SIGTERM)
        for process in running:
            process.wait()


class Voters:
    """Voices that answer one statement after the other at a steady rate, one at a time."""

    def __init__(self, here: Installation, facts: dict[str, Any]) -> None:
        self.facts = facts
        self.where = "127.0.0.1", int(here.settings["PORT"])
        dice = random.Random(1)
        pairs = [(v, s) for v in range(PHONES) for s in range(len(facts["statements"]))]
        dice.shuffle(pairs)
        self.pairs = iter(pairs)
        self.n_cast = 0
        self.dice = dice

    def vote(self, connection: http.client.HTTPConnection) -> float:
        """Cast the next vote; return how long the answer took."""
        voice, statement = next(self.pairs)
        facts, secret = self.facts, "k" * 32
        body = {
            "statement": facts["statements"][statement],
            "stance": self.dice.choice([-1, 0, 1]),
            "seq": 1,
            "key": f"bench-{statement:06d}",
        }
        begin = time.monotonic()
        connection.request(
            "POST",
            f"/en/e/{facts['edition']}/room/rounds/{facts['round']}/vote/",
            body=urlencode(body),
            headers={
                "Accept": "application/json",
                "Content-Type": "application/x-www-form-urlencoded",
                "Cookie": f"voice-{facts['edition']}={facts['tokens'][voice]}; csrftoken={secret}",
                "X-CSRFToken": secret,
            },
        )
        answer = connection.getresponse()
        said = answer.read()
        took = time.monotonic() - begin
        if answer.status != 200:
            raise SystemExit(f"A vote was answered {answer.status}: {said[:200]!r}")
        self.n_cast += 1
        return took

    def steadily(self, *, seconds: float, rate: float) -> list[tuple[float, int, float]]:
        """Vote at this rate; when each vote was answered, which revision it made, how long."""
        connection = http.client.HTTPConnection(*self.where, timeout=30)
        cast = []
        begin = time.monotonic()
        for n in range(int(seconds * rate)):
            time.sleep(max(0.0, begin + n / rate - time.monotonic()))
            took = self.vote(connection)
            cast.append((time.monotonic(), self.facts["n_events"] + self.n_cast, took))
        connection.close()
        return cast


def measure(here: Installation, options: argparse.Namespace) -> dict[str, Any]:
    assert here.run("migrate").returncode == 0
    size = [options.voices, options.statements, options.votes, PHONES]
    begin = time.monotonic()
    filled = subprocess.run(
        [sys.executable, str(ROOT / "bench" / "refresh_fill.py"), *map(str, size)],
        env=here.environment,
        capture_output=True,
        text=True,
        timeout=600,
    )
    if filled.returncode:
        raise SystemExit(filled.stderr)
    facts = json.loads(filled.stdout)
    print(f"filled in {time.monotonic() - begin:.0f} s", flush=True)
    voters = Voters(here, facts)
    found: dict[str, dict[str, list[float]]] = {
        way: {"delays": [], "latencies": [], "first": [], "load": []} for way in WAYS
    }
    for _ in range(options.turns):
        for way in WAYS:
            with serving(here, way):
                turn(here, facts, voters, options, way, found[way])
            print(way, {name: _told(values) for name, values in found[way].items()}, flush=True)
    plain = statistics.median(found["without"]["latencies"])
    return {
        "voices": options.voices,
        "statements": options.statements,
        "events": facts["n_events"] + voters.n_cast,
        "rate_per_s": options.rate,
        "votes_of_each_way": len(found["without"]["latencies"]),
        "ways": {
            way: {
                "delay_s": _told(one["delays"]),
                "latency_s": _told(one["latencies"]),
                "ratio_of_medians": round(statistics.median(one["latencies"]) / plain, 3),
                "first_reading_s": [round(seconds, 2) for seconds in one["first"]],
                "load": [round(load, 1) for load in one["load"]],
            }
            for way, one in found.items()
        },
    }


def turn(
    here: Installation,
    facts: dict[str, Any],
    voters: Voters,
    options: argparse.Namespace,
    way: str,
    found: dict[str, list[float]],
) -> None:
    """Vote for a while on a server that has just started, and note what is seen."""
    watch = Watch(here)
    watch.thread.start()
    try:
        if way != "without":  # the routing of a vote given now is made after the first reading
            voters.steadily(seconds=1 / options.rate, rate=options.rate)
            begin, there = time.monotonic(), facts["n_events"] + voters.n_cast
            while watch.when(there) is None and time.monotonic() - begin < 120:
                time.sleep(0.05)
            found["first"].append((watch.when(there) or time.monotonic()) - begin)
        voters.steadily(seconds=WARM, rate=options.rate)
        cast = voters.steadily(seconds=options.seconds, rate=options.rate)
        found["latencies"] += [took for _at, _revision, took in cast]
        found["load"].append(os.getloadavg()[0])
        if way != "without":
            time.sleep(4)
            for at, revision, _took in cast:
                there_at = watch.when(revision)
                if there_at is None:
                    raise SystemExit(f"Revision {revision} was never in the routing.")
                found["delays"].append(max(0.0, there_at - at))
    finally:
        watch.stop.set()
        watch.thread.join()


def _told(values: list[float]) -> dict[str, float]:
    if not values:
        return {}
    ordered = sorted(values)
    return {
        "median": round(statistics.median(ordered), 4),
        "p95": round(ordered[int(0.95 * (len(ordered) - 1))], 4),
        "max": round(ordered[-1], 4),
    }


def write(results: dict[str, Any]) -> None:
    PLACE.mkdir(parents=True, exist_ok=True)
    (PLACE / "refresh.json").write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")
    some = next(iter(results["databases"].values()))
    size = f"{some['voices']:,} voices × {some['statements']:,} statements"
    rate = f"{some['rate_per_s']:g} a second, {some['votes_of_each_way']} of each way"
    lines = [
        "# How soon a vote is in the routing",
        "",
        f"Written by `make bench-refresh`: a round of {size} ({some['events']:,} votes);",
        f"votes over HTTP on the real server, one after the other, {rate};",
        f"everything on one machine of {results['machine']}.",
        "",
        HEAD,
        "|---|---|---|---|---|---|---|---|---|---|",
    ]
    for name, one in results["databases"].items():
        for way, got in one["ways"].items():
            delay, latency = got["delay_s"], got["latency_s"]
            lines.append(
                f"| {name} | {way} | "
                + (" | ".join(f"{delay[k]:.2f} s" for k in delay) if delay else "– | – | –")
                + f" | {latency['median'] * 1000:.0f} ms | {latency['p95'] * 1000:.0f} ms"
                + f" | {got['ratio_of_medians']:.2f}"
                + (f" | {max(got['first_reading_s']):.0f} s" if delay else " | –")
                + f" | {' '.join(f'{load:g}' for load in got['load'])} |"
            )
    lines += ["", *NOTES, ""]
    (PLACE / "refresh.md").write_text("\n".join(lines), encoding="utf-8")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--database", default="", help="a PostgreSQL beside SQLite")
    parser.add_argument("--only", default="", help="sqlite or postgresql")
    parser.add_argument("--seconds", type=float, default=15.0, help="of one turn")
    parser.add_argument("--turns", type=int, default=2, help="of each way")
    parser.add_argument("--rate", type=float, default=8.0, help="votes a second")
    parser.add_argument("--voices", type=int, default=VOICES)
    parser.add_argument("--statements", type=int, default=STATEMENTS)
    parser.add_argument("--votes", type=int, default=VOTES)
    options = parser.parse_args()
    results: dict[str, Any] = {
        "machine": f"{os.cpu_count()} processors ({platform.machine()})",
        "python": platform.python_version(),
        "databases": {},
    }
    for name in ("sqlite", "postgresql"):
        if options.only not in ("", name) or (name == "postgresql" and not options.database):
            continue
        with tempfile.TemporaryDirectory() as folder:
            url = postgresql_beside(options.database) if name == "postgresql" else ""
            if url:
                flush_each_commit(url)
            here = Installation(Path(folder), url, {"PORT": str(free_port()), "HOST": "127.0.0.1"})
            try:
                results["databases"][name] = measure(here, options)
            finally:
                if url:
                    drop(url)
        print(name, json.dumps(results["databases"][name]), flush=True)
    if not options.only:
        write(results)
    return 0


if __name__ == "__main__":
    sys.exit(main())
