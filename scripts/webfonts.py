"""Make the letters of the pages: small files, each for one script.

    uv run --with fonttools,brotli python scripts/webfonts.py FOLDER

FOLDER holds the `files` of the npm packages `@fontsource-variable/figtree`,
`@fontsource-variable/source-serif-4` and `@fontsource-variable/readex-pro`. Hashes of what comes
out stand in `src/majlis/ui/static/vendor/vendor.toml`.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

from fontTools import subset  # type: ignore[import-not-found]
from fontTools.ttLib import TTFont  # type: ignore[import-not-found]
from fontTools.varLib import instancer  # type: ignore[import-not-found]

VENDOR = Path("src/majlis/ui/static/vendor")
LATIN = (
    "U+0020-007E,U+00A0-00FF,U+0152-0153,U+0178,U+2013-2014,U+2018-201E,U+2022,U+2026,U+202F,"
    "U+2039-203A,U+20AC,U+2212,U+2264-2265"
)
ARABIC = (
    "U+060C,U+061B,U+061F,U+0621-063A,U+0640-0652,U+0670,U+067E,U+0686,U+06A4,U+06A9,U+06AF,"
    "U+06CC,U+200C-200F,U+2066-2069"
)
FEATURES = "kern,liga,calt,ccmp,locl,mark,mkmk,tnum,lnum,init,medi,fina,isol,rlig"


@dataclass(frozen=True, slots=True)
class Cut:
    """One file: where it comes from, how far its weight goes, and which letters it has."""

    source: str
    to: str
    axes: dict[str, float | tuple[float, float]]
    letters: str


CUTS = (
    Cut(
        "figtree-latin-wght-normal.woff2",
        "figtree@5.3.0/figtree.woff2",
        {"wght": (400, 750)},
        LATIN,
    ),
    Cut(
        "source-serif-4-latin-opsz-normal.woff2",
        "source-serif-4@5.3.1/source-serif-4.woff2",
        {"opsz": 34, "wght": 580},
        LATIN,
    ),
    Cut(
        "readex-pro-arabic-wght-normal.woff2",
        "readex-pro@5.3.0/readex-pro-arabic.woff2",
        {"wght": (300, 700)},
        ARABIC,
    ),
)


def make(cut: Cut, folder: Path) -> Path:
    """Cut one font and return where it is."""
    font = TTFont(next(folder.rglob(cut.source)))
    font = instancer.instantiateVariableFont(font, cut.axes)
    options = subset.Options(hinting=False, layout_features=FEATURES.split(","), flavor="woff2")
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=subset.parse_unicodes(cut.letters))
    cutter.subset(font)
    path = VENDOR / cut.to
    path.parent.mkdir(parents=True, exist_ok=True)
    subset.save_font(font, str(path), options)
    return path


if __name__ == "__main__":
    for one in CUTS:
        made = make(one, Path(sys.argv[1]))
        print(made, made.stat().st_size)
