"""What the head of a page tells robots and other sites: its address, languages and picture."""

from __future__ import annotations

import re
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from majlis.kernel.punctuation import joined
from majlis.series.models import Edition
from majlis.ui.formats import day_range
from majlis.ui.languages import LANGUAGES
from majlis.ui.links import whole_address

_PREFIX = re.compile(r"^/(" + "|".join(LANGUAGES) + r")/")
DESCRIBED_IN = 300  # letters; search engines show about half


def of_page(request: HttpRequest, edition: Edition | None) -> dict[str, Any]:
    """What the page's head says; only pages that are the same for everybody are for robots."""
    if not getattr(request, "is_for_everybody", False):
        return {}
    facts: dict[str, Any] = {"canonical": whole_address(request.path, request)}
    if _PREFIX.match(request.path):
        facts["alternates"] = [
            (lang, whole_address(_PREFIX.sub(f"/{lang}/", request.path), request))
            for lang in LANGUAGES
        ]
    if edition is not None:
        facts |= _of_edition(request, edition)
    return facts


def _of_edition(request: HttpRequest, edition: Edition) -> dict[str, Any]:
    days = day_range(edition.starts_on, edition.ends_on)
    place = joined([str(edition.place), days])
    said = f"{edition.series.title}: {edition.title}. {place}. {edition.feeds_decision}"
    card = reverse("front:card", kwargs={"edition": edition.slug})
    return {
        "description": " ".join(said.split())[:DESCRIBED_IN],
        "card": whole_address(card, request),
        "is_hidden": edition.is_rehearsal,
    }
