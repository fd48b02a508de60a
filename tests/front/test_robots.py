"""What search engines, feed readers and other sites are told of an edition."""

import io
import re
from xml.etree import ElementTree

import pytest
from django.urls import reverse
from PIL import Image

from majlis.series.states import EditionState
from tests.conftest import as_person
from tests.factories.registration import RoleFactory
from tests.factories.series import EditionFactory, SeriesFactory

pytestmark = pytest.mark.django_db
ADDRESS = "http://testserver"


@pytest.fixture
def edition():
    return EditionFactory(slug="tunis")


def head(client, path) -> str:
    return client.get(path).content.decode().split("</head>")[0]


def test_a_public_page_names_its_address_and_its_languages(client, edition):
    found = head(client, "/fr/e/tunis/programme/?utm_source=x")

    assert f'<link rel="canonical" href="{ADDRESS}/fr/e/tunis/programme/">' in found
    assert re.findall(r'hreflang="(..)" href="([^"]+)"', found) == [
        (lang, f"{ADDRESS}/{lang}/e/tunis/programme/") for lang in ("en", "fr", "ar")
    ]
    assert "noindex" not in found


def test_an_edition_is_described_with_place_and_day(client, edition):
    found = head(client, "/en/e/tunis/")

    said = "Policy Seminar: Maghreb Edition. Tunis, 25 March 2026."
    assert f'<meta name="description" content="{said}">' in found
    assert f'property="og:image" content="{ADDRESS}/en/e/tunis/card.png"' in found


def test_an_edition_is_an_event_with_days_and_place(client, edition):
    page = client.get("/en/e/tunis/").content.decode()
    event = page.split('itemtype="https://schema.org/Event"')[1].split("</main>")[0]

    assert 'itemprop="startDate" content="2026-03-25"' in event
    assert 'itemprop="name" content="Tunis"' in event


def test_workspace_drafts_and_rehearsals_are_closed_to_robots(client, edition):
    ada = RoleFactory(edition=EditionFactory(state=EditionState.DRAFT)).person
    draft = ada.roles.get().edition
    rehearsal = EditionFactory(is_rehearsal=True)
    pages = [
        head(as_person(ada), f"/en/desk/{draft.slug}/"),
        head(as_person(ada), f"/en/desk/{draft.slug}/plan/preview/"),
        head(client, f"/en/e/{rehearsal.slug}/"),
        head(client, "/en/sign-in/"),
    ]

    assert ["noindex" in page for page in pages] == [True] * 4
    assert "Disallow: /en/desk/" in client.get("/robots.txt").content.decode()


def test_site_map_has_every_announced_edition_in_each_language(client, edition):
    draft = EditionFactory(state=EditionState.DRAFT, series=edition.series)
    rehearsal = EditionFactory(is_rehearsal=True, series=edition.series)
    answer = client.get("/sitemap.xml")
    space = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    places = [one.text for one in ElementTree.fromstring(answer.content).iter(f"{space}loc")]

    assert {f"{ADDRESS}/{lang}/e/tunis/" for lang in ("en", "fr", "ar")} <= set(places)
    assert [p for p in places if draft.slug in p or rehearsal.slug in p] == []
    assert [client.get(place).status_code for place in places] == [200] * len(places)


def test_feed_of_a_series_lists_its_editions(client, edition):
    EditionFactory(state=EditionState.DRAFT, series=edition.series)
    answer = client.get(reverse("front:feed", kwargs={"series": edition.series.slug}))
    atom = "{http://www.w3.org/2005/Atom}"
    entries = ElementTree.fromstring(answer.content).findall(f"{atom}entry")

    assert answer["Content-Type"].startswith("application/atom+xml")
    assert [one.findtext(f"{atom}title") for one in entries] == ["Maghreb Edition"]
    assert entries[0].find(f"{atom}link").get("href") == f"{ADDRESS}/en/e/tunis/"


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_card_is_a_picture_of_the_usual_size(client, edition, lang):
    answer = client.get(f"/{lang}/e/tunis/card.png")

    assert answer["Content-Type"] == "image/png"
    assert Image.open(io.BytesIO(answer.content)).size == (1200, 630)


def test_feed_of_a_series_without_an_edition_is_empty(client):
    series = SeriesFactory()
    assert client.get(f"/en/series/{series.slug}/feed.atom").status_code == 200
