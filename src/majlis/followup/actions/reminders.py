"""Reminding focal points, seldom: once in thirty days, and only where something is due."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.db.models import Q

from majlis.followup import letters
from majlis.followup.actions.links import new_link
from majlis.followup.models import FocalLink
from majlis.followup.queries import standing_of
from majlis.followup.states import Verb
from majlis.kernel import ledger
from majlis.kernel.clock import now
from majlis.kernel.ledger import CLOCK
from majlis.recommendations.models import Addressee
from majlis.series.models import Edition

PAUSE = timedelta(days=30)
MOST_AT_ONCE = 20


def remind_owners() -> int:
    """Remind those who have something due and were not written to for a while; how many."""
    before = now() - PAUSE
    quiet = Q(reminded_at__isnull=True) | Q(reminded_at__lt=before)
    links = FocalLink.objects.filter(quiet, ended_at__isnull=True, made_at__lt=before)
    open_ones = links.filter(addressee__edition__is_rehearsal=False)
    return sum(_remind(pk) for pk in open_ones.values_list("pk", flat=True)[:MOST_AT_ONCE])


@transaction.atomic
def _remind(pk: int) -> bool:
    units = Addressee.objects.select_for_update(of=("self",), skip_locked=True)
    if units.filter(links=pk).first() is None:
        return False  # somebody is writing to them just now
    rows = FocalLink.objects.select_related("addressee__edition__series")
    link = rows.filter(pk=pk, ended_at__isnull=True).first()
    if link is None:
        return False
    edition: Edition = link.addressee.edition
    due = [one for one in standing_of(edition, addressee=link.addressee) if one.flags]
    link.reminded_at = now()  # also where nothing is due: it is looked at again after the pause
    link.save(update_fields=["reminded_at"])
    if due:
        person = {"name": link.name, "email": link.email, "language": link.language}
        new, token = new_link(link.addressee, after=link, **person)
        letters.reminded(new, [one.rec for one in due], token)
        ledger.record(Verb.REMINDED, link.addressee, by=CLOCK, link=link.code, n=len(due))
    return bool(due)
