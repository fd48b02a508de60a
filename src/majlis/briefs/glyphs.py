"""Which signs the fonts of a document can set, and what stands in for the others.

A sign is a letter with its marks, or an emoji with what is joined to it. One font must have all of
it. Where none has, its plain form is set (Ａ as A), else its letter without the marks that no font
has, else a box. The last two lose something, and are reported with their place.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from majlis.kernel.writing import WORD_SIGNS

FONTS = Path(__file__).resolve().parent / "fonts"
FACES = (
    "Majlis Serif", "Libertinus Serif", "Amiri", "Noto Sans", "Noto Sans Tifinagh",
    "Noto Sans Hebrew", "Noto Sans Math", "Noto Sans Symbols", "Noto Sans Symbols2", "Noto Emoji",
)  # fmt: skip
BOX = "▯"
_EASY = re.compile("[\n -~\u00a0-\u017e]*")  # what every document is made of
NO_TEXT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff"
    "\U0001f3fb-\U0001f3ff\U000e0000-\U000e0fff]"
)
_JOINER = "\u200d"
_LONG = re.compile(r"\S{41,}")  # a word that may not fit a line
_PIECE = 20


@dataclass(frozen=True, slots=True, order=True)
class Unset:
    """A sign that a document shows otherwise than it was written, and in which part of it."""

    place: str
    sign: str

    @property
    def codes(self) -> str:
        """`U+738B`, or several for a letter with marks."""
        return " ".join(f"U+{ord(one):04X}" for one in self.sign)

    def as_json(self) -> dict[str, str]:
        return {"sign": self.sign, "codes": self.codes, "place": self.place}


@cache
def _cover() -> dict[str, frozenset[str]]:
    ranges = json.loads((FONTS / "cover.json").read_text())
    return {
        face: frozenset(
            chr(code) for first, last in ranges[face] for code in range(first, last + 1)
        )
        for face in FACES
    }


@lru_cache(maxsize=50_000)
def is_set(sign: str) -> bool:
    """Whether one font has all that is drawn of a sign, composed or taken apart."""
    forms = {unicodedata.normalize(form, sign) for form in ("NFC", "NFD")}
    drawn = [frozenset(_INVISIBLE.sub("", form)) for form in forms]
    return any(form <= has for form in drawn for has in _cover().values())


def signs(text: str) -> Iterator[str]:
    """A text in pieces that are drawn as one."""
    sign = ""
    for one in text:
        belongs = unicodedata.category(one)[0] == "M" or _INVISIBLE.match(one)
        if sign and not belongs and not sign.endswith(_JOINER):
            yield sign
            sign = ""
        sign += one
    if sign:
        yield sign


def _settable(sign: str) -> tuple[str, bool]:
    """What is set for a sign, and whether that loses something."""
    if is_set(sign):
        return sign, False
    plain = unicodedata.normalize("NFKC", sign)
    if plain != sign and all(map(is_set, signs(plain))):
        return plain, False
    if sign[0].isspace():
        return " ", False
    return (sign[0], True) if is_set(sign[0]) and _INVISIBLE.sub("", sign[0]) else (BOX, True)


def _without_marks(drawing: str) -> str:
    """The words in a figure without marks that stand beside their letter, such as vowels: the
    typesetter takes those for signs without a glyph there."""
    composed = unicodedata.normalize("NFC", drawing)
    return "".join(one for one in composed if unicodedata.category(one) not in ("Mn", "Me", "Mc"))


def _breakable(text: str) -> str:
    """The text with places where its very long words may break."""
    return _LONG.sub(_in_pieces, text)


def _in_pieces(found: re.Match[str]) -> str:
    drawn = list(signs(found[0]))
    pieces = ["".join(drawn[at : at + _PIECE]) for at in range(0, len(drawn), _PIECE)]
    return "\u200b".join(pieces)


_KINDS: dict[str, Callable[[str], str]] = {"svg": _without_marks, "url": str}
"""What is no running text, by its key in a document."""


@lru_cache(maxsize=20_000)  # a brief is gone through at each look at it, and hardly changes
def _set(text: str) -> tuple[str, tuple[str, ...]]:
    """A text with every sign as it can be set, and the signs that are lost."""
    if _EASY.fullmatch(text):
        return text, ()
    made, lost = [], []
    for sign in signs(NO_TEXT.sub("", text).translate(WORD_SIGNS)):
        shown, is_lost = _settable(sign) if not _EASY.fullmatch(sign) else (sign, False)
        made.append(shown)
        if is_lost:
            lost.append(sign)
    return "".join(made), tuple(lost)


@dataclass(slots=True)
class Setting:
    """Collects what could not be set while a document is gone through."""

    unset: set[Unset] = field(default_factory=set)

    def text(self, text: str, place: str) -> str:
        """The text with every sign as it can be set."""
        made, lost = _set(text)
        self.unset.update(Unset(place, sign) for sign in lost)
        return made

    def all_of(self, value: Any, place: str = "", key: str = "") -> Any:
        """The same plain JSON, its texts as they can be set. The nearest name is the place."""
        match value:
            case str():
                return self.text(_KINDS.get(key, _breakable)(value), place)
            case list():
                return [self.all_of(one, place, key) for one in value]
            case dict():
                here = str(value.get("rec_id") or place)
                return {key: self.all_of(one, here, key) for key, one in value.items()}
        return value


def settable(document: dict[str, Any]) -> tuple[dict[str, Any], list[Unset]]:
    """A document as its fonts can set it, and what they cannot."""
    setting = Setting()
    made = setting.all_of(document)
    return made, sorted(setting.unset)


def not_set(documents: Mapping[str, dict[str, Any]]) -> list[Unset]:
    """What the fonts cannot set of a brief, in any of its languages."""
    return sorted({one for document in documents.values() for one in settable(document)[1]})
