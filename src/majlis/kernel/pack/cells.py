"""Kinds of columns: how a cell is read, what was expected, and how it is written back.

Reading a cell that was written gives the value again, and writing a value that was read gives the
canonical cell. Both directions stand side by side for that reason.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import KW_ONLY, dataclass
from typing import Any

from majlis.kernel import writing
from majlis.kernel.pack.signs import clean
from majlis.kernel.texts import Text, TextStatus, Wording
from majlis.kernel.words import Language

Say = Callable[[str, str], None]
"""Report a fault of this row: column header, sentence."""

MISSING = "missing"


class BadCell(ValueError):
    """A cell cannot be read; the message says what was expected."""


@dataclass(frozen=True, slots=True)
class Column(ABC):
    """One field of a table. `meaning` is what the reference page says of it.

    A `spare` one is left out of the file while no row has a value.
    """

    name: str
    meaning: str = ""
    required: bool = False
    _: KW_ONLY
    spare: bool = False

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
        for lang, text in texts.items():
            if is_lost(text, lang):
                say(
                    f"{self.name}_{lang}",
                    f"“{_short(text)}” has question marks where letters were lost when the table "
                    "was saved; write them again and save it as “CSV UTF-8”.",
                )
                return Text()
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


def is_lost(text: str, lang: str) -> bool:
    """Whether a program wrote `?` for each letter that its encoding lacks, as Excel does."""
    without = not any("\u0600" <= sign <= "\u06ff" for sign in text)
    return lang == Language.AR and without and re.search(r"\?{2}", text) is not None


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
