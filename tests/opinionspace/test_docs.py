"""Examples in docstrings and pages run as they stand."""

import doctest
import importlib
import pkgutil
from pathlib import Path

import pytest

import opinionspace

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
