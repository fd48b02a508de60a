"""Examples in docstrings and in the README run as they stand."""

import doctest
import importlib
import pkgutil
from pathlib import Path

import pytest

import deciding
from deciding.__main__ import main

PACKAGE = Path(__file__).resolve().parents[2] / "packages" / "deciding"
MODULES = sorted(
    one.name
    for one in pkgutil.walk_packages(deciding.__path__, "deciding.")
    if not one.name.endswith("__main__")
)


@pytest.mark.parametrize("name", MODULES)
def test_examples_in_docstrings_run(name):
    found = doctest.testmod(importlib.import_module(name), optionflags=doctest.ELLIPSIS)

    assert found.failed == 0


def test_the_example_of_the_readme_runs():
    found = doctest.testfile(str(PACKAGE / "README.md"), module_relative=False)

    assert (found.failed, found.attempted > 8) == (0, True)


def test_the_readme_shows_what_is_printed(capsys):
    page = (PACKAGE / "README.md").read_text(encoding="utf-8")
    example = PACKAGE / "docs" / "example"
    main([str(example / "ratings.csv"), "--rule", str(example / "rule.json")])

    shown = page.split("--rule rule.json\n")[1].split("```")[0]
    assert shown == capsys.readouterr().out
