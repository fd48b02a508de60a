"""Places and letters worded anew travel in the edition's pack."""

from __future__ import annotations

import pytest

from majlis.dialogue.models import Statement
from majlis.front import packs
from majlis.front.rehearsal import remove_rehearsal
from majlis.kernel.ledger import CLOCK
from majlis.kernel.pack.faults import PackRefused
from majlis.mail.actions import word_letter
from majlis.mail.models import LetterWording
from majlis.registration import actions
from majlis.registration.models import Quota
from majlis.series.models import Edition
from tests.factories.packs import SmallPack

pytestmark = [pytest.mark.django_db, pytest.mark.once]

WORDS = "Bonjour {name},\n\nà bientôt, à {place}."


@pytest.fixture
def edition(tmp_path) -> Edition:
    edition = packs.load(SmallPack(tmp_path / "pack").root).edition
    most = {("all", ""): 100, ("constituency", "sme"): 20, ("country", "TN"): 50}
    actions.set_quotas(edition, most, by=CLOCK)
    template = "registration/letters/withdrawn.txt"
    word_letter(edition, template, "fr", heading="Au revoir", words=WORDS, by=CLOCK)
    return edition


def test_what_was_dumped_loads_to_the_same_bytes(edition, tmp_path):
    first = packs.contents(edition)
    assert first["quotas.csv"].decode().split() == ["id,most", "TN,50", "all,100", "sme,20"]
    packs.dump(edition, tmp_path / "first")
    Quota.objects.all().delete()
    LetterWording.objects.all().delete()
    Statement.objects.all().delete()
    Edition.objects.all().delete()

    again = packs.load(tmp_path / "first").edition

    assert packs.contents(again) == first
    assert LetterWording.objects.get().words == WORDS


def test_an_edition_without_any_has_no_such_files(tmp_path):
    edition = packs.load(SmallPack(tmp_path / "pack").root).edition
    assert not {"quotas.csv", "letters.csv"} & set(packs.contents(edition))


def test_rows_changed_at_the_desk_are_kept_and_others_follow_the_pack(edition, tmp_path):
    root = tmp_path / "dumped"
    packs.dump(edition, root)
    packs.load(root)
    actions.set_quotas(edition, {("all", ""): 90, ("country", "TN"): 50}, by=CLOCK)
    file = root / "quotas.csv"
    file.write_text(file.read_text().replace("100", "120").replace("50", "60"))

    loaded = packs.load(root)

    assert dict(edition.quotas.values_list("kind", "most")) == {"all": 90, "country": 60}
    assert sorted(change.row.id for change in loaded.kept) == ["all", "sme"]


def test_a_pack_with_a_wrong_place_or_letter_is_refused_with_its_row(edition, tmp_path):
    root = tmp_path / "dumped"
    packs.dump(edition, root)
    for name, right, wrong in (
        ("quotas.csv", "sme", "nobody"),
        ("letters.csv", "{place}", "{hotel}"),
    ):
        file = root / name
        file.write_text(file.read_text().replace(right, wrong))

    with pytest.raises(PackRefused) as refused:
        packs.load(root)

    said = str(refused.value)
    assert "quotas.csv, row 4" in said
    assert "{hotel}" in said


def test_a_rehearsal_words_its_letters_alike_and_takes_them_along_when_it_goes(edition):
    edition.is_rehearsal = True
    edition.save()
    assert LetterWording.objects.exists()
    remove_rehearsal(edition, by=CLOCK)
    assert not LetterWording.objects.exists()
