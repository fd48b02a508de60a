"""Make the fonts of documents, and the table of what they can set.

    uv run --with fonttools python scripts/fonts.py FOLDER

FOLDER holds the sources: the `truetype/noto` folder of the Debian package `fonts-noto-core`, and
`NotoEmoji_400Regular.ttf` of the npm package `@expo-google-fonts/noto-emoji`. Hints and alphabets
that nobody writes here are left out. The table also covers the fonts inside the typesetter.
"""

from __future__ import annotations

import io
import json
import struct
import sys
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path
from unicodedata import category

from fontTools import subset  # type: ignore[import-not-found]
from fontTools.ttLib import TTFont  # type: ignore[import-not-found]

FONTS = Path("src/majlis/briefs/fonts")
NOTO = FONTS / "noto@2026"
NO_TEXT = ("Cc", "Co")  # archives take no private use
BUILT_IN = ("Libertinus Serif",)  # no file: the typesetter brings it


def _symbols(code: int) -> bool:
    """Signs from punctuation upwards, but for old numbers, games, dots of Braille and letters of
    mathematics, which are set as plain letters."""
    return code > 0x2000 and not (
        0x2800 <= code < 0x2900
        or 0x10000 <= code < 0x1F000
        or 0x1F700 <= code < 0x1F780
        or 0x1FB00 <= code < 0x1FC00
    )


def _words(code: int) -> bool:
    return not (0x0900 <= code < 0x0E00 or 0xA8E0 <= code < 0xA900)


TAKEN: dict[str, Callable[[int], bool]] = {
    "NotoSans-Regular.ttf": _words,
    "NotoSansTifinagh-Regular.ttf": _words,
    "NotoSansHebrew-Regular.ttf": _words,
    "NotoSansMath-Regular.ttf": _symbols,
    "NotoSansSymbols-Regular.ttf": _symbols,
    "NotoSansSymbols2-Regular.ttf": _symbols,
    "NotoEmoji_400Regular.ttf": lambda _code: True,
}


def make(source: Path, is_taken: Callable[[int], bool]) -> Path:
    """Write the part of a font that documents need."""
    font = TTFont(source, recalcTimestamp=False)
    options = subset.Options(hinting=False, layout_features=["*"], name_IDs=["*"])
    options.drop_tables += ["MATH", "STAT"]
    part = subset.Subsetter(options)
    part.populate(unicodes=[code for code in font.getBestCmap() if is_taken(code)])
    part.subset(font)
    made = NOTO / source.name.replace("_400", "-")
    font.save(made)
    return made


def built_in() -> Iterator[TTFont]:
    """The fonts inside the typesetter's library."""
    spec = find_spec("typst")
    assert spec is not None
    assert spec.origin is not None
    (library,) = Path(spec.origin).parent.glob("*.so")
    held = library.read_bytes()
    at = -1
    while (at := held.find(b"OTTO", at + 1)) >= 0:
        (n,) = struct.unpack(">H", held[at + 4 : at + 6])
        if not 8 <= n <= 30:
            continue
        tables = [struct.unpack(">4sIII", held[at + 12 + 16 * i :][:16]) for i in range(n)]
        end = max(offset + length for _, _, offset, length in tables)
        if b"cmap" in {tag for tag, *_ in tables} and end < 20_000_000:
            yield TTFont(io.BytesIO(held[at : at + end]), lazy=True)


def cover() -> dict[str, list[list[int]]]:
    """By family: ranges of characters that its regular and its bold face both have."""
    found: dict[str, set[int]] = {}
    fonts = [TTFont(path, lazy=True) for path in sorted(FONTS.glob("*/*.ttf"))]
    for font in [*fonts, *(font for font in built_in() if _family(font) in BUILT_IN)]:
        if str(font["name"].getDebugName(2)) in ("Regular", "Bold"):
            codes = {code for code in font.getBestCmap() if category(chr(code)) not in NO_TEXT}
            found[_family(font)] = found.get(_family(font), codes) & codes
    return {family: _ranges(codes) for family, codes in sorted(found.items())}


def _family(font: TTFont) -> str:
    return str(font["name"].getDebugName(1))


def _ranges(codes: set[int]) -> list[list[int]]:
    ranges: list[list[int]] = []
    for code in sorted(codes):
        if ranges and ranges[-1][1] == code - 1:
            ranges[-1][1] = code
        else:
            ranges.append([code, code])
    return ranges


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    for name, is_taken in TAKEN.items():
        (source,) = folder.rglob(name)
        made = make(source, is_taken)
        print(made, made.stat().st_size)
    text = json.dumps(cover(), separators=(",", ":")).replace("]],", "]],\n")
    (FONTS / "cover.json").write_text(text + "\n")
