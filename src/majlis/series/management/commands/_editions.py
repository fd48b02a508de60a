"""The edition that a command is about."""

from __future__ import annotations

from majlis.kernel.errors import NotFound
from majlis.series.models import Edition


def edition_typed(slug: str) -> Edition:
    """The edition that somebody named on the command line, or `NotFound` naming those there are."""
    found = Edition.objects.select_related("series").filter(slug=slug).first()
    if found is None:
        there = ", ".join(Edition.objects.order_by("slug").values_list("slug", flat=True))
        named = (
            f"There are: {there}" if there else "There is none yet; `majlis load DIR` brings one"
        )
        raise NotFound(f"There is no edition “{slug}”. {named}.")
    return found
