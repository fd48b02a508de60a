"""Questions about places: how many there are, how many are taken, who is next."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from majlis.people.states import Constituency
from majlis.people.territories import country_name
from majlis.registration.models import Quota, Registration
from majlis.registration.states import QuotaKind, RegistrationState
from majlis.series.models import Edition


@dataclass(frozen=True, slots=True)
class Standing:
    """One quota, with how many places are taken and how many people wait for one."""

    quota: Quota
    n_taken: int
    n_waiting: int

    @property
    def label(self) -> str:
        return label_of(self.quota)

    @property
    def is_full(self) -> bool:
        return self.n_taken >= self.quota.most


def label_of(quota: Quota) -> str:
    """Whom the places are for, in words."""
    if quota.kind == QuotaKind.GROUP:
        return str(Constituency(quota.key).label)
    return country_name(quota.key) if quota.kind == QuotaKind.COUNTRY else ""


def places_of(edition: Edition) -> dict[tuple[str, str], int]:
    """How many places there are, by kind and key, as `set_quotas` takes them."""
    return {(quota.kind, quota.key): quota.most for quota in edition.quotas.all()}


def standings(edition: Edition) -> list[Standing]:
    """Every quota of an edition, the one for all first."""
    rows = Registration.objects.filter(edition=edition).order_by()
    states = (RegistrationState.CONFIRMED, RegistrationState.WAITING)
    found = rows.filter(state__in=states).values_list("state", "constituency", "country")
    counted: Counter[tuple[Any, ...]] = Counter()
    for state, group, country in found:
        counted[state, QuotaKind.ALL, ""] += 1
        counted[state, QuotaKind.GROUP, group] += 1
        counted[state, QuotaKind.COUNTRY, country] += 1
    return [
        Standing(q, *(counted[state, q.kind, q.key] for state in states))
        for q in edition.quotas.all()
    ]


def full_for(registration: Registration) -> Quota | None:
    """The quota that leaves no place for this registration now, or None.

    Only true while the places of the edition are held (`actions.places.hold_places`).
    """
    taken = Registration.objects.filter(
        edition=registration.edition_id, state=RegistrationState.CONFIRMED
    ).exclude(pk=registration.pk)
    for quota in Quota.objects.filter(edition=registration.edition_id):
        of = {} if quota.kind == QuotaKind.ALL else {quota.kind: quota.key}
        is_for = all(getattr(registration, name) == key for name, key in of.items())
        if is_for and taken.filter(**of).count() >= quota.most:
            return quota
    return None


def waiting_list() -> QuerySet[Registration]:
    """Everybody who has been approved and waits for a place, first come first."""
    listed = Registration.objects.filter(
        state=RegistrationState.WAITING, listed_at__isnull=False, edition__is_sealed=False
    )
    return listed.order_by("edition", "listed_at", "pk")
