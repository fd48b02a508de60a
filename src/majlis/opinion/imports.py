"""From a Polis export to the plain rows that the dialogue takes in."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import numpy.typing as npt

from majlis.dialogue.actions import (
    ImportedStatement,
    ImportedVoice,
    ImportedVote,
    Source,
    import_round,
)
from majlis.dialogue.models import Round
from majlis.dialogue.queries import imported_before
from majlis.kernel import writing
from majlis.kernel.errors import RuleBroken
from majlis.kernel.ledger import Doer
from majlis.kernel.texts import Text
from majlis.series.models import Edition
from opinionspace.export import Export, read_export

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import made, and what of the export it passed over."""

    round: Round
    n_blank: int
    n_votes_on_blank: int


def import_export(
    edition: Edition,
    folder: Path,
    *,
    title: str,
    language: str,
    again: bool = False,
    agree: int | None = None,
    by: Doer,
) -> Imported:
    """Make a round of a Polis export, with pseudonymous voices, and show its results.

    `language` is that of title and statements. Comments in which nothing is written are passed
    over, with the votes on them. `agree` is the number that means agree: see `read_export`.
    Raises `opinionspace.BadExport`, naming file and line, before anything is written, and
    `RuleBroken` where the edition has this export, unless `again`.
    """
    export = read_export(folder, agree=agree)
    log = export.cast()
    digest = _digest(export)
    before = None if again else imported_before(edition, digest)
    if before is not None:
        raise RuleBroken(
            f"This export was imported before, as round {before.code} (“{before}”). Nothing was "
            "imported. To import it once more, add --again."
        )
    texts = {comment.id: writing.text(comment.body or "") for comment in export.comments}
    blank = {id for id, body in texts.items() if not body}
    out = {comment.id for comment in export.comments if comment.moderated < 0 or comment.is_meta}
    ids = sorted((set(texts) | {int(i) for i in np.unique(log.comment)}) - blank)
    kept = ~np.isin(log.comment, sorted(blank))
    round = import_round(
        edition,
        title=Text.of(language, **{language: title}),
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
            for i in np.unique(log.voter[kept]).tolist()
        ],
        votes=_votes(export, kept),
        source=Source(export.summary.get("url", ""), digest),
        by=by,
    )
    return Imported(round, len(blank), int(np.count_nonzero(~kept)))


def _digest(export: Export) -> str:
    """What tells one export from another: its votes and its comments."""
    digest = hashlib.sha256()
    for column in (export.log.comment, export.log.voter, export.log.stance):
        digest.update(np.ascontiguousarray(column).tobytes())
    for comment in export.comments:
        digest.update(f"{comment.id} {comment.body}\n".encode("utf-8", "replace"))
    return digest.hexdigest()


def _votes(export: Export, kept: npt.NDArray[np.bool_]) -> Iterator[ImportedVote]:
    log, times = export.log, export.log.milliseconds
    order = np.arange(len(log))
    if log.timestamp is not None:
        order = np.argsort(log.timestamp, kind="stable")
    for i in order[kept[order]].tolist():
        at = None if times is None else EPOCH + timedelta(milliseconds=int(times[i]))
        yield ImportedVote(
            voice=str(int(log.voter[i])),
            statement=str(int(log.comment[i])),
            stance=int(log.stance[i]),
            at=at,
        )
