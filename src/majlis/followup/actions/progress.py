"""Plans, progress, declaration and verification."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from majlis.followup.actions.entries import (
    locked,
    require_past,
    today_of,
    write_entry,
)
from majlis.followup.models import Entry, FocalLink, Follow, Note, PlannedAction
from majlis.followup.states import BY_ADDRESSEE, DONE, Axis, Progress, Verb
from majlis.kernel import ledger
from majlis.kernel.errors import NotAllowed, RuleBroken
from majlis.kernel.ledger import Doer
from majlis.people.models import Person
from majlis.recommendations.models import Pair


@transaction.atomic
def plan_action(
    pair: Pair, *, what: str, who: str, due_on: date, starts_on: date | None = None, by: Doer
) -> PlannedAction:
    """Plan a step with its owner and its date; the first one makes the pair planned."""
    follow = _open(pair, by)
    if starts_on is not None and starts_on > due_on:
        raise RuleBroken(_("It cannot be due before it starts. Nothing was saved."))
    action = PlannedAction.objects.create(
        pair=pair, what=what, who=who, due_on=due_on, starts_on=starts_on
    )
    if follow.progress == Progress.NOT_STARTED:
        _advance(follow, Progress.PLANNED, Note(today_of(follow.pair)), by=by)
    _record(Verb.PLANNED, follow, by, action=action.code)
    return action


@transaction.atomic
def finish_action(action: PlannedAction, *, on: date, by: Doer) -> PlannedAction:
    """Note that a planned step was done."""
    follow = _open(action.pair, by)
    require_past(on, follow.pair)
    action = PlannedAction.objects.select_for_update().get(pk=action.pk)
    if action.done_on is not None:
        raise RuleBroken(_("This action was noted as done before. Nothing was changed."))
    action.done_on = on
    action.save(update_fields=["done_on"])
    follow.updated_on = max(on, follow.updated_on or on)
    follow.save(update_fields=["updated_on"])
    _record(Verb.FINISHED, follow, by, action=action.code)
    return action


@transaction.atomic
def drop_action(action: PlannedAction, *, by: Doer) -> None:
    """Take a planned step back. The last one stays while the pair is planned."""
    follow = _open(action.pair, by)
    others = PlannedAction.objects.filter(pair=action.pair).exclude(pk=action.pk)
    if follow.progress == Progress.PLANNED and not others.exists():
        raise RuleBroken(_("A plan has at least one action. Add another one before."))
    _record(Verb.DROPPED, follow, by, action=action.code)
    action.delete()


@transaction.atomic
def note_progress(
    pair: Pair,
    *,
    progress: Progress,
    note: Note,
    by: Doer,
) -> Entry:
    """Note how far a pair is: in progress, blocked, declared, verified, closed.

    A focal point notes its own work; verifying and closing are the team's. Whoever declared, by a
    link or from a letter, never verifies.
    """
    follow = locked(pair, by=by)
    if by.doer.startswith("link:") and progress not in BY_ADDRESSEE:
        raise NotAllowed(_("Only the team of the edition can do this. Nothing was saved."))
    if progress == Progress.VERIFIED:
        _require_other_person(follow, by)
    require_past(note.on, follow.pair)
    follow.require_reason(progress, note.words)
    if progress == Progress.PLANNED and not pair.planned.exists():
        raise RuleBroken(_("Plan at least one action with an owner and a date first."))
    if progress == Progress.IN_PROGRESS and not note.words.strip():
        raise RuleBroken(_("Say what was done or has changed. Nothing was saved."))
    entry = _advance(follow, progress, note, by=by)
    _record(Verb.PROGRESSED, follow, by, entry=entry.code, to=str(progress))
    return entry


def _advance(follow: Follow, wanted: Progress, note: Note, *, by: Doer) -> Entry:
    follow.progress_to(wanted, by=by.doer, has_proof=bool(note.proof))
    follow.updated_on = note.on
    follow.save()
    return write_entry(follow.pair, Axis.PROGRESS, wanted, note, by=by)


def _require_other_person(follow: Follow, by: Doer) -> None:
    """Refuse a verifier who holds the very link by which it was declared, under their address."""
    kind, _colon, code = follow.declared_by.partition(":")
    if kind != "link":
        return
    address = FocalLink.objects.filter(code=code).values_list("email", flat=True).first()
    person = Person.objects.filter(code=by.doer.partition(":")[2]).first()
    if address and person and (person.email or "") == address:
        raise NotAllowed(
            _(
                "Whoever declared that it is implemented cannot verify it. Ask a colleague to "
                "check the proof. Nothing was saved."
            )
        )


def _open(pair: Pair, by: Doer) -> Follow:
    follow = locked(pair, by=by)
    if follow.progress in DONE:
        raise RuleBroken(_("It is implemented, so its plan can no longer be changed."))
    return follow


def _record(verb: Verb, follow: Follow, by: Doer, **facts: object) -> None:
    rec = follow.pair.recommendation
    ledger.record(verb, follow.pair, by=by, edition=rec.edition.slug, rec_id=rec.rec_id, **facts)
