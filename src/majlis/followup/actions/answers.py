"""What an addressee answers, by its link or typed in from its letter."""

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
from majlis.followup.models import Entry, Follow, Note
from majlis.followup.states import ANSWERS, Axis, Response, Verb
from majlis.kernel import ledger
from majlis.kernel.errors import RuleBroken
from majlis.kernel.ledger import Doer
from majlis.recommendations.models import Addressee, Pair


@transaction.atomic
def answer(
    pair: Pair,
    *,
    response: Response,
    note: Note,
    other: Addressee | None = None,
    by: Doer,
) -> Entry:
    """Record the answer to one recommendation.

    All but full acceptance give a reason; a redirection names the unit that is competent, which
    gets a pair of its own, not yet sent.
    """
    follow = locked(pair, by=by)
    pair = follow.pair
    if response not in ANSWERS:
        raise ValueError(f"not an answer: {response}")
    on = note.on
    require_past(on, pair)
    if response != Response.ACCEPTED and not note.words.strip():
        raise RuleBroken(_("Give the reason, for the record. Nothing was saved."))
    if note.is_letter and follow.response == Response.NOT_SENT:  # it was asked on paper
        follow.sent_on = follow.answer_due_on = on
        follow.response = Response.AWAITING
    follow.respond(response)
    follow.answered_on = follow.updated_on = on
    if response == Response.REDIRECTED:
        follow.redirected_to = _redirected(pair, other)
    follow.save()
    entry = write_entry(pair, Axis.RESPONSE, response, note, by=by)
    _record(Verb.ANSWERED, pair, by, entry=entry.code, to=str(response))
    return entry


@transaction.atomic
def ask_again(pair: Pair, *, answer_due_on: date, by: Doer) -> Follow:
    """Ask once more after a refusal: the pair awaits an answer again."""
    follow = locked(pair, by=by)
    today = today_of(follow.pair)
    if answer_due_on <= today:
        raise RuleBroken(_("The date of the response must lie in the future."))
    follow.respond(Response.AWAITING)
    follow.sent_on, follow.answer_due_on, follow.answered_on = today, answer_due_on, None
    follow.save()
    write_entry(pair, Axis.RESPONSE, Response.AWAITING, Note(today), by=by)
    _record(Verb.ASKED_AGAIN, follow.pair, by)
    return follow


def _redirected(pair: Pair, other: Addressee | None) -> Pair:
    if other is None or other.pk == pair.addressee_id:
        raise RuleBroken(_("Name the other unit that is competent. Nothing was saved."))
    found, _is_new = Pair.objects.get_or_create(recommendation=pair.recommendation, addressee=other)
    return found


def _record(verb: Verb, pair: Pair, by: Doer, **facts: object) -> None:
    rec = pair.recommendation
    ledger.record(verb, pair, by=by, edition=rec.edition.slug, rec_id=rec.rec_id, **facts)
