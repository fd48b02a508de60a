"""The picture of an edition that other sites show beside a link to it."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

from majlis.briefs.glyphs import FONTS
from majlis.kernel.words import direction_of

LAYOUT = Path(__file__).resolve().parent / "typst" / "card.typ"
TILES = Path(str(resources.files("majlis.ui"))) / "static/ui/tiles/hero.svg"


def drawn(*, lang: str, series: str, title: str, place: str) -> bytes:
    """The picture as PNG, 1,200 by 630 dots: series, title, place and days, with tiles."""
    import typst  # takes a while, and few ask

    given = {
        "series": series,
        "title": title,
        "place": place,
        "lang": lang,
        "dir": direction_of(lang),
        "tiles": TILES.read_text("utf-8"),
    }
    made = typst.compile(
        str(LAYOUT),
        format="png",
        ppi=72.0,
        sys_inputs=given,
        font_paths=[str(FONTS)],
        ignore_system_fonts=True,
    )
    return bytes(made)
