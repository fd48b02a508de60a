"""Faults of the surroundings, each tried for real: answered in words, and nothing lost."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.config.installation import Installation, migrated

# A round with a phone, a document that can be issued, and what to press.
WORLD = """
import json, os, socket, threading, time
from pathlib import Path
from django.conf import settings
from django.db import close_old_connections, connections
settings.ALLOWED_HOSTS = ["testserver"]
from majlis.briefs import actions as briefs
from majlis.briefs.models import Publication
from majlis.dialogue.models import Contribution, VoteEvent
from tests.conftest import as_voice
from tests.factories.dialogue import RoundFactory, StatementFactory
from tests.factories.recommendations import WRITER, published
from tests.factories.registration import VoiceFactory
from tests.factories.series import EditionFactory
edition = EditionFactory(slug="tunis")
rec = published(edition)
round = RoundFactory(edition=edition)
statements = [StatementFactory(round=round, edition=edition) for _ in range(40)]
voice = VoiceFactory(edition=edition)
phone = as_voice(voice)
phone.raise_request_exception = False
room = f"/en/e/tunis/room/"

def vote(n, accept="text/html"):
    close_old_connections()  # as a server does between requests, and the test client does not
    return phone.post(
        f"{room}rounds/{round.code}/vote/",
        {"statement": statements[n].code, "stance": 1, "seq": 1, "key": f"key-of-{n:04}"},
        headers={"Accept": accept},
    )

def say(words, key):
    return phone.post(
        f"{room}contribute/",
        {"kind": "proposal", "words": words, "language": "en", "key": key,
         "session": "", "rule_shown": "chatham_house"},
    )

def in_words(answer):
    text = answer.content.decode()
    return answer.status_code, "<h1>" in text and "Traceback" not in text

def issue():
    try:
        return briefs.issue(edition, base_url="http://testserver", by=WRITER)
    except OSError as error:
        return type(error).__name__

def fill():
    with open(settings.VAR / "filler", "wb", buffering=0) as file:
        for size in (65536, 4096, 1):
            try:
                while True:
                    file.write(b"x" * size)
            except OSError:
                pass

def files():
    root = Path(settings.MEDIA_ROOT)
    return sorted(str(p.relative_to(root)) for p in root.rglob("*") if p.is_file())
"""


@contextmanager
def small_disk(place: Path, megabytes: int = 24) -> Iterator[Path]:
    """A file system of its own, of a size that is soon full."""
    place.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m,mode=700", "tmpfs", place],
        capture_output=True,
    )
    if mounted.returncode:
        pytest.skip("this user may not mount a file system")
    try:
        yield place
    finally:
        subprocess.run(["umount", "-l", place], check=True)


@pytest.fixture
def on_small_disk(tmp_path: Path) -> Iterator[Installation]:
    with small_disk(tmp_path / "disk") as disk:
        here = migrated(disk / "var")
        here.settings = {"MAJLIS_LOG": "terminal"}  # an open log keeps a disk from being read only
        yield here


@pytest.mark.once
def test_full_disk_refuses_votes_words_and_documents_in_words_and_loses_none(on_small_disk):
    code = """
taken = [vote(n).status_code for n in range(3)]
fill()
refused = None
for n in range(3, 40):
    answer = vote(n)
    if answer.status_code != 303:
        refused = n
        break
    taken.append(303)
said = in_words(answer)
as_json = vote(refused, "application/json").status_code
words = in_words(say("Words for a full disk.", "f" * 22))
document = issue()
left = files()
room_again = (settings.VAR / "filler").unlink()
again = vote(refused).status_code
say("Words for a full disk.", "f" * 22)
brief = issue()
print(json.dumps({
    "taken": len(taken), "said": said, "as_json": as_json, "words": words, "document": document,
    "left": left, "again": again, "votes": VoteEvent.objects.count(),
    "contributions": Contribution.objects.filter(words="Words for a full disk.").count(),
    "files": brief.files.count(), "publications": Publication.objects.count(),
}))
"""
    found = json.loads(on_small_disk.python(WORLD + code))

    assert found["said"] == [503, True]
    assert found["as_json"] == 503
    assert found["words"] == [503, True]
    assert found["document"] == "OSError"
    assert found["left"] == []
    assert found["again"] == 303
    assert found["votes"] == found["taken"] + 1
    assert found["contributions"] == 1
    assert (found["files"], found["publications"]) == (13, 1)


@pytest.mark.once
def test_folder_that_became_read_only_is_said_and_nothing_is_lost(on_small_disk):
    disk = on_small_disk.var.parent
    code = f"""
import subprocess
first = vote(0).status_code
connections.close_all()
subprocess.run(["mount", "-o", "remount,ro", {str(disk)!r}], check=True)
said = in_words(vote(1))
connections.close_all()
subprocess.run(["mount", "-o", "remount,rw", {str(disk)!r}], check=True)
print(json.dumps([first, said, vote(1).status_code, VoteEvent.objects.count()]))
"""
    found = json.loads(on_small_disk.python(WORLD + code).splitlines()[-1])

    assert found == [303, [503, True], 303, 2]
    subprocess.run(["mount", "-o", "remount,ro", disk], check=True)
    done = on_small_disk.run("backup", disk.parent / "b.zip")
    assert done.returncode == 1
    assert "cannot be opened or written to" in done.stderr


@pytest.mark.once
def test_database_held_by_another_program_is_said_and_nothing_is_lost(install):
    here = install(on_sqlite=True)
    code = """
import sqlite3
settings.DATABASES["default"]["OPTIONS"]["timeout"] = 0.2
connections.close_all()
connections.settings["default"]["OPTIONS"]["timeout"] = 0.2
first = vote(0).status_code
connections.close_all()
other = sqlite3.connect(settings.DATABASES["default"]["NAME"], isolation_level=None)
other.execute("BEGIN IMMEDIATE")
said = in_words(vote(1))
other.execute("ROLLBACK")
print(json.dumps([first, said, vote(1).status_code, VoteEvent.objects.count()]))
"""
    assert json.loads(here.python(WORLD + code)) == [303, [503, True], 303, 2]


PROXY = """
import socket, threading
from django.db import connections

class Proxy:
    '''Stands before PostgreSQL, and can go away.'''

    def __init__(self, to):
        self.to, self.open, self.here = to, [], True
        self.taken = socket.create_server(("127.0.0.1", 0))
        self.port = self.taken.getsockname()[1]
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self):
        while True:
            client, _ = self.taken.accept()
            if not self.here:
                client.close()
                continue
            server = socket.create_connection(self.to)
            self.open += [client, server]
            for one, other in ((client, server), (server, client)):
                threading.Thread(target=self.pump, args=(one, other), daemon=True).start()

    def pump(self, one, other):
        try:
            while data := one.recv(65536):
                other.sendall(data)
        except OSError:
            pass
        for end in (one, other):
            try:
                end.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass

    def go(self):
        self.here = False
        for end in self.open:
            try:
                end.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass
        self.open = []

at = connections.settings["default"]
proxy = Proxy((at["HOST"], int(at["PORT"] or 5432)))
connections.close_all()
at.update(HOST="127.0.0.1", PORT=str(proxy.port))
at["OPTIONS"]["pool"]["timeout"] = 3.0
"""


def test_database_that_goes_away_and_comes_back_loses_no_vote(install):
    here = install()
    if not here.database_url:
        pytest.skip("SQLite is a file beside the server")
    code = """
first = vote(0).status_code
proxy.go()
said = [in_words(vote(1)) for _ in range(2)]
well = phone.get("/healthz").status_code
proxy.here = True
for _ in range(240):
    if vote(1).status_code == 303:
        break
    time.sleep(0.5)
print(json.dumps([first, said, well, vote(1).status_code, VoteEvent.objects.count()]))
"""
    found = json.loads(here.python(PROXY + WORLD + code))

    assert found == [303, [[503, True], [503, True]], 503, 303, 2]


@pytest.mark.django_db
@pytest.mark.parametrize("hours", [-1, 1, -24 * 365])
def test_clock_set_forward_or_back_changes_no_result(monkeypatch, hours):
    """The order of votes hangs on their numbers, and of events on their rows."""
    from datetime import timedelta

    from django.utils import timezone

    from majlis.dialogue import queries
    from majlis.dialogue.models import VoteEvent
    from tests.conftest import as_voice
    from tests.factories.dialogue import StatementFactory
    from tests.factories.registration import VoiceFactory

    statement = StatementFactory()
    phone = as_voice(VoiceFactory(edition=statement.edition))

    def vote(stance: int, seq: int) -> int:
        return phone.post(
            f"/en/e/{statement.edition.slug}/room/rounds/{statement.round.code}/vote/",
            {"statement": statement.code, "stance": stance, "seq": seq, "key": f"key-of-{seq:04}"},
        ).status_code

    real = timezone.now
    codes = [vote(1, 1)]
    monkeypatch.setattr(timezone, "now", lambda: real() + timedelta(hours=hours))
    codes.append(vote(-1, 2))
    monkeypatch.setattr(timezone, "now", real)
    codes.append(vote(0, 3))

    assert codes == [303, 303, 303]
    events = VoteEvent.objects.order_by("pk").values_list("seq", flat=True)
    assert list(events) == [1, 2, 3]
    counts = queries.counts_of(statement.round)[statement.pk]
    assert (counts.agree, counts.disagree, counts.passed) == (0, 0, 1)
