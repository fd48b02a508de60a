"""Arabic words with vowel marks, so that a search in a PDF finds them.

The typesetter writes marks as letters of their own, beside or above the line, and repeats their
letter: a reader's search then finds neither the word nor its neighbours. So each such word is
drawn as a picture, and its letters without marks stand unseen in its place, where they are found,
copied and read aloud.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typst

from majlis.briefs.glyphs import FACES, FONTS

PAGE = Path(__file__).resolve().parent / "typst" / "words.typ"
_MARK = "\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed"
_LETTER = "\u0620-\u064a\u066e-\u06d3\u06d5\u06e5\u06e6\u06ee\u06ef\u06fa-\u06ff\u0750-\u077f"
MARKED = f"[{_LETTER}][{_LETTER}{_MARK}]*[{_MARK}][{_LETTER}{_MARK}]*"
_MARKED = re.compile(MARKED)
_MARKS = re.compile(f"[{_MARK}]")
UNREAD = ("svg", "alt", "url")  # parts of a document that are not set as words


def without_marks(word: str) -> str:
    """A word as it is searched for."""
    return _MARKS.sub("", word)


def marked_words(value: Any) -> Iterator[str]:
    """The words with vowel marks in plain JSON."""
    match value:
        case str():
            yield from _MARKED.findall(value)
        case list():
            for one in value:
                yield from marked_words(one)
        case dict():
            for key, one in value.items():
                if key not in UNREAD:
                    yield from marked_words(one)


def drawn(document: dict[str, Any]) -> dict[str, Any]:
    """By weight and word: its picture. And by word: its letters."""
    words = sorted(set(marked_words(document)))
    return {
        "letters": {word: without_marks(word) for word in words},
        "regular": dict(zip(words, _pictures(words, "regular"), strict=True)),
        "bold": dict(zip(words, _pictures(words, "bold"), strict=True)),
    }


def _pictures(words: list[str], weight: str) -> list[str]:
    if not words:
        return []
    faces = ["Amiri", *(face for face in FACES if face != "Amiri")]
    inputs = {"words": json.dumps(words), "weight": weight, "faces": json.dumps(faces)}
    made = typst.compile(
        str(PAGE),
        sys_inputs=inputs,
        font_paths=[str(FONTS)],
        ignore_system_fonts=True,
        format="svg",
    )
    return [one.decode() for one in (made if isinstance(made, list) else [made])]
