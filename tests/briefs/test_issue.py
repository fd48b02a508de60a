"""Issuing the brief: six files and a manifest, unchangeable, in words that can be searched."""

import hashlib
import json
import shutil
import subprocess
from itertools import product

import pytest
from django.test import Client
from django.urls import reverse

from majlis.briefs import actions
from majlis.briefs.document import BriefChange
from majlis.briefs.models import Publication
from majlis.kernel.errors import RuleBroken
from majlis.kernel.texts import Text, TextStatus
from tests.conftest import as_person, words_in
from tests.factories.recommendations import WRITER, adopted, published
from tests.factories.registration import RoleFactory
from tests.factories.series import EditionFactory

pytestmark = pytest.mark.django_db
BASE = "http://seminar.test"


@pytest.fixture(autouse=True)
def _own_files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"


def data_of(publication, language, format):
    file = publication.files.get(language=language, format=format)
    with file.file.open("rb") as stored:
        return stored.read()


def test_issue_keeps_every_format_and_a_manifest_with_their_digests():
    rec = published(EditionFactory(slug="tunis"))

    publication = actions.issue(rec.edition, base_url=BASE, by=WRITER)

    kinds = sorted((f.language, f.format) for f in publication.files.all())
    formats = ("docx", "html", "pdf", "pptx")
    assert kinds == [("", "json"), *product(("ar", "en", "fr"), formats)]
    manifest = json.loads(data_of(publication, "", "json"))
    for listed in manifest["files"]:
        data = data_of(publication, listed["language"], listed["format"])
        assert hashlib.sha256(data).hexdigest() == listed["sha256"]
    assert manifest["authoritative_language"] == "en"


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="pdftotext is not installed")
@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_the_pdf_holds_the_words_of_the_recommendation(language, tmp_path):
    rec = published(EditionFactory(slug="tunis"))
    publication = actions.issue(rec.edition, base_url=BASE, by=WRITER)
    path = tmp_path / "brief.pdf"
    path.write_bytes(data_of(publication, language, "pdf"))

    text = subprocess.run(
        ["pdftotext", str(path), "-"], capture_output=True, check=True
    ).stdout.decode()

    said = words_in(rec.text[language].text) | words_in(rec.title[language].text)
    assert said - words_in(text) == set()
    assert rec.rec_id.split("-")[0] in text


def test_html_footnotes_lead_to_the_why_page():
    rec = published(EditionFactory(slug="tunis"))
    publication = actions.issue(rec.edition, base_url=BASE, by=WRITER)
    citation = rec.citations.get()

    page = data_of(publication, "fr", "html").decode()

    why = f"{BASE}/fr/e/tunis/recommendations/{rec.rec_id}/why/#source-{citation.code}"
    assert f'href="{why}"' in page


def test_a_text_without_translation_stands_in_its_original_and_says_so():
    rec = published(EditionFactory(slug="tunis"))
    rec.text = Text.of("fr", fr="Ouvrir un registre.", en="Open a register.")
    rec.save()
    publication = actions.issue(rec.edition, base_url=BASE, by=WRITER)

    arabic = publication.content["documents"]["ar"]["recommendations"][0]["text"]

    assert (arabic["text"], arabic["lang"]) == ("Ouvrir un registre.", "fr")
    assert arabic["mark"] != ""


def test_issue_without_an_adopted_recommendation_is_refused():
    edition = EditionFactory()
    with pytest.raises(RuleBroken, match="adopted"):
        actions.issue(edition, base_url=BASE, by=WRITER)
    assert list(Publication.objects.all()) == []


def test_issue_before_the_public_pages_are_open_names_what_is_missing():
    rec = adopted(EditionFactory())
    with pytest.raises(RuleBroken, match=rec.rec_id):
        actions.issue(rec.edition, base_url=BASE, by=WRITER)
    assert list(Publication.objects.all()) == []


def test_a_later_issue_lists_what_came_and_leaves_the_first_as_it_was():
    edition = EditionFactory(slug="tunis")
    published(edition)
    first = actions.issue(edition, base_url=BASE, by=WRITER)
    before = data_of(first, "en", "pdf")
    newer = published(edition)

    second = actions.issue(edition, base_url=BASE, by=WRITER)

    assert second.changes == [{"kind": "added", "rec_id": newer.rec_id}]
    assert newer.rec_id in second.content["documents"]["fr"]["changes"][0]
    assert data_of(first, "en", "pdf") == before
    assert BriefChange("added", newer.rec_id) == BriefChange(**second.changes[0])


def test_issued_html_is_served_with_its_own_style_and_no_script():
    rec = published(EditionFactory(slug="tunis"))
    publication = actions.issue(rec.edition, base_url=BASE, by=WRITER)
    file = publication.files.get(language="ar", format="html")

    answer = Client().get(
        reverse("briefs:file", kwargs={"edition": "tunis", "number": 1, "name": file.name})
    )

    policy = answer.headers["Content-Security-Policy"]
    assert "style-src 'sha256-" in policy
    assert "script-src 'none'" in policy
    assert "unsafe" not in policy
    assert answer.content == data_of(publication, "ar", "html")


def test_the_same_document_gives_the_same_bytes():
    from majlis.briefs import render

    rec = published(EditionFactory())
    publication = actions.issue(rec.edition, base_url=BASE, by=WRITER)
    document = publication.content["documents"]["ar"]

    assert render.pdf(document) == render.pdf(document) == data_of(publication, "ar", "pdf")
    assert TextStatus.DRAFT in {w.status for w in rec.text.values()}


def test_a_printed_address_is_the_name_the_organiser_came_by(settings):
    """Where nobody told the server its name, it still knows the one it was called by."""
    settings.PUBLIC_URL = "http://127.0.0.1:8000"
    settings.ALLOWED_HOSTS = ["seminar.example"]
    rec = published(EditionFactory(slug="tunis"))
    organiser = as_person(RoleFactory(edition=rec.edition).person)

    organiser.post(
        reverse("briefs:issue", kwargs={"edition": "tunis"}), HTTP_HOST="seminar.example"
    )

    content = str(Publication.objects.get().content)
    assert "http://seminar.example/fr/e/tunis/recommendations/" in content
    assert "127.0.0.1" not in content


def test_no_word_stops_a_brief_and_the_organiser_is_told():
    said = "Jobs 👩‍🔬🇹🇳 \uf0b7 ✅ 3️⃣ ⵜⴰⵎⴰⵣⵉⵖⵜ 王 ⁃ a\x02b \ufffe"
    rec = published(EditionFactory(slug="tunis"))
    rec.text = rec.text.with_original(said)
    rec.save()
    client = as_person(RoleFactory(edition=rec.edition).person)

    page = client.get(reverse("briefs:desk", args=["tunis"])).content.decode()
    publication = actions.issue(rec.edition, base_url=BASE, by=WRITER)

    assert "U+738B" in page
    assert f'<span class="code" dir="ltr">{rec.rec_id}</span>' in page
    assert "U+2705" not in page
    told = json.loads(data_of(publication, "", "json"))["not_set"]
    assert set(told) == {"en", "fr", "ar"}
    assert told["en"] == [{"sign": "王", "codes": "U+738B", "place": rec.rec_id}]
    assert "王" in data_of(publication, "en", "html").decode()
