"""A round in the layout of a Polis export: the answers of each participant, and nothing else.

Whoever knows a few answers of a person can find the others in such a file. So only rounds whose
participants are no longer known here, or never were, can be exported.
"""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from majlis.dialogue import queries as dialogue
from majlis.dialogue.models import Round
from majlis.kernel.clock import now
from majlis.kernel.disclosure import Audience
from majlis.kernel.errors import RuleBroken
from majlis.kernel.lazily import lazily
from majlis.series.sealing import LOT, day_of

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    import opinionspace
    from opinionspace import export
    from opinionspace.export import Export
else:
    np = lazily("numpy")
    opinionspace = lazily("opinionspace")
    export = lazily("opinionspace.export")


def require_exportable(round: Round) -> dialogue.ShownLog:
    """Refuse a round whose participants could still be found, or are too few.

    Returns the answers that may be told of it.
    """
    if not round.is_imported and not round.edition.is_sealed:
        raise RuleBroken(
            _(
                "This round cannot be exported yet. Answers of single participants can be exported "
                "only after the edition has been made anonymous."
            )
        )
    smallest = 1 if round.is_imported else round.edition.smallest(Audience.PUBLIC)
    log = _told(round)
    if len(np.unique(log.voices)) < smallest:
        raise RuleBroken(
            _("Too few people voted in this round. People needed: %(smallest)s."),
            smallest=smallest,
        )
    return log


def layout_of(round: Round) -> bytes:
    """The four files in one archive; voices are numbered by lot, and rows stand in an order by lot.

    Statements of which the public may not see the counts are left out with their votes. Every time
    is the day of the round. Raises `RuleBroken` where the round may not be exported.
    """
    log = require_exportable(round)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in export.export_texts(_export(round, log)).items():
            archive.writestr(zipfile.ZipInfo(name), text.encode())
    return out.getvalue()


def _export(round: Round, log: dialogue.ShownLog) -> Export:
    statements = {s.pk: s for s in dialogue.statements_in(round)}
    numbers = {pk: statement.number for pk, statement in statements.items()}
    order = _by_lot(len(log.stances))
    _voices, row = np.unique(log.voices, return_inverse=True)
    votes = opinionspace.Votes.from_events(
        _by_lot(int(row.max(initial=-1)) + 1)[row][order],
        np.array([numbers[pk] for pk in log.statements.tolist()], np.int64)[order],
        log.stances[order],
        statements=sorted(numbers[pk] for pk in log.statement_ids),
        mod={numbers[pk]: -1 if pk in log.moderated_out else 1 for pk in log.statement_ids},
    )
    day = int(day_of(round.closed_at or now(), round.edition).timestamp()) * 1000
    texts = {s.number: s.wording.shown_original().text for s in statements.values()}
    made = export.export_of(
        votes,
        bodies=texts,
        timestamps=np.full(votes.n_votes, day),
        topic=str(round.title),
    )
    # authors are told nowhere, and some readers will have one
    comments = tuple(replace(one, timestamp=day, author_id=0) for one in made.comments)
    return replace(made, comments=comments)


def _told(round: Round) -> dialogue.ShownLog:
    """What was shown of the round, without statements whose counts the public may not see."""
    log = dialogue.shown_log(round)
    if round.is_imported:
        return log
    shown = dialogue.shown_in(round)
    told = [
        pk
        for pk in log.statement_ids
        if dialogue.breakdown(shown.get(pk), Audience.PUBLIC).total is not None
    ]
    kept = np.isin(log.statements, told)
    return replace(
        log,
        voices=log.voices[kept],
        statements=log.statements[kept],
        stances=log.stances[kept],
        statement_ids=tuple(told),
    )


def _by_lot(n: int) -> npt.NDArray[np.int64]:
    return np.array(LOT.sample(range(n), n), np.int64)
