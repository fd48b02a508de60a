"""Questions about what was issued."""

from __future__ import annotations

from django.db.models import QuerySet

from majlis.briefs.models import Publication
from majlis.series.models import Edition


def publications(edition: Edition) -> QuerySet[Publication]:
    """Issued briefs, newest first, with their files."""
    return edition.publications.prefetch_related("files").order_by("-number")
