"""Statements and lineage steps by who asks."""

from __future__ import annotations

from majlis.dialogue.models import LineageStep, Statement
from majlis.kernel.errors import NotFound
from majlis.kernel.fetching import found_in
from majlis.registration.access import Place


def desk_statement(place: Place, code: str) -> Statement:
    """A statement of the place's edition, or `NotFound`."""
    return desk_statements(place, [code])[0]


def desk_statements(place: Place, codes: list[str]) -> list[Statement]:
    """Statements of the place's edition, in the order asked for; `NotFound` if one is not."""
    found = {
        s.code: s
        for s in Statement.objects.filter(edition=place.edition, code__in=codes).select_related(
            "edition", "round", "theme", "challenge"
        )
    }
    if len(found) != len(set(codes)):
        raise NotFound
    return [found[code] for code in dict.fromkeys(codes)]


def desk_step(place: Place, code: str) -> LineageStep:
    """A step of the place's edition, or `NotFound`."""
    return found_in(LineageStep.objects.filter(edition=place.edition, code=code))
