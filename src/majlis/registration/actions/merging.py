"""Making two registrations of one person into one. There is no undo: the log says what was done."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from majlis.kernel import ledger
from majlis.kernel.clock import now
from majlis.kernel.errors import RuleBroken
from majlis.kernel.ledger import Doer
from majlis.people.actions import erase_person
from majlis.registration import queries
from majlis.registration.actions.admissions import require_unsealed
from majlis.registration.actions.documents import drop_answers, drop_unasked
from majlis.registration.actions.places import hold_places
from majlis.registration.held import has_spoken, kept_first
from majlis.registration.models import Admission, Consent, FormAnswer, Guest, Registration, Voice
from majlis.registration.states import AdmissionKind, ConsentKind, Verb

FACTS = ("organisation", "capacity", "constituency", "country", "languages")


@transaction.atomic
def merge(
    one: Registration, other: Registration, *, of_other: Collection[str], by: Doer
) -> Registration:
    """Join two registrations of one person, and return the one that stays (`kept_first`).

    `of_other` names what is taken from the one that goes: facts, `asked_` and the code of a
    question. Of each permission the newest answer counts. Two pseudonyms that have both said or
    voted something stay two: nobody could tell their votes apart afterwards.
    """
    hold_places(one.edition)
    require_unsealed(one.edition)
    kept, gone = kept_first(_locked(one), _locked(other))
    if has_spoken(gone):
        raise RuleBroken(
            _(
                "Both have contributed or voted, so they cannot become one. Nothing was changed. "
                "Cancel one of the two registrations instead."
            )
        )
    said_before = has_spoken(kept)
    _join_answers(kept, gone, of_other)
    _join_consents(kept, gone)
    _join_guests(kept, gone)
    _end_voice(gone)
    ledger.record(Verb.MERGED_AWAY, gone, by=by, into=kept.code)
    person = gone.person
    left = kept.person if "email" in of_other else person
    kept.name = gone.full_name if "name" in of_other else kept.full_name
    for fact in FACTS:
        if fact in of_other:
            setattr(kept, fact, getattr(gone, fact))
    kept.arrived_at = _earlier(kept, gone) if kept.is_confirmed else None
    kept.chosen = list(dict.fromkeys([*kept.chosen, *gone.chosen]))
    kept.asked_at = min(kept.asked_at, gone.asked_at)
    confirmed_at = gone.address_confirmed_at
    gone.delete()
    if "email" in of_other:
        _take_address(kept)
        kept.person, kept.address_confirmed_at = person, confirmed_at
    kept.save()
    _follow(kept, said_before=said_before)
    drop_unasked(kept)
    ledger.record(Verb.MERGED, kept, by=by, other=gone.code, taken=sorted(of_other))
    if queries.is_known_to_nobody(left):
        erase_person(left, by=by)
    return kept


def _locked(registration: Registration) -> Registration:
    rows = Registration.objects.select_for_update(of=("self",))
    return rows.select_related("person", "edition", "organisation", "voice").get(pk=registration.pk)


def _earlier(kept: Registration, gone: Registration) -> datetime | None:
    return min((one.arrived_at for one in (kept, gone) if one.arrived_at), default=None)


def _join_answers(kept: Registration, gone: Registration, of_other: Collection[str]) -> None:
    for answer in gone.form_answers.select_related("question"):
        if f"asked_{answer.question.code}" in of_other:
            drop_answers(FormAnswer.objects.filter(registration=kept, question=answer.question))
            answer.registration = kept
            answer.save(update_fields=["registration"])
    drop_answers(FormAnswer.objects.filter(registration=gone))


def _join_consents(kept: Registration, gone: Registration) -> None:
    """Of each permission the newest answer counts: whoever took one back meant it."""
    for kind in ConsentKind.values:
        said = Consent.objects.filter(registration__in=[kept, gone], kind=kind).order_by("-at")
        newest = said.first()
        if newest is not None and newest.registration_id == gone.pk:
            said.filter(registration=kept).delete()
            newest.registration = kept
            newest.save(update_fields=["registration"])


def _join_guests(kept: Registration, gone: Registration) -> None:
    if not Guest.objects.filter(registration=kept).exists():
        Guest.objects.filter(registration=gone).update(registration=kept)
    Guest.objects.filter(instead_of=gone).update(instead_of=kept)


def _end_voice(gone: Registration) -> None:
    """A pseudonym that has said nothing goes, with its card, link and devices."""
    voice = getattr(gone, "voice", None)
    if voice is not None:
        Admission.objects.filter(voice=voice).delete()
        voice.delete()


def _take_address(kept: Registration) -> None:
    """Another address opens nothing that was said before, and the letter sent admits nobody."""
    Voice.objects.filter(registration=kept).update(is_address_own=False)
    sent = Admission.objects.filter(voice__registration=kept, kind=AdmissionKind.LETTER)
    sent.filter(ended_at__isnull=True).update(ended_at=now())


def _follow(kept: Registration, *, said_before: bool) -> None:
    """The pseudonym's copy of group and country follows until it has said anything."""
    voice = Voice.objects.filter(registration=kept).first()
    if voice is not None and not said_before:
        voice.take_snapshot(kept)
        voice.save(update_fields=["constituency", "country", "capacity"])
