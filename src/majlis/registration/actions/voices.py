"""Giving voices, and cutting them from registrations."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from majlis.kernel import ledger
from majlis.kernel.clock import now
from majlis.kernel.errors import RuleBroken
from majlis.kernel.ledger import Doer
from majlis.mail.actions import forget_messages
from majlis.registration.actions.admissions import end_all_devices, require_unsealed
from majlis.registration.models import Registration, Voice
from majlis.registration.states import Verb
from majlis.series.models import Edition
from majlis.series.states import Moment


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
        voice.save()
    return voice


@transaction.atomic
def seal_edition(edition: Edition, *, by: Doer) -> Edition:
    """Cut every voice from its registration, for good.

    No device opens a voice afterwards. Messages of the edition are deleted, since they hold names
    beside links.
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
    end_all_devices(edition)
    forget_messages(edition=edition.slug)
    edition.pending_answers.all().delete()
    ledger.record(Verb.SEALED, edition, by=by)
    return edition
