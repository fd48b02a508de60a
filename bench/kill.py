#!/usr/bin/env python3
"""Kill the server with SIGKILL during a storm of votes, again and again, and count the votes.

    python bench/kill.py [--kills 20] [--phones 16] [--database postgres://…] [--processes 2]

Every phone votes as the page does: it keeps what it sends until the server has answered, and
sends it again under the same key when the answer did not come. A vote is *acknowledged* when its
answer arrived whole. After every kill the database is read beside the dead server; at the end
every phone empties its outbox, and the counts that the product shows are compared with those of
the phones. With several processes one of them is killed by lot, and the others go on. Writes
bench/results/kill-<database>.json.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import platform
import random
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "src"), str(ROOT)]

from tests.config.installation import Installation, drop, postgresql_beside  # noqa: E402

OPEN_A_ROUND = """
import json
from tests.factories.dialogue import RoundFactory, StatementFactory
from tests.factories.registration import VoiceFactory, connect
round = RoundFactory()
statements = [StatementFactory(round=round, edition=round.edition) for _ in range({statements})]
voices = [VoiceFactory(edition=round.edition) for _ in range({phones})]
print(json.dumps(dict(
    edition=round.edition.slug,
    round=round.code,
    statements=[s.code for s in statements],
    tokens=[connect(v) for v in voices],
    voices=[v.code for v in voices],
)))
"""

ALL_EVENTS = """
import json
from majlis.dialogue.models import VoteEvent
fields = ("voice__code", "statement__code", "key", "stance", "seq")
print(json.dumps(list(VoteEvent.objects.values_list(*fields))))
"""

COUNTS_SHOWN = """
import json
from majlis.dialogue import queries
from majlis.dialogue.models import Round, Statement
round = Round.objects.get()
codes = dict(Statement.objects.values_list("pk", "code"))
print(json.dumps({codes[pk]: [c.agree, c.disagree, c.passed] for pk, c in
                  queries.counts_of(round).items()}))
"""


@dataclass
class Vote:
    """One vote a phone means to cast."""

    statement: str
    stance: int
    seq: int
    key: str


@dataclass
class Phone:
    """A phone that votes as fast as it is answered, and keeps what was not answered."""

    voice: str
    token: str
    facts: dict[str, object]
    port: int
    dice: random.Random
    outbox: list[Vote] = field(default_factory=list)
    acknowledged: list[Vote] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    sent_again: int = 0
    n: int = 0

    def think(self) -> Vote:
        self.n += 1
        statement: Any = self.dice.choice(self.facts["statements"])  # type: ignore[arg-type]
        return Vote(statement, self.dice.choice([-1, 0, 1]), self.n, f"{self.voice}-{self.n:06d}")

    def storm(self, stop: threading.Event) -> None:
        """Vote until told to stop or until the server is gone."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            while not stop.is_set():
                if not self.outbox:
                    self.outbox.append(self.think())
                else:
                    self.sent_again += 1
                self.send(connection)
        except (OSError, http.client.HTTPException):
            pass  # killed: the vote stays in the outbox
        finally:
            connection.close()

    def send(self, connection: http.client.HTTPConnection) -> None:
        vote = self.outbox[0]
        secret = "k" * 32
        connection.request(
            "POST",
            f"/en/e/{self.facts['edition']}/room/rounds/{self.facts['round']}/vote/",
            body=urlencode(vars(vote)),
            headers={
                "Accept": "application/json",
                "Content-Type": "application/x-www-form-urlencoded",
                "Cookie": f"voice-{self.facts['edition']}={self.token}; csrftoken={secret}",
                "X-CSRFToken": secret,
            },
        )
        answer = connection.getresponse()
        said = answer.read()
        if answer.status == 200 and json.loads(said)["seq"] == vote.seq:
            self.acknowledged.append(self.outbox.pop(0))
        elif answer.status == 429:  # faster than people vote: later
            time.sleep(1)
        elif answer.status >= 500:
            raise OSError(f"answered {answer.status}")
        else:
            self.refused.append(f"{answer.status} {said[:200]!r}")
            self.outbox.pop(0)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def start(here: Installation) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        here.command("serve"), env=here.environment, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    for line in process.stdout:
        if "Ctrl-C stops it" in line:
            warm_up(int(here.settings["PORT"]))
            return process
    raise SystemExit("The server did not start.")


def warm_up(port: int) -> None:
    """Have the pages loaded, so that the storm and not their loading is killed."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", "/en/")
    connection.getresponse().read()
    connection.close()


def all_children(pid: int, n: int) -> list[int]:
    """The processes that serve, once all of them are there."""
    while len(found := Path(f"/proc/{pid}/task/{pid}/children").read_text().split()) < n:
        time.sleep(0.05)
    return [int(child) for child in found]


def storm(phones: list[Phone], *, votes: int, kill: Callable[[], None] | None = None) -> float:
    """Have all phones vote until so many were acknowledged, then kill; return after how long."""
    stop = threading.Event()
    threads = [threading.Thread(target=phone.storm, args=(stop,)) for phone in phones]
    began, before = time.monotonic(), n_acknowledged(phones)
    for thread in threads:
        thread.start()
    while n_acknowledged(phones) - before < votes and time.monotonic() - began < 60:
        time.sleep(0.002)
    if kill:
        kill()
        time.sleep(0.05)  # who speaks to a process that lives goes on
    stop.set()
    for thread in threads:
        thread.join()
    return time.monotonic() - began


def n_acknowledged(phones: list[Phone]) -> int:
    return sum(len(phone.acknowledged) for phone in phones)


def lost(here: Installation, phones: list[Phone]) -> tuple[int, int, int]:
    """Acknowledged votes that are not in the database, events kept twice, events in all."""
    events = [tuple(e) for e in json.loads(here.python(ALL_EVENTS))]
    keys = Counter((voice, key) for voice, _, key, _, _ in events)
    there = set(events)
    missing = sum(
        (p.voice, v.statement, v.key, v.stance, v.seq) not in there
        for p in phones
        for v in p.acknowledged
    )
    return missing, sum(n - 1 for n in keys.values()), len(events)


def expected_counts(phones: list[Phone]) -> dict[str, list[int]]:
    """What each statement's counts must be, by the phones: the highest `seq` of each counts."""
    standing: dict[tuple[str, str], Vote] = {}
    for phone in phones:
        for vote in phone.acknowledged:
            there = standing.get((phone.voice, vote.statement))
            if there is None or vote.seq > there.seq:
                standing[phone.voice, vote.statement] = vote
    counts: dict[str, list[int]] = {}
    for (_, statement), vote in standing.items():
        counts.setdefault(statement, [0, 0, 0])[{1: 0, -1: 1, 0: 2}[vote.stance]] += 1
    return counts


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--phones", type=int, default=16)
    parser.add_argument("--statements", type=int, default=20)
    parser.add_argument("--database", default="", help="a PostgreSQL; SQLite without it")
    parser.add_argument("--processes", type=int, default=1, help="on PostgreSQL")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    dice = random.Random(options.seed)
    name = "postgresql" if options.database else "sqlite"
    if options.processes > 1:
        name += f"-{options.processes}-processes"
    with tempfile.TemporaryDirectory() as folder:
        url = postgresql_beside(options.database) if options.database else ""
        settings = {"PORT": str(free_port()), "HOST": "127.0.0.1"}
        settings["MAJLIS_PROCESSES"] = str(options.processes)
        here = Installation(Path(folder), url, settings)
        try:
            return run(here, options, dice, name)
        finally:
            if url:
                drop(url)


def run(here: Installation, options: argparse.Namespace, dice: random.Random, name: str) -> int:
    assert here.run("migrate").returncode == 0
    facts = json.loads(
        here.python(OPEN_A_ROUND.format(statements=options.statements, phones=options.phones))
    )
    port = int(here.settings["PORT"])
    phones = [
        Phone(voice, token, facts, port, random.Random(dice.random()))
        for voice, token in zip(facts["voices"], facts["tokens"], strict=True)
    ]
    rows = []
    process = start(here)
    for kill in range(1, options.kills + 1):
        before = n_acknowledged(phones)
        victim = process.pid
        if options.processes > 1:
            victim = dice.choice(all_children(process.pid, options.processes))
        votes = dice.randint(20, 400)
        seconds = storm(phones, votes=votes, kill=partial(os.kill, victim, signal.SIGKILL))
        if options.processes == 1:
            process.wait()
        missing, twice, events = lost(here, phones)
        rows.append(
            {
                "kill": kill,
                "after_s": round(seconds, 2),
                "acknowledged": n_acknowledged(phones) - before,
                "unanswered": sum(len(p.outbox) for p in phones),
                "lost": missing,
                "twice": twice,
            }
        )
        print(rows[-1], flush=True)
        if options.processes == 1:
            process = start(here)
    storm(phones, votes=2 * len(phones))
    process.send_signal(signal.SIGINT)
    process.wait()
    missing, twice, events = lost(here, phones)
    shown = {k: v for k, v in json.loads(here.python(COUNTS_SHOWN)).items() if any(v)}
    result = {
        "database": name,
        "processes": options.processes,
        "kills": options.kills,
        "phones": options.phones,
        "seed": options.seed,
        "acknowledged": n_acknowledged(phones),
        "sent_again": sum(p.sent_again for p in phones),
        "refused": [said for p in phones for said in p.refused],
        "events": events,
        "lost": missing,
        "counted_twice": twice,
        "counts_agree_with_phones": shown == expected_counts(phones),
        "machine": f"{platform.machine()}, {os.cpu_count()} cores",
        "python": platform.python_version(),
        "each": rows,
    }
    place = ROOT / "bench" / "results" / f"kill-{name}.json"
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    good = (
        not missing
        and not twice
        and not result["refused"]
        and events == result["acknowledged"]
        and result["counts_agree_with_phones"]
        and all(not row["lost"] and not row["twice"] for row in rows)
    )
    print(
        f"\n{options.kills} kills on {name}: {result['acknowledged']} votes acknowledged, "
        f"{result['sent_again']} sent again, {missing} lost, {twice} counted twice, counts "
        f"{'agree' if result['counts_agree_with_phones'] else 'DISAGREE'} with the phones'."
    )
    print(
        "No acknowledged vote was lost and none counts twice." if good else "NOT GOOD: see above."
    )
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
