"""The device folds names as the server does: one table holds both to it."""

import ast
import re

import pytest

from majlis.kernel.analysis import fold
from tests.conftest import ROOT

TABLE = re.search(
    r"FOLDED = (\[.*?\n\]);", (ROOT / "tests/js/arrivals.test.mjs").read_text("utf-8"), re.DOTALL
)

pytestmark = pytest.mark.once


def test_table_of_the_device_is_what_the_server_folds():
    assert TABLE is not None
    pairs = ast.literal_eval(TABLE[1])
    assert len(pairs) >= 9
    assert [(name, fold(name)) for name, _folded in pairs] == [tuple(pair) for pair in pairs]
