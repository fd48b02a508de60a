"""Bytes to text: UTF-8, and what older programs save where it can be one text only."""

from __future__ import annotations

import re

UTF8 = "save it as UTF-8 (in a spreadsheet: “CSV UTF-8”)"
_MARKS = {b"\xef\xbb\xbf": "utf-8", b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}
# Two bytes of UTF-8 that were read as two letters of Windows-1252, and saved again.
_DOUBLED = re.compile(r"Ã[\u00a0-\u00bf]|[ØÙ][^\sA-Za-z][ØÙ]")
_ARABIC = set("،؛؟ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىيـًٌٍَُِّْ")
_HIGH = range(0x80, 0x100)
_WEST, _EAST = (
    {b: bytes([b]).decode(name, "replace") for b in _HIGH} for name in ("cp1252", "cp1256")
)
_SAME = {b for b in _HIGH if _WEST[b] == _EAST[b]}
_LATIN = r"A-Za-z" + "".join(re.escape(chr(b)) for b in sorted(_SAME) if _WEST[b].isalpha())
_OTHER = "".join(re.escape(chr(b)) for b in _HIGH if b not in _SAME)
_WORD = re.compile(f"[{_LATIN}{_OTHER}]+")
_LETTERS_OF_THE_WEST = {*range(0xC0, 0x100), 0x9F} - {0xD7, 0xF7}
_INSIDE = "\x92\x96\x97\xa0\xad\xb7"  # ’ – — no-break space, soft hyphen, middle dot
_AFTER = "\x80\x85\x91-\x94\x96\x97\x99\x9b"  # € … quotation marks, dashes, ™ ›
# What follows a letter and cannot be meant: é of DOS, œ of Latin-9.
_ODD = re.compile(
    f"(?<=[{_LATIN}])(?:[^\x00-\x7f{_LATIN}{_OTHER}{_INSIDE}](?=[{_LATIN}])"
    f"|(?![{_AFTER}{_LATIN}{_OTHER}])[\x80-\x9f])"
)


class Unclear(ValueError):
    """The bytes may be several texts, or none; the message says what to do."""

    def __init__(self, message: str, row: int | None = None) -> None:
        super().__init__(message)
        self.row = row


def decoded(raw: bytes) -> str:
    """The text with LF line ends, or `Unclear`."""
    text = _decoded(raw).replace("\r\n", "\n").replace("\r", "\n")
    if (at := text.find("\ufffd")) >= 0:
        raise Unclear(f"a letter was lost here (“�”); write it again and {UTF8}.", _row(text, at))
    if found := _DOUBLED.search(text):
        raise Unclear(
            f"“{found[0]}” stands here for a letter: a program took UTF-8 for something else. Open "
            f"the original as UTF-8 and {UTF8}.",
            _row(text, found.start()),
        )
    return text


def _row(text: str, at: int) -> int:
    return text.count("\n", 0, at) + 1


def _decoded(raw: bytes) -> str:
    for mark, name in _MARKS.items():
        if raw.startswith(mark):
            return _by(name, raw.removeprefix(mark))
    if b"\0" in raw[:400]:
        ends = [raw[at:400:2].count(0) for at in (0, 1)]
        if 0 in ends and len(raw) % 2 == 0:  # every other byte of plain letters is zero
            return _by("utf-16-be" if ends[0] else "utf-16-le", raw)
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        found = _windows(raw)
        if found is None:
            raise Unclear(
                f"the byte 0x{raw[error.start]:02X} is not UTF-8, and the encoding cannot be told; "
                f"{UTF8}.",
                raw.count(b"\n", 0, error.start) + 1,
            ) from None
        return raw.decode(found)


def _by(name: str, raw: bytes) -> str:
    try:
        return raw.decode(name)
    except UnicodeDecodeError:
        raise Unclear(f"the file begins as {name.upper()} and is none; {UTF8}.") from None


def _windows(raw: bytes) -> str | None:
    """Windows-1252 or -1256, when the words can be of one only.

    Both write é in the same byte, so French alone is the same text in both. A word of Arabic is
    made of other bytes throughout; a French word has such a byte among plain letters.
    """
    text = raw.decode("latin-1")
    if _ODD.search(text):
        return None
    found = {_side(word) for word in _WORD.findall(text)} - {"either"}
    if len(found) != 1:
        has_others = any(ord(sign) >= 0x80 and ord(sign) not in _SAME for sign in text)
        return None if found or has_others else "cp1252"
    return {"west": "cp1252", "east": "cp1256"}.get(found.pop())


def _side(word: str) -> str:
    """Of which of the two a word can be, by the bytes in which they differ."""
    others = {ord(sign) for sign in word if ord(sign) >= 0x80} - _SAME
    if not others or word == "É":  # which is ة too
        return "either"
    if word == "À" or any(sign.isascii() for sign in word):
        return "west" if others <= _LETTERS_OF_THE_WEST else "neither"
    same = any(ord(sign) in _SAME for sign in word)
    is_arabic = not same and {_EAST[b] for b in others} <= _ARABIC
    if is_arabic and len(word) == 1:
        return "either"
    return "east" if is_arabic else "neither"
