"""One search over people, sessions, statements and recommendations of an edition."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from majlis.dialogue.queries.statements import searched, statements_of
from majlis.kernel.analysis import Search
from majlis.kernel.texts import Text
from majlis.recommendations.queries import recommendations_of
from majlis.registration.access import Place
from majlis.registration.queries import registrations
from majlis.registration.states import TEAM, RoleKind

MOST = 20  # of a kind; who wants more narrows the list itself
Said = Any  # words, in the language of the reader once they are shown


@dataclass(frozen=True, slots=True)
class Hit:
    """Something that was found, and where it is."""

    text: Text | str
    beside: str
    url: str


@dataclass(frozen=True, slots=True)
class Found:
    """What was found of one kind; `is_cut` where there is more."""

    name: Said
    hits: tuple[Hit, ...]
    is_cut: bool


def found_at(place: Place, typed: str) -> list[Found]:
    """Whatever holds all words, of the kinds that this colleague may see."""
    if not Search(typed):
        return []
    found = []
    for name, kinds, ask in _ASKED:
        if place.is_(*kinds):
            hits = ask(place, typed)
            found.append(Found(name, tuple(hits[:MOST]), len(hits) > MOST))
    return [one for one in found if one.hits]


def _to(place: Place, name: str, **kwargs: str) -> str:
    return reverse(name, kwargs={"edition": place.edition.slug, **kwargs})


def _people(place: Place, typed: str) -> list[Hit]:
    rows = registrations(place.edition, words=typed)[: MOST + 1]
    return [
        Hit(
            one.name or one.person.name,
            one.organisation.name if one.organisation else "",
            _to(place, "registration:desk-registration", code=one.code),
        )
        for one in rows
    ]


def _sessions(place: Place, typed: str) -> list[Hit]:
    wanted = Search(typed)
    return [
        Hit(one.title, one.room, _to(place, "series:programme") + f"#{one.code}")
        for one in place.edition.sessions.all()
        if wanted.in_text(one.title, beside=f"{one.code} {one.room}")
    ]


def _statements(place: Place, typed: str) -> list[Hit]:
    rows = searched(statements_of(place.edition), typed)[: MOST + 1]
    return [
        Hit(one.wording, str(one.number), _to(place, "dialogue:statement", code=one.code))
        for one in rows
    ]


def _recommendations(place: Place, typed: str) -> list[Hit]:
    wanted = Search(typed)
    return [
        Hit(one.title, one.rec_id, _to(place, "recommendations:desk-one", rec_id=one.rec_id))
        for one in recommendations_of(place.edition)
        if wanted.in_text(one.title, beside=one.rec_id) or wanted.in_text(one.text)
    ]


Ask = Callable[[Place, str], list[Hit]]
_ASKED: tuple[tuple[Said, tuple[RoleKind, ...], Ask], ...] = (
    (_("People"), (RoleKind.ORGANISER,), _people),
    (_("Sessions"), TEAM, _sessions),
    (_("Statements"), TEAM, _statements),
    (_("Recommendations"), (RoleKind.RAPPORTEUR,), _recommendations),
)
