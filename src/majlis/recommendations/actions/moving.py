"""Moving a recommendation along: review, final list, decision, publication, and after."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from majlis.kernel import ledger
from majlis.kernel.clock import now
from majlis.kernel.errors import RuleBroken
from majlis.kernel.ledger import Doer
from majlis.kernel.words import language_now
from majlis.recommendations.actions.drafting import locked
from majlis.recommendations.models import Adoption, Recommendation, Review
from majlis.recommendations.queries.requirements import (
    Incomplete,
    Missing,
    missing_for,
    missing_in_decision,
)
from majlis.recommendations.states import ADOPTED, TAKEN, TextState, Verb


@transaction.atomic
def submit_for_review(rec: Recommendation, *, by: Doer) -> Recommendation:
    """Hand a draft to its readers. Refused, field by field, while a reader would lack something."""
    rec = locked(rec)
    return _move(rec, TextState.IN_REVIEW, missing_for(rec, TextState.IN_REVIEW), by=by)


@transaction.atomic
def send_back(rec: Recommendation, *, reason: str, by: Doer) -> Recommendation:
    """Return a text to its writers: from review, after a postponement or a refusal."""
    rec = locked(rec)
    return _move(rec, TextState.DRAFTED, _asked_reason(reason), by=by, why=reason)


@transaction.atomic
def review(rec: Recommendation, *, is_ready: bool, note: str, by: Doer) -> Review:
    """Keep one reader's judgement on this very wording. A note is asked when it is not ready."""
    rec = locked(rec)
    rec.require_in_review()
    if not is_ready and not note.strip():
        raise RuleBroken(_("Add a note on what the text still needs."))
    judged = Review.objects.create(
        recommendation=rec,
        by=by.doer,
        is_ready=is_ready,
        note=note.strip(),
        wording_revision=rec.wording_revision,
    )
    ledger.record(
        Verb.REVIEWED,
        rec,
        by=by,
        rec_id=rec.rec_id,
        review=judged.code,
        is_ready=is_ready,
        wording_revision=rec.wording_revision,
    )
    return judged


@transaction.atomic
def put_on_final_list(rec: Recommendation, *, by: Doer, language_note: str = "") -> Recommendation:
    """Close the wording. It needs three languages, or a note that says why one is lacking."""
    rec = locked(rec)
    if language_note.strip():
        rec.language_note, rec.language_note_language = language_note.strip(), language_now()
    return _move(rec, TextState.FINAL_LIST, missing_for(rec, TextState.FINAL_LIST), by=by)


@transaction.atomic
def decide(
    rec: Recommendation, *, outcome: TextState, facts: Mapping[str, Any], by: Doer
) -> Adoption:
    """Record what was decided: by which rule, who, when, with which counts and which dissent.

    `facts` are columns of `Adoption`. Raises `Incomplete`, field by field.
    """
    rec = locked(rec)
    rec.require_move(outcome)
    missing = missing_in_decision(facts, outcome) + missing_for(rec, outcome)
    if missing:
        raise Incomplete(rec.rec_id, outcome, missing)
    adoption = Adoption.objects.create(
        recommendation=rec, outcome=outcome, recorded_by=by.doer, **facts
    )
    counts = [adoption.n_for, adoption.n_against, adoption.n_abstaining]
    _move(
        rec,
        outcome,
        [],
        by=by,
        why=adoption.reason,
        why_language=adoption.language,
        verb=Verb.DECIDED,
        counts=counts,
        decided_on=adoption.decided_on.isoformat(),
        decision=adoption.code,
    )
    return adoption


@transaction.atomic
def publish(rec: Recommendation, *, attribution_checked: bool, by: Doer) -> Recommendation:
    """Open the public page and the why-page.

    Somebody must have looked at what the public will be shown of each source, and the edition
    must carry its funding statement and its disclaimer.
    """
    rec = locked(rec)
    missing = missing_for(rec, TextState.PUBLISHED)
    if not attribution_checked:
        missing.insert(
            0,
            Missing(
                "attribution_checked",
                _("Attribution check"),
                _("check what the public will see of each source, and tick the box"),
                "publish",
            ),
        )
    rec.published_at = rec.published_at or now()
    return _move(rec, TextState.PUBLISHED, missing, by=by)


@transaction.atomic
def withdraw(rec: Recommendation, *, reason: str, by: Doer) -> Recommendation:
    """Take a recommendation back. It stays on record; a published page says why."""
    rec = locked(rec)
    return _move(rec, TextState.WITHDRAWN, _asked_reason(reason), by=by, why=reason)


@transaction.atomic
def supersede(
    rec: Recommendation, *, successor: Recommendation, reason: str = "", by: Doer
) -> Recommendation:
    """Let a newer recommendation, adopted or published, take the place of this one."""
    rec = locked(rec)
    if successor.pk == rec.pk:
        raise RuleBroken(_("A recommendation cannot replace itself."))
    if successor.state not in TAKEN:
        raise RuleBroken(_("Only an adopted or published recommendation can replace another one."))
    if successor.edition.series_id != rec.edition.series_id:
        raise RuleBroken(_("The newer recommendation must belong to the same series."))
    if successor.edition_id != rec.edition_id and (
        successor.edition.is_rehearsal or rec.edition.is_rehearsal
    ):
        raise RuleBroken(
            _("A rehearsal is temporary, so its recommendations can only be linked to each other.")
        )
    rec.superseded_by = successor
    return _move(rec, TextState.SUPERSEDED, [], by=by, why=reason, successor=successor.rec_id)


def _asked_reason(reason: str) -> list[Missing]:
    if reason.strip():
        return []
    return [Missing("reason", _("Reason"), _("give the reason, for the record"), "move")]


def _move(
    rec: Recommendation,
    wanted: TextState,
    missing: list[Missing],
    *,
    by: Doer,
    why: str = "",
    why_language: str = "",
    verb: Verb = Verb.MOVED,
    **facts: Any,
) -> Recommendation:
    before = rec.state
    rec.require_move(wanted)
    if missing:
        raise Incomplete(rec.rec_id, wanted, missing)
    rec.move_to(wanted)
    rec.reason, rec.reason_language = why.strip(), why_language or language_now()
    if wanted in ADOPTED or not rec.reason:
        rec.reason = rec.reason_language = ""
    rec.save()
    ledger.record(
        verb,
        rec,
        by=by,
        rec_id=rec.rec_id,
        **{
            "from": before,
            "to": str(wanted),
            "why": rec.reason,
            "why_language": rec.reason_language,
        },
        wording_revision=rec.wording_revision,
        **facts,
    )
    return rec
