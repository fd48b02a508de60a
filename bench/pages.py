#!/usr/bin/env python3
"""Public pages beside pretalx: requests a second over real HTTP, in turn, medians of three runs.

    python bench/pages.py [--no-peer] [--seconds 8] [--lines 16]

Majlis serves the edition of the pack, with 36 sessions, from one process on SQLite; pretalx
serves the event that its own command makes, from two workers of gunicorn with four
threads each (which keep connections open, as ours does) on SQLite. The clients
are this process. The peer lives in its own environment, var/bench/pretalx, made on first use from
bench/pretalx.txt; `--no-peer` leaves it out. Writes bench/results/pages.md.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import platform
import signal
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "src"), str(ROOT), str(ROOT / "bench")]

from kill import free_port, start  # noqa: E402
from load import Line, Told, Used, as_fast_as_answered, get, middle  # noqa: E402
from tests.config.installation import migrated  # noqa: E402

RUNS = 3
PEER = ROOT / "var" / "bench" / "pretalx"
MORE_SESSIONS = """
from datetime import time
from majlis.series.models import Edition, Session
edition = Edition.objects.get(slug="tunis-2026")
one = edition.sessions.exclude(theme=None).first() or edition.sessions.first()
for n in range(36 - edition.sessions.count()):
    one.pk, one.code = None, f"X{n:02}"
    one._state.adding = True
    one.on_date, one.starts, one.ends = edition.starts_on, time(8 + n % 10), time(8 + n % 10, 45)
    one.save()
"""


@dataclass
class Row:
    """One page of one server: what each run gave."""

    name: str
    path: str
    headers: dict[str, str] = field(default_factory=dict)
    wanted: int = 200
    per_second: list[float] = field(default_factory=list)
    late: list[float] = field(default_factory=list)
    processor: list[float] = field(default_factory=list)
    size: int = 0
    wrong: int = 0


@dataclass
class Server:
    """A server that runs: its port and its processes."""

    name: str
    port: int
    pids: list[int]
    rows: list[Row]
    memory: int = 0


@contextmanager
def majlis() -> Iterator[Server]:
    with tempfile.TemporaryDirectory() as folder:
        here = migrated(Path(folder) / "var")
        here.settings = {"PORT": str(free_port()), "MAJLIS_LOG_LEVEL": "WARNING"}
        loaded = here.run("load", ROOT / "editions" / "tunis-2026")
        if loaded.returncode:
            raise SystemExit(loaded.stderr)
        here.python(MORE_SESSIONS)
        process = start(here)
        rows = [
            Row("edition page", "/en/e/tunis-2026/"),
            Row("programme of 36 sessions", "/en/e/tunis-2026/programme/"),
            Row("schedule.json of 36 sessions", "/en/e/tunis-2026/schedule.json"),
            Row("edition page, second visit (304)", "/en/e/tunis-2026/", wanted=304),
        ]
        try:
            yield Server("Majlis, one process", int(here.settings["PORT"]), [process.pid], rows)
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(10)


@contextmanager
def pretalx(peer: Path) -> Iterator[Server]:
    with tempfile.TemporaryDirectory() as folder:
        port = free_port()
        environment = os.environ | {
            "PRETALX_FILESYSTEM_DATA": folder,
            "PRETALX_DB_NAME": f"{folder}/db.sqlite3",
            "PRETALX_SITE_URL": f"http://127.0.0.1:{port}",
            "PRETALX_DEBUG": "False",
            "DJANGO_SUPERUSER_EMAIL": "bench@seminar.example",
            "DJANGO_SUPERUSER_PASSWORD": folder,
            "PRETALX_INIT_ORGANISER_NAME": "Bench",
            "PRETALX_INIT_ORGANISER_SLUG": "bench",
        }
        for name in ("DJANGO_SETTINGS_MODULE", "PYTHONPATH", "PYTHONDONTWRITEBYTECODE"):
            environment.pop(name, None)

        def run(*words: str) -> None:
            command = [str(peer / "bin" / "python"), "-m", "pretalx", *words]
            subprocess.run(command, env=environment, cwd=folder, check=True, capture_output=True)

        run("migrate")
        run("rebuild")
        run("init", "--noinput")
        run("create_test_event", "--stage", "over")
        command = [str(peer / "bin" / "gunicorn"), "pretalx.wsgi", "--workers", "2"]
        command += ["--worker-class", "gthread", "--threads", "4", "--keep-alive", "60"]
        command += ["--graceful-timeout", "2"]
        process = subprocess.Popen(
            [*command, "--bind", f"127.0.0.1:{port}"], env=environment, cwd=folder,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        time.sleep(8)
        children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
        rows = [Row("event page", "/democon/"), Row("schedule", "/democon/schedule/")]
        rows.append(Row("schedule.json", "/democon/schedule/export/schedule.json"))
        try:
            yield Server("pretalx 2025.2, two workers", port, [int(c) for c in children], rows)
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(20)


def installed_peer() -> Path:
    """Its environment, made on first use."""
    if not (PEER / "bin" / "gunicorn").exists():
        print(f"installing pretalx into {PEER} …", flush=True)
        venv.create(PEER, with_pip=True, clear=True)
        wanted = ROOT / "bench" / "pretalx.txt"
        command = [str(PEER / "bin" / "python"), "-m", "pip", "install", "-q", "-r", str(wanted)]
        subprocess.run(command, check=True)
    return PEER


async def measure(server: Server, row: Row, *, lines: int, seconds: float) -> None:
    """One run of one page."""
    opened = [await Line.to(server.port) for _ in range(lines)]
    plain = get(row.path, port=server.port)
    status, body = await opened[0].ask(plain)
    if status != 200:
        raise SystemExit(f"{server.name}: {row.path} answered {status}")
    await opened[0].ask(plain)
    row.size = len(body)
    headers = {"If_None_Match": await etag_of(server.port, plain)} if row.wanted == 304 else {}
    request = get(row.path, port=server.port, **headers)
    before = Used.by(*server.pids)
    told: Told = await as_fast_as_answered(
        opened, lambda _: request, seconds=seconds, wanted=row.wanted
    )
    after = Used.by(*server.pids)
    for line in opened:
        line.close()
    row.per_second.append(told.per_second)
    row.late.append(told.within(0.99))
    row.processor.append(1000 * (after.processor - before.processor) / len(told.took))
    row.wrong += len(told.wrong)
    server.memory = after.memory


async def etag_of(port: int, request: bytes) -> str:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(request)
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    writer.close()
    return next(
        line.partition(":")[2].strip()
        for line in head.split("\r\n")
        if line.lower().startswith("etag:")
    )


def table(servers: list[Server]) -> Iterator[str]:
    columns = ("Server", "Page", "Requests a second", "99 % within, ms", "Processor, ms each")
    yield f"| {' | '.join(columns)} | Size | Wrong |"
    yield "|---|---|---|---|---|---|---|"
    for server in servers:
        for row in server.rows:
            yield (
                f"| {server.name} | {row.name} | {middle(row.per_second)} | {middle(row.late, 1)} "
                f"| {middle(row.processor, 2)} | {row.size / 1000:.0f} kB | {row.wrong} |"
            )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--peer", action=argparse.BooleanOptionalAction, default=True)
    parser.add_argument("--seconds", type=float, default=8.0)
    parser.add_argument("--lines", type=int, default=16)
    chosen = parser.parse_args()
    with majlis() as ours:
        servers = [ours]
        if chosen.peer:
            with pretalx(installed_peer()) as peer:
                servers.append(peer)
                in_turn(servers, lines=chosen.lines, seconds=chosen.seconds)
        else:
            in_turn(servers, lines=chosen.lines, seconds=chosen.seconds)
    day = f"{datetime.now(UTC):%Y-%m-%d}, {platform.machine()}, {os.cpu_count()} cores"
    notes = [f"{s.name}: {s.memory / 1e6:.0f} MB in memory." for s in servers]
    how = (
        f"{day}. {chosen.lines} connections, as fast as answered; median of {RUNS} runs in turn "
        "(minimum–maximum); compressed, over real HTTP, clients in another process on the same "
        "cores. Wrong answers are counted over all runs."
    )
    text = "\n".join(["# Public pages", "", how, "", *table(servers), "", *notes])
    (ROOT / "bench" / "results" / "pages.md").write_text(f"{text}\n", encoding="utf-8")
    print(text)


def in_turn(servers: list[Server], *, lines: int, seconds: float) -> None:
    for _ in range(RUNS):
        for server in servers:
            for row in server.rows:
                asyncio.run(measure(server, row, lines=lines, seconds=seconds))


if __name__ == "__main__":
    main()
