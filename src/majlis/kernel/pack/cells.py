"""Kinds of columns: how a cell is read, what was expected, and how it is written back.

Reading a cell that was written gives the value again, and writing a value that was read gives the
canonical cell. Both directions stand side by side for that reason.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, time
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import available_timezones

from majlis.kernel import writing
from majlis.kernel.pack.signs import clean
from majlis.kernel.texts import Text, TextStatus, Wording
from majlis.kernel.words import Language, Words

Say = Callable[[str, str], None]
"""Report a fault of this row: column header, sentence."""

MISSING = "missing"


class BadCell(ValueError):
    """A cell cannot be read; the message says what was expected."""


@dataclass(frozen=True, slots=True)
class Column(ABC):
    """One field of a table. `meaning` is what the reference page says of it."""

    name: str
    meaning: str = ""
    required: bool = False

    @abstractmethod
    def headers(self) -> list[str]:
        """The names of its columns in the file."""

    @abstractmethod
    def read(self, cells: Mapping[str, str], say: Say, spoken: list[str]) -> Any:
        """The value of the row's cells; faults are told to `say`. `spoken`: edition's languages."""

    @abstractmethod
    def write(self, value: Any) -> dict[str, str]:
        """The cells of a value."""


@dataclass(frozen=True, slots=True)
class Plain(Column):
    """A column of one cell. `parse` raises `BadCell`; `empty` is the value of an empty cell.

    `takes` says what may stand in it.
    """

    takes: str = ""
    parse: Callable[[str], Any] = str
    form: Callable[[Any], str] = str
    empty: Any = ""
    refers_to: str = ""

    def headers(self) -> list[str]:
        return [self.name]

    def read(self, cells: Mapping[str, str], say: Say, spoken: list[str]) -> Any:  # noqa: ARG002, columns of texts ask it
        cell = cells.get(self.name, "").strip()
        if not cell:
            if self.required:
                say(self.name, f"the value is missing; expected: {self.meaning}.")
            return self.empty
        for typed in (cell, cell if self.form is clean else writing.code(cell)):
            try:  # as it is, then in Latin letters and the digits 0 to 9
                return self.parse(typed)
            except BadCell as error:
                expected = error
        say(self.name, f"“{_short(cell)}” cannot be read; expected {expected}.")
        return self.empty

    def write(self, value: Any) -> dict[str, str]:
        return {self.name: "" if value is None or value == "" else self.form(value)}


def _short(cell: str) -> str:
    return cell if len(cell) <= 40 else cell[:39] + "…"


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
        if not re.fullmatch(r"[0-9]{1,9}", cell) or not low <= int(cell) <= high:
            raise BadCell(expected)
        return int(cell)

    return Plain(name, meaning, required, expected, parse=parse, empty=empty)


def day(name: str, meaning: str) -> Plain:
    """A calendar day."""

    def parse(cell: str) -> date:
        try:
            if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", cell):
                raise ValueError
            return date.fromisoformat(cell)
        except ValueError:
            raise BadCell("a day such as 2026-03-25") from None

    return Plain(
        name, meaning, True, "a day such as 2026-03-25",
        parse=parse, form=date.isoformat, empty=None,
    )  # fmt: skip


def hour(name: str, meaning: str) -> Plain:
    """A time of the day."""

    def parse(cell: str) -> time:
        try:
            if not re.fullmatch(r"[0-9]{2}:[0-9]{2}", cell):
                raise ValueError
            return time.fromisoformat(cell)
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


def truth(name: str, meaning: str, *, empty: bool) -> Plain:
    """Yes or no."""

    def parse(cell: str) -> bool:
        if cell.lower() not in ("yes", "no"):
            raise BadCell("yes or no")
        return cell.lower() == "yes"

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


_STATUS = re.compile(r"([a-z]{2}) ([a-z]+)(?: ([1-9][0-9]{0,5}))?")


@dataclass(frozen=True, slots=True)
class Translated(Column):
    """A text in every language: `title_en`, `title_fr`, `title_ar` and `title_status`.

    The status cell names each language: `en original; fr draft; ar missing`. A number after the
    status is the revision of the original that the wording belongs to, where it is not 1.
    """

    longest: int = 20_000

    def headers(self) -> list[str]:
        return [f"{self.name}_{lang}" for lang in Language.values] + [f"{self.name}_status"]

    def read(self, cells: Mapping[str, str], say: Say, spoken: list[str]) -> Text:
        texts = {lang: clean(cells.get(f"{self.name}_{lang}", "")) for lang in Language.values}
        status_header = f"{self.name}_status"
        status_cell = cells.get(status_header, "").strip()
        if not any(texts.values()) and not status_cell:
            if self.required:
                for lang in spoken:
                    say(f"{self.name}_{lang}", f"the text is missing in {lang}.")
            return Text()
        stated = read_statuses(status_cell, lambda message: say(status_header, message))
        if stated is None:
            return Text()
        return text_of(
            texts, stated, spoken,
            say=lambda lang, message: say(f"{self.name}_{lang}", message),
            longest=self.longest,
        )  # fmt: skip

    def write(self, value: Text) -> dict[str, str]:
        if not value:
            return dict.fromkeys(self.headers(), "")
        cells = {
            f"{self.name}_{lang}": clean(value[lang].text) if lang in value else ""
            for lang in Language.values
        }
        return cells | {f"{self.name}_status": write_statuses(value)}


def read_statuses(cell: str, say: Callable[[str], None]) -> dict[str, tuple[str, int]] | None:
    """Status and revision by language, or None with a fault."""
    stated: dict[str, tuple[str, int]] = {}
    example = f"“en original; fr draft; ar {MISSING}”"
    if not cell:
        say(f"the value is missing; expected the status of each language, such as {example}.")
        return None
    for part in cell.split(";"):
        found = _STATUS.fullmatch(part.strip())
        if found is None or found[1] not in Language.values or found[1] in stated:
            say(f"“{_short(cell)}” cannot be read; expected each language once, such as {example}.")
            return None
        if found[2] not in (*TextStatus.values, MISSING):
            say(
                f"“{found[2]}” is not a status; expected one of "
                f"{', '.join(TextStatus.values)}, {MISSING}."
            )
            return None
        stated[found[1]] = (found[2], int(found[3] or 1))
    if [s for s, _ in stated.values()].count(TextStatus.ORIGINAL) != 1:
        say("expected exactly one language with the status original.")
        return None
    return stated


def write_statuses(value: Text) -> str:
    """The status cell of a text; a language of the project that it lacks is called missing.

    A text whose original is gone is written with the wording that stands in for it as original.
    """
    parts = []
    for lang in Language.values:
        if lang not in value:
            parts.append(f"{lang} {MISSING}")
            continue
        status = TextStatus.ORIGINAL if lang == value.original else value[lang].status
        revision = value[lang].source_revision
        number = "" if revision == 1 else f" {revision}"
        parts.append(f"{lang} {status}{number}")
    return "; ".join(parts)


def text_of(
    texts: Mapping[str, str],
    stated: Mapping[str, tuple[str, int]],
    spoken: list[str],
    *,
    say: Say,
    longest: int,
) -> Text:
    """A text from its wordings and their statuses; misfits are told to `say` by language."""
    wordings = {}
    for lang in Language.values:
        text = texts.get(lang, "")
        status, revision = stated.get(lang, ("", 1))
        if len(text) > longest:
            say(lang, f"the text has {len(text)} letters; at most {longest} are taken.")
        elif text and status in ("", MISSING):
            say(lang, f"there is a text, but its status is {status or 'not given'}.")
        elif text:
            wordings[lang] = Wording(text, TextStatus(status), revision)
        elif status not in ("", MISSING):
            say(lang, f"the text is missing in {lang}, yet its status is {status}.")
        elif status != MISSING and lang in spoken:
            say(
                lang,
                f"the text is missing in {lang}, a language of this edition; expected a wording, "
                f"or “{lang} {MISSING}” as its status.",
            )
    return Text(wordings)
