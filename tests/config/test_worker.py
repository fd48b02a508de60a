"""The process beside the server that does long work."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time

import pytest

from majlis.config import worker
from majlis.config.worker import Worker
from majlis.kernel import jobs
from majlis.kernel.jobs import Kind
from majlis.kernel.models import Job, JobState
from tests.config.installation import Installation
from tests.waiting import PATIENCE, until

FILL = """
import sys
sys.path.insert(0, "bench")
import refresh_fill
from majlis.dialogue import actions
from majlis.dialogue.models import Round
from majlis.kernel.ledger import CONSOLE
refresh_fill.fill(300, 100, 26_000, 1)
round = Round.objects.get()
actions.show_results(actions.close_round(round, by=CONSOLE), by=CONSOLE)
"""
BEGIN_ANEW = """
from majlis.dialogue.models import Round, Showing
from majlis.kernel.models import Job
Showing.objects.all().delete()
Round.objects.update(state="showing")
Job.objects.update(state="waiting", attempts=0, runner="", lease_until=None)
"""
# Counts; the level in which they are shown is drawn by lot now and then, anew in each attempt.
DIGEST = """
from hashlib import sha256
from majlis.dialogue.models import Round, Showing
shown = list(Showing.objects.order_by("statement").values_list("statement", "revision", "counts"))
print(Round.objects.get().state, sha256(repr(shown).encode()).hexdigest(), len(shown))
"""
AGAIN = """
from majlis.kernel.models import Job
from majlis.kernel.clock import now
from majlis.kernel import jobs
from majlis.config.due import KINDS
Job.objects.filter(state="running").update(lease_until=now())
jobs.reap(KINDS)
Job.objects.update(due_at=now())
"""

idle = Kind("idle", make=lambda job, report: None, keep=lambda job, made: None)


@pytest.mark.django_db
def test_a_worker_is_started_for_what_is_due_and_not_twice(tmp_path):
    note = tmp_path / "started"
    says = f"import sys; open({str(note)!r}, 'a').write('x'); sys.stdin.read()"
    here = Worker([idle], command=(sys.executable, "-c", says))

    here.look_after()
    assert here.process is None
    jobs.ask("idle", "abc", edition="tunis", key="1")
    for _ in range(3):
        here.look_after()
    assert here.process is not None
    until(note.exists)
    assert here.process.stdin is not None
    here.process.stdin.close()  # as the end of this process would
    assert here.process.wait(PATIENCE) == 0
    assert note.read_text() == "x"


@pytest.mark.django_db
def test_what_a_dead_worker_held_is_taken_back_and_the_next_one_waits_a_little(monkeypatch):
    here = Worker([idle], command=(sys.executable, "-c", "import sys; sys.stdin.read()"))
    jobs.ask("idle", "abc", edition="tunis", key="1")
    here.look_after()
    assert here.process is not None
    jobs.claim([idle], runner=here.runner)

    os.kill(here.process.pid, signal.SIGKILL)
    here.process.wait()
    here.look_after()

    assert Job.objects.get().state == JobState.WAITING
    assert here.process is None
    Job.objects.update(due_at=Job.objects.get().asked_at)
    here.look_after()
    assert here.process is None
    monkeypatch.setattr(worker, "PAUSE", 0.0)
    here.not_before = 0.0
    here.look_after()
    assert here.process is not None
    here.process.kill()
    here.process.wait()
    assert here.process.stdin is not None
    here.process.stdin.close()


@pytest.fixture
def here(install) -> Installation:
    return install()


def test_work_ends_with_the_one_that_holds_its_leash(here):
    process = subprocess.Popen(
        here.command("work", "--leash"),
        env=here.environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
    )
    assert process.stdin is not None
    process.stdin.close()
    assert process.wait(PATIENCE) == 1  # 0 would be its own end, with nothing to do


@pytest.mark.long
def test_a_worker_killed_at_any_moment_shows_the_same_in_the_end(here):
    here.python(FILL)
    begin = time.monotonic()
    assert here.run("work").stdout == "Done: 1.\n"
    span = time.monotonic() - begin
    whole = here.python(DIGEST)
    assert whole.startswith("shown ")
    assert whole.split()[2] == "100"

    for n in range(8):
        here.python(BEGIN_ANEW)
        process = subprocess.Popen(
            here.command("work"), env=here.environment, stdout=subprocess.DEVNULL
        )
        time.sleep(span * (0.4 + 0.07 * n))
        process.kill()
        process.wait()
        assert here.python(DIGEST).split()[0] in {"showing", "shown"}
        here.python(AGAIN)
        here.run("work")
        assert here.python(DIGEST) == whole
