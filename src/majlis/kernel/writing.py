"""One rule for every text that enters: what stays as written, what goes, what is read as meant.

Forms, packs, imports, commands and addresses all come through here, so that no page, document or
list meets a text it cannot show. Nothing is refused: each function gives a text that can be kept.

Goes        control characters, lone halves of pairs, codes that are no characters; marks that turn
            the direction of text around; signs that nobody can see, but for those below; marks on
            nothing, and more than `MOST_MARKS` on one letter.
Stays       joiners inside words that need them, and between emoji; selectors of a form after a sign
            that has one; marks of direction beside spaces and signs; flags spelt in tags.
Is read as  every line end as LF; letters with their accents as one (NFC); the bullets and ticks of
            a word processor's own fonts as the signs that everybody has.

A text in which there is nothing to see is empty.
"""

from __future__ import annotations

import re
import unicodedata

MOST_MARKS = 6
"""On one letter: Hebrew with accents has four, Tibetan five."""

_LINE_END = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_BROKEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufff9-\ufffb"
    + "".join(
        f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0, 0x110000, 0x10000)
    )
    + "]"
)
# What Unicode calls default ignorable: nothing is drawn for it.
_HIDDEN = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufff8\U0001bca0-\U0001bca3"
    "\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
_HIDDEN_RUN = re.compile(
    f"(?P<flag>(?<=\U0001f3f4)[\U000e0030-\U000e0039\U000e0061-\U000e007a]{{2,6}}\U000e007f)"
    f"|[{_HIDDEN}]+"
)
_ANY_HIDDEN = re.compile(f"[{_HIDDEN}]")
_JOINERS, _DIRECTIONS = "\u200c\u200d", "\u200e\u200f\u061c"
# Scripts whose letters join or stack: Arabic to Mongolian, and their later blocks.
_JOINING = re.compile(
    "[\u0600-\u0df4\u1000-\u109f\u1780-\u18af\u1a20-\u1bff\ua800-\uabff\ufb50-\ufdff\ufe70-\ufefc"
    "\U00010a00-\U00011fff\U0001e900-\U0001e95f]"
)
_SELECTORS = re.compile("[\u180b-\u180d\u180f\ufe00-\ufe0f\U000e0100-\U000e01ef]")
_BLANK = "\u2800"  # a Braille cell without dots

# Symbol and Wingdings, in which word processors write bullets, ticks and arrows.
WORD_SIGNS = str.maketrans(
    {
        "\uf02d": "–", "\uf04a": "☺", "\uf04b": "😐", "\uf04c": "☹", "\uf06c": "●", "\uf06e": "■",
        "\uf06f": "□", "\uf071": "❑", "\uf075": "◆", "\uf076": "❖", "\uf0a7": "▪", "\uf0a8": "□",
        "\uf0ab": "★", "\uf0ae": "→", "\uf0b7": "•", "\uf0d8": "➢", "\uf0df": "←", "\uf0e0": "→",
        "\uf0e1": "↑", "\uf0e2": "↓", "\uf0e8": "➔", "\uf0f0": "⇨", "\uf0fb": "✗", "\uf0fc": "✓",
        "\uf0fd": "☒", "\uf0fe": "☑",
    }
)  # fmt: skip


def text(written: str) -> str:
    """Words of several lines, as they are kept."""
    plain = _BROKEN.sub("", _LINE_END.sub("\n", written)).translate(WORD_SIGNS)
    plain = _with_few_marks(unicodedata.normalize("NFC", _HIDDEN_RUN.sub(_meant, plain)))
    plain = "\n".join(one.rstrip() for one in plain.split("\n")).strip()
    return plain if any(_is_seen(sign) for sign in plain) else ""


def line(written: str) -> str:
    """Words of one line: a name, a title. Spaces that hold words together stay."""
    return re.sub("[ \t\n]+", " ", text(written))


def bare(written: str) -> str:
    """An address: nothing in it that cannot be seen."""
    return "".join(_ANY_HIDDEN.sub("", text(written)).split())


def email(written: str) -> str:
    """An email address: bare, its letters and signs in their usual width."""
    return unicodedata.normalize("NFKC", bare(written))


def code(written: str) -> str:
    """A code in groups, its letters and digits as a keyboard of Latin letters writes them."""
    return digits(_ANY_HIDDEN.sub("", unicodedata.normalize("NFKC", line(written))))


def number(written: str) -> str:
    """A number or a day, bare and in the digits 0 to 9."""
    return digits(bare(written)).replace("٫", ".").replace("−", "-")


def digits(written: str) -> str:
    """The same with the digits of every script as 0 to 9."""
    if written.isascii():
        return written
    return "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in written)


def _meant(found: re.Match[str]) -> str:
    """Which of some hidden signs in a row mean something where they stand."""
    if found["flag"]:
        return found[0]
    run, said = found[0], found.string
    at, end = found.span()
    before, after = said[max(at - 1, 0) : at], said[end : end + 1]
    selector = next((c for c in run if _SELECTORS.match(c) and _has_form(before, c, after)), "")
    if "\u200d" in run and _is_picture(before) and _is_picture(after):
        return selector + "\u200d"
    if selector:
        return selector
    joiner = next((c for c in run if c in _JOINERS), "")
    if joiner and _JOINING.match(before or " ") and (joiner == "\u200d" or _in_word(after)):
        return joiner
    if joiner and _in_word(before) and _JOINING.match(after or " "):
        return joiner
    direction = next((c for c in run if c in _DIRECTIONS), "")
    at_an_end = not before.strip("\n") or not after.strip("\n")
    return "" if at_an_end or (_in_word(before) and _in_word(after)) else direction


def _in_word(sign: str) -> bool:
    return bool(sign) and unicodedata.category(sign)[0] in "LMN"


def _is_picture(sign: str) -> bool:
    """Whether emoji are joined from it: pictures, tones of skin, arrows."""
    return bool(sign) and (unicodedata.category(sign) == "So" or sign in "↔🏻🏼🏽🏾🏿")


def _has_form(sign: str, selector: str, after: str) -> bool:
    """Whether a sign has the other form that a selector asks for."""
    kind = unicodedata.category(sign) if sign else ""
    if selector in "\ufe0e\ufe0f":
        is_key = sign in "#*0123456789" and after == "\u20e3"
        return bool(sign) and (is_key or sign in "ℹ‼⁉〰〽" or kind in ("So", "Sm"))
    if selector < "\ufe00":
        return "\u1820" <= sign <= "\u18aa"
    return kind in ("Lo", "Sm", "So")


def _with_few_marks(said: str) -> str:
    """Without marks that stand on nothing, and those that pile up on one letter."""
    if said.isascii():
        return said
    kept: list[str] = []
    n, stands = 0, False  # marks so far, and whether the line has anything to stand on
    for sign in said:
        is_mark = unicodedata.category(sign) in ("Mn", "Me")
        n = n + 1 if is_mark else 0
        if not is_mark:
            stands = sign != "\n" and (stands or not sign.isspace())
        if not is_mark or (stands and n <= MOST_MARKS):
            kept.append(sign)
    return "".join(kept)


def _is_seen(sign: str) -> bool:
    kind = unicodedata.category(sign)
    return (kind[0] in "LNPS" or kind in ("Co", "Cn")) and sign != _BLANK
