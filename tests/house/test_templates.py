"""How templates are laid out: lines that fit beside each other, nothing that the eye cannot see."""

import re
from pathlib import Path

import pytest

SRC = Path(__file__).resolve().parents[2] / "src"
LONGEST = 119
UNSEEN = re.compile(r"[ \t]+$|\t")

pytestmark = pytest.mark.once


def templates() -> list[Path]:
    return sorted(path for path in SRC.rglob("templates/**/*") if path.suffix in {".html", ".txt"})


def faults(name: str, text: str) -> list[str]:
    """What is wrong with the lines of a template, one sentence each."""
    found = []
    for n, line in enumerate(text.split("\n"), start=1):
        if len(line) > LONGEST and name.endswith(".html"):  # a line of a .txt is a line of a letter
            found.append(f"{name}:{n}: {len(line)} characters, at most {LONGEST}")
        if UNSEEN.search(line):
            found.append(f"{name}:{n}: a tab, or blanks at the end")
    return found


def test_templates_have_short_lines_without_tabs_or_trailing_blanks():
    found = templates()
    assert len(found) > 100
    assert [fault for path in found for fault in faults(str(path), path.read_text("utf-8"))] == []


def test_line_that_is_too_long_or_ends_in_a_blank_is_told_with_its_place():
    assert faults("a.html", f"<p>\n{'x' * 119}\n</p>\n") == []
    assert faults("a.html", f"<p>\n{'x' * 120}\n</p>\n") == [
        "a.html:2: 120 characters, at most 119"
    ]
    assert faults("a.html", "<p>\t</p>\n<p> \n") == [
        "a.html:1: a tab, or blanks at the end",
        "a.html:2: a tab, or blanks at the end",
    ]
