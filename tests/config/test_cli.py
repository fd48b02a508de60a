"""Every command, called wrongly: a plain sentence with what to do, and exit code 2."""

from __future__ import annotations

import re

import pytest
from django.core.management import get_commands, load_command_class
from django.db import OperationalError

from majlis.config import cli
from majlis.kernel.trouble import Trouble, trouble_of
from tests.factories.series import EditionFactory

COMMANDS = sorted(cli.own_commands())
# What each command is given that names nothing there is; those without arguments have none.
NOTHING_THERE = {
    "analyse": ["/nowhere"],
    "dump": ["nope", "/tmp/nope"],
    "import-polis": ["/nowhere", "--edition", "nope", "--round", "R"],
    "load": ["/nowhere"],
    "rehearse": ["nope"],
    "restore": ["/nowhere.zip"],
    "backup": ["/nowhere/at/all.zip"],
    "sign-in-link": ["nobody@example.org"],
}


def called(*words: str) -> int:
    """As on a terminal, in this process, whose connections stay open for the test."""
    return cli.main(["majlis", *words])


@pytest.fixture(autouse=True)
def connections_stay_open(monkeypatch):
    monkeypatch.setattr("django.db.connections.close_all", lambda: None)


def says_what_to_do(said: str) -> None:
    assert "Traceback" not in said
    assert not re.search(r"</?[a-z]+>|Page not found|Error:", said)
    assert said.isprintable() or "\n" in said


def test_census_knows_every_command_that_takes_something():
    takes = [
        name
        for name in COMMANDS
        if any(not a.option_strings for a in cli.own_actions(parser_of(name)))
    ]

    assert set(takes) == set(NOTHING_THERE)


def parser_of(name):
    module = cli.RENAMED.get(name, name.replace("-", "_"))
    return load_command_class(get_commands()[module], module).create_parser("majlis", name)


@pytest.mark.parametrize("name", COMMANDS)
@pytest.mark.parametrize(
    "more", [["--nonsense"], ["one", "two", "three", "four"]], ids=["option", "too many"]
)
def test_arguments_that_no_command_knows_are_answered_with_its_usage(name, more, capsys):
    assert called(name, *more) == 2

    said = capsys.readouterr().err
    says_what_to_do(said)
    assert f"Write:  majlis {name}" in said


@pytest.mark.parametrize("name", NOTHING_THERE)
def test_missing_arguments_are_named(name, capsys):
    assert called(name) == 2

    said = capsys.readouterr().err
    says_what_to_do(said)
    assert said.strip().startswith("Missing: ")


@pytest.mark.django_db
@pytest.mark.parametrize("name", NOTHING_THERE)
def test_what_is_not_there_is_named(name, capsys):
    EditionFactory(slug="tunis")

    assert called(name, *NOTHING_THERE[name]) == 2

    said = capsys.readouterr().err
    says_what_to_do(said)
    assert any(word.partition("/at/")[0] in said for word in NOTHING_THERE[name])
    if "nope" in NOTHING_THERE[name]:
        assert "There is no edition “nope”. There are: tunis." in said


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["rehearse", "x", "--voices", "many"], "--voices must be a whole number; it is “many”."),
        (["rehearse", "x", "--voices"], "--voices needs a value after it."),
        (["analyse", "x", "--json", "--html"], "--html and --json cannot stand together."),
        (
            ["import-polis", "x", "--edition", "e", "--round", "r", "--language", "de"],
            "--language cannot be “de”; it may be one of: 'en', 'fr', 'ar'.",
        ),
        (["dmup"], "There is no command “dmup”. Did you mean dump?"),
        (["dump", "\x1b[31mred"], "Missing: DIR."),
        (["migrate", "--nonsense"], "“--nonsense” is nothing that this command knows."),
    ],
)
def test_wrong_arguments_are_answered_in_our_words(words, says, capsys):
    assert called(*words) == 2

    said = capsys.readouterr().err
    assert said.strip().startswith(says)
    assert "\x1b" not in said


@pytest.mark.parametrize(
    ("error", "trouble"),
    [
        (OSError(28, "No space left on device"), Trouble.FULL),
        (OSError(122, "Disk quota exceeded"), Trouble.FULL),
        (OSError(30, "Read-only file system"), Trouble.READ_ONLY),
        (PermissionError(13, "Permission denied"), Trouble.READ_ONLY),
        (OperationalError("something else"), None),
        (ValueError("a bug"), None),
    ],
)
def test_fault_of_the_surroundings_is_told_from_a_bug(error, trouble):
    assert trouble_of(error) == trouble
