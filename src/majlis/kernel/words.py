"""Stored words: a fixed list of codes, each with a label in the reader's language."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import get_language


class Words(models.TextChoices):
    """A list of stored words. `Field(choices=SomeWords.pairs)` keeps labels out of migrations."""

    @classmethod
    def pairs(cls) -> list[tuple[str, Any]]:
        """Codes with labels, for `choices=`; a callable, so that a label change is no migration."""
        return cls.choices


class Verbs(Words):
    """What one app writes into the audit log: each app has one table, `Verb`, in its `states`."""

    def __init_subclass__(cls) -> None:
        _tables.append(cls)


_tables: list[type[Verbs]] = []


def verb_tables() -> list[type[Verbs]]:
    """Every app's table."""
    return list(_tables)


class Language(Words):
    """A language people of an edition speak and the pages are written in."""

    EN = "en", "English"
    FR = "fr", "Français"
    AR = "ar", "العربية"


def language_now() -> str:
    """The language of the page on which something is written, for what stands in that one only."""
    code = (get_language() or "").split("-")[0]
    return code if code in Language.values else ""


def direction_of(lang: str) -> str:
    """`rtl` or `ltr`: how a language is written."""
    return "rtl" if lang == Language.AR else "ltr"
