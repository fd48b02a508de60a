"""Signs between and around words, as each language writes them, on pages and in documents.

`lang` defaults to the language of the moment.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import get_language

from majlis.kernel.words import direction_of

NO_BREAK, NARROW = "\u00a0", "\u202f"
FIRST_STRONG, POP = "\u2068", "\u2069"

_OTHER_WAY = {"rtl": ("L",), "ltr": ("R", "AL")}
_FRENCH = (
    (re.compile(r"«[ \u00a0\u202f]*"), "«" + NO_BREAK),
    (re.compile(r"[ \u00a0\u202f]*»"), NO_BREAK + "»"),
    (re.compile(r"[ \u00a0\u202f]+([;?!]|%%|%(?![(\w]))"), NARROW + r"\1"),
    (re.compile(r"(?<=\w)(?<!&amp)([;?!])(?=\s|$)"), NARROW + r"\1"),
    (re.compile(r"[ \u00a0\u202f]+:(?!\w)|(?<=\w):(?=\s|$)"), NO_BREAK + ":"),
    (re.compile(r"\b([nN]°) ?(?=\d|%\(|\{)"), r"\1" + NO_BREAK),
)


@dataclass(frozen=True, slots=True)
class _Signs:
    opening: str
    closing: str
    comma: str = ", "
    semicolon: str = "; "
    colon: str = ": "


_SIGNS = {
    "en": _Signs("“", "”"),
    "fr": _Signs("«" + NO_BREAK, NO_BREAK + "»", semicolon=NARROW + "; ", colon=NO_BREAK + ": "),
    "ar": _Signs("«", "»", comma="، ", semicolon="؛ "),
}


def _signs(lang: str | None) -> _Signs:
    code = (lang or get_language() or "en").split("-")[0]
    return _SIGNS.get(code, _SIGNS["en"])


def quoted(text: str, lang: str | None = None) -> str:
    """`“text”`, `« text »` or `«text»`."""
    signs = _signs(lang)
    return f"{signs.opening}{isolated(text, lang)}{signs.closing}"


def joined(parts: Iterable[object], lang: str | None = None) -> str:
    """`a, b, c`, with the comma of the language."""
    return _signs(lang).comma.join(isolated(str(part), lang) for part in parts)


def listed(parts: Iterable[object], lang: str | None = None) -> str:
    """`a, b; c, d`: longer parts one after the other, with the semicolon of the language."""
    return _signs(lang).semicolon.join(str(part) for part in parts)


def labelled(label: object, value: object, lang: str | None = None) -> str:
    """`label: value`, with the colon of the language."""
    return f"{isolated(str(label), lang)}{_signs(lang).colon}{isolated(str(value), lang)}"


def colon(lang: str | None = None) -> str:
    """The colon after a label, with the space that stands before it in French."""
    return _signs(lang).colon.rstrip(" ")


def isolated(text: str, lang: str | None = None) -> str:
    """Words of people, so that letters of the other direction disturb nothing beside them."""
    other = _OTHER_WAY[direction_of((lang or get_language() or "en").split("-")[0])]
    if not any(unicodedata.bidirectional(c) in other for c in text):
        return text
    return text if text.startswith(FIRST_STRONG) else f"{FIRST_STRONG}{text}{POP}"


def spaced(french: str) -> str:
    """French words with no-break spaces where a line must not break: `« 62 % ! »`."""
    for pattern, sign in _FRENCH:
        french = pattern.sub(sign, french)
    return french
