"""Columns of one cell, each a kind: a day, a number, an identifier, a word of a list.

Each takes its one spelling, which is also how it is written, and besides it the spellings into
which spreadsheets turn what was typed, where they can mean one thing only.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, time
from urllib.parse import urlsplit
from zoneinfo import available_timezones

from majlis.kernel.pack.cells import BadCell, Plain
from majlis.kernel.pack.signs import clean
from majlis.kernel.words import Language, Words


def _matching(pattern: str, expected: str) -> Callable[[str], str]:
    compiled = re.compile(pattern)

    def parse(cell: str) -> str:
        if not compiled.fullmatch(cell):
            raise BadCell(expected)
        return cell

    return parse


def code(name: str = "id", meaning: str = "an identifier", *, longest: int = 24) -> Plain:
    """The identifier of a row: letters, digits, dot, hyphen."""
    pattern = rf"[A-Za-z0-9][A-Za-z0-9.\-]{{0,{longest - 1}}}"
    expected = f"letters, digits, dots and hyphens, {longest} at most"
    return Plain(name, meaning, True, expected, parse=_matching(pattern, expected))


def slug(name: str, meaning: str) -> Plain:
    """A word in an address."""
    expected = "small letters, digits and hyphens, 60 at most, such as tunis-2026"
    return Plain(
        name, meaning, True, expected, parse=_matching(r"[a-z0-9][a-z0-9\-]{0,59}", expected)
    )


def reference(name: str, table: str, meaning: str, *, required: bool = False) -> Plain:
    """The identifier of a row of another table of the pack; an empty cell is None."""
    return Plain(name, meaning, required, f"an identifier of {table}", empty=None, refers_to=table)


def line(name: str, meaning: str, *, longest: int = 2000, required: bool = False) -> Plain:
    """Plain text in one language."""

    def parse(cell: str) -> str:
        if len(cell) > longest:
            raise BadCell(f"at most {longest} letters (there are {len(cell)})")
        return clean(cell)

    return Plain(name, meaning, required, f"text, {longest} letters", parse=parse, form=clean)


def words(name: str, kinds: type[Words], meaning: str, *, required: bool = True) -> Plain:
    """One of a list of stored words."""
    expected = f"one of {', '.join(kinds.values)}"

    def parse(cell: str) -> str:
        if cell not in kinds.values:
            raise BadCell(expected)
        return str(cell)

    return Plain(name, meaning, required, expected, parse=parse)


def whole(
    name: str,
    meaning: str,
    *,
    low: int = 0,
    high: int = 30_000,
    empty: int | None = 0,
    required: bool = False,
) -> Plain:
    """A whole number."""
    expected = f"{low}" if low == high else f"a whole number from {low} to {high}"

    def parse(cell: str) -> int:
        found = re.fullmatch(r"([0-9]{1,9})(?:[.,]0+)?", cell)  # 10.0 and 10,0 are 10
        if found is None or (re.search("[.,]000$", cell) and found[1] != "0"):  # 10,000 is not
            raise BadCell(expected)
        if not low <= int(found[1]) <= high:
            raise BadCell(expected)
        return int(found[1])

    return Plain(name, meaning, required, expected, parse=parse, empty=empty)


_DAYS = (
    r"(?P<y>[0-9]{4})[-/.](?P<m>[0-9]{1,2})[-/.](?P<d>[0-9]{1,2})(?:[ T]00:00(?::00)?)?",
    r"(?P<d>[0-9]{1,2})[-/. ](?P<m>[0-9]{1,2})[-/. ](?P<y>[0-9]{4})",
    r"(?P<m>[0-9]{1,2})[-/. ](?P<d>[0-9]{1,2})[-/. ](?P<y>[0-9]{4})",
)


def day(name: str, meaning: str) -> Plain:
    """A calendar day. 25/03/2026 is one day; 03/04/2026 may be two, and is refused."""

    def parse(cell: str) -> date:
        found = {date for pattern in _DAYS if (date := _date(re.fullmatch(pattern, cell)))}
        if len(found) != 1:
            raise BadCell("a day such as 2026-03-25")
        return found.pop()

    return Plain(
        name, meaning, True, "a day such as 2026-03-25",
        parse=parse, form=date.isoformat, empty=None,
    )  # fmt: skip


def _date(found: re.Match[str] | None) -> date | None:
    try:
        return date(int(found["y"]), int(found["m"]), int(found["d"])) if found else None
    except ValueError:
        return None


_HOUR = r"(?P<h>[0-9]{1,2}):(?P<m>[0-9]{2})(?::00(?:[.,]0+)?)?(?:\s*(?P<half>[AaPp])\.?[Mm]\.?)?"


def hour(name: str, meaning: str) -> Plain:
    """A time of the day; 9:05, 09:05:00 and 9:05 AM are 09:05."""

    def parse(cell: str) -> time:
        found = re.fullmatch(_HOUR, cell)
        try:
            if found is None:
                raise ValueError
            hours = int(found["h"])
            if found["half"]:
                if not 1 <= hours <= 12:
                    raise ValueError
                hours = hours % 12 + (12 if found["half"] in "Pp" else 0)
            return time(hours, int(found["m"]))
        except ValueError:
            raise BadCell("hours and minutes such as 09:30") from None

    return Plain(
        name, meaning, True, "hours and minutes such as 09:30",
        parse=parse, form=lambda at: at.strftime("%H:%M"), empty=None,
    )  # fmt: skip


def address(name: str, meaning: str) -> Plain:
    """An address on the web."""

    expected = "an address that begins with https:// or http://, 400 letters at most"

    def parse(cell: str) -> str:
        try:
            parts = urlsplit(cell)
            host = parts.hostname
        except ValueError:
            raise BadCell(expected) from None
        if parts.scheme not in ("http", "https") or not host or len(cell) > 400 or " " in cell:
            raise BadCell(expected)
        return cell

    return Plain(name, meaning, False, expected, parse=parse)


_YES, _NO = {"yes", "true", "vrai", "oui", "نعم"}, {"no", "false", "faux", "non", "لا"}


def truth(name: str, meaning: str, *, empty: bool) -> Plain:
    """Yes or no, also as spreadsheets have it."""

    def parse(cell: str) -> bool:
        if cell.lower() not in _YES | _NO:
            raise BadCell("yes or no")
        return cell.lower() in _YES

    return Plain(
        name, meaning, False, f"yes or no; empty means {'yes' if empty else 'no'}",
        parse=parse, form=lambda value: "yes" if value else "no", empty=empty,
    )  # fmt: skip


def zone(name: str, meaning: str) -> Plain:
    """A time zone by its IANA name."""

    def parse(cell: str) -> str:
        if cell not in available_timezones():
            raise BadCell("the name of a time zone, such as Africa/Tunis")
        return cell

    return Plain(name, meaning, True, "a time zone such as Africa/Tunis", parse=parse)


def country(name: str, meaning: str) -> Plain:
    """A country by its two letters."""
    expected = "two capital letters (ISO 3166), such as TN"
    return Plain(name, meaning, True, expected, parse=_matching("[A-Z]{2}", expected))


def several(name: str, kinds: type[Words], meaning: str, *, required: bool = False) -> Plain:
    """One or more of a list of stored words, in order."""
    expected = f"some of {' '.join(kinds.values)}, each once, with spaces between"

    def parse(cell: str) -> list[str]:
        found = cell.split()
        if len(set(found)) != len(found) or not set(found) <= set(kinds.values):
            raise BadCell(expected)
        return found

    return Plain(name, meaning, required, expected, parse=parse, form=" ".join, empty=())


def languages(name: str, meaning: str) -> Plain:
    """One or more languages, in order."""
    return several(name, Language, meaning, required=True)


def shares(name: str, meaning: str, known: Callable[[str], bool], example: str) -> Plain:
    """Codes, each once and with a whole number, such as `fr 55, ar 45`."""
    expected = f"codes with their shares, such as {example}"

    def parse(cell: str) -> dict[str, int]:
        pairs = [part.split() for part in cell.split(",")]
        if not all(len(pair) == 2 and known(pair[0]) and pair[1].isdecimal() for pair in pairs):
            raise BadCell(expected)
        found = {code: int(share) for code, share in pairs}
        if len(found) != len(pairs) or not sum(found.values()):
            raise BadCell(expected)
        return found

    def form(value: Mapping[str, int]) -> str:
        return ", ".join(f"{code} {share}" for code, share in value.items())

    return Plain(name, meaning, True, expected, parse=parse, form=form, empty=None)
