"""Fetching one row, or nothing that anybody may know of."""

from __future__ import annotations

from typing import TypeVar

from django.db.models import Model, QuerySet

from majlis.kernel.errors import NotFound

M = TypeVar("M", bound=Model)


def found_in(rows: QuerySet[M]) -> M:
    """Return the first of the rows, or raise `NotFound`: a stranger and nobody look the same."""
    row = rows.first()
    if row is None:
        raise NotFound
    return row
