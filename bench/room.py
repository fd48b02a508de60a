#!/usr/bin/env python3
"""What a room of phones asks of the server: votes a second, how late they are answered, and what
that costs. Real server, real HTTP, clients in this process on the same cores.

    python bench/room.py [--seconds 20] [--runs 3] [--database postgres://…] [--processes 2]
    python bench/room.py --only minutes                    the long row alone; it runs once
    python bench/room.py --only phones desk                rows whose name has one of these words
    python bench/room.py --quick                           one short run of each row

Each row is the median of the runs with the least and the most. Rows of one database replace those
of an earlier run in bench/results/room.json; bench/results/room.md is made of it.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import platform
import signal
import sys
import time
from collections.abc import Callable, Coroutine, Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "src"), str(ROOT), str(ROOT / "bench")]

from load import Line, Told, as_fast_as_answered, every, get, middle, timed  # noqa: E402
from phones import WAITING, Room, Stream, room  # noqa: E402

RESULTS = ROOT / "bench" / "results"
STANDS_SECONDS = 4.0  # a room votes long after its server has started
LINES = 200  # connections of a load that goes as fast as it is answered
PHONES = 2000
LONG = "minutes at half the top load"  # once, after all others
MARKERS = 300  # of them vote once, for the long row; one each three seconds


@dataclass(frozen=True)
class Run:
    """What one run of one row gave; times in milliseconds, memory in millions of bytes."""

    per_second: float
    half: float
    late: float
    latest: float
    processor: float  # of one request
    busy: float  # the share of one processor that the server took
    memory: float
    wrong: int
    more: str = ""


class Measure:
    """What the server used while something was asked of it."""

    def __init__(self, made: Room) -> None:
        self.made, self.before, self.began = made, made.used, time.perf_counter()

    def of(self, told: Told, more: str = "") -> Run:
        after, seconds = self.made.used, time.perf_counter() - self.began
        used = after.processor - self.before.processor
        for what in sorted(set(told.wrong)):
            print("wrong:", told.wrong.count(what), "times", what, file=sys.stderr)
        return Run(
            per_second=told.per_second,
            half=told.within(0.5),
            late=told.within(0.99),
            latest=told.within(1.0),
            processor=1000 * used / max(1, len(told.took)),
            busy=used / seconds,
            memory=after.memory / 1e6,
            wrong=len(told.wrong),
            more=more,
        )


def close(*lines: Line | Stream) -> None:
    for line in lines:
        line.close()


async def paced(made: Room, *, phones: int, seconds: float, streams: int = 0) -> Run:
    """Every phone votes once in five seconds, on a connection of its own."""
    heard = await made.listen(streams)
    lines = await made.connect(phones)
    await asyncio.sleep(STANDS_SECONDS)
    measure = Measure(made)
    run = measure.of(await every(lines, made.vote, pause=5.0, seconds=seconds))
    close(*lines, *heard)
    return run


async def flat_out(made: Room, *, seconds: float) -> Run:
    """As fast as answered: a few connections that phones take in turn."""
    lines = await made.connect(LINES)
    turn = iter(range(10**9))
    measure = Measure(made)
    told = await as_fast_as_answered(
        lines, lambda _: made.vote(next(turn) % PHONES), seconds=seconds
    )
    close(*lines)
    return measure.of(told)


async def come_back(made: Room, *, asks: str) -> Run:
    """The server is killed and starts again; from its first answer on, every phone asks at once.

    An open ballot opens its stream and waits for the first hint, sends what waited, and asks
    whether its round takes votes; or else each phone loads its page anew.
    """
    made.end(signal.SIGKILL)
    made.begin_cold()
    await answered(made)
    lines, told = await made.connect(PHONES), Told()
    measure, began = Measure(made), time.perf_counter()

    async def one(phone: int, line: Line) -> Stream | None:
        stream, requests = None, [made.page(phone)]
        if asks == "ballot":
            stream = Stream(made.stream())
            await stream.open(made.port)
            requests = [made.vote(phone, votes=WAITING), made.piece(phone)]
        for request in requests:
            status, body = await line.ask(request)
            if status != 200:
                told.wrong.append(f"{status} {body[:80]!r}")
        if stream:
            await stream.heard.wait()
        told.took.append(time.perf_counter() - began)
        return stream

    streams = await asyncio.gather(*(one(n, line) for n, line in enumerate(lines)))
    told.seconds = time.perf_counter() - began
    close(*lines, *filter(None, streams))
    return measure.of(told, f"all within {told.seconds:.1f} s")


async def answered(made: Room) -> None:
    """Wait for the first answer of a server that starts."""
    while True:
        try:
            line = await Line.to(made.port)
            status, _ = await line.ask(get("/healthz", port=made.port))
            line.close()
        except OSError:
            await asyncio.sleep(0.02)
        else:
            assert status == 200, status
            return


async def desk(made: Room, *, phones: int, seconds: float) -> Run:
    """One colleague goes through the workspace, page after page, while the room votes."""
    heard = await made.listen(phones)
    lines, (line,) = await made.connect(phones), await made.connect(1)
    voting = asyncio.create_task(every(lines, made.vote, pause=5.0, seconds=seconds))
    measure, told, n = Measure(made), Told(), 0
    while not voting.done():
        await timed(told, line.ask, made.desk(n), 200)
        n += 1
        await asyncio.sleep(0.2)
    told.seconds = time.perf_counter() - measure.began
    votes = await voting
    told.wrong += votes.wrong
    close(line, *lines, *heard)
    return measure.of(told, f"votes meanwhile 99 % within {votes.within(0.99):.0f} ms")


async def long(made: Room, *, per_second: float, minutes: float) -> Run:
    """Votes at this pace; every three seconds a phone that has not voted yet does, and the screen
    is watched until it counts that one more. Memory is read all the while."""
    voters = PHONES - MARKERS
    per_second = min(per_second, 1.9 * voters)  # no voice answers faster than people do
    lines, screen = await made.connect(voters), Stream(made.stream(of_all=True))
    await screen.open(made.port)
    ask, marker = await made.connect(2)
    # All of these have voted once, so that turnout stands still.
    await asyncio.gather(*(line.ask(made.vote(n)) for n, line in enumerate(lines)))
    voting = asyncio.create_task(
        every(lines, made.vote, pause=voters / per_second, seconds=60 * minutes)
    )
    measure, memory, late, fresh = (
        Measure(made),
        [made.used.memory],
        [],
        iter(range(voters, PHONES)),
    )
    while not voting.done():
        _, before = await ask.ask(made.scene())
        await marker.ask(made.vote(next(fresh)))
        began = time.perf_counter()
        while (await ask.ask(made.scene()))[1] == before:
            screen.heard.clear()
            await asyncio.wait([asyncio.create_task(screen.heard.wait())], timeout=2.0)
        late.append(time.perf_counter() - began)
        memory.append(made.used.memory)
        await asyncio.sleep(max(0.0, 3.0 - late[-1]))
    told = await voting
    close(ask, marker, screen, *lines)
    early = memory[len(memory) // 5]  # once caches are full
    more = (
        f"screen at most {max(late):.1f} s late; memory {early / 1e6:.0f} MB after a fifth, "
        f"{max(memory) / 1e6:.0f} MB at most, {memory[-1] / 1e6:.0f} MB at the end"
    )
    return measure.of(told, more)


Row = Callable[[Room], Coroutine[Any, Any, Run]]


def rows(chosen: argparse.Namespace, results: dict[str, list[Run]]) -> dict[str, Row]:
    """What is measured in a room of two thousand."""
    seconds = chosen.seconds
    top = "as fast as answered"

    def at_half(made: Room) -> Coroutine[Any, Any, Run]:
        known = [run.per_second for run in results.get(top, [])] or [chosen.top]
        return long(made, per_second=max(known) / 2, minutes=chosen.minutes)

    return {
        "300 phones with live hints, a vote every 5 s": lambda made: paced(
            made, phones=300, seconds=seconds, streams=300
        ),
        "2,000 phones, a vote every 5 s": lambda made: paced(made, phones=PHONES, seconds=seconds),
        top: lambda made: flat_out(made, seconds=seconds),
        "2,000 open ballots come back after a kill": lambda made: come_back(made, asks="ballot"),
        "2,000 phones load their page after a kill": lambda made: come_back(made, asks="page"),
        f"{chosen.minutes:g} {LONG}": at_half,
    }


def table(results: dict[str, list[dict[str, Any]]]) -> Iterator[str]:
    yield (
        "| Load | A second | Half within, ms | 99 % within, ms | Slowest, ms | Processor each, ms "
        "| Processors busy | MB | Wrong | |"
    )
    yield "|---|---|---|---|---|---|---|---|---|---|"
    for name, runs in results.items():

        def of(field: str, digits: int = 0, runs: list[dict[str, Any]] = runs) -> str:
            return middle([run[field] for run in runs], digits)

        cells = [
            of("per_second"), of("half", 1), of("late", 1), of("latest"), of("processor", 3),
            of("busy", 2), of("memory"), str(sum(run["wrong"] for run in runs)),
            "; ".join(run["more"] for run in runs if run["more"]),
        ]  # fmt: skip
        yield f"| {name} | {' | '.join(cells)} |"


def write(kind: str, how: str, results: dict[str, list[Run]]) -> str:
    """Put the rows among those that are kept, and make the page of all."""
    file = RESULTS / "room.json"
    kept = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
    known = kept.get(kind, {}).get("rows", {})
    new = {name: [asdict(run) for run in runs] for name, runs in results.items()}
    kept[kind] = {"how": how, "rows": known | new}
    file.write_text(json.dumps(kept, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    lines = ["# A room of phones", "", *__doc__.strip().splitlines()[:2], ""]
    for name, one in kept.items():
        lines += [f"## {name}", "", one["how"], "", *table(one["rows"]), ""]
    notes = RESULTS / "room-notes.md"
    text = "\n".join(lines) + (notes.read_text(encoding="utf-8") if notes.exists() else "")
    (RESULTS / "room.md").write_text(text, encoding="utf-8")
    return text


def options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=20.0)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--minutes", type=float, default=10.0, help="of the row at half the load")
    parser.add_argument("--top", type=float, default=4000.0, help="votes a second, if not measured")
    parser.add_argument("--database", default="")
    parser.add_argument("--processes", type=int, default=1)
    parser.add_argument("--only", nargs="*", help="rows whose name has one of these words")
    parser.add_argument("--quick", action="store_true", help="one short run of each")
    parser.add_argument("--keep", action=argparse.BooleanOptionalAction, default=True)
    chosen = parser.parse_args()
    if chosen.quick:
        chosen.runs, chosen.seconds, chosen.minutes = 1, 6.0, 0.5
    return chosen


def main() -> None:
    chosen = options()
    results: dict[str, list[Run]] = {}

    def is_chosen(name: str) -> bool:
        return not chosen.only or any(words in name for words in chosen.only)

    def measure(made: Room, name: str, row: Row) -> None:
        if is_chosen(name):
            results.setdefault(name, []).append(asyncio.run(row(made)))
            print(name, results[name][-1], flush=True)

    for run in range(chosen.runs):
        here = {
            name: row
            for name, row in rows(chosen, results).items()
            if is_chosen(name) and (LONG not in name or run == chosen.runs - 1)
        }
        if here:
            with room(chosen.database, PHONES, processes=chosen.processes) as made:
                for name, row in here.items():
                    measure(made, name, row)
        name = "desk of a rehearsal, 300 voices vote"
        if is_chosen(name):
            with room(chosen.database, 300, processes=chosen.processes, is_rehearsal=True) as made:
                measure(made, name, lambda made: desk(made, phones=300, seconds=chosen.seconds))
    kind = "PostgreSQL" if chosen.database else "SQLite, `FULL`"
    kind += f", {chosen.processes} processes" if chosen.processes > 1 else ", one process"
    how = (
        f"{datetime.now(UTC):%Y-%m-%d}, {platform.machine()}, {os.cpu_count()} cores; clients on "
        f"the same cores; median of {chosen.runs} runs (minimum–maximum), {chosen.seconds:.0f} s "
        "each, 60 statements."
    )
    if chosen.keep:
        print(write(kind, how, results))


if __name__ == "__main__":
    main()
