#!/usr/bin/env python3
"""Vote while somebody holds a thousand slow and idle sockets and three thousand streams.

    python bench/edge.py [--seconds 30] [--phones 100] [--slow 1000] [--streams 3000]
                         [--database postgres://…]

A real server, real sockets, all from one address. The phones vote every three seconds as people
do, first alone, then while the sockets are held; each socket that the server ends is opened
again. Writes bench/results/edge.md.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import multiprocessing
import os
import platform
import random
import resource
import signal
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "src"), str(ROOT), str(ROOT / "bench")]

from kill import OPEN_A_ROUND, free_port, start  # noqa: E402
from tests.config.installation import Installation, drop, postgresql_beside  # noqa: E402

PAUSE = 3.0  # seconds between two votes of a phone


@dataclass
class Told:
    """What the phones saw."""

    milliseconds: list[float] = field(default_factory=list)
    statuses: Counter[str] = field(default_factory=Counter)

    @property
    def facts(self) -> dict[str, Any]:
        """How many, how long, and how they were answered."""
        ordered = sorted(self.milliseconds)

        def within(share: float) -> int:
            return round(ordered[min(len(ordered) - 1, int(share * len(ordered)))])

        return {
            "votes": len(ordered), "median": within(0.5), "95 %": within(0.95),
            "99 %": within(0.99), "most": round(ordered[-1]), "answers": dict(self.statuses),
        }  # fmt: skip


async def answered(reader: asyncio.StreamReader) -> int:
    """Read one answer; return its status."""
    head = await reader.readuntil(b"\r\n\r\n")
    length = next(
        (
            int(line[15:])
            for line in head.lower().split(b"\r\n")
            if line.startswith(b"content-length:")
        ),
        0,
    )
    await reader.readexactly(length)
    return int(head.split(b" ", 2)[1])


async def phone(
    port: int, facts: dict[str, Any], n: int, until: float, told: Told, first: int
) -> None:
    """Vote every few seconds, over a connection that is opened again when it was ended."""
    dice, seq, secret = random.Random(n), first, "k" * 32
    cookies = f"voice-{facts['edition']}={facts['tokens'][n]}; csrftoken={secret}"
    reader = writer = None
    await asyncio.sleep(dice.random() * PAUSE)
    while time.monotonic() < until:
        seq += 1
        vote = {
            "statement": dice.choice(facts["statements"]),
            "stance": dice.choice([-1, 0, 1]),
            "seq": seq,
            "key": f"{facts['voices'][n]}-{seq:06d}",
        }
        body = urlencode(vote).encode()
        began = time.monotonic()
        try:
            if writer is None or writer.is_closing() or (reader and reader.at_eof()):
                reader, writer = await asyncio.open_connection("127.0.0.1", port)
            assert reader is not None
            writer.write(
                f"POST /en/e/{facts['edition']}/room/rounds/{facts['round']}/vote/ HTTP/1.1\r\n"
                f"Host: 127.0.0.1:{port}\r\nAccept: application/json\r\nCookie: {cookies}\r\n"
                "Content-Type: application/x-www-form-urlencoded\r\n"
                f"X-CSRFToken: {secret}\r\nContent-Length: {len(body)}\r\n\r\n".encode()
                + body
            )
            status = str(await asyncio.wait_for(answered(reader), 30))
        except Exception as error:
            status, writer = type(error).__name__, None
        told.milliseconds.append(1000 * (time.monotonic() - began))
        told.statuses[status] += 1
        await asyncio.sleep(max(0.0, PAUSE * (0.5 + dice.random()) - (time.monotonic() - began)))


def phones(port: int, facts: dict[str, Any], seconds: float, first: int = 0) -> Told:
    """Have every phone vote for a while."""

    async def all_of_them() -> Told:
        told, until = Told(), time.monotonic() + seconds
        numbers = range(len(facts["tokens"]))
        await asyncio.gather(*(phone(port, facts, n, until, told, first) for n in numbers))
        return told

    return asyncio.run(all_of_them())


async def held(port: int, first: bytes, drip: bytes, seen: Counter[str], name: str) -> None:
    """Hold a socket open, sending a little each second, and open it again when it was ended."""
    while True:
        try:
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
        except OSError:
            seen["refused"] += 1
            await asyncio.sleep(1)
            continue
        seen[name] += 1
        writer.write(first)
        try:
            while not reader.at_eof():
                with contextlib.suppress(TimeoutError):
                    said = await asyncio.wait_for(reader.read(4096), 1)
                    if said.startswith(b"HTTP/1.1 503"):
                        seen["polls"] += 1
                        await asyncio.sleep(60)
                if drip:
                    writer.write(drip)
        except OSError:
            pass
        seen[name] -= 1
        writer.close()


class Listener(asyncio.Protocol):
    """A stream, read and forgotten."""

    def __init__(self, request: bytes, seen: Counter[str]) -> None:
        self.request, self.seen, self.first = request, seen, b""

    def connection_made(self, transport: Any) -> None:
        transport.write(self.request)

    def data_received(self, data: bytes) -> None:
        if not self.first:
            self.first = data[:12]
            self.seen["streams" if b" 200" in self.first else "told to poll"] += 1
        elif b"data: revision" in data:
            self.seen["hints"] += 1

    def connection_lost(self, _fault: Exception | None) -> None:
        if b" 200" in self.first:
            self.seen["streams"] -= 1


def attack(port: int, slow: int, streams: int, edition: str, told: Any) -> None:
    """Hold all sockets until ended; tell what is held once a second."""
    with contextlib.suppress(OSError):
        os.nice(10)  # it is somebody else's machine
    host = f"Host: 127.0.0.1:{port}\r\n".encode()
    kinds = {
        "silent": (b"", b""),
        "idle": (b"GET /healthz HTTP/1.1\r\n" + host + b"\r\n", b""),
        "slow heads": (b"GET / HTTP/1.1\r\n" + host, b"x: y\r\n"),
        "slow bodies": (
            b"POST /en/sign-in/ HTTP/1.1\r\n" + host + b"Content-Length: 90000\r\n\r\n",
            b"a",
        ),
    }

    async def hold() -> None:
        seen: Counter[str] = Counter()
        loop = asyncio.get_running_loop()
        tasks = []
        for n in range(slow):
            name = list(kinds)[n % len(kinds)]
            tasks.append(asyncio.create_task(held(port, *kinds[name], seen, name)))
            if n % 50 == 49:
                await asyncio.sleep(0.05)
        request = f"GET /live/{edition}/ HTTP/1.1\r\n".encode() + host + b"\r\n"
        for n in range(streams):
            await loop.create_connection(lambda: Listener(request, seen), "127.0.0.1", port)
            if n % 50 == 49:
                await asyncio.sleep(0.02)
        while True:
            await asyncio.sleep(1)
            told.put(dict(seen))

    asyncio.run(hold())


def processor_seconds(pid: int) -> float:
    """What a process has used so far."""
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def memory(pid: int) -> int:
    """The megabytes a process holds."""
    line = next(x for x in Path(f"/proc/{pid}/status").read_text().splitlines() if "VmRSS" in x)
    return int(line.split()[1]) // 1024


def measured(here: Installation, options: argparse.Namespace) -> dict[str, Any]:
    """Vote alone, then under attack; what was seen."""
    facts = json.loads(here.python(OPEN_A_ROUND.format(statements=20, phones=options.phones)))
    port = int(here.settings["PORT"])
    process = start(here)
    many = multiprocessing.get_context("spawn")
    said: Any = many.Queue()
    attacker = many.Process(
        target=attack, args=(port, options.slow, options.streams, facts["edition"], said)
    )
    try:
        alone = phones(port, facts, options.seconds)
        attacker.start()
        time.sleep(options.settle)
        used = processor_seconds(process.pid)
        under = phones(port, facts, options.seconds, first=1000)
        used = processor_seconds(process.pid) - used
        seen: dict[str, int] = {}
        while not said.empty():
            seen = said.get()
        size = memory(process.pid)
    finally:
        if attacker.is_alive():
            attacker.terminate()
            attacker.join()
        process.send_signal(signal.SIGINT)
        process.wait()
    log = (here.var / "log" / "majlis.log").read_text(encoding="utf-8").splitlines()
    floods = [x for x in log if "level=warning" in x or "level=error" in x]
    return {
        "alone": alone.facts, "under": under.facts, "seen": seen,
        "processor": used / options.seconds, "megabytes": size, "warnings": len(floods),
    }  # fmt: skip


def page(results: list[dict[str, Any]], options: argparse.Namespace) -> str:
    """The results, as a page."""
    rows = [
        f"| {n}, {name} | {' | '.join(str(v) for k, v in told.items() if k != 'answers')} "
        f"| {', '.join(f'{k}: {v}' for k, v in sorted(told['answers'].items()))} |"
        for n, one in enumerate(results, start=1)
        for name, told in [("alone", one["alone"]), ("under attack", one["under"])]
    ]
    result = results[-1]
    seen = ", ".join(f"{v} {k}" for k, v in sorted(result["seen"].items()) if k != "hints")
    return "\n".join(
        [
            "# Voting while sockets are held",
            "",
            (
                f"Made by `bench/edge.py` on {platform.machine()}, {os.cpu_count()} shared cores, "
                f"Python {platform.python_version()}, "
                f"{'PostgreSQL' if options.database else 'SQLite, synchronous=FULL'}; "
                "server, phones and attacker on one machine."
            ),
            "",
            (
                f"{options.phones} phones vote every {PAUSE:.0f} s or so, each over its own "
                f"connection, for {options.seconds} s. Somebody at the same address holds "
                f"{options.slow} sockets (silent, idle, slow heads, slow bodies: a quarter each, "
                f"opened again when they are ended) and asks for {options.streams} streams."
            ),
            "",
            "| run | votes | median ms | 95 % | 99 % | most | answers |",
            "|---|---|---|---|---|---|---|",
            *rows,
            "",
            f"- Held at the end: {seen}.",
            (
                f"- The server used {100 * result['processor']:.0f} % of a processor and held "
                f"{result['megabytes']} MB."
            ),
            f"- Warnings and errors in its log: {result['warnings']}.",
            "",
        ]
    )


def options_of(words: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=int, default=30)
    parser.add_argument("--phones", type=int, default=100)
    parser.add_argument("--slow", type=int, default=1000)
    parser.add_argument("--streams", type=int, default=3000)
    parser.add_argument("--settle", type=int, default=15, help="seconds until all is held")
    parser.add_argument("--runs", type=int, default=1)
    parser.add_argument("--json", action="store_true", help="only print what was measured")
    parser.add_argument("--database", default="", help="a PostgreSQL; SQLite without it")
    return parser.parse_args(words)


def main() -> int:
    options = options_of(sys.argv[1:])
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    with tempfile.TemporaryDirectory() as folder:
        url = postgresql_beside(options.database) if options.database else ""
        here = Installation(Path(folder), url, {"PORT": str(free_port()), "HOST": "127.0.0.1"})
        try:
            assert here.run("migrate").returncode == 0
            results = [measured(here, options) for _ in range(options.runs)]
        finally:
            if url:
                drop(url)
    if options.json:
        print(json.dumps(results[-1]))
        return 0
    said = page(results, options)
    print(said)
    place = ROOT / "bench" / "results" / f"edge{'-postgresql' if options.database else ''}.md"
    place.write_text(said, encoding="utf-8")
    return 0 if sorted(one["under"]["99 %"] for one in results)[len(results) // 2] < 200 else 1


if __name__ == "__main__":
    sys.exit(main())
