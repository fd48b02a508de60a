"""The fields of a recommendation, each described once.

The sheet and the other forms, what a state asks for, labels, matrix, pages, brief, the privacy
marks of the model and docs/reference/recommendation-fields.md follow from `FIELDS`. A new field
is a column, its migration and a row in `table.py`; see docs/how-to/extend-recommendations.md.
"""

from __future__ import annotations

from majlis.recommendations.fields.field import Field, Kind, Said, has_words
from majlis.recommendations.fields.table import FIELDS, PARTS
from majlis.recommendations.states import TextState

__all__ = [
    "BY_NAME",
    "COLUMNS",
    "FIELDS",
    "PARTS",
    "PLAN",
    "WORDED",
    "Field",
    "Kind",
    "Said",
    "asked_at",
    "beside",
    "has_words",
    "in_part",
    "marked",
]

BY_NAME = {field.name: field for field in FIELDS}
COLUMNS = tuple(field for field in FIELDS if field.is_column)
WORDED = tuple(field.name for field in FIELDS if field.kind == Kind.WORDS)
"""The fields that hold words in several languages."""

PLAN = tuple(
    field
    for field in COLUMNS
    if TextState.ADOPTED in {field.asked, BY_NAME[field.beside or field.name].asked}
)
"""First action, date and indicator: asked at adoption, and open until then."""


def in_part(part: str) -> tuple[Field, ...]:
    """The fields that stand in one part of the sheet."""
    return tuple(field for field in COLUMNS if field.part == part)


def beside(field: Field) -> tuple[Field, ...]:
    """The fields that complete another one and are shown with it."""
    return tuple(one for one in COLUMNS if one.beside == field.name)


def asked_at(*wanted: TextState) -> list[Field]:
    """The fields asked by any of some states, in order."""
    return [field for field in FIELDS if field.asked in wanted]


def marked(privacy: str) -> set[str]:
    """The columns with one mark of privacy; of several things the link is no column."""
    return {f.name for f in COLUMNS if f.privacy == privacy and f.kind != Kind.THINGS}
