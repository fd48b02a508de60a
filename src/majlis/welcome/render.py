"""From badges (plain JSON, every word already in its language) to a PDF."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import typst

from majlis.briefs.glyphs import FACES, FONTS, settable

SOURCES = Path(__file__).resolve().parents[1]


def badges_pdf(sheet: dict[str, Any], emblems: list[bytes]) -> bytes:
    """The badges as a PDF. People's words travel as data, never as source."""
    shown, _unset = settable(sheet)
    made = typst.compile(
        str(SOURCES / "welcome" / "typst" / "badges.typ"),
        root=str(SOURCES),
        sys_inputs={
            "data": json.dumps(shown, ensure_ascii=False),
            "faces": json.dumps(list(FACES)),
            "emblems": json.dumps([list(one) for one in emblems]),
        },
        font_paths=[str(FONTS)],
        ignore_system_fonts=True,
    )
    return bytes(made)
