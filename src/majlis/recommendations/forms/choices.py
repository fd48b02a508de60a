"""Choices that several forms share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from majlis.kernel.texts import TextStatus
from majlis.kernel.words import Words
from majlis.people import territories
from majlis.people.territories import country_name

COUNTRIES = ["DZ", "EG", "JO", "LB", "LY", "MA", "MR", "PS", "SY", "TN", "TR"]
"""Countries of the South and East of the Mediterranean that an edition may speak of."""

TRANSLATION_STATUSES = [
    (TextStatus.DRAFT.value, TextStatus.DRAFT.label),
    (TextStatus.EDITED.value, TextStatus.EDITED.label),
    (TextStatus.REVIEWED.value, TextStatus.REVIEWED.label),
]


def country_choices() -> list[tuple[str, str]]:
    """The countries an edition may speak of, in the order of the reader's language."""
    return sorted(((code, country_name(code)) for code in COUNTRIES), key=lambda pair: pair[1])


def any_country() -> list[Any]:
    """Every country, or none."""
    return [("", "—"), *territories.country_choices()]


def choices_of(words: type[Words] | None, *, empty: bool) -> Callable[[], list[Any]]:
    """The stored words to choose from, with or without none of them."""
    return lambda: [("", "—")] * empty + list(words.choices if words else [])
