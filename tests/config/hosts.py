"""Several servers on one PostgreSQL: what a room does on one, and what is seen of it on others."""

from __future__ import annotations

import json
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from typing import Any
from urllib.parse import urlencode

from tests.config.installation import Installation
from tests.house.forms import Forms
from tests.waiting import PATIENCE, until

SEMINAR = """
import json
from django.test import Client
from majlis.stage.access import stage_key, stage_of
from majlis.stage.actions import show_scene
from tests.factories.dialogue import RoundFactory, StatementFactory
from tests.factories.registration import RoleFactory, VoiceFactory, connect
from tests.factories.series import EditionFactory, PublicTextFactory
def seminar(slug):
    edition = EditionFactory(slug=slug)
    text = PublicTextFactory(edition=edition, kind="privacy")
    round = RoundFactory(edition=edition)
    statements = [StatementFactory(round=round, edition=edition) for _ in range(20)]
    voices = [VoiceFactory(edition=edition) for _ in range(8)]
    ada = RoleFactory(edition=edition, person__name="Ada").person
    desk = Client()
    desk.force_login(ada)
    show_scene(edition, scene="turnout", language="en", round=round, by=ada)
    return dict(
        edition=edition.slug, text=text.code, round=round.code,
        statements=[s.code for s in statements], phones=[connect(v) for v in voices],
        session=desk.cookies["sessionid"].value, stage=stage_key(stage_of(edition)),
    )
print(json.dumps({slug: seminar(slug) for slug in SLUGS}))
"""
KEPT = """
import json
from majlis.dialogue.models import VoteEvent
print(json.dumps(list(VoteEvent.objects.values_list("key", flat=True))))
"""
TOKEN = "k" * 32  # against forged forms


@dataclass
class Host:
    """A server with its own folder and address; `within` is what its commands run in."""

    here: Installation
    address: str
    within: tuple[str, ...] = ()
    process: subprocess.Popen[str] | None = None
    cookies: dict[str, str] = field(default_factory=dict)

    @property
    def port(self) -> int:
        return int(self.here.settings["PORT"])

    def begin(self) -> None:
        self.process = subprocess.Popen(
            [*self.within, *self.here.command("serve")],
            env=self.here.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        assert self.process.stdout is not None
        said = ""
        for line in self.process.stdout:
            said += line
            if "Ctrl-C stops it." in line:
                return
        raise AssertionError(f"a server did not begin: {said}")

    def end(self) -> None:
        if self.process is not None:
            self.process.kill()
            self.process.communicate()

    def ask(self, path: str, *, post: dict[str, Any] | None = None, **headers: str) -> Answer:
        """One request on a connection of its own."""
        line = HTTPConnection(self.address, self.port, timeout=PATIENCE)
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        body = None
        if post is not None:
            body = urlencode(post, doseq=True)
            headers |= {"Content-Type": "application/x-www-form-urlencoded", "X-CSRFToken": TOKEN}
        try:
            line.request("GET" if body is None else "POST", path, body, headers)
            answer = line.getresponse()
            return Answer(answer.status, answer.read().decode())
        finally:
            line.close()

    def signed_in(self, session: str) -> Host:
        """The same server, as a colleague sees it."""
        cookies = {"sessionid": session, "csrftoken": TOKEN}
        return Host(self.here, self.address, cookies=cookies)

    def vote(self, seminar: dict[str, Any], *, phone: int, statement: int, seq: int) -> Answer:
        """Vote as the page's outbox does; the key is told by the three numbers."""
        edition, secret = seminar["edition"], seminar["phones"][phone]
        one = Host(
            self.here, self.address, cookies={f"voice-{edition}": secret, "csrftoken": TOKEN}
        )
        fields = {
            "statement": seminar["statements"][statement], "stance": 1, "seq": seq,
            "key": key(phone, statement, seq),
        }  # fmt: skip
        path = f"/en/e/{edition}/room/rounds/{seminar['round']}/vote/"
        return one.ask(path, post=fields, Accept="application/json")


@dataclass(frozen=True)
class Answer:
    status: int
    text: str


def key(phone: int, statement: int, seq: int) -> str:
    return f"phone-{phone}-{statement}-{seq:05}"


@contextmanager
def heard(host: Host, channel: str) -> Iterator[Stream]:
    """A stream of live hints, its first number read."""
    line = socket.create_connection((host.address, host.port), timeout=PATIENCE)
    line.sendall(f"GET /live/{channel}/ HTTP/1.1\r\nHost: {host.address}\r\n\r\n".encode())
    stream = Stream(line)
    stream.until_hint()
    try:
        yield stream
    finally:
        line.close()


@dataclass
class Stream:
    line: socket.socket

    def until_hint(self) -> None:
        """Wait for the next hint."""
        said = b""
        while b"data: revision" not in said:
            more = self.line.recv(4096)
            assert more, "the stream ended"
            said += more


def change_text(desk: Host, seminar: dict[str, Any], words: str) -> None:
    """Change a public text with the form of the desk, as an organiser does."""
    path = f"/en/desk/{seminar['edition']}/plan/texts/{seminar['text']}/"
    page = desk.ask(path)
    assert page.status == 200, page.status
    form = next(f for f in Forms(page.text, path).found if "body_en" in f.fields)
    changed = {"body_en": words, "kind": "privacy", "csrfmiddlewaretoken": TOKEN}
    answer = desk.ask(path, post=form.fields | changed)
    assert answer.status == 303, answer.text


def made(host: Host, *slugs: str) -> dict[str, dict[str, Any]]:
    """Seminars, each with an open round on its stage."""
    return json.loads(host.here.python(f"SLUGS = {slugs!r}\n{SEMINAR}"))


def kept_keys(host: Host) -> list[str]:
    """The keys of all votes that are kept."""
    return json.loads(host.here.python(KEPT))


def has_turn(host: Host) -> bool:
    """Whether this server took the turn of the tick since it began, and has not given it up."""
    said = (host.here.var / "log" / "majlis.log").read_text().rpartition("what=serving")[2]
    return said.count('what="took a turn" turn=tick') > said.count(
        'what="gave up a turn" turn=tick'
    )


def answers(host: Host) -> bool:
    """Whether the server and its database are there."""
    try:
        return host.ask("/healthz").status == 200
    except OSError:
        return False


# --- What holds between any two of them -----------------------------------------------------------


def vote_is_seen(one: Host, other: Host, seminar: dict[str, Any], *, phone: int) -> None:
    """A vote on one is told and shown by the stage of the other."""
    scene = f"/stage/{seminar['stage']}/scene/"
    shown = f'<p class="big-number">{phone + 1}</p>'
    with heard(other, f"{seminar['edition']}/all") as stream:
        assert shown not in other.ask(scene).text
        assert one.vote(seminar, phone=phone, statement=0, seq=1).status == 200
        stream.until_hint()
    until(lambda: shown in other.ask(scene).text)


def change_is_read(one: Host, other: Host, seminar: dict[str, Any], *, words: str) -> None:
    """A change on the desk of one makes the kept page of the other new."""
    path = f"/en/e/{seminar['edition']}/about/privacy/"
    for _ in range(3):
        assert words not in other.ask(path).text
    change_text(one.signed_in(seminar["session"]), seminar, words)
    until(lambda: words in other.ask(path).text)
