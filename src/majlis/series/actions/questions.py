"""The registration form of an edition: which of the usual questions it asks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta

from django.db import transaction

from majlis.kernel import ledger
from majlis.kernel.ledger import Doer
from majlis.kernel.texts import Text
from majlis.series import pack
from majlis.series.actions.parts import require_room
from majlis.series.fields import USUAL
from majlis.series.models import Edition, Question
from majlis.series.states import Verb


@transaction.atomic
def set_usual_questions(edition: Edition, chosen: Mapping[str, str], *, by: Doer) -> None:
    """Switch usual questions of the registration form (`USUAL`) off, on, or to required.

    One that has been answered is retired, not deleted. Sensitive answers go a month after the end.
    """
    Edition.objects.select_for_update().get(pk=edition.pk)
    rows = {row.code: row for row in edition.questions.all()}
    for code, wanted in chosen.items():
        row = rows.get(code)
        if row is None and wanted != "off":
            require_room(pack.QUESTION_BINDING, len(rows))
            rows[code] = row = _usual(edition, code, list(rows.values()))
        if row is None:
            continue
        before = (row.pk, row.is_retired, row.is_required)
        row.is_retired, row.is_required = wanted == "off", wanted == "required"
        if before != (row.pk, row.is_retired, row.is_required) or row.pk is None:
            row.save()
            ledger.record(Verb.CHANGED_PART, row, by=by, file=pack.QUESTION_BINDING.table.file)


def _usual(edition: Edition, code: str, others: Sequence[Question]) -> Question:
    usual, first = USUAL[code], edition.authoritative_language
    return Question(
        edition=edition,
        code=code,
        position=max((row.position for row in others), default=0) + 1,
        kind=usual.kind,
        prompt=Text.of(first, **usual.prompt),
        options=Text.of(first, **usual.options) if usual.options else Text(),
        asked_if=usual.asked_if,
        is_sensitive=usual.is_sensitive,
        purge_on=edition.ends_on + timedelta(days=30) if usual.is_sensitive else None,
    )
