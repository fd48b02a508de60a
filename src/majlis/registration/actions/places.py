"""Numbers of places, and the waiting list that moves when one is free."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from majlis.kernel import ledger
from majlis.kernel.clock import now
from majlis.kernel.errors import RuleBroken
from majlis.kernel.ledger import CLOCK, Doer
from majlis.registration import letters
from majlis.registration.actions.admissions import require_unsealed
from majlis.registration.actions.confirming import confirm_place
from majlis.registration.models import Quota, Registration
from majlis.registration.queries.places import full_for, waiting_list
from majlis.registration.states import Verb
from majlis.series.models import Edition
from majlis.series.states import Moment


def hold_places(edition: Edition) -> None:
    """Let nobody else give a place of this edition before the transaction ends.

    Two approvals at the last place would both count one place free.
    """
    Edition.objects.select_for_update(no_key=True).get(pk=edition.pk)


def require_ahead(edition: Edition) -> None:
    """Refuse where the seminar is over or anonymous: nobody gets a place there any more."""
    require_unsealed(edition)
    if edition.moment(now()) == Moment.AFTER:
        raise RuleBroken(_("The seminar is over. Nothing was changed."))


def confirm_or_list(registration: Registration, *, by: Doer, verb: Verb) -> Registration:
    """Confirm a place where one is free; else put the person on the waiting list, and say so."""
    hold_places(registration.edition)
    if full_for(registration) is None:
        return confirm_place(registration, by=by, verb=verb)
    if registration.listed_at is None:
        registration.listed_at = now()
        registration.save()
        ledger.record(Verb.LISTED, registration, by=by)
        letters.listed(registration)
    return registration


@transaction.atomic
def set_quotas(edition: Edition, wanted: Mapping[tuple[str, str], int], *, by: Doer) -> None:
    """Set how many places there are, by kind and key; what is not named has no limit."""
    hold_places(edition)
    edition.quotas.all().delete()
    Quota.objects.bulk_create(
        Quota(edition=edition, kind=kind, key=key, most=most)
        for (kind, key), most in wanted.items()
    )
    ledger.record(Verb.SET_QUOTAS, edition, by=by, n=len(wanted))


def fill_places() -> int:
    """Confirm whoever is next on a waiting list and has a place now; for the tick. Return how many.

    First come, first served; somebody whose group is full is passed over, not dropped.
    """
    return sum(_move_up(pk) for pk in list(waiting_list().values_list("pk", flat=True)))


@transaction.atomic
def _move_up(pk: int) -> bool:
    edition = Edition.objects.get(registrations=pk)
    hold_places(edition)
    rows = Registration.objects.select_for_update(of=("self",))
    listed = waiting_list().filter(pk=pk).values("pk")
    registration = rows.select_related("person", "edition").filter(pk__in=listed).first()
    if registration is None or full_for(registration) is not None:
        return False
    confirm_place(registration, by=CLOCK, verb=Verb.MOVED_UP)
    return True
