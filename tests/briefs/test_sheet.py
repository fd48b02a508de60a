"""The programme as files to keep."""

from __future__ import annotations

import io

import pypdf
import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import translation
from PIL import Image

from majlis.kernel.texts import Text
from tests.factories.series import (
    EditionFactory,
    PartnerFactory,
    PublicTextFactory,
    SessionFactory,
    SpeakerFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def edition():
    edition = EditionFactory(time_zone="Africa/Tunis")
    lina = SpeakerFactory(edition=edition)
    hidden = SpeakerFactory(edition=edition, has_agreed=False, name=Text.of("en", en="Nobody Yet"))
    people = [["chair", lina.code], ["speaker", hidden.code]]
    SessionFactory(edition=edition, room="Room <A>", people=people)
    return edition


def file(client, edition, format, lang="en"):
    with translation.override(lang):
        address = reverse(f"briefs:programme-{format}", kwargs={"edition": edition.slug})
    return client.get(address)


@pytest.mark.parametrize(("lang", "said"), [("en", "Chair: Lina"), ("fr", "Table 1"), ("ar", "")])
def test_pdf_has_the_programme_by_the_clock_of_the_place(client, edition, lang, said):
    answer = file(client, edition, "pdf", lang)

    (page,) = pypdf.PdfReader(io.BytesIO(answer.content)).pages
    text = page.extract_text()
    assert "attachment" in answer["Content-Disposition"]
    assert "11:35" in text
    assert said in text
    assert "Nobody Yet" not in text


def test_html_file_asks_for_nothing_else(client, edition):
    page = file(client, edition, "html").content.decode()

    assert all(part in page for part in ("11:35–12:50", "Lina Example", "Room &lt;A&gt;"))
    assert not any(part in page for part in ("src=", "href=", "url(", "<script", "Nobody Yet"))


def test_there_is_no_file_before_the_programme_is_published(client):
    edition = EditionFactory()

    assert [file(client, edition, f).status_code for f in ("pdf", "html")] == [404, 404]


def emblem():
    drawn = io.BytesIO()
    Image.new("RGB", (40, 20), "navy").save(drawn, "PNG")
    return drawn.getvalue()


@pytest.mark.parametrize("format", ["pdf", "html"])
def test_whoever_pays_stands_on_the_programme(client, edition, format):
    for kind, said in (("funding", "Funded by a fund"), ("disclaimer", "Views are ours")):
        PublicTextFactory(edition=edition, kind=kind, body=Text.of("en", en=said))
    PartnerFactory(
        edition=edition, role="funder", is_confirmed=True, name=Text.of("en", en="A Fund"),
        emblem=ContentFile(emblem(), name="fund.png"),
    )  # fmt: skip

    made = file(client, edition, format).content

    if format == "pdf":
        (page,) = pypdf.PdfReader(io.BytesIO(made)).pages
        assert len(page.images) == 1
        said = page.extract_text()
    else:
        said = made.decode()
        assert 'alt="A Fund" src="data:image/png;base64,' in said
    assert "Funded by a fund" in said
    assert "Views are ours" in said
