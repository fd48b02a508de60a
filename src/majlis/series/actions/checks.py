"""Ticking the check list of an edition, and answering what is asked before inviting."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction

from majlis.kernel import ledger
from majlis.kernel.ledger import Doer
from majlis.series.models import Edition, Readiness, Tick
from majlis.series.states import Check, Question, Verb


@transaction.atomic
def tick_check(edition: Edition, check: Check, *, is_done: bool, by: Doer) -> None:
    """Tick a step of the check list, or take the tick away."""
    Edition.objects.select_for_update().get(pk=edition.pk)
    ticked = edition.ticks.filter(code=check)
    if ticked.exists() == is_done:
        return
    if is_done:
        Tick.objects.create(edition=edition, code=check)
    else:
        ticked.delete()
    verb = Verb.TICKED if is_done else Verb.UNTICKED
    ledger.record(verb, edition, by=by, check=check.value)


@transaction.atomic
def answer_readiness(edition: Edition, answers: Mapping[Question, str], *, by: Doer) -> None:
    """Keep what the team answers to each question; an empty answer is none."""
    Edition.objects.select_for_update().get(pk=edition.pk)
    held = dict(edition.readiness.values_list("code", "answer"))
    changed = [one for one, answer in answers.items() if held.get(one, "") != answer]
    edition.readiness.filter(code__in=changed).delete()
    Readiness.objects.bulk_create(
        Readiness(edition=edition, code=one, answer=answers[one]) for one in changed if answers[one]
    )
    if changed:
        ledger.record(Verb.ANSWERED, edition, by=by, questions=sorted(changed))
