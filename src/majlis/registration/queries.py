"""Questions about who registered, who comes and who works at an edition."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, QuerySet

from majlis.kernel.analysis import Search, sort_key
from majlis.kernel.clock import now
from majlis.kernel.disclosure import Audience, shown_sizes
from majlis.mail.addresses import spellings
from majlis.people.models import Organisation, Person
from majlis.people.states import Constituency
from majlis.registration.models import Consent, Invitation, Registration, Role
from majlis.registration.states import ConsentKind, RegistrationState, RoleKind
from majlis.series.models import Edition


def registrations(
    edition: Edition, *, state: str = "", constituency: str = "", country: str = "", words: str = ""
) -> QuerySet[Registration]:
    """Registrations of an edition, oldest first, narrowed by what is not empty."""
    found = Registration.objects.filter(edition=edition).select_related(
        "person", "organisation", "voice"
    )
    if state == "arrived":
        found = found.filter(state=RegistrationState.CONFIRMED, arrived_at__isnull=False)
    elif state:
        found = found.filter(state=state)
    if constituency:
        found = found.filter(constituency=constituency)
    if country:
        found = found.filter(country=country)
    if wanted := Search(words):
        found = found.filter(
            pk__in=[
                one.pk
                for one in found
                if wanted.in_names(
                    *spellings(one.person.email or ""),
                    one.code,
                    one.full_name,
                    one.organisation.name if one.organisation else "",
                )
            ]
        )
    return found


def counts_by_state(edition: Edition) -> dict[str, int]:
    """How many registrations stand where; `arrived` counts within the confirmed."""
    rows = (
        Registration.objects.filter(edition=edition)
        .order_by()
        .values_list("state")
        .annotate(n=Count("pk"), n_arrived=Count("arrived_at"))
    )
    counts = {str(state): 0 for state in RegistrationState.values}
    counts["arrived"] = 0
    for state, n, n_arrived in rows:
        counts[state] = n
        if state == RegistrationState.CONFIRMED:
            counts["arrived"] = n_arrived
    return counts


def countries_of(edition: Edition) -> list[str]:
    """Codes of the countries somebody registered from."""
    codes = Registration.objects.filter(edition=edition).order_by("country")
    return list(codes.values_list("country", flat=True).distinct())


def confirmed(edition: Edition) -> QuerySet[Registration]:
    """The participants of an edition."""
    return Registration.objects.filter(edition=edition, state=RegistrationState.CONFIRMED)


def arrived(edition: Edition) -> QuerySet[Registration]:
    """The participants who were seen at the desk."""
    return confirmed(edition).filter(arrived_at__isnull=False)


def with_card(found: QuerySet[Registration]) -> list[Registration]:
    """Those whose personal link opens something, by name."""
    open_ = found.filter(
        state=RegistrationState.CONFIRMED, voice__revoked_at__isnull=True, voice__isnull=False
    )
    return sorted(open_, key=lambda one: sort_key(one.full_name))


@dataclass(frozen=True, slots=True)
class Census:
    """Who takes part, as finely as the audience may see it.

    `level` is constituency, family, or "room" for the whole only; then, or where `countries` is
    empty, the groups are too small to be told apart.
    """

    n_confirmed: int
    level: str
    sizes: Mapping[str, int]
    countries: Mapping[str, int]


def census(edition: Edition, audience: Audience) -> Census:
    """Counts of participants through disclosure, in one query."""
    rows = list(confirmed(edition).values_list("constituency", "country"))
    by_constituency = Counter(row[0] for row in rows)
    by_family = Counter(str(Constituency(row[0]).family) for row in rows)
    smallest = edition.smallest(audience)
    level, sizes = shown_sizes(
        [("constituency", by_constituency), ("family", by_family)], smallest=smallest
    )
    _level, countries = shown_sizes(
        [("country", Counter(row[1] for row in rows))], smallest=smallest
    )
    return Census(len(rows), level, sizes, countries)


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody who works at an edition, with every role held now."""

    person: Person
    roles: tuple[Role, ...]

    @property
    def missing_kinds(self) -> list[RoleKind]:
        held = {role.kind for role in self.roles}
        return [kind for kind in RoleKind if kind not in held]


def colleagues(edition: Edition) -> list[Colleague]:
    """Everybody who holds a role at the edition, by name."""
    rows = (
        Role.objects.filter(edition=edition, revoked_at__isnull=True)
        .select_related("person")
        .order_by("person_id", "given_at")
    )
    held: dict[Person, list[Role]] = {}
    for role in rows:
        held.setdefault(role.person, []).append(role)
    named = sorted(held.items(), key=lambda one: sort_key(one[0].name))
    return [Colleague(person, tuple(roles)) for person, roles in named]


def open_invitations(edition: Edition) -> QuerySet[Invitation]:
    """Invitations that can still be taken up."""
    return Invitation.objects.filter(
        edition=edition, taken_at__isnull=True, revoked_at__isnull=True, expires_at__gt=now()
    )


def n_organisers(edition: Edition) -> int:
    return Role.objects.filter(
        edition=edition, kind=RoleKind.ORGANISER, revoked_at__isnull=True
    ).count()


def is_known_elsewhere(person: Person, edition: Edition) -> bool:
    """Whether the person also belongs to others: then this edition's desk may not rename them."""
    return (
        person.roles.filter(revoked_at__isnull=True).exists()
        or person.registrations.exclude(edition=edition).exists()
    )


def place_of(email: str, edition: Edition) -> Registration | None:
    """The place at the edition of whoever has this address."""
    return Registration.objects.filter(edition=edition, person__email=email).first()


def known_to_nobody(*, before: datetime) -> QuerySet[Person]:
    """Persons made for an invitation before, who have neither come in nor got a role or a place."""
    return Person.objects.filter(
        created_at__lt=before,
        is_active=True,
        last_login=None,
        email__isnull=False,
        roles=None,
        registrations=None,
    )


def organisations(edition: Edition) -> QuerySet[Organisation]:
    """Those that somebody at this edition speaks for."""
    return Organisation.objects.filter(registrations__edition=edition).distinct()


def organisation_names(edition: Edition, limit: int = 500) -> list[str]:
    """Names to choose from while typing, for the desk only: they tell who is coming."""
    names = organisations(edition).order_by("pk").values_list("name", flat=True)
    return sorted(dict.fromkeys(names[:limit]), key=sort_key)


def agreeing(kind: ConsentKind) -> QuerySet[Consent]:
    """Permissions that count: given, by participants whose place is confirmed."""
    return Consent.objects.filter(
        kind=kind, is_given=True, registration__state=RegistrationState.CONFIRMED
    )


def agreed_to(registration: Registration) -> list[str]:
    """The choices with the answer yes, in words."""
    consents = consents_of(registration)
    return [str(kind.label) for kind in ConsentKind if consents[kind]]


def consents_of(registration: Registration) -> dict[str, bool]:
    """Every choice with its answer; what was never asked counts as no."""
    given = {consent.kind: consent.is_given for consent in registration.consents.all()}
    return {str(kind): given.get(kind, False) for kind in ConsentKind.values}
