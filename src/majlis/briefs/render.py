"""From a document (plain JSON, every word already in its language) to each kind of file.

Rendering is a pure function of the document: the same document gives the same bytes.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from datetime import UTC, datetime
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typst
from django.template.loader import render_to_string

from majlis.briefs import vowels
from majlis.briefs.glyphs import FACES, FONTS, settable
from majlis.kernel.lazily import lazily

if TYPE_CHECKING:
    from majlis.briefs import slides, word
else:
    slides, word = lazily("majlis.briefs.slides"), lazily("majlis.briefs.word")

HERE = Path(__file__).resolve().parent
STYLE = HERE / "typst" / "brief.css"
PAGES = ("document", "_prose", "_statement", "_words")
LAYOUT = (
    HERE / "typst" / "brief.typ",
    HERE / "typst" / "cover.svg",
    *(HERE / name for name in ("office.py", "slides.py", "word.py")),
    vowels.PAGE,
    STYLE,
    *(HERE / "templates" / "briefs" / f"{name}.html" for name in PAGES),
    *sorted(FONTS.glob("*/*.ttf")),
    FONTS / "cover.json",
)


def pdf(document: dict[str, Any]) -> bytes:
    """The document as an accessible, archivable PDF (PDF/UA-1 and PDF/A-2a).

    People's words travel as data, never as source. A sign that no font has is shown by another,
    and the document says so. Raises `typst.TypstError` when the result would not conform.
    """
    emblems = document.get("emblems", [])
    document, unset = settable(document | {"emblems": [one["name"] for one in emblems]})
    if unset:
        document["colophon"].append(document["labels"]["not_set"])
    faces = sorted(FACES, key=lambda face: face != "Amiri") if document["lang"] == "ar" else FACES
    issued = document["issued"]
    stamp = datetime(issued["year"], issued["month"], issued["day"], tzinfo=UTC)
    made = typst.compile(
        str(HERE / "typst" / "brief.typ"),
        sys_inputs={
            "data": json.dumps(document, ensure_ascii=False),
            "faces": json.dumps(list(faces)),
            "emblems": json.dumps([list(base64.b64decode(e["picture"])) for e in emblems]),
            "drawn": json.dumps(vowels.drawn(document), ensure_ascii=False),
            "marked": vowels.MARKED,
        },
        font_paths=[str(FONTS)],
        ignore_system_fonts=True,
        pdf_standards=["ua-1", "a-2a"],
        timestamp=int(stamp.timestamp()),
    )
    return bytes(made)


def can_draw(picture: bytes) -> bool:
    """Whether the typesetter reads a picture to its end: a broken one must not stop a brief."""
    try:
        typst.compile(
            str(HERE / "typst" / "picture.typ"),
            sys_inputs={"picture": json.dumps(list(picture))},
            font_paths=[str(FONTS)],
            ignore_system_fonts=True,
        )
    except typst.TypstError:
        return False
    return True


def html(document: dict[str, Any]) -> bytes:
    """The document as one self-contained HTML file that asks for nothing else."""
    style = STYLE.read_text(encoding="utf-8")
    page = render_to_string("briefs/document.html", {"d": document, "style": style})
    return re.sub(r"\n\s*\n+", "\n", page).encode()


def docx(document: dict[str, Any]) -> bytes:
    """The document as a text document of an office program."""
    return word.docx(document)


def pptx(document: dict[str, Any]) -> bytes:
    """The document as slides with presenter's notes."""
    return slides.pptx(document)


def programme_pdf(sheet: dict[str, Any]) -> bytes:
    """A programme as PDF (PDF/UA-1)."""
    funder = sheet["funder"]
    emblems = funder["emblems"]
    names = {"funder": funder | {"emblems": [one["name"] for one in emblems]}}
    sheet, _unset = settable(sheet | names)
    faces = sorted(FACES, key=lambda face: face != "Amiri") if sheet["lang"] == "ar" else FACES
    issued = sheet["issued"]
    stamp = datetime(issued["year"], issued["month"], issued["day"], tzinfo=UTC)
    made = typst.compile(
        str(HERE / "typst" / "programme.typ"),
        sys_inputs={
            "data": json.dumps(sheet, ensure_ascii=False),
            "faces": json.dumps(list(faces)),
            "emblems": json.dumps([list(base64.b64decode(e["picture"])) for e in emblems]),
        },
        font_paths=[str(FONTS)],
        ignore_system_fonts=True,
        pdf_standards=["ua-1"],
        timestamp=int(stamp.timestamp()),
    )
    return bytes(made)


def programme_html(sheet: dict[str, Any]) -> bytes:
    """The same as one file that asks for nothing else, to keep on a phone."""
    style = (HERE / "typst" / "programme.css").read_text(encoding="utf-8")
    page = render_to_string("briefs/programme_file.html", {"d": sheet, "style": style})
    return re.sub(r"\n\s*\n+", "\n", page).encode()


PROGRAMME_FORMATS = {"pdf": programme_pdf, "html": programme_html}
FORMATS = {"pdf": pdf, "html": html, "docx": docx, "pptx": pptx}


@cache
def template_digest() -> str:
    """SHA-256 of all that sets a document besides its content: layout, style, fonts, typesetter."""
    found = hashlib.sha256(version("typst").encode())
    for path in LAYOUT:
        found.update(path.read_bytes())
    return found.hexdigest()


def style_hash(page: bytes) -> str:
    """The content-security source that allows exactly the style sheet inside an issued page."""
    found = re.search(rb"<style>(.*?)</style>", page, re.DOTALL)
    digest = hashlib.sha256(found.group(1) if found else b"").digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"
