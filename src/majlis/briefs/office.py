"""What text documents and slides share: colours, letters, bytes that are the same each time."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from lxml import etree

from majlis.briefs.glyphs import NO_TEXT
from majlis.briefs.words import Json
from majlis.kernel.words import direction_of

SEA, DEEP, QUIET, TERRACOTTA, SAFFRON, SAND = (
    "0C4A6E", "072C42", "4D5C65", "97391F", "DFA640", "F9F3E8",
)  # fmt: skip
SERIF, SANS = "Georgia", "Arial"
"""Letters that every office program has; it takes the Arabic ones from `ARABIC`."""
ARABIC = "Arial"
STANCES = (("agree", "1C5D97"), ("disagree", "D47C24"), ("passed", "C6CBCD"))
VOTES = (("for", "1C5D97"), ("against", "D47C24"), ("abstaining", "C6CBCD"))
XML_LANGUAGES = {"en": "en-GB", "fr": "fr-FR", "ar": "ar-TN"}
BOXES = {"addressees": "who", "first_action": "first", "due_on": "by"}
"""The three facts that stand above all others, and the labels they bear."""
_DAY_ONE = (1980, 1, 1, 0, 0, 0)  # the first one that an archive can name


def is_rtl(lang: str) -> bool:
    return direction_of(lang) == "rtl"


def rgb(colour: str) -> tuple[int, int, int]:
    """Red, green and blue of a colour such as `0C4A6E`."""
    red, green, blue = bytes.fromhex(colour)
    return red, green, blue


def without_controls(value: Any) -> Any:
    """The same plain JSON without what no office file may hold."""
    match value:
        case str():
            return NO_TEXT.sub("", value)
        case list():
            return [without_controls(one) for one in value]
        case dict():
            return {name: without_controls(one) for name, one in value.items()}
    return value


def issued_at(document: Json) -> datetime:
    """The day of the issue, as the file's properties say it."""
    day = document["issued"]
    return datetime(day["year"], day["month"], day["day"], tzinfo=UTC)


def parts(counts: Json, kinds: tuple[tuple[str, str], ...]) -> Iterator[tuple[str, int, str]]:
    """The kinds of answers that were given: name, number, colour."""
    return ((name, counts[name], colour) for name, colour in kinds if counts[name])


def counted(counts: Json, kinds: tuple[tuple[str, str], ...], labels: Json) -> str:
    """Counts in words: "Agree 38 · Disagree 7 · Pass 2"."""
    return " · ".join(f"{labels[name]} {counts[name]}" for name, _ in kinds)


def fact(recommendation: Json, name: str) -> Json | None:
    """A field of a recommendation by its name, if it was answered."""
    found = (one for one in recommendation["facts"] if one["name"] == name)
    return next(found, None)


def same_each_time(archive: bytes) -> bytes:
    """An office file with its members in order and without the time at which it was written."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as old, zipfile.ZipFile(made, "w") as new:
        first = "[Content_Types].xml"  # some readers want it there
        for name in sorted(old.namelist(), key=lambda one: (one != first, one)):
            entry = zipfile.ZipInfo(name, _DAY_ONE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            new.writestr(entry, old.read(name))
    return made.getvalue()


def tell(element: etree._Element, tag: str, **attributes: str) -> etree._Element:
    """Add a child with attributes, all in the namespace of `tag` ("{…}name")."""
    space = tag[: tag.index("}") + 1]
    return etree.SubElement(
        element, tag, {f"{space}{name}": value for name, value in attributes.items()}
    )
