"""Emblems of partners keep their proportions, whatever their shape."""

from __future__ import annotations

from typing import Any

import pytest

from tests.conftest import ROOT

SRC = ROOT / "src/majlis"
SHEETS = [
    "ui/static/ui/css/tokens.css",
    "ui/static/ui/css/base.css",
    "ui/static/ui/css/components.css",
    "front/static/front/edition.css",
]
SHAPES = {"wide": (1200, 100), "square": (300, 300), "tall": (60, 400)}
DRAWN = """() => [...document.images].map((image) => {
  const style = getComputedStyle(image), box = image.getBoundingClientRect();
  return style.objectFit === "contain" ? 1
    : (box.width / box.height) / (image.naturalWidth / image.naturalHeight);
})"""


@pytest.mark.once
@pytest.mark.parametrize("width", [320, 1280])
def test_emblems_are_not_stretched(chromium: Any, width: int):
    style = "".join((SRC / sheet).read_text() for sheet in SHEETS)
    images = "".join(
        f"<li class=card><img src='data:image/svg+xml,<svg xmlns=%22http://www.w3.org/2000/svg%22 "
        f"width=%22{w}%22 height=%22{h}%22/>'><h3>Partner</h3></li>"
        for w, h in SHAPES.values()
    )
    tab = chromium.new_page(viewport={"width": width, "height": 800})
    tab.set_content(f"<html><style>{style}</style><ul class=partners>{images}</ul></html>")
    tab.wait_for_function("[...document.images].every((image) => image.complete)")
    drawn = tab.evaluate(DRAWN)
    tab.close()

    assert drawn == pytest.approx([1, 1, 1], rel=0.02)
