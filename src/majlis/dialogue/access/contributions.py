"""Contributions by who asks."""

from __future__ import annotations

from majlis.dialogue.models import Contribution
from majlis.kernel.errors import NotFound
from majlis.kernel.fetching import found_in
from majlis.registration.access import Place
from majlis.registration.models import Voice


def own_contribution(voice: Voice, code: str) -> Contribution:
    """What this voice offered, or `NotFound`: nobody sees what another voice offered."""
    return found_in(Contribution.objects.filter(voice=voice, code=code))


def desk_contributions(place: Place, codes: list[str]) -> list[Contribution]:
    """Contributions of the place's edition, in the order asked for; `NotFound` if one is not."""
    found = {
        c.code: c
        for c in Contribution.objects.filter(edition=place.edition, code__in=codes).select_related(
            "session", "theme", "challenge"
        )
    }
    if len(found) != len(set(codes)):
        raise NotFound
    return [found[code] for code in dict.fromkeys(codes)]
