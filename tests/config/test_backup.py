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


def test_restore_of_what_is_no_whole_backup_changes_nothing(lived_in, tmp_path):
    file = tmp_path / "b.zip"
    lived_in.run("backup", file)
    cut, no_zip = tmp_path / "cut.zip", tmp_path / "no.zip"
    cut.write_bytes(file.read_bytes()[:-200])
    no_zip.write_text("hello")
    says = {
        cut: "cut short",
        no_zip: "no backup of Majlis",
        with_changes(
            file,
            tmp_path / "changed.zip",
            "rows/dialogue.voteevent.jsonl",
            lambda rows: rows.replace(b'"stance": 1', b'"stance": 0'),
        ): "damaged: rows/dialogue.voteevent.jsonl",
        with_changes(file, tmp_path / "newer.zip", "manifest.json", of_tomorrow): "newer Majlis",
        tmp_path / "missing.zip": "There is no file",
    }

    for bad, words in says.items():
        refused = lived_in.run("restore", bad, "--replace")
        assert (refused.returncode, words in refused.stderr) == (1, True), refused.stderr

    lived_in.run("backup", tmp_path / "after.zip")
    assert manifest_of(tmp_path / "after.zip")["sha256"] == manifest_of(file)["sha256"]


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
