"""Laws: locks without addresses, settings and commands documented, imports one way, quiet logs."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.core import checks

ROOT = Path(__file__).resolve().parents[2]
SOURCES = sorted((ROOT / "src").rglob("*.py"))
LOCKS = sorted((ROOT / "requirements").glob("*.txt"))


def script(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *words], cwd=ROOT, capture_output=True, text=True, timeout=300
    )


def test_there_is_a_lock_to_run_to_develop_and_to_install():
    assert [lock.name for lock in LOCKS] == ["dev.txt", "run.txt", "uv.txt"]


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_lock_holds_no_address_and_a_hash_for_everything(lock):
    text = lock.read_text()
    pins = re.split(r"\n(?=\S)", text.strip())

    assert "://" not in text
    assert [pin for pin in pins if "--hash=sha256:" not in pin] == []


def test_lock_to_develop_holds_the_pins_of_the_lock_to_run():
    run, dev = (
        set(re.findall(r"^\S+==\S+", (ROOT / "requirements" / name).read_text(), re.MULTILINE))
        for name in ("run.txt", "dev.txt")
    )

    assert run - dev == set()


def test_every_setting_is_documented_and_nothing_else():
    read = {"HOST", "PORT"}
    places = [*SOURCES, *(ROOT / "scripts").glob("*.py"), *(ROOT / "tests").rglob("*.py")]
    for path in places:
        read |= set(re.findall(r"\bMAJLIS_[A-Z_]+[A-Z]\b(?!_)", path.read_text(encoding="utf-8")))
    page = (ROOT / "docs" / "reference" / "settings.md").read_text(encoding="utf-8")
    documented = set(re.findall(r"^\| `([A-Z_]+)` \|", page, re.MULTILINE))

    assert documented == read - {
        "MAJLIS_TEST",
        "MAJLIS_MAILFROM",
    }  # the second is misspelt on purpose


def test_every_command_is_documented_as_it_is():
    done = script("scripts/docs.py", "--check")

    assert done.returncode == 0, done.stderr


def test_every_make_target_is_listed_and_has_one_line():
    lines = (ROOT / "Makefile").read_text().splitlines()
    targets = [line for line in lines if re.match(r"[a-z]+:", line)]

    assert [line for line in targets if " ## " not in line] == []
    for n, line in enumerate(lines):
        if line.startswith("\t"):
            assert not lines[n - 1].startswith("\t"), line


def test_apps_and_layers_import_only_downwards():
    done = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        env={"PYTHONPATH": str(ROOT / "src"), "PATH": "", "COLUMNS": "100"},
        timeout=300,
    )

    assert "0 broken" in done.stdout, done.stdout[-3000:]


@pytest.mark.django_db
def test_django_finds_nothing_to_warn_of():
    assert [message.id for message in checks.run_checks(databases=["default"])] == []


def log_calls(path: Path) -> list[ast.Call]:
    """Calls of a logger's methods in a file; a logger is called `log` here."""
    return [
        node
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id in {"log", "logger", "logging"}
        and node.func.attr in {"debug", "info", "warning", "error", "exception", "critical"}
    ]


def test_log_lines_are_fixed_words_with_facts_beside_them():
    """What a sentence is built of is a person's word sooner or later; facts are named and few."""
    loose = [
        f"{path.relative_to(ROOT)}:{call.lineno}"
        for path in SOURCES
        for call in log_calls(path)
        if len(call.args) != 1 or not isinstance(call.args[0], ast.Constant)
    ]

    assert loose == []


def test_logs_have_one_way_in():
    ways = [
        str(path.relative_to(ROOT))
        for path in SOURCES
        if re.search(r"^\s*(import warnings|print\()", path.read_text(encoding="utf-8"), re.M)
        and "opinionspace" not in path.parts
    ]

    assert ways == []


def test_catalogues_are_complete_and_their_placeholders_agree():
    done = script("scripts/messages.py", "check")

    assert done.returncode == 0, done.stdout[-3000:]
