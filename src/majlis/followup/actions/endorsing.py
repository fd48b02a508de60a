"""Asking organisations for their endorsement, and what a person of theirs confirms."""

from __future__ import annotations

import secrets

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from majlis.followup import letters
from majlis.followup.models import Endorsement
from majlis.followup.queries import today_in
from majlis.followup.states import Support, Verb
from majlis.kernel import ledger
from majlis.kernel.clock import now
from majlis.kernel.errors import RuleBroken
from majlis.kernel.ledger import Doer
from majlis.kernel.seal import digest_of
from majlis.kernel.words import language_now
from majlis.recommendations.models import Recommendation
from majlis.recommendations.states import TAKEN


@transaction.atomic
def ask_endorsement(
    rec: Recommendation, *, organisation: str, email: str, language: str, by: Doer
) -> Endorsement:
    """Write an organisation a letter with a link by which a person of theirs can confirm."""
    held = Recommendation.objects.select_for_update(of=("self",))
    rec = held.select_related("edition__series").get(pk=rec.pk)
    if rec.state not in TAKEN:
        raise RuleBroken(_("Only an adopted recommendation can be endorsed."))
    token = secrets.token_urlsafe(24)
    asked = Endorsement.objects.create(
        recommendation=rec,
        organisation=organisation,
        email=email,
        secret_digest=digest_of(token),
    )
    letters.endorse(asked, language=language, token=token)
    _record(Verb.ASKED_ENDORSEMENT, asked, by)
    return asked


@transaction.atomic
def endorse(
    endorsement: Endorsement,
    *,
    support: Support,
    name: str,
    function: str,
    reservation: str = "",
) -> Endorsement:
    """Confirm how the organisation stands, once, under the name of whoever confirms it."""
    endorsement = _held(endorsement)
    endorsement.require_open()
    if support == Support.RESERVATION and not reservation.strip():
        raise RuleBroken(_("Say what the reservation is. Nothing was saved."))
    endorsement.support, endorsement.reservation = support, reservation.strip()
    endorsement.name, endorsement.function = name, function
    endorsement.language = language_now()
    endorsement.confirmed_on = today_in(endorsement.recommendation.edition)
    endorsement.save()
    _record(Verb.ENDORSED, endorsement, endorsement, support=str(support))
    return endorsement


@transaction.atomic
def end_endorsement(endorsement: Endorsement, *, by: Doer) -> None:
    """Take a request back that was not answered."""
    endorsement = _held(endorsement)
    endorsement.require_open()
    endorsement.ended_at = now()
    endorsement.save(update_fields=["ended_at"])
    _record(Verb.ENDED_ENDORSEMENT, endorsement, by)


def _held(endorsement: Endorsement) -> Endorsement:
    rows = Endorsement.objects.select_for_update(of=("self",))
    return rows.select_related("recommendation__edition__series").get(pk=endorsement.pk)


def _record(verb: Verb, endorsement: Endorsement, by: Doer, **facts: object) -> None:
    rec = endorsement.recommendation
    ledger.record(verb, endorsement, by=by, edition=rec.edition.slug, rec_id=rec.rec_id, **facts)
