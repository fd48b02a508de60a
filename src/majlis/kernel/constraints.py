"""Database constraints that say what they mean."""

from __future__ import annotations

from functools import reduce
from operator import or_

from django.db.models import Q


def exactly_one(*names: str) -> Q:
    """Exactly one of the nullable columns is set."""
    return reduce(
        or_, (Q(**{f"{other}__isnull": other != name for other in names}) for name in names)
    )


def one_of(name: str, words: type) -> Q:
    """The column holds one of the stored words."""
    return Q(**{f"{name}__in": list(words.values)})  # type: ignore[attr-defined]
