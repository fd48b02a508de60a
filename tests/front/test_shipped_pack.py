"""The pack that is shipped with the project."""

from __future__ import annotations

from pathlib import Path

import pytest

from majlis.dialogue.states import StatementOrigin
from majlis.front import packs

ROOT = Path(__file__).resolve().parents[2]
TUNIS = ROOT / "editions" / "tunis-2026"


def fates(loaded: packs.Loaded) -> dict[str, int]:
    return {fate: n for fate, n in loaded.counts.items() if n}


@pytest.mark.django_db
def test_the_shipped_pack_loads_clean_and_dumps_to_itself():
    loaded = packs.load(TUNIS)

    assert (fates(loaded), loaded.kept, loaded.lacking) == ({"added": 224}, [], [])
    shipped = {
        str(p.relative_to(TUNIS)): p.read_bytes()
        for p in sorted(TUNIS.rglob("*"))
        if p.is_file() and p.name != "README.md"
    }
    assert packs.contents(loaded.edition) == shipped


@pytest.mark.django_db
def test_the_shipped_pack_says_what_is_demonstration():
    edition = packs.load(TUNIS).edition

    assert edition.is_demo
    assert {s.origin for s in edition.statements.all()} == {StatementOrigin.DEMO}
    assert not edition.texts.get(code="funding").is_confirmed
    assert edition.texts.get(code="funding").body["en"].text == (
        "Funded by the European Union (demo, unconfirmed)"
    )
    assert [p.code for p in edition.partners.all() if p.emblem] == []


@pytest.mark.django_db
def test_the_shipped_pack_marks_every_french_and_arabic_text_for_review():
    edition = packs.load(TUNIS).edition

    statuses = {
        (lang, wording.status)
        for thing in [*edition.themes.all(), *edition.texts.all(), *edition.sessions.all()]
        for lang, wording in thing.title.items()
    }
    assert statuses == {("en", "original"), ("fr", "draft"), ("ar", "draft")}
