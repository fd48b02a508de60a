"""Choices and fields that several sheets share."""

from __future__ import annotations

from typing import Any

from django import forms

from majlis.kernel.texts import TextStatus
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


def area(label: Any, hint: Any, *, rows: int = 3) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


def choice(label: Any, words: Any, hint: Any = "") -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label, help_text=hint, required=False, choices=lambda: [("", "—"), *words.choices]
    )
