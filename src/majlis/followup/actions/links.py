"""Personal links of addressees: sent with their recommendations, again, handed over, ended."""

from __future__ import annotations

import secrets
from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from majlis.followup import letters
from majlis.followup.actions.entries import locked, today_of, write_entry
from majlis.followup.models import FocalLink, Note
from majlis.followup.queries import pairs_of
from majlis.followup.states import Axis, Response, Verb
from majlis.kernel import ledger
from majlis.kernel.clock import now
from majlis.kernel.errors import RuleBroken
from majlis.kernel.ledger import Doer
from majlis.kernel.seal import digest_of
from majlis.recommendations.models import Addressee, Pair


@transaction.atomic
def send(
    addressee: Addressee, *, name: str, email: str, language: str, answer_due_on: date, by: Doer
) -> FocalLink:
    """Write an addressee a letter with its recommendations only, and a link to answer them.

    Those not sent before await an answer from now on. An earlier link of the addressee ends.
    """
    addressee = _held(addressee)
    pairs = list(pairs_of(addressee.edition).filter(addressee=addressee))
    if not pairs:
        raise RuleBroken(
            _("No adopted recommendation is addressed to this unit. No email was sent.")
        )
    for pair in pairs:
        today = today_of(pair)
        if answer_due_on <= today:
            raise RuleBroken(_("The date of the response must lie in the future."))
        _await(pair, sent_on=today, due_on=answer_due_on, by=by)
    link, token = new_link(addressee, name=name, email=email, language=language)
    letters.asked(link, [pair.recommendation for pair in pairs], token, answer_due_on)
    ledger.record(Verb.SENT, addressee, by=by, link=link.code, n=len(pairs))
    return link


def _await(pair: Pair, *, sent_on: date, due_on: date, by: Doer) -> None:
    follow = locked(pair, by=by)
    if follow.response != Response.NOT_SENT:
        return
    follow.respond(Response.AWAITING)
    follow.sent_on, follow.answer_due_on = sent_on, due_on
    follow.save()
    write_entry(pair, Axis.RESPONSE, Response.AWAITING, Note(sent_on), by=by)


@transaction.atomic
def send_again(link: FocalLink, *, by: Doer) -> FocalLink:
    """A new link for the same person; the one sent before ends."""
    addressee = _held(link.addressee)
    _require_current(link)
    new, token = new_link(
        addressee, name=link.name, email=link.email, language=link.language, after=link
    )
    letters.again(new, token)
    ledger.record(Verb.LINK_AGAIN, addressee, by=by, link=new.code)
    return new


@transaction.atomic
def hand_over(link: FocalLink, *, name: str, email: str, language: str, by: Doer) -> FocalLink:
    """Hand a link to a successor, who gets one of their own; the old one ends at once."""
    addressee = _held(link.addressee)
    _require_current(link)
    new, token = new_link(addressee, name=name, email=email, language=language, after=link)
    letters.handed(new, token)
    ledger.record(Verb.LINK_HANDED, addressee, by=by, link=new.code, before=link.code)
    return new


@transaction.atomic
def end_link(link: FocalLink, *, by: Doer) -> None:
    """Let nobody in by this link any more. What was answered by it stays."""
    addressee = _held(link.addressee)
    _require_current(link)
    FocalLink.objects.filter(pk=link.pk).update(ended_at=now())
    ledger.record(Verb.LINK_ENDED, addressee, by=by, link=link.code)


@transaction.atomic
def link_opened(link: FocalLink) -> None:
    """Note that its holder has pressed the button: programs that only read mail press none."""
    held = FocalLink.objects.select_for_update(of=("self",)).select_related("addressee__edition")
    link = held.get(pk=link.pk)
    link.require_open()
    if link.opened_at is None:
        link.opened_at = now()
        link.save(update_fields=["opened_at"])
        ledger.record(Verb.LINK_OPENED, link.addressee, by=link, link=link.code)


def _held(addressee: Addressee) -> Addressee:
    rows = Addressee.objects.select_for_update(of=("self",)).select_related("edition__series")
    return rows.get(pk=addressee.pk)


def _require_current(link: FocalLink) -> None:
    FocalLink.objects.get(pk=link.pk).require_open()


def new_link(
    addressee: Addressee, *, after: FocalLink | None = None, **person: str
) -> tuple[FocalLink, str]:
    """A link and its secret; only the digest is kept, and every earlier link ends."""
    FocalLink.objects.filter(addressee=addressee, ended_at__isnull=True).update(ended_at=now())
    token = secrets.token_urlsafe(24)
    link = FocalLink.objects.create(
        addressee=addressee,
        after=after,
        opened_at=None,
        secret_digest=digest_of(token),
        **person,
    )
    return link, token
