"""Writing to many people: the draft, the test, the sending in pieces, the stop."""

from __future__ import annotations

from itertools import islice
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from majlis.circulars import queries
from majlis.circulars.letters import letters_for
from majlis.circulars.models import Circular
from majlis.circulars.queries import Reader
from majlis.circulars.states import Verb
from majlis.kernel import ledger
from majlis.kernel.clock import now
from majlis.kernel.errors import RuleBroken
from majlis.kernel.ledger import Doer
from majlis.mail.actions import stop_batch, write_batch
from majlis.people.models import Person
from majlis.registration.models import Registration
from majlis.series.models import Edition

AT_ONCE = 50  # letters of one piece


@transaction.atomic
def write_circular(edition: Edition, values: dict[str, Any], *, by: Doer) -> Circular:
    """Keep a draft."""
    circular = Circular.objects.create(edition=edition, **values)
    ledger.record(Verb.WROTE, circular, by=by)
    return circular


@transaction.atomic
def change_circular(circular: Circular, values: dict[str, Any], *, by: Doer) -> Circular:
    """Change a draft."""
    circular = _locked(circular)
    circular.require_draft()
    for name, value in values.items():
        setattr(circular, name, value)
    circular.save()
    ledger.record(Verb.CHANGED, circular, by=by)
    return circular


@transaction.atomic
def remove_circular(circular: Circular, *, by: Doer) -> None:
    """Delete a draft."""
    circular = _locked(circular)
    circular.require_draft()
    ledger.record(Verb.REMOVED, circular, by=by)
    circular.delete()


@transaction.atomic
def try_circular(circular: Circular, *, to: Person, language: str, by: Doer) -> None:
    """Send it to the organiser alone, as a reader of one language would get it."""
    if not to.email:
        raise RuleBroken(_("You have no email address here, so no test can be sent."))
    one = Reader(to.email, to.name, language)
    code = ledger.record(Verb.TRIED, circular, by=by, language=language).code
    write_batch(
        code,
        letters_for(circular, [one]),
        edition=circular.edition.slug,
        template=circular.template,
    )


@transaction.atomic
def begin_circular(circular: Circular, *, n: int, by: Doer) -> Circular:
    """Let it be sent to `n` readers. Refuses when there are not so many, or more, by now."""
    circular = _locked(circular)
    circular.require_draft()
    there = len(queries.left_of(circular))
    if not there:
        raise RuleBroken(_("Nobody would receive this email. Nothing was sent."))
    if there != n:
        raise RuleBroken(
            ngettext_lazy(
                "There is %(n)s recipient now. Nothing was sent. Look again, then send.",
                "There are %(n)s recipients now. Nothing was sent. Look again, then send.",
                there,
            ),
            n=there,
        )
    circular.begin(at=now())
    circular.save(update_fields=["state", "begun_at"])
    ledger.record(Verb.BEGAN, circular, by=by, readers=n)
    return circular


@transaction.atomic
def stop_circular(circular: Circular, *, by: Doer) -> int:
    """Send no more of it; return how many emails that were written are held back."""
    circular = _locked(circular)
    n = stop_batch(circular.code)
    if circular.is_under_way or n:
        circular.end(at=now(), is_stopped=True)
        circular.save(update_fields=["state", "ended_at"])
        ledger.record(Verb.STOPPED, circular, by=by, held_back=n)
    return n


def send_pieces() -> None:
    """Write the next letters of every email that is under way; for the tick.

    Each piece is one transaction. Whoever has a letter gets no other, so a crash loses nothing
    and repeats nothing.
    """
    for circular in queries.under_way():
        _send_piece(circular)


@transaction.atomic
def _send_piece(circular: Circular) -> None:
    circular = _locked(circular)
    if not circular.is_under_way:
        return
    piece = list(islice(queries.left_of(circular), AT_ONCE))
    if piece:
        write_batch(
            circular.code,
            letters_for(circular, piece),
            edition=circular.edition.slug,
            template=circular.template,
        )
        return
    circular.end(at=now())
    circular.save(update_fields=["state", "ended_at"])


def _locked(circular: Circular) -> Circular:
    return (
        Circular.objects.select_for_update(of=("self",))
        .select_related("edition__series")
        .get(pk=circular.pk)
    )


@transaction.atomic
def set_emails(registration: Registration, *, wanted: bool) -> None:
    """End emails that are not about the person's own place, or want them again."""
    registration = Registration.objects.select_for_update().get(pk=registration.pk)
    if wanted == (registration.emails_ended_at is None):
        return
    registration.emails_ended_at = None if wanted else now()
    registration.save(update_fields=["emails_ended_at"])
    verb = Verb.WANTED_EMAILS if wanted else Verb.ENDED_EMAILS
    ledger.record(verb, registration, by=registration.person)
