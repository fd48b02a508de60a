"""No word that was accepted can stop a document."""

from __future__ import annotations

import json
import random
import unicodedata
from pathlib import Path

import pytest
import typst

from majlis.briefs import glyphs
from majlis.briefs.glyphs import BOX, FACES, FONTS, Unset, is_set, settable, signs

pytestmark = pytest.mark.once
PAGE = """
#set document(title: "All signs", date: datetime(year: 2026, month: 3, day: 25))
#set text(font: json(bytes(sys.inputs.faces)), fallback: false, weight: sys.inputs.weight)
#for line in json(bytes(sys.inputs.lines)) { par(line) }
"""
SEED = 20261127


def compiled(tmp_path: Path, lines: list[str], weight: str = "regular") -> bytes:
    """A document of these lines in the standard of the briefs; raises where a glyph is missing."""
    source = tmp_path / "page.typ"
    source.write_text(PAGE)
    return bytes(
        typst.compile(
            str(source),
            sys_inputs={"lines": json.dumps(lines), "faces": json.dumps(FACES), "weight": weight},
            font_paths=[str(FONTS)],
            ignore_system_fonts=True,
            pdf_standards=["ua-1", "a-2a"],
            timestamp=0,
        )
    )


def in_lines(said: list[str], length: int = 60) -> list[str]:
    return [" ".join(said[at : at + length]) for at in range(0, len(said), length)]


def kept(text: str) -> str:
    """The text as a document sets it."""
    return settable({"text": text})[0]["text"]


def scripts() -> dict[str, str]:
    """A word of each script that Python knows, by the first word of its letters' names."""
    words: dict[str, str] = {}
    for code in range(0x41, 0x20000):
        one = chr(code)
        if unicodedata.category(one)[0] in "LM":
            script = unicodedata.name(one, "UNNAMED").split(" ")[0]
            if len(words.setdefault(script, "")) < 8:
                words[script] += one
    return words


@pytest.mark.parametrize("weight", ["regular", "bold"])
def test_every_sign_that_is_said_to_be_set_is_set(tmp_path, weight):
    every = [
        one
        for codes in json.loads((FONTS / "cover.json").read_text()).values()
        for first, last in codes
        for one in map(chr, range(first, last + 1))
        if one == kept(one)
    ]

    assert len(set(every)) > 8_000
    said = [f"\u00a0{c}" if unicodedata.category(c)[0] == "M" else c for c in sorted(set(every))]
    said = [one for one in said if kept(one) == one]
    compiled(tmp_path, in_lines(said), weight)


def test_letters_with_any_marks_are_set_or_replaced(tmp_path):
    draw = random.Random(SEED)
    some = [
        chr(code)
        for code in (*range(0x20, 0x3000), *range(0xA640, 0xABFF), *range(0x1F300, 0x1FAFF))
    ]
    letters = [one for one in some if unicodedata.category(one)[0] in "LNPS"]
    marks = [one for one in some if unicodedata.category(one)[0] == "M"] + list(
        "\u200d\ufe0f\u200c"
    )
    said = [
        draw.choice(letters) + "".join(draw.choices(marks, k=draw.randint(1, 3)))
        for _ in range(4_000)
    ]

    compiled(tmp_path, [kept(line) for line in in_lines(said)])


def test_a_word_of_every_script_is_set_or_replaced_and_reported(tmp_path):
    words = scripts()
    assert len(words) > 150

    document, unset = settable({"rec_id": "R-01", "lines": list(words.values())})

    compiled(tmp_path, document["lines"])
    assert {one.place for one in unset} == {"R-01"}
    shown = dict(zip(words, document["lines"], strict=True))
    whole = {script for script, word in words.items() if shown[script] == word}
    assert {"LATIN", "ARABIC", "TIFINAGH", "GREEK", "CYRILLIC", "HEBREW"} <= whole
    assert all(set(shown[script]) & {BOX} for script in ("ETHIOPIC", "HANGUL", "KATAKANA"))


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("Jobs 👩‍🔬🇹🇳 ✅ 3️⃣ ❤️‍🔥", "Jobs 👩‍🔬🇹🇳 ✅ 3️⃣ ❤️‍🔥"),
        ("ⵜⴰⵎⴰⵣⵉⵖⵜ ڭ ݣ ڤ گ", "ⵜⴰⵎⴰⵣⵉⵖⵜ ڭ ݣ ڤ گ"),
        ("بِسْمِ ٱللَّهِ ۝ ۖ", "بِسْمِ ٱللَّهِ ۝ ۖ"),
        ("→ ✓ • ⁃ ∑ ≤ € ₿ ☑ Việt ŋəɹ ḍ", "→ ✓ • ⁃ ∑ ≤ € ₿ ☑ Việt ŋəɹ ḍ"),
        ("ＡＢＣ 𝐛𝐨𝐥𝐝", "ABC bold"),
        ("\uf0b7 first", "• first"),
        ("a\x02b\ufffe", "ab"),
        ("王小明 a\u20e3", f"{BOX}{BOX}{BOX} a"),
    ],
)
def test_signs_are_set_as_written_where_a_font_has_them(tmp_path, written, shown):
    assert kept(written) == shown
    compiled(tmp_path, [shown])


def test_what_cannot_be_set_is_told_with_its_place():
    _, unset = settable(
        {"title": "王", "recs": [{"rec_id": "R-02", "text": {"text": "x\u20e3 王"}}]}
    )

    assert unset == [Unset("", "王"), Unset("R-02", "x\u20e3"), Unset("R-02", "王")]
    assert unset[1].as_json() == {"sign": "x\u20e3", "codes": "U+0078 U+20E3", "place": "R-02"}


def test_a_word_longer_than_a_line_may_break_but_no_address():
    said = {"text": "W" * 100, "url": "https://" + "w" * 100}

    made, unset = settable(said)

    assert [len(piece) for piece in made["text"].split("\u200b")] == [20] * 5
    assert (made["url"], unset) == (said["url"], [])


def test_the_table_of_signs_is_that_of_the_fonts():
    """Fonts and table are made together by `scripts/fonts.py`."""
    assert set(json.loads((FONTS / "cover.json").read_text())) == set(FACES)
    assert sum(path.stat().st_size for path in FONTS.glob("noto*/*.ttf")) < 3_000_000


def test_signs_takes_a_text_apart_and_loses_nothing():
    text = "Ḍ̣a 👩‍🔬🇹🇳 3️⃣ مُحَمَّد"

    assert "".join(signs(text)) == text
    assert list(signs("👩‍🔬a\u0323")) == ["👩‍🔬", "a\u0323"]
    assert is_set("👩‍🔬")
    assert glyphs.is_set(BOX)
