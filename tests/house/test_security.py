"""`SECURITY.md` answers every requirement, and names tests that exist."""

from __future__ import annotations

import re

from tests.conftest import ROOT

# OWASP ASVS 5.0.0: how many requirements each section has up to level 2. They come first in it.
LAST = {
    "1.1": 2, "1.2": 9, "1.3": 11, "1.4": 3, "1.5": 2, "2.1": 3, "2.2": 3, "2.3": 4, "2.4": 1,
    "3.2": 2, "3.3": 4, "3.4": 6, "3.5": 5, "3.7": 2, "4.1": 3, "4.2": 1, "4.3": 2, "4.4": 4,
    "5.1": 1, "5.2": 3, "5.3": 2, "5.4": 3, "6.1": 3, "6.2": 12, "6.3": 4, "6.4": 4, "6.5": 5,
    "6.6": 3, "6.8": 4, "7.1": 3, "7.2": 4, "7.3": 2, "7.4": 5, "7.5": 2, "7.6": 2, "8.1": 2,
    "8.2": 3, "8.3": 1, "8.4": 1, "9.1": 3, "9.2": 4, "10.1": 2, "10.2": 2, "10.3": 4, "10.4": 11,
    "10.5": 5, "10.6": 2, "10.7": 3, "11.1": 2, "11.2": 3, "11.3": 3, "11.4": 4, "11.5": 1,
    "11.6": 1, "12.1": 3, "12.2": 2, "12.3": 4, "13.1": 1, "13.2": 5, "13.3": 2, "13.4": 5,
    "14.1": 2, "14.2": 4, "14.3": 3, "15.1": 3, "15.2": 3, "15.3": 7, "16.1": 1, "16.2": 5,
    "16.3": 4, "16.4": 3, "16.5": 3, "17.1": 1, "17.2": 4, "17.3": 2,
}  # fmt: skip
ROW = re.compile(r"^\| V([\d.]+)(?: – V([\d.]+))? \| [^|]+ \| ([^|]+) \|$", re.MULTILINE)
TEST = re.compile(r"`(tests/[\w/.]+?)(?:::(\w+))?`")
PAGE = (ROOT / "SECURITY.md").read_text("utf-8")

Number = tuple[int, ...]


def number(words: str) -> Number:
    return tuple(int(part) for part in words.split("."))


def asked() -> list[Number]:
    return sorted((*number(s), n) for s, last in LAST.items() for n in range(1, last + 1))


def answered() -> list[Number]:
    """The requirements that the rows of the page answer, a range of numbers whole."""
    found = []
    for first, last, _ in ROW.findall(PAGE):
        found += [n for n in asked() if number(first) <= n <= number(last or first)]
    return found


def test_every_requirement_is_answered_once():
    assert answered() == asked()
    assert len(asked()) == 253  # as the standard says of itself


def test_every_answer_says_how_why_not_or_what_is_open():
    unclear = [
        row[0] for row in ROW.findall(PAGE)
        if not re.match(r"\*\*(Holds|Open)\*\*|\*\*(Holds|Open)\.\*\*|n/a|as V", row[2])
    ]  # fmt: skip
    assert unclear == []


def test_every_test_that_is_named_exists():
    missing = []
    for path, name in TEST.findall(PAGE):
        file = ROOT / path
        if not file.exists() or (name and f"def {name}(" not in file.read_text("utf-8")):
            missing.append(f"{path}::{name}")
    assert missing == []
