"""Voices and their personal links."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from majlis.kernel import ledger
from majlis.kernel.clock import now
from majlis.kernel.errors import RuleBroken
from majlis.kernel.ledger import Doer
from majlis.mail.actions import forget_messages
from majlis.registration import letters
from majlis.registration.models import Registration, Voice
from majlis.registration.states import Verb
from majlis.series.models import Edition
from majlis.series.states import Moment


def require_unsealed(edition: Edition) -> None:
    if edition.is_sealed:
        raise RuleBroken(
            _(
                "This edition has been made anonymous. Contributions and votes can no longer be "
                "linked to a person, so links and registrations cannot be changed."
            )
        )


def give_voice(registration: Registration) -> Voice:
    """The voice of a confirmed registration, with its snapshot; a former one is taken up again."""
    require_unsealed(registration.edition)
    voice = Voice.objects.filter(registration=registration).first()
    if voice is None:
        voice = Voice(
            edition=registration.edition,
            registration=registration,
            language=registration.person.language,
        )
        voice.take_snapshot(registration)
    elif voice.revoked_at is not None:
        voice.reissue()
    voice.save()
    return voice


def _locked(registration: Registration) -> Voice:
    require_unsealed(registration.edition)
    voice = Voice.objects.select_for_update().filter(registration=registration).first()
    if voice is None:
        raise RuleBroken(_("There is no personal link yet. Approve the registration first."))
    return voice


@transaction.atomic
def revoke_link(registration: Registration, *, by: Doer) -> Voice:
    """The personal link opens nothing any more; what was said with it stays."""
    voice = _locked(registration)
    voice.revoke(at=now())
    voice.save(update_fields=["revoked_at"])
    ledger.record(Verb.REVOKED_LINK, registration, by=by)
    return voice


@transaction.atomic
def reissue_link(registration: Registration, *, by: Doer) -> Voice:
    """A new personal link to the same voice; the old one opens nothing any more."""
    voice = _locked(registration)
    if not registration.is_confirmed:
        raise RuleBroken(_("There is no personal link yet. Approve the registration first."))
    voice.reissue()
    voice.save(update_fields=["link_serial", "revoked_at"])
    ledger.record(Verb.REISSUED_LINK, registration, by=by)
    letters.confirmed(registration, voice, is_reissue=True)
    return voice


@transaction.atomic
def seal_edition(edition: Edition, *, by: Doer) -> Edition:
    """Cut every voice from its registration, for good.

    Personal links go on opening their voices. Messages of the edition are deleted, since they
    hold names beside links.
    """
    edition = Edition.objects.select_for_update().get(pk=edition.pk)
    require_unsealed(edition)
    if edition.moment(now()) == Moment.BEFORE:
        raise RuleBroken(
            _(
                "The seminar has not taken place yet. Make an edition anonymous when no one needs"
                " a new link."
            )
        )
    edition.is_sealed, edition.registration_open = True, False
    edition.save(update_fields=["is_sealed", "registration_open"])
    Voice.objects.filter(edition=edition).update(registration=None)
    forget_messages(edition=edition.slug)
    edition.pending_answers.all().delete()
    ledger.record(Verb.SEALED, edition, by=by)
    return edition
