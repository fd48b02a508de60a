"""Examples in docstrings and pages run as they stand."""

import doctest
import importlib
import pkgutil
from pathlib import Path

import pytest

import opinionspace
from opinionspace.__main__ import main

DOCS = Path(__file__).resolve().parents[2] / "docs"
MODULES = sorted(
    one.name
    for one in pkgutil.walk_packages(opinionspace.__path__, "opinionspace.")
    if not one.name.endswith("__main__")
)


@pytest.mark.parametrize("name", MODULES)
def test_examples_in_docstrings_run(name):
    assert doctest.testmod(importlib.import_module(name)).failed == 0


def test_the_worked_table_comes_out():
    found = doctest.testfile(
        str(DOCS / "explanation" / "algorithms" / "polis.md"), module_relative=False
    )

    assert (found.failed, found.attempted > 5) == (0, True)


def test_the_tutorial_can_be_followed(shared, tmp_path):
    found = doctest.testfile(
        str(DOCS / "tutorials" / "analyse-a-public-conversation.md"),
        module_relative=False,
        globs={"FOLDER": shared("openData", "brexit-consensus"), "OUT": tmp_path},
    )

    assert (found.failed, found.attempted > 15) == (0, True)


def test_the_tutorial_shows_what_is_printed(shared, capsys):
    page = (DOCS / "tutorials" / "analyse-a-public-conversation.md").read_text()
    folder = str(shared("openData", "brexit-consensus"))

    for options in ([], ["--room"]):
        main([folder, *options])
        printed = capsys.readouterr().out.splitlines()
        shown = page.split(" ".join(["$ python -m opinionspace brexit-consensus", *options]) + "\n")
        for line in shown[1].split("```")[0].splitlines():
            assert line in printed or line.strip() == "…"
