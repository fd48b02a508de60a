"""Long texts, one file per language: a short header, an empty line, the text.

    title: About the seminar
    status: draft

    The seminar is a working day.

`status` is that of the text, and of the title too unless `title_status` says otherwise. A language
in which the text does not exist has a page that says `status: missing`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from majlis.kernel.pack.cells import MISSING, read_statuses, text_of, write_statuses
from majlis.kernel.pack.faults import Faults
from majlis.kernel.pack.files import PackFolder
from majlis.kernel.pack.signs import clean
from majlis.kernel.texts import Text, TextStatus
from majlis.kernel.words import Language

HEADER = ("title", "status", "title_status")
LONGEST_TITLE = 300
LONGEST_BODY = 50_000


@dataclass(frozen=True, slots=True)
class Page:
    """One text in one language as its file has it."""

    header: Mapping[str, str]
    body: str
    lines: Mapping[str, int] = field(default_factory=dict)


def page_name(id: str, lang: str) -> str:
    """Where the page stands in the pack."""
    return f"texts/{id}.{lang}.txt"


def read_page(folder: PackFolder, name: str) -> Page | None:
    """One page, or None with a fault."""
    text = folder.text(name)
    if text is None:
        return None
    head, _, body = text.partition("\n\n")
    header: dict[str, str] = {}
    lines: dict[str, int] = {}
    for number, one in enumerate(head.split("\n"), start=1):
        key, colon, value = one.partition(":")
        if not one.strip():
            continue
        if not colon or key not in HEADER or key in header:
            folder.faults.add(
                name,
                "expected the header “title: …”, “status: …”, each once, then an empty line.",
                number,
            )
            return None
        header[key] = value.strip()
        lines[key] = number
    return Page(header, clean(body), lines)


def read_texts(folder: PackFolder, id: str, spoken: list[str]) -> dict[str, Text]:
    """Title and body of one text in all its languages, from its pages."""
    pages: dict[str, Page] = {}
    is_sound = True
    for lang in Language.values:
        name = page_name(id, lang)
        if lang in spoken or folder.has(name):
            page = read_page(folder, name)
            if page is None:
                is_sound = False
            else:
                pages[lang] = page
    if not is_sound:
        return {"title": Text(), "body": Text()}
    bodies = {lang: page.body for lang, page in pages.items()}
    titles = {lang: page.header.get("title", "") for lang, page in pages.items()}
    status = {lang: page.header.get("status", "") for lang, page in pages.items()}
    title_status = {
        lang: page.header.get("title_status", "") or status[lang] for lang, page in pages.items()
    }
    of = _Reader(folder.faults, id, pages, spoken)
    return {
        "title": of.text("title_status", titles, title_status, longest=LONGEST_TITLE),
        "body": of.text("status", bodies, status, longest=LONGEST_BODY),
    }


@dataclass(frozen=True, slots=True)
class _Reader:
    faults: Faults
    id: str
    pages: Mapping[str, Page]
    spoken: list[str]

    def _say(self, key: str) -> Callable[[str, str], None]:
        def say(lang: str, message: str) -> None:
            page = self.pages.get(lang)
            known = page.lines if page else {}
            at = key if key in known else "status"
            self.faults.add(page_name(self.id, lang), message, known.get(at), at)

        return say

    def text(
        self, key: str, texts: Mapping[str, str], status: Mapping[str, str], *, longest: int
    ) -> Text:
        if not any(texts.values()):
            return Text()
        say = self._say(key)
        stated: dict[str, tuple[str, int]] = {}
        for lang, cell in status.items():
            word, _, number = (cell or "").partition(" ")
            if word not in (*TextStatus.values, MISSING) or not (number or "1").isdecimal():
                say(
                    lang,
                    f"“{cell}” is not a status; expected one of "
                    f"{', '.join(TextStatus.values)}, {MISSING}.",
                )
                return Text()
            stated[lang] = (word, int(number or 1))
        cell = "; ".join(f"{lang} {word} {number}" for lang, (word, number) in stated.items())
        first = next(iter(self.pages))
        sound = read_statuses(cell, lambda message: say(first, message))
        if sound is None:
            return Text()
        return text_of(texts, sound, self.spoken, say=say, longest=longest)


def write_texts(id: str, title: Text, body: Text) -> dict[str, bytes]:
    """The pages of one text, by file name."""
    of_title = _by_language(title)
    of_body = _by_language(body)
    files = {}
    for lang in Language.values:
        status = of_body.get(lang) or of_title.get(lang) or MISSING
        lines = []
        if lang in title:
            lines.append(f"title: {' '.join(clean(title[lang].text).split())}")
        lines.append(f"status: {status}")
        if title and of_title[lang] != status:
            lines.append(f"title_status: {of_title[lang]}")
        text = clean(body[lang].text) if lang in body else ""
        files[page_name(id, lang)] = (
            "\n".join(lines) + "\n" + (f"\n{text}\n" if text else "")
        ).encode()
    return files


def _by_language(value: Text) -> dict[str, str]:
    """`{"en": "original", "fr": "draft 2"}`; nothing for a text without any wording."""
    if not value:
        return {}
    parts = (part.partition(" ") for part in write_statuses(value).split("; "))
    return {lang: status for lang, _, status in parts}
