"""A room of phones: an open round, the requests that phones, screen and desk send, a server."""

from __future__ import annotations

import asyncio
import json
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kill import free_port, start
from load import Line, Used, get
from tests.config.installation import ROOT, Installation, drop, flush_each_commit, migrated

STATEMENTS = 60
WAITING = 3  # votes in an outbox while the server is away
OPEN_A_ROUND = """
import json, secrets
from django.test import Client
from django.urls import reverse
from majlis.config.menu import MENU
from majlis.dialogue.access.phones import box_of
from majlis.dialogue.states import RoundState
from majlis.kernel.seal import digest_of
from majlis.registration.actions import ensure_organiser
from majlis.registration.models import Voice
from majlis.series.models import Edition
from majlis.stage.access import stage_key, stage_of
from majlis.stage.models import Scene
from tests.factories.dialogue import RoundFactory, StatementFactory
from tests.factories.registration import DeviceFactory, VoiceFactory, connect
edition = Edition.objects.filter(is_rehearsal=True).first()
round = RoundFactory(state=RoundState.OPEN, **({{"edition": edition}} if edition else {{}}))
edition = round.edition
statements = [StatementFactory(round=round, edition=edition) for _ in range({statements})]
def copies(of, n, **facts):
    made = []
    for number in range(n):
        values = {{f.attname: getattr(of, f.attname) for f in of._meta.concrete_fields}}
        values |= {{name: make(number) for name, make in facts.items()}}
        if type(of) is not Voice:
            values.pop("id")
        made.append(type(of)(**values))
    return type(of).objects.bulk_create(made, batch_size=500)
def many(n):
    model = DeviceFactory(voice=VoiceFactory(edition=edition))
    voice, registration = model.voice, model.voice.registration
    code = lambda _: secrets.token_hex(5)
    people = copies(registration.person, n, code=code, email=lambda n: f"p{{n}}@phones.test")
    places = copies(registration, n, code=code, person_id=lambda n: people[n].pk)
    voices = copies(voice, n, id=lambda n: secrets.randbits(62), code=code, paper_code=code,
                    registration_id=lambda n: places[n].pk)
    admissions = copies(model.admission, n, code=code, voice_id=lambda n: voices[n].pk)
    words = [secrets.token_hex(16) for _ in voices]
    copies(model, n, code=code, voice_id=lambda n: voices[n].pk,
           admission_id=lambda n: admissions[n].pk, secret_digest=lambda n: digest_of(words[n]),
           press_digest=code)
    return words, voices
def of_rehearsal(n):
    voices = edition.voices.all()[:n]
    return [connect(voice) for voice in voices], voices
phones, voices = (of_rehearsal if edition.is_rehearsal else many)({phones})
stage = stage_of(edition)
stage.scene, stage.language, stage.round = Scene.TURNOUT, "en", round
stage.save()
desk = Client()
desk.force_login(ensure_organiser("desk@phones.test", [edition]))
of_round = {{"edition": edition.slug, "code": round.code}}
print(json.dumps(dict(
    edition=edition.slug, round=round.code, secrets=phones,
    boxes=[box_of(voice.code) for voice in voices], statements=[s.code for s in statements],
    desk_cookie=desk.cookies["sessionid"].value,
    desk=[
        reverse(entry.url_name, kwargs={{"edition": edition.slug}})
        for section in MENU
        for entry in section.entries
    ]
    + [reverse("dialogue:desk-round", kwargs=of_round),
       reverse("dialogue:desk-turnout", kwargs=of_round)],
    scene=reverse("stage_root:scene", kwargs={{"key": stage_key(stage)}}),
)))
"""


@dataclass
class Room:
    """A server with an open round, and what its phones send."""

    here: Installation
    facts: dict[str, Any]
    process: subprocess.Popen[str] | None = None
    sent: dict[int, int] = field(default_factory=dict)
    heads: dict[int, str] = field(default_factory=dict)

    @property
    def port(self) -> int:
        return int(self.here.settings["PORT"])

    @property
    def used(self) -> Used:
        """What the server and the processes that it started have used."""
        assert self.process is not None
        pid = self.process.pid
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        return Used.by(pid, *map(int, children))

    def begin(self) -> None:
        self.process = start(self.here)

    def begin_cold(self) -> None:
        """Start, and do not wait: phones try until somebody answers."""
        command, environment = self.here.command("serve"), self.here.environment
        self.process = subprocess.Popen(
            command, env=environment, stdout=subprocess.DEVNULL, text=True
        )

    def end(self, how: signal.Signals = signal.SIGTERM) -> None:
        assert self.process is not None
        self.process.send_signal(how)
        self.process.wait(20)

    def cookie(self, phone: int) -> str:
        secret = self.facts["secrets"][phone]
        return f"voice-{self.facts['edition']}={secret}; csrftoken={'k' * 32}"

    def of_round(self, more: str = "") -> str:
        return f"/en/e/{self.facts['edition']}/room/rounds/{self.facts['round']}/{more}"

    def page(self, phone: int) -> bytes:
        return get(self.of_round(), port=self.port, Cookie=self.cookie(phone))

    def piece(self, phone: int) -> bytes:
        """Whether the round takes votes, as an open ballot asks it."""
        return get(self.of_round("now/"), port=self.port, Cookie=self.cookie(phone))

    def stream(self, *, of_all: bool = False) -> bytes:
        return get(f"/live/{self.facts['edition']}/{'all/' if of_all else ''}", port=self.port)

    def desk(self, number: int) -> bytes:
        """One page of the workspace after the other."""
        path = self.facts["desk"][number % len(self.facts["desk"])]
        return get(path, port=self.port, Cookie=f"sessionid={self.facts['desk_cookie']}")

    def scene(self) -> bytes:
        return get(self.facts["scene"], port=self.port)

    def vote(self, phone: int, *, votes: int = 1) -> bytes:
        """The next votes of a phone: a statement after the other, and then again."""
        body = "&".join([self._fields(phone) for _ in range(votes)])
        return f"{self._head(phone)}{len(body)}\r\n\r\n{body}".encode()

    def _head(self, phone: int) -> str:
        """The head of a phone's votes, up to their length. Always the same, so made once."""
        if phone not in self.heads:
            lines = [
                f"POST {self.of_round('vote/')} HTTP/1.1",
                f"Host: 127.0.0.1:{self.port}",
                "Accept: application/json",
                "Content-Type: application/x-www-form-urlencoded",
                f"Cookie: {self.cookie(phone)}",
                f"X-CSRFToken: {'k' * 32}",
                f"Origin: http://127.0.0.1:{self.port}",
                "Content-Length: ",
            ]
            self.heads[phone] = "\r\n".join(lines)
        return self.heads[phone]

    def _fields(self, phone: int) -> str:
        n = self.sent[phone] = self.sent.get(phone, 0) + 1
        statement = self.facts["statements"][n % STATEMENTS]
        return (
            f"statement={statement}&stance={n % 3 - 1}&seq={1 + n // STATEMENTS}"
            f"&key=key-{phone:05}-{n:06}&box={self.facts['boxes'][phone]}"
        )

    async def connect(self, n: int) -> list[Line]:
        """So many connections, some at a time."""
        lines: list[Line] = []
        for _ in range(0, n, 100):
            opening = (Line.to(self.port) for _ in range(min(100, n - len(lines))))
            lines += await asyncio.gather(*opening)
        return lines

    async def listen(self, n: int) -> list[Stream]:
        """Streams of live hints that stay open."""
        streams = [Stream(self.stream()) for _ in range(n)]
        for at in range(0, n, 100):
            await asyncio.gather(*(one.open(self.port) for one in streams[at : at + 100]))
        return streams


class Stream(asyncio.Protocol):
    """A phone or screen that listens: when it has heard its first hint, and how many it heard."""

    def __init__(self, request: bytes) -> None:
        self.request = request
        self.heard = asyncio.Event()
        self.hints = 0
        self.transport: asyncio.Transport | None = None

    async def open(self, port: int) -> None:
        await asyncio.get_running_loop().create_connection(lambda: self, "127.0.0.1", port)

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        transport.write(self.request)

    def data_received(self, data: bytes) -> None:
        if b"data: revision" in data:
            self.hints += 1
            self.heard.set()

    def close(self) -> None:
        if self.transport is not None:
            self.transport.close()


@contextmanager
def room(
    server: str, phones: int, *, processes: int = 1, is_rehearsal: bool = False
) -> Iterator[Room]:
    with tempfile.TemporaryDirectory() as folder:
        here = migrated(Path(folder) / "var", server)
        if here.database_url:
            flush_each_commit(here.database_url)
        here.settings = {"PORT": str(free_port()), "MAJLIS_LOG_LEVEL": "WARNING"}
        if processes > 1:
            here.settings["MAJLIS_PROCESSES"] = str(processes)
        if is_rehearsal:
            for words in (
                ["load", ROOT / "editions" / "tunis-2026"],
                ["rehearse", "tunis-2026", "--voices", phones],
            ):
                done = here.run(*words)
                assert done.returncode == 0, done.stdout + done.stderr
        facts = json.loads(here.python(OPEN_A_ROUND.format(statements=STATEMENTS, phones=phones)))
        made = Room(here, facts)
        made.begin()
        try:
            yield made
        finally:
            made.end()
            if here.database_url:
                drop(here.database_url)
