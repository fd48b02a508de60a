"""Killed in the middle: the state of before is there, or the one of after, and nothing between.

The process dies by `os._exit` at the n-th thing it asks of the file system, for every n, which no
clock could hit so surely; and, in the long run, by SIGKILL at moments drawn by lot.
"""

from __future__ import annotations

import json
import random
import signal
import subprocess
import time

import pytest

from tests.config.installation import Installation
from tests.config.test_backup import LIVE_A_LITTLE

# What a child process does between two kills. `die_at` counts what is asked of the file system.
DRIVER = """
import os, shutil, sys
from pathlib import Path
from django.conf import settings
from django.db import connections
from majlis.config import backup
from majlis.config.backup import staging

ASKED = {"open", "os.rename", "os.remove", "os.mkdir", "os.rmdir", "shutil.copyfile"}

def die_at(n, word="", asked=ASKED):
    left = [n]
    def hook(event, args):
        if event in asked and (not word or word in str(args[0])):
            left[0] -= 1
            if left[0] < 0:
                os._exit(9)
    sys.addaudithook(hook)

def child(do):
    connections.close_all()
    for connection in connections.all():  # what a pool holds would be held by two processes
        if hasattr(connection, "close_pool"):
            connection.close_pool()
    pid = os.fork()
    if not pid:
        try:
            do()
            os._exit(0)
        except BaseException as error:
            print(type(error).__name__, error, file=sys.stderr, flush=True)
            os._exit(1)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])

def state():
    backup.settle()
    from majlis.people.models import Person
    names = sorted(Person.objects.values_list("name", flat=True))
    files = sorted((p.name, p.read_bytes()) for p in settings.VAR.rglob("*.pdf"))
    left = staging.waiting().exists() or bool(list(settings.VAR.glob("restoring*")))
    connections.close_all()
    return names, [f"{n} {len(b)}" for n, b in files], left
"""
KILL_A_RESTORE = """
file = Path({file!r})
def restore(word, asked=ASKED):
    def do():
        die_at(0, word, asked)
        backup.restore(file, replace=True)
    return do

before = state()
assert child(restore("restoring/token")) == 9
assert child(restore({last!r})) == 9
assert state() == before, (state(), before)

# Killed at the first rename after the step that decides; then at each thing while it finishes.
assert child(restore("restoring", {{"os.rename"}})) == 9
assert staging.is_decided()
connections.close_all()
saved = Path({saved!r})
shutil.copytree(settings.VAR, saved)
after, n, died = None, 0, 0
while True:
    shutil.rmtree(settings.VAR)
    shutil.copytree(saved, settings.VAR)
    code = child(lambda: (die_at(n), backup.settle()))
    now = state()
    after = after or now
    assert now == after and now != before, (n, now, after)
    died += code == 9
    if code != 9:
        break
    n += 1
print(code, died)
"""


@pytest.fixture
def with_somebody_else(install) -> Installation:
    here = install()
    here.python(
        "from pathlib import Path; from django.conf import settings\n"
        "from tests.factories.people import PersonFactory; PersonFactory(name='Dina')\n"
        "(settings.VAR / 'files').mkdir()\n"
        "(settings.VAR / 'files' / 'old.pdf').write_bytes(b'old')"
    )
    return here


@pytest.fixture
def file(install, tmp_path):
    other = install()
    other.python(LIVE_A_LITTLE)
    assert other.run("backup", tmp_path / "b.zip").returncode == 0
    return tmp_path / "b.zip"


@pytest.mark.early
@pytest.mark.once  # a restore for each step: minutes on PostgreSQL
def test_restore_killed_anywhere_leaves_the_old_state_or_the_new_one(
    with_somebody_else, file, tmp_path
):
    here = with_somebody_else
    on_sqlite = not here.database_url
    code = KILL_A_RESTORE.format(
        file=str(file),
        saved=str(tmp_path / "saved"),
        last="restoring/decided" if on_sqlite else "files/briefs",
    )

    says = here.python(DRIVER + code)

    code, died = says.split()[-2:]
    assert (code, int(died) >= 5) == ("0", True)


def test_backup_killed_anywhere_leaves_no_backup_or_a_whole_one(install, tmp_path):
    here, target = install(), tmp_path / "out"
    here.python(LIVE_A_LITTLE)
    target.mkdir()
    code = f"""
target = Path({str(target)!r})
from majlis.config.backup.archive import opened_archive
connections.close_all()
n = 0
while child(lambda: (die_at(n, {str(target)!r}), backup.write(target / "b.zip"))) == 9:
    there = [p.name for p in target.iterdir()]
    assert there in ([], ["b.zip.part"], ["b.zip"]), n
    if there == ["b.zip"]:
        opened_archive(target / "b.zip").__enter__()
        (target / "b.zip").unlink()
    n += 1
with opened_archive(target / "b.zip") as archive:
    print(n, archive.rows["dialogue.voteevent"])
"""

    n, votes = here.python(DRIVER + code).split()

    assert (int(n) >= 2, votes) == (True, "3")


@pytest.mark.long
@pytest.mark.parametrize("seed", range(30))
def test_restore_killed_by_lot_leaves_the_old_state_or_the_new_one(
    with_somebody_else, file, seed, tmp_path
):
    here = with_somebody_else
    process = subprocess.Popen(
        here.command("restore", file, "--replace"), env=here.environment, stdout=subprocess.DEVNULL
    )
    time.sleep(random.Random(seed).uniform(0.3, 6.0))
    process.send_signal(signal.SIGKILL)
    process.wait()

    look = "import json; names, files, left = state(); print(json.dumps([names, files, left]))"
    names, files, left = json.loads(here.python(DRIVER + look))

    assert (("Dina" in names), ("brief.pdf 256" in files)) in {(True, False), (False, True)}
    assert "Dina" not in names or files == ["old.pdf 3"]
    assert not left


KILL_AN_ISSUE = """
from majlis.briefs import actions
from majlis.briefs.models import Publication
from majlis.kernel import files
from tests.factories.recommendations import WRITER, published
from tests.factories.series import EditionFactory
files.UNDER_WAY_SECONDS = -1
edition = published(EditionFactory(slug="tunis")).edition
root = Path(settings.MEDIA_ROOT)

def issue():
    return actions.issue(edition, base_url="http://seminar.test", by=WRITER)

died = 0
for n in {moments}:
    code = child(lambda: (die_at(n, "publications"), issue()))
    assert code in (0, 9), code
    if code == 0:
        break
    died += 1
    assert Publication.objects.count() == 0, n
    files.remove_orphans()
    assert [p for p in root.rglob("*") if p.is_file()] == [], n
    connections.close_all()
if not Publication.objects.exists():
    issue()
kept = Publication.objects.get()
print(died, kept.number, len([p for p in root.rglob("*") if p.is_file()]))
"""


@pytest.mark.parametrize(
    "moments", [[1, 7], pytest.param(list(range(60)), marks=pytest.mark.long)], ids=["two", "all"]
)
def test_issue_killed_anywhere_leaves_no_brief_and_no_file_or_the_whole_one(install, moments):
    here = install()

    died, number, n_files = here.python(DRIVER + KILL_AN_ISSUE.format(moments=moments)).split()

    assert (int(died) >= 2, number, n_files) == (True, "1", "13")


@pytest.mark.parametrize(
    "seed", [1, *(pytest.param(n, marks=pytest.mark.long) for n in range(2, 21))]
)
def test_migration_killed_by_lot_is_finished_by_the_next_start(install, seed):
    here = install(is_bare=True)
    process = subprocess.Popen(
        here.command("migrate", "--verbosity", "0"), env=here.environment, stderr=subprocess.PIPE
    )
    time.sleep(random.Random(seed).uniform(1.0, 6.0))
    process.send_signal(signal.SIGKILL)
    process.communicate()

    says = here.python(
        "from majlis.config import preparation\n"
        "preparation.bring_database_up_to_date(); preparation.load_first_edition()\n"
        "preparation.welcome_organiser()\n"
        "from majlis.series.models import Edition; print(Edition.objects.count())"
    )

    assert says.split()[-1] == "1"
