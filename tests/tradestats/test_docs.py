"""Examples in docstrings run as they stand."""

import doctest
import importlib
import pkgutil

import pytest

import tradestats

MODULES = sorted(
    one.name
    for one in pkgutil.walk_packages(tradestats.__path__, "tradestats.")
    if not one.name.endswith("__main__")
)


@pytest.mark.parametrize("name", MODULES)
def test_examples_in_docstrings_run(name):
    assert doctest.testmod(importlib.import_module(name)).failed == 0
