#!/usr/bin/env python3
"""What a room of phones asks of the server: votes a second, how late they are answered, and what
that costs. Real server, real HTTP, clients in this process on the same cores.

    python bench/room.py [--seconds 20] [--runs 3] [--database postgres://…] [--long]

Each row is the median of the runs with the least and the most. `--long` adds ten minutes at half
the top load. Writes bench/results/room-<database>.md.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import platform
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlencode

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "src"), str(ROOT), str(ROOT / "bench")]

from kill import free_port, start  # noqa: E402
from load import Line, Told, Used, as_fast_as_answered, every, get, middle  # noqa: E402
from tests.config.installation import Installation, drop, migrated  # noqa: E402

STATEMENTS = 60
LINES = 64  # connections of a load that goes as fast as it is answered
OPEN_A_ROUND = """
import json, secrets
from majlis.dialogue.states import RoundState
from majlis.kernel.seal import digest_of
from majlis.registration.models import Admission, Device, Registration, Voice
from majlis.people.models import Person
from tests.factories.dialogue import RoundFactory, StatementFactory
from tests.factories.registration import AdmissionFactory, DeviceFactory, VoiceFactory
round = RoundFactory(state=RoundState.OPEN)
statements = [StatementFactory(round=round, edition=round.edition) for _ in range({statements})]
model = DeviceFactory(voice=VoiceFactory(edition=round.edition))
def copies(of, n, **facts):
    made = []
    for number in range(n):
        values = {{f.attname: getattr(of, f.attname) for f in of._meta.concrete_fields}}
        values |= {{name: make(number) for name, make in facts.items()}}
        if type(of) is not Voice:
            values.pop("id")
        made.append(type(of)(**values))
    return type(of).objects.bulk_create(made, batch_size=500)
voice, registration = model.voice, model.voice.registration
code = lambda _: secrets.token_hex(5)
people = copies(registration.person, {phones}, code=code, email=lambda n: f"p{{n}}@phones.test")
places = copies(registration, {phones}, code=code, person_id=lambda n: people[n].pk)
voices = copies(voice, {phones}, id=lambda n: secrets.randbits(62), code=code, paper_code=code,
                registration_id=lambda n: places[n].pk)
admissions = copies(model.admission, {phones}, code=code, voice_id=lambda n: voices[n].pk)
words = [secrets.token_hex(16) for _ in voices]
copies(model, {phones}, code=code, voice_id=lambda n: voices[n].pk,
       admission_id=lambda n: admissions[n].pk, secret_digest=lambda n: digest_of(words[n]),
       press_digest=code)
print(json.dumps(dict(edition=round.edition.slug, round=round.code, secrets=words,
                      statements=[s.code for s in statements])))
"""


@dataclass
class Room:
    """A server with an open round, and what its phones send."""

    here: Installation
    facts: dict[str, list[str]]
    process: subprocess.Popen[str] | None = None
    sent: dict[int, int] = field(default_factory=dict)

    @property
    def port(self) -> int:
        return int(self.here.settings["PORT"])

    @property
    def pid(self) -> int:
        assert self.process is not None
        return self.process.pid

    def begin(self) -> None:
        self.process = start(self.here)

    def end(self, how: signal.Signals = signal.SIGTERM) -> None:
        assert self.process is not None
        self.process.send_signal(how)
        self.process.wait(20)

    def cookie(self, phone: int) -> str:
        secret = self.facts["secrets"][phone]
        return f"voice-{self.facts['edition']}={secret}; csrftoken={'k' * 32}"

    def vote(self, phone: int) -> bytes:
        """The next vote of a phone: a statement after the other, and then again."""
        n = self.sent[phone] = self.sent.get(phone, 0) + 1
        statement = self.facts["statements"][n % STATEMENTS]
        fields = {
            "statement": statement, "stance": n % 3 - 1, "seq": 1 + n // STATEMENTS,
            "key": f"key-{phone:05}-{n:06}", "box": "",
        }  # fmt: skip
        body = urlencode(fields).encode()
        head = [
            f"POST /en/e/{self.facts['edition']}/room/rounds/{self.facts['round']}/vote/ HTTP/1.1",
            f"Host: 127.0.0.1:{self.port}",
            "Accept: application/json",
            "Content-Type: application/x-www-form-urlencoded",
            f"Content-Length: {len(body)}",
            f"Cookie: {self.cookie(phone)}",
            f"X-CSRFToken: {'k' * 32}",
            f"Origin: http://127.0.0.1:{self.port}",
        ]
        return "\r\n".join([*head, "", ""]).encode() + body

    async def connect(self, n: int) -> list[Line]:
        """So many connections, some at a time."""
        lines: list[Line] = []
        for _ in range(0, n, 100):
            opening = (Line.to(self.port) for _ in range(min(100, n - len(lines))))
            lines += await asyncio.gather(*opening)
        return lines

    async def listen(self, n: int) -> list[Line]:
        """Streams of live hints that stay open; what they say is dropped."""
        lines = await self.connect(n)
        request = get(f"/live/{self.facts['edition']}/", port=self.port)
        for line in lines:
            assert line.transport is not None
            line.transport.write(request)
        return lines


@dataclass(frozen=True)
class Run:
    """What one run of one row gave."""

    per_second: float
    half: float
    late: float
    processor: float
    memory: float
    wrong: int


@contextmanager
def room(server: str, phones: int) -> Iterator[Room]:
    with tempfile.TemporaryDirectory() as folder:
        here = migrated(Path(folder) / "var", server)
        here.settings = {"PORT": str(free_port()), "MAJLIS_LOG_LEVEL": "WARNING"}
        facts = json.loads(here.python(OPEN_A_ROUND.format(statements=STATEMENTS, phones=phones)))
        made = Room(here, facts)
        made.begin()
        try:
            yield made
        finally:
            made.end()
            if here.database_url:
                drop(here.database_url)


def measured(made: Room, told: Told, before: Used) -> Run:
    after = Used.by(made.pid)
    return Run(
        per_second=told.per_second,
        half=told.within(0.5),
        late=told.within(0.99),
        processor=1000 * (after.processor - before.processor) / max(1, len(told.took)),
        memory=after.memory / 1e6,
        wrong=len(told.wrong),
    )


async def paced(made: Room, *, phones: int, seconds: float, streams: int = 0) -> Run:
    """Every phone votes once in five seconds, on a connection of its own."""
    heard = await made.listen(streams)
    lines = await made.connect(phones)
    before = Used.by(made.pid)
    told = await every(lines, made.vote, pause=5.0, seconds=seconds)
    run = measured(made, told, before)
    for line in [*lines, *heard]:
        line.close()
    return run


async def flat_out(made: Room, *, phones: int, seconds: float) -> Run:
    """As fast as answered: a few connections that phones take in turn."""
    lines = await made.connect(LINES)
    turn = iter(range(10**9))
    before = Used.by(made.pid)
    told = await as_fast_as_answered(
        lines, lambda _: made.vote(next(turn) % phones), seconds=seconds
    )
    run = measured(made, told, before)
    for line in lines:
        line.close()
    return run


async def come_back(made: Room, *, phones: int) -> Run:
    """The server starts again, and every phone asks for its page at once."""
    made.end(signal.SIGKILL)
    made.begin()
    lines = await made.connect(phones)
    path = f"/en/e/{made.facts['edition']}/room/rounds/{made.facts['round']}/"
    before = Used.by(made.pid)
    told = Told()
    began = time.perf_counter()

    async def ask(number: int, line: Line) -> None:
        status, _ = await line.ask(get(path, port=made.port, Cookie=made.cookie(number)))
        told.took.append(time.perf_counter() - began)
        if status != 200:
            told.wrong.append(str(status))

    await asyncio.gather(*(ask(n, line) for n, line in enumerate(lines)))
    told.seconds = time.perf_counter() - began
    run = measured(made, told, before)
    for line in lines:
        line.close()
    return run


def rows(seconds: float, *, long: bool) -> dict[str, Callable[[Room], Run]]:
    def of(loop: Callable[..., object], **facts: object) -> Callable[[Room], Run]:
        return lambda made: asyncio.run(loop(made, **facts))  # type: ignore[arg-type]

    found = {
        "300 phones with live hints, a vote every 5 s": of(
            paced, phones=300, seconds=seconds, streams=300
        ),
        "2,000 phones, a vote every 5 s": of(paced, phones=2000, seconds=seconds),
        "as fast as answered": of(flat_out, phones=2000, seconds=seconds),
        "2,000 phones come back after a kill": of(come_back, phones=2000),
    }
    if long:
        found["ten minutes, 2,000 phones every 5 s"] = of(paced, phones=2000, seconds=600)
    return found


def table(results: dict[str, list[Run]]) -> Iterator[str]:
    yield "| Load | A second | Half within, ms | 99 % within, ms | Processor, ms | MB | Wrong |"
    yield "|---|---|---|---|---|---|---|"
    for name, runs in results.items():
        cells = [
            middle([run.per_second for run in runs]),
            middle([run.half for run in runs], 1),
            middle([run.late for run in runs], 1),
            middle([run.processor for run in runs], 3),
            middle([run.memory for run in runs]),
            str(sum(run.wrong for run in runs)),
        ]
        yield f"| {name} | {' | '.join(cells)} |"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=20.0)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--database", default="")
    parser.add_argument("--long", action="store_true")
    chosen = parser.parse_args()
    results: dict[str, list[Run]] = {}
    for _ in range(chosen.runs):
        with room(chosen.database, 2000) as made:
            for name, run in rows(chosen.seconds, long=chosen.long).items():
                results.setdefault(name, []).append(run(made))
                print(name, results[name][-1], flush=True)
    kind = "postgresql" if chosen.database else "sqlite"
    day = f"{datetime.now(UTC):%Y-%m-%d}, {platform.machine()}, {os.cpu_count()} cores"
    how = (
        f"{day}. One process, {'PostgreSQL' if chosen.database else 'SQLite, `FULL`'}; clients on "
        f"the same cores; median of {chosen.runs} runs (minimum–maximum), {chosen.seconds:.0f} s "
        f"each, {STATEMENTS} statements."
    )
    text = "\n".join([f"# A room of phones on {kind}", "", how, "", *table(results)])
    (ROOT / "bench" / "results" / f"room-{kind}.md").write_text(f"{text}\n", encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
