"""Statements prepared before the day, brought in by an edition pack."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Max, Model

from majlis.dialogue import pack
from majlis.dialogue.models import Statement
from majlis.dialogue.pack import DialoguePack
from majlis.dialogue.states import Verb
from majlis.kernel import ledger
from majlis.kernel.ledger import Doer
from majlis.kernel.pack import Merge
from majlis.kernel.pack.merging import by_id
from majlis.series.actions import keep_digests
from majlis.series.models import Edition


@transaction.atomic
def load_statements(
    mine: DialoguePack, edition: Edition, *, by: Doer, overwrite: bool = False
) -> Merge:
    """Bring the edition's prepared statements to what the pack says, row by row.

    Rows edited at the desk since the last load are kept unless `overwrite`. The wording of a
    statement that was put to a round never changes; the pack is refused before it comes here.
    """
    edition = Edition.objects.select_for_update().get(pk=edition.pk)
    merge = Merge(dict(edition.pack_digests), overwrite)
    held = by_id(pack.BINDING, pack.statements_of(edition))
    things: dict[tuple[str, str], Model] = {
        ("themes.csv", theme.code): theme for theme in edition.themes.all()
    } | {("challenges.csv", challenge.code): challenge for challenge in edition.challenges.all()}
    newest = edition.statements.aggregate(newest=Max("number"))["newest"] or 0
    for row in mine.rows:
        change = merge.decide(pack.BINDING, row, held.get(row.id))
        if not change.writes:
            continue
        statement = change.thing
        if statement is None:
            newest += 1
            statement = Statement(edition=edition, number=newest)
        pack.BINDING.apply(row, statement, things)
        statement.save()
    keep_digests(edition, merge.digests)
    rows = [f"{c.row.file}:{c.row.id}" for c in merge.changes if c.writes]
    if rows:
        ledger.record(Verb.LOADED, edition, by=by, rows=rows)
    return merge
