"""Choices that several forms share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from majlis.kernel.texts import TRANSLATED
from majlis.kernel.words import Words
from majlis.people import territories

COUNTRIES = ["DZ", "EG", "JO", "LB", "LY", "MA", "MR", "PS", "SY", "TN", "TR"]
"""Countries of the South and East of the Mediterranean that an edition may speak of."""

TRANSLATION_STATUSES = [(status.value, status.label) for status in TRANSLATED]


def country_choices() -> list[tuple[str, str]]:
    """The countries an edition may speak of, in the order of the reader's language."""
    return territories.countries_by_name(COUNTRIES)


def any_country() -> list[Any]:
    """Every country, or none."""
    return [("", "—"), *territories.country_choices()]


def choices_of(words: type[Words] | None, *, empty: bool) -> Callable[[], list[Any]]:
    """The stored words to choose from, with or without none of them."""
    return lambda: [("", "—")] * empty + list(words.choices if words else [])
