"""Make the fonts of documents, and the table of what they can set.

    uv run --with fonttools,brotli python scripts/fonts.py FOLDER

FOLDER holds the sources: the `truetype/noto` folder of the Debian package `fonts-noto-core`, and
of npm `NotoEmoji_400Regular.ttf` (`@expo-google-fonts/noto-emoji`), the static files of
`@expo-google-fonts/source-serif-4` and `figtree`, and the `opsz` files of
`@fontsource-variable/source-serif-4` for headings. Hints and alphabets that nobody writes here are
left out. The table also covers the fonts inside the typesetter.
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
from fontTools.merge import Merger  # type: ignore[import-not-found]
from fontTools.ttLib import TTFont  # type: ignore[import-not-found]
from fontTools.varLib import instancer  # type: ignore[import-not-found]

FONTS = Path("src/majlis/briefs/fonts")
NOTO = FONTS / "noto@2026"
TEXT = FONTS / "text@2026"
NO_TEXT = ("Cc", "Co")  # archives take no private use
BUILT_IN = ("Libertinus Serif",)  # no file: the typesetter brings it
LABELS = ("Figtree", "Majlis Headings")  # never alone: another face has what they lack


def _symbols(code: int) -> bool:
    """Signs from punctuation upwards, but for old numbers, games, dots of Braille and letters of
    mathematics, which are set as plain letters."""
    return code > 0x2000 and not (
        0x2800 <= code < 0x2900
        or 0x10000 <= code < 0x1F000
        or 0x1F700 <= code < 0x1F780
        or 0x1FB00 <= code < 0x1FC00
    )


def _latin(code: int) -> bool:
    """Letters of Latin, and the signs that stand among them."""
    return code < 0x250 or 0x1E00 <= code < 0x1F00 or 0x2000 <= code < 0x2200


def _words(code: int) -> bool:
    return not (0x0900 <= code < 0x0E00 or 0xA8E0 <= code < 0xA900)


TEXT_FILES = {
    "Figtree_400Regular.ttf": ("Figtree", "Regular"),
    "Figtree_700Bold.ttf": ("Figtree", "Bold"),
    "SourceSerif4_400Regular.ttf": ("Majlis Serif", "Regular"),
    "SourceSerif4_700Bold.ttf": ("Majlis Serif", "Bold"),
    "SourceSerif4_400Regular_Italic.ttf": ("Majlis Serif", "Italic"),
}
"""What letters of running text are made of, and the family and style they become: a font that was
cut may not bear the name that its licence reserves."""
TAKEN: dict[str, Callable[[int], bool]] = {
    "NotoSans-Regular.ttf": _words,
    "NotoSansTifinagh-Regular.ttf": _words,
    "NotoSansHebrew-Regular.ttf": _words,
    "NotoSansMath-Regular.ttf": _symbols,
    "NotoSansSymbols-Regular.ttf": _symbols,
    "NotoSansSymbols2-Regular.ttf": _symbols,
    "NotoEmoji_400Regular.ttf": lambda _code: True,
}


def make(
    source: Path, is_taken: Callable[[int], bool], made: Path, name: tuple[str, str] | None = None
) -> Path:
    """Write the part of a font that documents need, under another family and style if asked."""
    font = TTFont(source, recalcTimestamp=False)
    if name is not None:
        _rename(font, *name)
    options = subset.Options(hinting=False, layout_features=["*"], name_IDs=["*"])
    options.drop_tables += ["MATH", "STAT"]
    part = subset.Subsetter(options)
    part.populate(unicodes=[code for code in font.getBestCmap() if is_taken(code)])
    part.subset(font)
    made.parent.mkdir(exist_ok=True)
    font.save(made)
    return made


def headings(folder: Path) -> Path:
    """Write the cut for headings: narrow hairlines, half bold, under a name of its own."""
    parts = []
    for script in ("latin", "latin-ext"):
        font = TTFont(next(folder.rglob(f"source-serif-4-{script}-opsz-normal.woff2")))
        font = instancer.instantiateVariableFont(font, {"opsz": 44, "wght": 600})
        font.flavor = None
        parts.append(folder / f"headings-{script}.ttf")
        font.save(parts[-1])
    whole = Merger().merge([str(part) for part in parts])
    whole["OS/2"].usWeightClass = 400
    made = folder / "headings.ttf"
    whole.save(made)
    return make(made, _latin, TEXT / "MajlisHeadings-Regular.ttf", ("Majlis Headings", "Regular"))


def _rename(font: TTFont, family: str, style: str) -> None:
    full = f"{family} {style}"
    named = {1: family, 2: style, 3: full, 4: full, 6: full.replace(" ", "")}
    for name_id, said in named.items():
        font["name"].setName(said, name_id, 3, 1, 0x409)
    for name_id in (16, 17, 21, 22, 25):
        font["name"].removeNames(nameID=name_id)


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
        style = str(font["name"].getDebugName(2))
        if style in ("Regular", "Bold") and _family(font) not in LABELS:
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
        print(make(source, is_taken, NOTO / source.name.replace("_400", "-")))
    for file, (family, style) in TEXT_FILES.items():
        made = TEXT / f"{family.replace(' ', '')}-{style}.ttf"
        print(make(next(folder.rglob(file)), _latin, made, (family, style)))
    print(headings(folder))
    text = json.dumps(cover(), separators=(",", ":")).replace("]],", "]],\n")
    (FONTS / "cover.json").write_text(text + "\n")
