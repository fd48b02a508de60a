"""Questions of the welcome desk: badges, who is expected, who is there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from typing import Any

import segno
from django.db.models import QuerySet
from django.utils import translation

from majlis.briefs.render import can_draw
from majlis.kernel.analysis import fold, sort_key
from majlis.kernel.punctuation import joined
from majlis.people.states import Constituency, Family
from majlis.people.territories import country_name
from majlis.registration.models import Registration, Role
from majlis.registration.queries import confirmed, in_this_order, keys_by_name
from majlis.registration.states import RegistrationState, RoleKind
from majlis.series.models import Edition, PublicText
from majlis.series.queries import text_of
from majlis.series.states import PartnerRole, TextKind
from majlis.ui.formats import day_range
from majlis.ui.languages import LANGUAGES
from majlis.welcome.states import BadgeSize


def badge_keys(edition: Edition, codes: Collection[str] = ()) -> list[int]:
    """The keys of those who get a badge, by name: the participants, or those of them named."""
    found: QuerySet[Registration] = confirmed(edition)
    return keys_by_name(found.filter(code__in=codes) if codes else found)


def emblems_of(edition: Edition) -> list[bytes]:
    """The funders' emblems that can be printed."""
    found = []
    for partner in edition.partners.filter(role=PartnerRole.FUNDER, is_confirmed=True):
        if partner.emblem_name:
            with partner.emblem.open("rb") as file:
                picture = file.read()
            if can_draw(picture):
                found.append(picture)
    return found


def badge_sheet(
    edition: Edition, keys: Iterable[int], *, size: BadgeSize, address: str
) -> dict[str, Any]:
    """Badges as plain JSON. `address` begins the address of each arrival code."""
    people = in_this_order(keys)
    roles = _roles(edition, people)
    funding = text_of(edition, TextKind.FUNDING)
    return {
        "title": str(edition.title),
        "size": "card" if size == BadgeSize.CARD_SHEET else "a6",
        "sheet": size != BadgeSize.A6,
        "badges": [
            _badge(one, edition, roles.get(one.person_id), funding, address) for one in people
        ],
    }


def _roles(edition: Edition, people: Iterable[Registration]) -> dict[int, list[str]]:
    rows = Role.objects.filter(
        edition=edition, revoked_at__isnull=True, person__in=[one.person_id for one in people]
    )
    found: dict[int, list[str]] = {}
    for role in rows:
        found.setdefault(role.person_id, []).append(role.kind)
    return found


def _badge(
    one: Registration,
    edition: Edition,
    roles: list[str] | None,
    funding: PublicText | None,
    address: str,
) -> dict[str, Any]:
    """One badge, its words in the language of the person's emails."""
    lang = one.person.language
    with translation.override(lang):
        family: Family = Constituency(one.constituency).family
        return {
            "lang": lang,
            "edition": str(edition.title),
            "where": joined([edition.place, day_range(edition.starts_on, edition.ends_on)]),
            "name": one.full_name,
            "organisation": one.organisation.name if one.organisation else "",
            "country": country_name(one.country),
            "family": str(family),
            "group": str(family.label).capitalize(),
            "role": joined(str(RoleKind(kind).label).capitalize() for kind in roles or ()),
            "languages": " · ".join(
                LANGUAGES[code].own_name for code in one.languages if code in LANGUAGES
            ),
            "funding": str(funding.body) if funding else "",
            "code": f"{one.code[:4]} {one.code[4:]}",
            "qr": _qr(f"{address}{one.code}/"),
        }


def _qr(address: str) -> str:
    drawn = segno.make(address, error="m").svg_inline(border=0)
    return drawn.replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"', 1)


EXPECTED = (RegistrationState.CONFIRMED, RegistrationState.WAITING, RegistrationState.ASKED)


def expected(edition: Edition, *, by_address: bool) -> list[dict[str, Any]]:
    """Everybody who may come to the door, for a list that is searched on the device.

    `keys` is what is searched, folded as the device folds what is typed; email addresses are in it
    for those who may know them.
    """
    rows = Registration.objects.filter(edition=edition, state__in=EXPECTED).values_list(
        "code", "name", "person__name", "person__email", "organisation__name", "constituency",
        "country", "state", "arrived_at",
    )  # fmt: skip
    found = [
        {
            "code": code,
            "name": name or known_as,
            "more": joined(part for part in (organisation, country_name(country)) if part),
            "family": str(Constituency(group).family),
            "group": group,
            "isConfirmed": state == RegistrationState.CONFIRMED,
            "hasArrived": arrived_at is not None,
            "keys": fold(
                " ".join(
                    filter(
                        None, (name or known_as, organisation, code, email if by_address else "")
                    )
                )
            ),
        }
        for code, name, known_as, email, organisation, group, country, state, arrived_at in rows
    ]
    return sorted(found, key=lambda one: sort_key(one["name"]))


def counters(people: Iterable[dict[str, Any]]) -> list[tuple[Constituency, int, int]]:
    """By constituency: how many confirmed people arrived, of how many."""
    there = [one for one in people if one["isConfirmed"]]
    of = Counter(one["group"] for one in there)
    n = Counter(one["group"] for one in there if one["hasArrived"])
    return [(kind, n[kind], of[kind]) for kind in Constituency if of[kind]]
