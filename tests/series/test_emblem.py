"""Emblems are slots: filled by an organiser, served by the server."""

from __future__ import annotations

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import translation

from tests.factories.packs import PNG
from tests.factories.series import EditionFactory, PartnerFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def address(code: str) -> str:
    with translation.override("en"):
        return reverse("series:emblem", kwargs={"edition": "tunis", "code": code})


def test_emblem_is_served_as_the_picture_it_is(client):
    edition = EditionFactory(slug="tunis")
    PartnerFactory(edition=edition, code="femise", emblem=ContentFile(PNG, name="logo.png"))

    answer = client.get(address("femise"))

    assert answer.content == PNG
    assert answer["Content-Type"] == "image/png"
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_emblem_stands_on_the_page_of_the_edition(client):
    edition = EditionFactory(slug="tunis")
    PartnerFactory(edition=edition, code="femise", emblem=ContentFile(PNG, name="logo.png"))
    PartnerFactory(edition=edition, code="slot")

    page = client.get("/en/e/tunis/").content.decode()

    assert f'<img src="{address("femise")}" alt="" loading="lazy">' in page
    assert address("slot") not in page


def test_empty_slot_has_no_emblem(client):
    PartnerFactory(edition=EditionFactory(slug="tunis"), code="slot")

    assert client.get(address("slot")).status_code == 404


def test_emblem_whose_file_was_lost_is_not_found(client, files):
    edition = EditionFactory(slug="tunis")
    partner = PartnerFactory(edition=edition, emblem=ContentFile(PNG, name="logo.png"))
    (files / partner.emblem.name).unlink()

    assert client.get(address(partner.code)).status_code == 404
