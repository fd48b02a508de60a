"""Backups, tested by restoring them."""

from __future__ import annotations

import json
import stat
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.config.installation import Installation

LIVE_A_LITTLE = """
from pathlib import Path
from django.conf import settings
from majlis.kernel.ledger import CLOCK
from majlis.people import actions as people
from tests.factories.dialogue import ContributionFactory, StatementFactory, VoteEventFactory
from tests.factories.registration import RoleFactory
statement = StatementFactory()
for stance in (1, -1, 0):
    VoteEventFactory(statement=statement, stance=stance)
ContributionFactory(edition=statement.edition, words="كلمات بالعربية, été\\nand a second line")
ada = RoleFactory(edition=statement.edition, person__name="Ada").person
people.make_sign_in_link(ada, by=CLOCK)
(settings.VAR / "files" / "briefs").mkdir(parents=True, exist_ok=True)
(settings.VAR / "files" / "briefs" / "brief.pdf").write_bytes(bytes(range(256)))
"""


@pytest.fixture(scope="module")
def lived_in(install_once) -> Installation:
    here = install_once()
    here.python(LIVE_A_LITTLE)
    return here


def manifest_of(path: Path) -> dict[str, dict[str, str]]:
    with zipfile.ZipFile(path) as archive:
        found: dict[str, dict[str, str]] = json.loads(archive.read("manifest.json"))
        return found


def test_backup_restored_elsewhere_gives_the_same_rows_and_files(install, lived_in, tmp_path):
    first, second, third = (tmp_path / f"{n}.zip" for n in (1, 2, 3))
    elsewhere, back = install(on_sqlite=True, is_bare=True), install()

    assert lived_in.run("backup", first).returncode == 0
    assert elsewhere.run("restore", first).returncode == 0
    assert elsewhere.run("backup", second).returncode == 0
    assert back.run("restore", second).returncode == 0
    assert back.run("backup", third).returncode == 0

    made = manifest_of(first)
    assert made["rows"]["dialogue.voteevent"] == 3
    assert "files/files/briefs/brief.pdf" in made["sha256"]
    assert "files/secret_key" in made["sha256"]
    for restored in (manifest_of(second), manifest_of(third)):
        assert restored["sha256"] == made["sha256"]
    assert stat.S_IMODE((back.var / "secret_key").stat().st_mode) == 0o600
    back.python(
        "from majlis.people.actions import add_person; from majlis.kernel.ledger import CLOCK\n"
        "add_person(name='Fay', by=CLOCK)"  # its key is a new one
    )


def test_backup_is_its_owners_only_and_never_replaces_a_file(lived_in, tmp_path):
    file = tmp_path / "b.zip"
    assert lived_in.run("backup", file).returncode == 0
    written = file.read_bytes()

    again = lived_in.run("backup", file)

    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert (again.returncode, file.read_bytes()) == (1, written)
    assert "never written over another" in again.stderr


def test_restore_among_people_needs_replace_and_keeps_what_stood_there(install, lived_in, tmp_path):
    file, other = tmp_path / "b.zip", install()
    other.python("from tests.factories.people import PersonFactory; PersonFactory(name='Dina')")
    lived_in.run("backup", file)

    refused = other.run("restore", file)
    done = other.run("restore", file, "--replace")

    assert refused.returncode == 1
    assert "add --replace" in refused.stderr
    assert done.returncode == 0, done.stderr
    (kept,) = (other.var / "backups").iterdir()
    assert manifest_of(kept)["rows"]["people.person"] == 1
    names = "from majlis.people.models import Person\nprint([p.name for p in Person.objects.all()])"
    assert "Dina" not in other.python(names)


def with_changes(made: Path, bad: Path, name: str, change: Callable[[bytes], bytes]) -> Path:
    """A copy of a backup with one entry changed."""
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(bad, "w") as new:
        for entry in old.namelist():
            new.writestr(entry, change(old.read(entry)) if entry == name else old.read(entry))
    return bad


def of_tomorrow(manifest: bytes) -> bytes:
    found = json.loads(manifest)
    found["migrations"].append(["dialogue", "0999_from_tomorrow"])
    return json.dumps(found).encode()


def test_restore_of_a_bad_backup_changes_nothing(lived_in, tmp_path):
    file = tmp_path / "b.zip"
    lived_in.run("backup", file)
    says = {
        with_changes(
            file, tmp_path / "newer.zip", "manifest.json", of_tomorrow
        ): "newer Majlis",
        with_changes(
            file, tmp_path / "strange.zip", "manifest.json", with_a_strange_table
        ): "rows/nothing.here.jsonl” is missing",
    }  # fmt: skip

    for bad, words in says.items():
        refused = lived_in.run("restore", bad, "--replace")
        assert (refused.returncode, words in refused.stderr) == (1, True), refused.stderr

    lived_in.run("backup", tmp_path / "after.zip")
    assert manifest_of(tmp_path / "after.zip")["sha256"] == manifest_of(file)["sha256"]


def with_a_strange_table(manifest: bytes) -> bytes:
    found = json.loads(manifest)
    found["rows"]["nothing.here"] = 0
    found["sha256"]["rows/nothing.here.jsonl"] = found["sha256"]["rows/people.person.jsonl"]
    return json.dumps(found).encode()


ROWS_THAT_DO_NOT_FIT = """
import hashlib, json, zipfile
from pathlib import Path
from majlis.config import backup
from majlis.config.backup.archive import BadBackup

def changed(source, target, name, change):
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        entries = {{n: old.read(n) for n in old.namelist()}}
        entries[name] = change(entries[name])
        manifest = json.loads(entries["manifest.json"])
        manifest["sha256"][name] = hashlib.sha256(entries[name]).hexdigest()
        entries["manifest.json"] = json.dumps(manifest).encode()
        for n, data in entries.items():
            new.writestr(n, data)

file, name = Path({file!r}), "rows/dialogue.voteevent.jsonl"
bad = file.with_name("bad.zip")
changed(file, bad, name, {change})
try:
    backup.restore(bad, replace=True)
except BadBackup as refused:
    print(str(refused).partition("restored: ")[2])
"""


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (
            """lambda rows: rows.replace(b'"stance": 1', b'"stance": "yes"')""",
            "rows/dialogue.voteevent.jsonl, line 1 is no row of it. Nothing was changed.",
        ),
        (
            """lambda rows: b"".join(r for r in rows.splitlines(True) if b': -1,' not in r)""",
            "it holds 2 rows of dialogue.voteevent, not 3. Nothing was changed.",
        ),
        ("""lambda rows: rows.replace(b'"statement_id": ', b'"statement_id": 99')""", "database"),
    ],
    ids=["value", "count", "reference"],
)
def test_rows_that_are_none_are_refused_with_their_line(lived_in, tmp_path, change, says):
    file = tmp_path / "b.zip"
    lived_in.run("backup", file)

    said = lived_in.python(ROWS_THAT_DO_NOT_FIT.format(file=str(file), change=change)).strip()

    assert said == says or (says == "database" and ("do not fit" in said or "not take" in said))
    lived_in.run("backup", tmp_path / "after.zip")
    assert manifest_of(tmp_path / "after.zip")["sha256"] == manifest_of(file)["sha256"]


def test_restore_does_not_write_through_a_link(install, lived_in, tmp_path):
    file, elsewhere, outside = tmp_path / "b.zip", install(), tmp_path / "outside"
    lived_in.run("backup", file)
    outside.mkdir()
    elsewhere.var.mkdir(exist_ok=True)
    (elsewhere.var / "files").symlink_to(outside)

    refused = elsewhere.run("restore", file)

    assert (refused.returncode, list(outside.iterdir())) == (1, [])
    assert "nowhere else" in refused.stderr


def test_backup_of_nothing_fails_and_leaves_no_file(install, tmp_path):
    nobody, bare = install(), install(on_sqlite=True, is_bare=True)

    for here in (nobody, bare):
        refused = here.run("backup", tmp_path / "b.zip")
        assert (refused.returncode, "There is nothing to back up" in refused.stderr) == (1, True)
    assert not (bare.var / "majlis.sqlite3").exists()
    assert list(tmp_path.glob("*.zip*")) == []


def test_older_database_is_backed_up_then_migrated(install):
    older = install()
    older.python(LIVE_A_LITTLE)
    assert older.run("migrate", "briefs", "zero").returncode == 0

    says = older.python(
        "from majlis.config import preparation\n"
        "print(preparation.bring_database_up_to_date())\n"
        "print(preparation.bring_database_up_to_date())"
    )

    kept, nothing = says.splitlines()
    assert nothing == "None"
    made = manifest_of(Path(kept))
    assert made["rows"]["dialogue.voteevent"] == 3
    assert "briefs.publication" not in made["rows"]
