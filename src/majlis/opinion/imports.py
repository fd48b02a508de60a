"""From a Polis export to the plain rows that the dialogue takes in."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from majlis.dialogue.actions import (
    ImportedStatement,
    ImportedVoice,
    ImportedVote,
    import_round,
)
from majlis.dialogue.models import Round
from majlis.kernel import writing
from majlis.kernel.ledger import Doer
from majlis.kernel.texts import Text
from majlis.series.models import Edition
from opinionspace.export import Export, read_export


def import_export(edition: Edition, folder: Path, *, title: str, language: str, by: Doer) -> Round:
    """Make a round of a Polis export, with pseudonymous voices, and show its results.

    `language` is that of title and statements. Raises `opinionspace.BadExport`, naming file and
    line, before anything is written.
    """
    export = read_export(folder)
    texts = {comment.id: writing.text(comment.body or "") for comment in export.comments}
    out = {comment.id for comment in export.comments if comment.moderated < 0 or comment.is_meta}
    ids = sorted(set(texts) | {int(i) for i in np.unique(export.log.comment)})
    return import_round(
        edition,
        title=Text.of(language, **{language: writing.line(title)}),
        statements=[
            ImportedStatement(
                key=str(i),
                wording=Text.of(language, **{language: texts.get(i) or f"({i})"}),
                is_moderated_out=i in out,
            )
            for i in ids
        ],
        voices=[
            ImportedVoice(key=str(i), language=language)
            for i in np.unique(export.log.voter).tolist()
        ],
        votes=_votes(export),
        source_note=export.summary.get("url", ""),
        by=by,
    )


def _votes(export: Export) -> Iterator[ImportedVote]:
    log = export.log
    times = log.timestamp
    order = np.arange(len(log)) if times is None else np.argsort(times, kind="stable")
    for i in order.tolist():
        at = None if times is None else datetime.fromtimestamp(int(times[i]) / 1000, tz=UTC)
        yield ImportedVote(
            voice=str(int(log.voter[i])),
            statement=str(int(log.comment[i])),
            stance=int(log.stance[i]),
            at=at,
        )
