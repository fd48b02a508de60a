"""The folder of data is its owner's alone, whoever made it and however it was left."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from majlis.config import private


def modes(var: Path) -> dict[str, str]:
    """What others may do in a folder, by name."""
    return {
        str(path.relative_to(var)): oct(stat.S_IMODE(path.stat().st_mode))
        for path in (var, *sorted(var.rglob("*")))
        if path.stat().st_mode & 0o077
    }


def test_what_was_left_open_is_closed_and_links_are_not_followed(tmp_path):
    var, outside = tmp_path / "var", tmp_path / "outside"
    (var / "files").mkdir(parents=True)
    outside.write_text("somebody else's")
    outside.chmod(0o644)
    for name in ("majlis.sqlite3", "majlis.sqlite3-wal", "files/brief.pdf", "secret_key"):
        (var / name).write_text("x")
        (var / name).chmod(0o666)
    (var / "link").symlink_to(outside)
    for folder in (var, var / "files"):
        folder.chmod(0o777)

    assert len(list(private.open_to_others(var))) == 6
    private.close(var)

    assert modes(var) == {"link": "0o644"}  # the file it leads to, which is not ours
    assert list(private.open_to_others(var)) == []


def test_folder_for_everybody_is_left_as_it_is(tmp_path):
    tmp_path.chmod(0o1777)

    private.close(tmp_path)

    assert stat.S_IMODE(tmp_path.stat().st_mode) == 0o1777


def test_files_of_another_user_are_found(tmp_path):
    (tmp_path / "theirs").write_text("x")
    if os.geteuid() != 0:
        pytest.skip("only root can give files away")
    os.chown(tmp_path / "theirs", 12345, -1)

    assert list(private.of_somebody_else(tmp_path)) == [tmp_path / "theirs"]


@pytest.mark.early
def test_all_that_an_installation_makes_is_its_owners_only(install, tmp_path):
    here = install(is_bare=True)
    here.var.mkdir(mode=0o755)
    here.var.chmod(0o755)
    made = (
        "import logging\n"
        "from majlis.config import preparation\n"
        "from django.core.files.base import ContentFile\n"
        "from django.core.files.storage import default_storage\n"
        "preparation.bring_database_up_to_date(); preparation.load_first_edition()\n"
        "preparation.welcome_organiser()\n"
        "default_storage.save('publications/x/brief.pdf', ContentFile(b'x'))\n"
        "logging.getLogger('majlis.server').info('started')\n"
    )

    here.python(made)
    done = here.run("backup", tmp_path / "b.zip")
    said = here.run("check").stdout

    assert done.returncode == 0, done.stderr
    assert modes(here.var) == {}
    assert stat.S_IMODE((tmp_path / "b.zip").stat().st_mode) == 0o600
    assert "and all in it are readable by their owner only" in said

    (here.var / "secret_key").chmod(0o644)
    said = here.run("check").stdout
    assert "FAULT    privacy: others on this machine can read var0/secret_key" in said
