"""Questions about emails to many people: who gets one, in which language, who has one already."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from majlis.circulars.models import Circular
from majlis.circulars.states import Arrived, CircularState, To
from majlis.kernel.words import Language
from majlis.mail.letters import Said
from majlis.mail.models import Message
from majlis.registration.letters import (
    ABOUT_A_GUEST,
    ABOUT_A_PART,
    ABOUT_A_PLACE,
    ABOUT_THE_TEAM,
    refusal_address,
)
from majlis.registration.models import Registration, Role
from majlis.registration.queries.guests import guests
from majlis.series.models import Edition

Audience = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody who gets an email: `code` is of the registration of a participant.

    `why` is what the email says of the reason for it, and `stop` the page on which a guest says
    that they will not come.
    """

    email: str
    name: str
    language: str
    code: str = ""
    why: Said = ABOUT_THE_TEAM
    stop: str = ""


def circulars_of(edition: Edition) -> QuerySet[Circular]:
    """The emails to many people of an edition, newest first."""
    return Circular.objects.filter(edition=edition)


def under_way() -> QuerySet[Circular]:
    """Emails that still have readers to be written to."""
    return Circular.objects.filter(state=CircularState.SENDING).select_related("edition__series")


def readers(edition: Edition, audience: Audience, *, is_about_place: bool) -> list[Reader]:
    """Everybody with an address whom an audience means, each address once."""
    if audience.get("to") in _OTHERS:
        return _OTHERS[audience["to"]](edition, audience)
    found = Registration.objects.filter(edition=edition, person__email__isnull=False)
    for name, column in _COLUMNS.items():
        if audience.get(name):
            found = found.filter(**{f"{column}__in": audience[name]})
    if arrived := audience.get("arrived"):
        found = found.filter(arrived_at__isnull=arrived == Arrived.NO)
    if not is_about_place:
        found = found.filter(emails_ended_at__isnull=True)
    rows = found.order_by("asked_at", "pk").values_list(
        "person__email", "name", "person__name", "person__language", "code"
    )
    return [
        Reader(email or "", name or known_as, language, code, ABOUT_A_PLACE)
        for email, name, known_as, language, code in rows
    ]


_COLUMNS = {
    "states": "state",
    "constituencies": "constituency",
    "countries": "country",
    "languages": "person__language",
}


def _team(edition: Edition, audience: Audience) -> list[Reader]:
    roles = Role.objects.filter(
        edition=edition, revoked_at__isnull=True, person__email__isnull=False
    )
    if audience.get("roles"):
        roles = roles.filter(kind__in=audience["roles"])
    if audience.get("languages"):
        roles = roles.filter(person__language__in=audience["languages"])
    rows = roles.order_by("person_id").values_list(
        "person__email", "person__name", "person__language"
    )
    return [Reader(email or "", name, language) for email, name, language in dict.fromkeys(rows)]


def _guests(edition: Edition, audience: Audience) -> list[Reader]:
    found = guests(edition, stands="open")
    for name, column in {
        "constituencies": "constituency", "countries": "country", "languages": "language",
    }.items():  # fmt: skip
        if audience.get(name):
            found = found.filter(**{f"{column}__in": audience[name]})
    return [
        Reader(one.email, one.name, one.language, why=ABOUT_A_GUEST, stop=refusal_address(one))
        for one in found.order_by("added_at", "pk")
    ]


def _with_parts(edition: Edition, audience: Audience) -> list[Reader]:
    """Speakers by what they do in some session; each address once."""
    wanted = audience.get("parts")
    parts = [part for one in edition.sessions.all() for part in one.people]
    codes = {code for part, code in parts if not wanted or part in wanted}
    lang = edition.authoritative_language
    if audience.get("languages") and lang not in audience["languages"]:
        return []
    found = edition.speakers.filter(code__in=codes).exclude(email="")
    by_address = {one.email: str(one.name.shown(lang).text) for one in found}
    return [Reader(email, name, lang, why=ABOUT_A_PART) for email, name in by_address.items()]


_OTHERS = {To.TEAM: _team, To.GUESTS: _guests, To.PARTS: _with_parts}


def left_of(circular: Circular) -> list[Reader]:
    """Readers that have not been written to."""
    written = set(Message.objects.filter(batch=circular.code).values_list("recipient", flat=True))
    wanted = readers(circular.edition, circular.audience, is_about_place=circular.is_about_place)
    return [one for one in wanted if one.email not in written]


@dataclass(frozen=True, slots=True)
class InLanguage:
    """How many readers of a language there are, and the language they are written to in."""

    language: str
    n: int
    shown_in: str

    @property
    def is_other(self) -> bool:
        return self.language != self.shown_in


def by_language(circular: Circular, found: list[Reader]) -> list[InLanguage]:
    """The readers by the language of their emails, and the languages that have words."""
    counts = Counter(one.language for one in found)
    return [
        InLanguage(lang, counts[lang], circular.words.shown(lang).lang)
        for lang in Language.values
        if counts[lang] or lang in circular.words
    ]
