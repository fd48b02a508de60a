"""Words with vowel marks are found in a PDF, with or without them."""

from __future__ import annotations

import shutil
import subprocess

import pytest

from majlis.briefs import actions, vowels
from majlis.kernel.texts import Text, TextStatus
from tests.conftest import words_in
from tests.factories.recommendations import WRITER, published
from tests.factories.series import EditionFactory

SAID = "إِنَّ المُؤَسَّسَاتِ الصُّغْرَى تُنَظَّمُ فِي عُقُودٍ، وَكُلُّ مُحَمَّدٌ كَتَبَ حَقًّا: بِسْمِ ٱللَّهِ «لِلْمُدُنِ» والتعاون المؤسّسي أَوَّلًا."


@pytest.mark.once
def test_marked_words_are_words_with_their_marks():
    assert list(vowels.marked_words({"a": ["قال مُحَمَّدٌ، ثُمَّ"], "url": "مُ", "svg": "مُ"})) == [
        "مُحَمَّدٌ",
        "ثُمَّ",
    ]
    assert vowels.without_marks("مُحَمَّدٌ") == "محمد"


@pytest.mark.django_db
@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="pdftotext is not installed")
def test_words_with_vowel_marks_are_found_in_every_pdf(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"
    rec = published(EditionFactory(slug="tunis"))
    rec.text = Text.of("ar", ar=SAID)
    rec.title = Text.of("ar", ar="عُقُودٌ مُنَظَّمَةٌ").with_translation("en", "C", TextStatus.EDITED)
    rec.save()

    publication = actions.issue(rec.edition, base_url="http://seminar.test", by=WRITER)

    for lang in ("en", "fr", "ar"):
        with publication.files.get(language=lang, format="pdf").file.open("rb") as stored:
            path = tmp_path / f"{lang}.pdf"
            path.write_bytes(stored.read())
        found = subprocess.run(["pdftotext", str(path), "-"], capture_output=True, check=True)
        assert words_in(SAID) - words_in(found.stdout.decode()) == set(), lang
