"""Identifiers of recommendations: stable, never reused, such as `TUN26-T1-003`."""

from __future__ import annotations

from majlis.recommendations.models import Recommendation
from majlis.series.models import Edition, Theme


def prefix_of(edition: Edition) -> str:
    """The first part of every identifier of an edition: place of its address, and year.

    The prefix an edition has used stays its own, whatever becomes of its address.
    """
    used = Recommendation.objects.filter(edition=edition).order_by("pk").first()
    if used is not None:
        prefix: str = used.rec_id.partition("-")[0]
        return prefix
    letters = "".join(c for c in edition.slug.upper() if c.isascii() and c.isalpha())[:3]
    base = f"{letters or edition.country or 'MAJ'}{edition.starts_on:%y}"
    if edition.is_rehearsal:
        base += "R"
    for tail in ["", *"BCDEFGHJKLMNPQSTUVWXYZ"]:
        if not Recommendation.objects.filter(rec_id__startswith=f"{base}{tail}-").exists():
            return f"{base}{tail}"
    return f"{base}{edition.pk}"


def next_rec_id(edition: Edition, theme: Theme | None) -> str:
    """The next free identifier under a theme. The caller holds the edition's row."""
    stem = f"{prefix_of(edition)}-{theme.code if theme else 'X'}-"
    taken = Recommendation.objects.filter(rec_id__startswith=stem).values_list("rec_id", flat=True)
    numbers = [int(last) for last in (rec_id[len(stem) :] for rec_id in taken) if last.isdigit()]
    return f"{stem}{max(numbers, default=0) + 1:03}"
