"""Pages of documentation can be found, and their links lead somewhere."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import unquote

import pytest

from tests.conftest import ROOT

DOCS = ROOT / "docs"
INDEX, DECISIONS = DOCS / "README.md", DOCS / "adr" / "README.md"
PAGES = sorted([*ROOT.glob("*.md"), *DOCS.rglob("*.md"), *ROOT.glob("packages/**/*.md")])
LINK = re.compile(r"\]\(([^()\s]+)\)")
CODE = re.compile(r"^(```|~~~).*?^\1|`[^`\n]*`", re.DOTALL | re.MULTILINE)
HEADING = re.compile(r"^#+ +(.+)$", re.MULTILINE)
LARGEST_IMAGE = 200_000


def links_of(page: Path) -> list[str]:
    """Links to files of this repository, as they are written."""
    text = CODE.sub("", page.read_text("utf-8"))
    return [link for link in LINK.findall(text) if not re.match(r"[a-z]+:", link)]


def led_to(page: Path, link: str) -> Path:
    path = unquote(link.partition("#")[0])
    return (page.parent / path).resolve() if path else page


def anchors_of(page: Path) -> set[str]:
    """The anchors that forges give to headings."""
    names = (re.sub(r"[^\w\- ]", "", h.lower()) for h in HEADING.findall(page.read_text("utf-8")))
    return {name.strip().replace(" ", "-") for name in names}


def faults_of(page: Path) -> list[str]:
    faults = []
    for link in links_of(page):
        to = led_to(page, link)
        anchor = link.partition("#")[2]
        if not to.exists() or (anchor and to.suffix == ".md" and anchor not in anchors_of(to)):
            faults.append(link)
    return faults


def shown(page: Path) -> str:
    return str(page.relative_to(ROOT))


@pytest.mark.parametrize("page", PAGES, ids=shown)
def test_links_of_page_lead_somewhere(page):
    assert faults_of(page) == []


def test_links_of_page_tells_a_dead_file_and_a_dead_anchor(tmp_path):
    page = tmp_path / "page.md"
    page.write_text("# A head\n[x](#a-head) [x](#gone) [x](gone.md) [x](https://x.test) `[x](y)`\n")

    assert faults_of(page) == ["#gone", "gone.md"]


def test_index_lists_every_page():
    listed = {led_to(INDEX, link) for link in links_of(INDEX)}
    pages = {p for p in DOCS.rglob("*.md") if p != INDEX and p.parent != DOCS / "adr"}

    assert {shown(p) for p in pages - listed} == set()


def test_decisions_are_listed_by_number_and_title():
    listed = re.findall(r"^\| \[(\d{4})\]\((\S+)\) \| (.+) \|$", DECISIONS.read_text("utf-8"), re.M)
    there = []
    for page in sorted((DOCS / "adr").glob("[0-9]*.md")):
        found = re.match(r"# (\d{4}) (.+)", page.read_text("utf-8"))
        assert found, f"{shown(page)} does not begin with its number and title"
        assert page.name.startswith(found[1]), shown(page)
        there.append((found[1], page.name, found[2].strip()))

    assert listed == there
    assert len({number for number, _, _ in there}) == len(there)


def test_images_are_used_and_small():
    images = set((DOCS / "images").iterdir())
    used = {led_to(page, link) for page in PAGES for link in links_of(page)}

    assert {shown(p) for p in images - used} == set()
    assert {shown(p) for p in images if p.stat().st_size > LARGEST_IMAGE} == set()
