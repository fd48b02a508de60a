"""The brief as a text document and as slides, read back as an office program reads them."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date

import docx
import pptx
import pytest
from docx.oxml.ns import qn

from majlis.briefs import render
from majlis.briefs.document import Occasion, document, issued
from majlis.briefs.queries import gather
from tests.factories.recommendations import adopted
from tests.factories.series import EditionFactory
from tests.recommendations.test_brief_content import voted

pytestmark = pytest.mark.django_db


def brief(lang):
    edition = EditionFactory()
    adopted(edition, citing=[voted(edition, sme=(12, 9, 1))])
    built = document(gather(edition, base_url="http://seminar.test"), lang)
    return issued(built, Occasion(date(2026, 3, 27), 1))


@pytest.fixture
def english():
    return brief("en")


@pytest.mark.parametrize("format", ["docx", "pptx"])
def test_the_same_brief_gives_the_same_bytes_without_a_time(english, format):
    made = render.FORMATS[format](english)

    assert made == render.FORMATS[format](english)
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        assert {entry.date_time[0] for entry in archive.infolist()} == {1980}
        assert archive.namelist()[0] == "[Content_Types].xml"


def test_text_document_has_real_styles_and_everything_that_is_asked(english):
    read = docx.Document(io.BytesIO(render.FORMATS["docx"](english)))
    styled = {line.text: line.style.name for line in read.paragraphs}
    (rec,) = english["recommendations"]

    assert styled[english["edition"]] == "Title"
    assert styled[english["labels"]["one_page"]] == "Heading 1"
    assert styled[rec["title"]["text"]] == "Heading 2"
    tables = [[cell.text for cell in row.cells] for table in read.tables for row in table.rows]
    for fact in rec["facts"]:
        assert [fact["label"], "\n".join([fact["value"]["text"], *fact["more"]])] in tables
    assert ["12", "9", "1"] in tables  # the bar
    links = read.element.findall(f".//{qn('w:hyperlink')}")
    assert len(links) == len(english["footnotes"])


def test_arabic_text_document_runs_from_the_right():
    read = docx.Document(io.BytesIO(render.FORMATS["docx"](brief("ar"))))

    lines = [line for line in read.paragraphs if re.search("[\u0600-\u06ff]", line.text)]
    assert len(lines) > 10
    assert all(line._p.pPr.find(qn("w:bidi")) is not None for line in lines)
    assert all(table._tblPr.find(qn("w:bidiVisual")) is not None for table in read.tables)


def test_slides_say_one_thing_and_notes_the_rest(english):
    deck = pptx.Presentation(io.BytesIO(render.FORMATS["pptx"](english)))
    (rec,) = english["recommendations"]
    words = [
        [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]
        for slide in deck.slides
    ]
    notes = [slide.notes_slide.notes_text_frame.text for slide in deck.slides]

    (at,) = [n for n, said in enumerate(words) if rec["text"]["text"] in said]
    assert rec["title"]["text"] in words[at]
    for fact in rec["facts"]:
        assert fact["value"]["text"] in notes[at]
    assert english["footnotes"][0]["text"]["text"] in notes[at]
    (divided,) = [said for said in words if english["labels"]["divided"] in said]
    assert {"12", "9"} <= set(divided)


def test_nothing_on_a_slide_leaves_it():
    for lang in ("en", "ar"):
        deck = pptx.Presentation(io.BytesIO(render.FORMATS["pptx"](brief(lang))))
        for slide in deck.slides:
            for shape in slide.shapes:
                assert shape.left >= 0
                assert shape.left + shape.width <= deck.slide_width + 2  # rounding
                assert shape.top + shape.height <= deck.slide_height


def test_arabic_slides_are_mirrored():
    def edges(lang):
        deck = pptx.Presentation(io.BytesIO(render.FORMATS["pptx"](brief(lang))))
        boxes = (one for one in deck.slides[0].shapes if one.has_text_frame)
        return next(one for one in boxes if one.text_frame.text), deck.slide_width

    box, _ = edges("en")
    mirrored, width = edges("ar")

    assert abs(box.left - (width - mirrored.left - mirrored.width)) <= 2
    assert mirrored.text_frame.paragraphs[0]._p.pPr.get("rtl") == "1"
