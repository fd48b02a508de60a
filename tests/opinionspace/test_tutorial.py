"""The tutorial runs from top to bottom and shows what it says."""

import importlib.util
import json
import re

import pytest

from tests.conftest import ROOT

spec = importlib.util.spec_from_file_location("notebook", ROOT / "scripts" / "notebook.py")
script = importlib.util.module_from_spec(spec)
spec.loader.exec_module(script)
NOTEBOOK = script.NOTEBOOK
PAGE = NOTEBOOK.parent / "api.md"


@pytest.fixture(scope="module")
def kept():
    return json.loads(NOTEBOOK.read_text(encoding="utf-8"))


def test_the_notebook_says_what_it_says_when_it_is_run(kept):
    """`python scripts/notebook.py` keeps the outputs of a new run."""
    again = script.executed()

    assert script.texts_of(again) == script.texts_of(kept)
    assert sum(map(len, script.texts_of(kept))) > 15


def test_the_notebook_keeps_its_figures_and_no_traces_of_a_machine(kept):
    text = NOTEBOOK.read_text(encoding="utf-8")

    drawn = [
        one for cell in kept["cells"] for one in cell.get("outputs", ())
        if "image/svg+xml" in one.get("data", {})
    ]  # fmt: skip
    assert len(drawn) >= 6
    assert script.written(kept) == text
    assert not [word for word in ("/home/", "/work/", "/tmp/", "site-packages") if word in text]


def test_the_names_of_the_notebook_stand_on_the_page_of_names(kept):
    page = PAGE.read_text(encoding="utf-8")

    used = "read", "analyse", "from_events", "from_matrix"
    names = {f"Votes.{one}" for one in used} | {"RoomFindings.map", "PolisFindings.map"}
    assert names | {"Findings.bars", "Findings.save"} <= set(re.findall("#### (.*)", page))
