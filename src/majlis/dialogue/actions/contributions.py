"""Offering, withdrawing and capturing contributions. Words are never edited."""

from __future__ import annotations

import hashlib

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from majlis.dialogue.models import Contribution
from majlis.dialogue.models.contributions import as_said
from majlis.dialogue.states import Channel, ContributionKind, Verb
from majlis.kernel import ledger
from majlis.kernel.errors import RuleBroken
from majlis.kernel.ledger import Doer
from majlis.registration.models import Voice
from majlis.series.models import Challenge, Edition, Session, Theme
from majlis.series.sealing import hold_unsealed


def _seal(who: str, key: str, words: str) -> str:
    """What makes a repeat a repeat: the same sender, page and words. Other words are another."""
    return hashlib.sha256(f"{who}\n{key}\n{words}".encode()).hexdigest()[:40]


@transaction.atomic
def offer_contribution(  # noqa: PLR0913, all of a form, each named
    voice: Voice,
    *,
    kind: ContributionKind,
    words: str,
    language: str,
    key: str,
    session: Session | None = None,
    theme: Theme | None = None,
    challenge: Challenge | None = None,
    only_statement: bool = False,
) -> Contribution:
    """Take what a participant offers. The same words under the same `key` are taken once."""
    hold_unsealed(voice.edition)
    Voice.objects.select_for_update(no_key=True).get(pk=voice.pk)
    words = as_said(words)
    key = _seal(voice.doer, key, words)
    repeat = Contribution.objects.filter(voice=voice, key=key).first()
    if repeat is not None:
        return repeat
    contribution = Contribution.objects.create(
        edition_id=voice.edition_id,
        voice=voice,
        kind=kind,
        words=words,
        language=language,
        key=key,
        session=session,
        theme=theme,
        challenge=challenge,
        only_statement=only_statement,
        channel=Channel.PHONE,
    )
    ledger.record(Verb.OFFERED, contribution, by=voice, kind=kind)
    return contribution


@transaction.atomic
def capture_card(  # noqa: PLR0913, all of a form, each named
    edition: Edition,
    *,
    session: Session,
    card_number: str,
    kind: ContributionKind,
    words: str,
    language: str,
    key: str,
    by: Doer,
    theme: Theme | None = None,
    challenge: Challenge | None = None,
) -> Contribution:
    """Take what stands on a paper card of a session, typed in by a colleague: nobody's voice.

    The same card under the same `key` is taken once; a number taken already is refused.
    """
    hold_unsealed(edition)
    Session.objects.select_for_update(no_key=True).get(pk=session.pk)
    words = as_said(words)
    key = _seal(edition.slug, key, f"{card_number} {words}")
    repeat = Contribution.objects.filter(edition=edition, key=key).first()
    if repeat is not None:
        return repeat
    if (
        card_number
        and Contribution.objects.filter(session=session, card_number=card_number).exists()
    ):
        raise RuleBroken(
            _(
                "Paper contribution %(number)s from “%(session)s” has already been entered. "
                "Nothing was added."
            ),
            number=card_number,
            session=session,
        )
    card = Contribution.objects.create(
        edition=edition,
        kind=kind,
        words=words,
        language=language,
        key=key,
        session=session,
        theme=theme,
        challenge=challenge,
        channel=Channel.PAPER,
        card_number=card_number,
    )
    ledger.record(Verb.TYPED_CARD, card, by=by, session=session.code)
    return card


@transaction.atomic
def withdraw_contribution(contribution: Contribution, *, by: Voice) -> Contribution:
    """Take one's own contribution back while it waits."""
    hold_unsealed(contribution.edition)
    contribution = Contribution.objects.select_for_update(no_key=True).get(pk=contribution.pk)
    contribution.withdraw()
    contribution.save(update_fields=["state"])
    ledger.record(Verb.WITHDREW, contribution, by=by)
    return contribution
