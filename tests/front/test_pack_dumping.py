"""Dumping a pack, and the two commands."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from majlis.dialogue.models import Statement
from majlis.front import packs
from majlis.kernel.errors import NotFound, RuleBroken
from majlis.kernel.texts import Text, TextStatus
from majlis.people.models import Person
from majlis.series.models import (
    Edition,
    Series,
)
from tests.factories.dialogue import ContributionFactory
from tests.factories.packs import PNG, SmallPack


@pytest.fixture
def small(tmp_path: Path) -> SmallPack:
    return SmallPack(tmp_path / "pack")


def fates(loaded: packs.Loaded) -> dict[str, int]:
    return {fate: n for fate, n in loaded.counts.items() if n}


def _dumped(edition: Edition, root: Path) -> dict[str, bytes]:
    packs.dump(edition, root)
    return {
        str(p.relative_to(root)): p.read_bytes() for p in sorted(root.rglob("*")) if p.is_file()
    }


@pytest.mark.django_db
def test_dump_load_dump_gives_equal_bytes(small, tmp_path):
    edition = packs.load(small.root).edition
    _edit_at_the_desk(edition)
    first = _dumped(edition, tmp_path / "first")
    Statement.objects.all().delete()
    Edition.objects.all().delete()
    Series.objects.all().delete()

    elsewhere = packs.load(tmp_path / "first").edition

    assert _dumped(elsewhere, tmp_path / "second") == first


def _edit_at_the_desk(edition: Edition) -> None:
    """What a desk may leave behind: lines of a browser's form, a lacking language, odd signs."""
    theme = edition.themes.get(code="T2")
    theme.title = Text.of("fr", fr=' Finances : "publiques", privées ')
    theme.about = Text.of("ar", ar="سطر أول\r\n\r\nسطر ثان", en="- one\r\n- two: #3")
    theme.save()
    about = edition.texts.get(code="about")
    about.title = about.title.with_translation("ar", "حول", TextStatus.REVIEWED)
    about.body = Text.of(
        "en", en="status: not a header\n\ntitle: neither", fr="Deux\u200b\x85 mots"
    )
    about.save()
    edition.place = Text.of("en", en="Tunis: the city # really")
    edition.save()


@pytest.mark.django_db
def test_dump_holds_no_people_no_votes_and_no_words_said_in_the_room(small, world, tmp_path):
    edition = packs.load(small.root).edition
    ContributionFactory(voice__edition=edition, words="Said in the room.")
    Statement.objects.create(
        edition=edition, number=9, kind="proposal", wording=Text.of("en", en="Made in the room.")
    )

    written = b"".join(packs.contents(edition).values()).decode()

    assert "in the room." not in written
    assert [p.name for p in Person.objects.all() if p.name in written] == []


@pytest.mark.django_db
def test_dump_leaves_a_lost_emblem_s_slot_empty(small, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"
    small.swap("partners.csv", "femise.org,,", "femise.org,femise.png,")
    small.write("emblems/femise.png", PNG)
    edition = packs.load(small.root).edition
    (settings.MEDIA_ROOT / edition.partners.get().emblem.name).unlink()

    packs.dump(edition, tmp_path / "out")

    assert not (tmp_path / "out" / "emblems").exists()
    assert packs.load(tmp_path / "out").counts["unchanged"] == 14


@pytest.mark.django_db
def test_dump_refuses_a_folder_that_holds_something(small, tmp_path):
    edition = packs.load(small.root).edition
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "thesis.txt").write_text("years of work")

    with pytest.raises(RuleBroken, match="holds something already"):
        packs.dump(edition, tmp_path / "full", overwrite=True)

    assert [p.name for p in (tmp_path / "full").iterdir()] == ["thesis.txt"]


@pytest.mark.django_db
def test_dump_over_a_pack_takes_away_pages_that_are_gone(small):
    edition = packs.load(small.root).edition
    (small.root / "README.md").write_text("kept")
    small.write("texts/old.en.txt", "status: missing\n")

    packs.dump(edition, small.root, overwrite=True)

    assert not (small.root / "texts/old.en.txt").exists()
    assert (small.root / "README.md").read_text() == "kept"
    assert fates(packs.load(small.root)) == {"unchanged": 14}


@pytest.mark.django_db
def test_load_command_says_what_it_did(small):
    out = StringIO()
    call_command("load", small.root, stdout=out)
    call_command("load", small.root, stdout=out)

    lacking = (
        "  The edition has no text of the kind funding, disclaimer, privacy, contact, legal yet."
    )
    assert out.getvalue().splitlines() == [
        "tunis: 14 added.", lacking, "tunis: 14 unchanged.", lacking,
    ]  # fmt: skip


@pytest.mark.django_db
def test_load_command_refuses_with_every_fault(small):
    small.write("pack.yaml", "format: 2\n")

    with pytest.raises(packs.PackRefused) as refused:
        call_command("load", small.root)

    assert str(refused.value).splitlines() == [
        "The pack has 1 fault. Nothing was written.",
        "pack.yaml, line 1, key format: “2” cannot be read; expected 1.",
    ]


@pytest.mark.django_db
def test_dump_command_says_where_it_wrote(small, tmp_path):
    packs.load(small.root)
    out = StringIO()

    call_command("dump", "tunis", tmp_path / "out", stdout=out)

    assert out.getvalue() == f"15 files written to {tmp_path / 'out'}.\n"


@pytest.mark.django_db
def test_dump_command_of_an_unknown_edition_says_so(tmp_path):
    with pytest.raises(NotFound, match="There is no edition “nowhere”"):
        call_command("dump", "nowhere", tmp_path / "out")
