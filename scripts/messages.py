#!/usr/bin/env python3
"""The message catalogues: one for the project, `src/majlis/locale/{fr,ar}/LC_MESSAGES/django.po`.

    python scripts/messages.py update    bring them up to date with code and templates
    python scripts/messages.py compile   make the .mo files that the server reads
    python scripts/messages.py check     fail when a string is missing, untranslated or broken

`update` keeps every translation there is and drops what no code asks for. An app may bring a
catalogue of its own while it grows (`src/majlis/<app>/locale`); `update` takes its translations
into the project's and removes it.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import django
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation import template

from majlis.kernel.punctuation import spaced

ROOT = Path(__file__).resolve().parent.parent
SRC = ROOT / "src" / "majlis"
LANGUAGES = ("fr", "ar")
CONTEXT = (1, "c")
KEYWORDS = {
    **dict.fromkeys(["_", "gettext", "gettext_lazy", "gettext_noop"]),
    **dict.fromkeys(["ngettext", "ngettext_lazy"], (1, 2)),
    **dict.fromkeys(["pgettext", "pgettext_lazy"], (CONTEXT, 2)),
    **dict.fromkeys(["npgettext", "npgettext_lazy"], (CONTEXT, 2, 3)),
}
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|\{\w*\}|%[sd]")
STRAIGHT = re.compile(r"\b(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|aujourd)'(?=\w)", re.IGNORECASE)
FOREIGN = {  # quotation marks, commas and spaces that are another language's
    "fr": re.compile(r"[“”]"),
    "ar": re.compile(r"[“”]|[\u0600-\u06ff]\s*[,;?]|\s[،؛؟]|[,;?]\s*[\u0600-\u06ff]"),
}
INDENTATION = re.compile(r"^[ \t]+", re.MULTILINE)  # a template's means nothing to Python
TAG = re.compile(r"</?\w+")
TAGS = re.compile(r"<[^>]*>")


def catalogue_of(language: str) -> Path:
    return SRC / "locale" / language / "LC_MESSAGES" / "django.po"


def of_apps(language: str) -> list[Path]:
    return sorted(SRC.glob(f"*/locale/{language}/LC_MESSAGES/django.po"))


def sources() -> Iterator[tuple[Path, bytes]]:
    """Every file that may ask for words, as Python source: templates are made to look like it."""
    for path in sorted(SRC.rglob("*.py")):
        if "migrations" not in path.parts:
            yield path, path.read_bytes()
    for ending in ("*.html", "*.txt"):
        for path in sorted(SRC.rglob(ending)):
            if "templates" in path.parts:
                text = path.read_text(encoding="utf-8")
                code = template.templatize(text, origin=str(path))
                yield path, INDENTATION.sub("", code).encode()


def wanted() -> Catalog:
    """Every string that code and templates ask for."""
    catalog = Catalog()
    for path, text in sources():
        found = extract("python", BytesIO(text), KEYWORDS, ("Translators:",), {"encoding": "utf-8"})
        for _, message, comments, context in found:
            first = message if isinstance(message, str) else message[0]
            flags = ["python-format"] if re.search(r"%\(\w+\)", first) else []
            catalog.add(
                message,
                locations=[(str(path.relative_to(ROOT)), 0)],
                auto_comments=comments,
                context=context,
                flags=flags,
            )
    return catalog


def read(path: Path, language: str) -> Catalog:
    if not path.exists():
        return Catalog(locale=language, project="Majlis", charset="utf-8")
    with path.open("rb") as file:
        return read_po(file, locale=language)


def known(language: str) -> Catalog:
    """The project's catalogue with those of the apps taken in."""
    catalog = read(catalogue_of(language), language)
    for path in of_apps(language):
        for message in read(path, language):
            if message.id and is_translated(message):
                there = catalog.get(message.id, message.context)
                if there is None:
                    catalog.add(message.id, message.string, context=message.context)
                elif not is_translated(there):
                    there.string = message.string
    return catalog


def is_translated(message: Message) -> bool:
    forms = message.string if isinstance(message.string, tuple | list) else (message.string,)
    return bool(forms) and all(forms) and not message.fuzzy


def typeset(words: Any) -> Any:  # what Babel holds: a string, or one for each form of a plural
    """French words with the apostrophes and the no-break spaces that print has."""
    if isinstance(words, str):
        return spaced(STRAIGHT.sub(lambda found: found[0].replace("'", "’"), words))
    return tuple(str(typeset(form)) for form in words)


def update() -> int:
    template_of_all = wanted()
    for language in LANGUAGES:
        catalog = known(language)
        if language == "fr":
            for message in catalog:
                message.string = typeset(message.string)
        made_at = catalog.creation_date
        catalog.update(template_of_all, no_fuzzy_matching=True)
        catalog.creation_date = made_at  # so that nothing changes when no word does
        catalog.obsolete.clear()
        path = catalogue_of(language)
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            write_po(file, catalog, width=100, sort_output=True, no_location=True)
        for taken in of_apps(language):
            taken.unlink()
            taken.with_suffix(".mo").unlink(missing_ok=True)
        missing = sum(bool(m.id) and not is_translated(m) for m in catalog)
        print(f"{language}: {len(catalog)} strings, {missing} not translated")
    return compile_all()


def compile_all() -> int:
    for language in LANGUAGES:
        for path in [catalogue_of(language), *of_apps(language)]:
            if path.exists():
                with path.with_suffix(".mo").open("wb") as file:
                    write_mo(file, read(path, language))
    return 0


def faults(language: str) -> Iterator[str]:
    """What is wrong with the words of a language, one sentence each."""
    catalog = known(language)
    asked = wanted()
    for message in asked:
        if not message.id:
            continue
        first = message.id if isinstance(message.id, str) else message.id[0]
        place = message.locations[0][0] if message.locations else ""
        if language == "fr" and re.search(r"[«»]|\w'\w", TAGS.sub("", first)):
            yield f"en: signs of another language, or a straight apostrophe: {first!r} in {place}"
        there = catalog.get(message.id, message.context)
        if there is None:
            yield f"{language}: not in the catalogue (make messages): {first!r} in {place}"
        elif not is_translated(there):
            yield f"{language}: not translated: {first!r} in {place}"
        else:
            yield from (f"{language}: {fault}: {first!r}" for fault in disagreements(there))
            if FOREIGN[language].search(str(there.string)):
                yield f"{language}: signs of another language: {first!r}"
            if language == "fr" and typeset(there.string) != there.string:
                yield f"fr: straight apostrophes or spaces that break (make messages): {first!r}"
    for message in read(catalogue_of(language), language):
        if message.id and asked.get(message.id, message.context) is None:
            yield f"{language}: asked for by nothing (make messages): {message.id!r}"


def disagreements(message: Message) -> Iterator[str]:
    """Placeholders and tags that a translation has and its original has not, or the other way.

    A form of a plural may spell its number out, so only the last one must hold them all.
    """
    if isinstance(message.id, str):
        pairs = [(message.id, str(message.string))]
    else:
        pairs = [(message.id[1], form) for form in message.string or ()]
    for number, (original, translation) in enumerate(pairs, start=1):
        has, should = set(PLACEHOLDER.findall(translation)), set(PLACEHOLDER.findall(original))
        if has - should or (number == len(pairs) and should - has):
            yield f"placeholders {sorted(has)} instead of {sorted(should)}"
        if Counter(TAG.findall(translation)) != Counter(TAG.findall(original)):
            yield "other tags than the original"


def check() -> int:
    found = [fault for language in LANGUAGES for fault in faults(language)]
    print(*found, sep="\n") if found else print("Every string is in French and in Arabic.")
    return bool(found)


def main(argv: list[str]) -> int:
    if not settings.configured:
        settings.configure()
        django.setup()
    orders = {"update": update, "compile": compile_all, "check": check}
    if len(argv) != 2 or argv[1] not in orders:
        print(__doc__, file=sys.stderr)
        return 2
    return int(orders[argv[1]]())


if __name__ == "__main__":
    sys.exit(main(sys.argv))
