"""Emblems in a brief: undistorted, with the funding statement, and never in the way of a brief."""

from __future__ import annotations

import re
import struct
import zlib

import pytest
from django.core.files.base import ContentFile

from majlis.briefs import render
from majlis.briefs.document import Occasion, documents, issued
from majlis.briefs.queries import gather
from majlis.kernel.texts import Text
from majlis.series.states import PartnerRole, TextKind
from tests.factories.packs import PNG
from tests.factories.recommendations import published
from tests.factories.series import EditionFactory, PartnerFactory

pytestmark = pytest.mark.django_db


def picture(width: int, height: int) -> bytes:
    rows = b"".join(b"\0" + b"\x12\x40\x5c" * width for _ in range(height))

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = [(b"IHDR", head), (b"IDAT", zlib.compress(rows)), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunk(*part) for part in parts)


def body(edition, data: bytes, role=PartnerRole.ORGANISER):
    partner = PartnerFactory(edition=edition, role=role, is_confirmed=True)
    partner.emblem.save(f"{partner.code}.png", ContentFile(data), save=True)
    return partner


def built(edition, lang="en"):
    found = documents(gather(edition, base_url="http://seminar.test"))
    return issued(found[lang], Occasion(edition.starts_on))


@pytest.fixture
def edition(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return published(EditionFactory()).edition


@pytest.mark.parametrize("lang", ["en", "fr", "ar"])
def test_emblems_keep_their_proportions_in_the_pdf(edition, lang):
    shapes = [(120, 120), (900, 60), (60, 200)]
    for shape in shapes:
        body(edition, picture(*shape))

    pdf = render.pdf(built(edition, lang))

    drawn = drawn_in(pdf)
    assert sorted(round(w / h, 2) for w, h in drawn) == sorted(round(w / h, 2) for w, h in shapes)


def drawn_in(pdf: bytes) -> list[tuple[float, float]]:
    """Width and height of every picture on the pages, as the matrix before it says."""
    found = []
    for packed in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL):
        try:
            said = zlib.decompress(packed)
        except zlib.error:
            continue
        matrices = re.findall(rb"([\d.]+) 0 0 (-?[\d.]+) [-\d.]+ [-\d.]+ cm\s*/\w+ Do", said)
        found += [(float(w), abs(float(h))) for w, h in matrices]
    return found


def test_emblem_of_a_funder_stands_with_the_funding_statement(edition):
    said = Text.of("en", en="Funded by the fund.")
    edition.texts.filter(kind=TextKind.FUNDING).update(body=said)
    body(edition, picture(30, 20))
    assert built(edition)["funding"] == []

    body(edition, picture(30, 20), PartnerRole.FUNDER)

    page = render.html(built(edition)).decode()
    assert page.index("data:image/png") < page.index("Funded by the fund.") < page.index("<h1>")


def test_broken_emblem_is_left_out_and_stops_no_brief(edition):
    body(edition, PNG)
    body(edition, picture(300, 300)[:80])

    document = built(edition)

    assert document["emblems"] == []
    assert render.pdf(document).startswith(b"%PDF")
