"""Taking in a conversation that was held elsewhere, as a round that was shown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from django.db import transaction
from django.db.models import Max

from majlis.dialogue.actions.showings import keep_showings
from majlis.dialogue.models import Round, Statement, VoteEvent
from majlis.dialogue.states import (
    Channel,
    ContributionKind,
    RoundState,
    Stance,
    StatementOrigin,
    Verb,
)
from majlis.kernel import ledger
from majlis.kernel.clock import now
from majlis.kernel.ledger import Doer
from majlis.kernel.texts import Text
from majlis.registration.models import Voice
from majlis.series.models import Edition
from majlis.series.sealing import EditionSealed

BATCH = 2000


@dataclass(frozen=True, slots=True)
class Source:
    """Where a conversation comes from, for people; and what tells it from others."""

    note: str = ""
    digest: str = ""


@dataclass(frozen=True, slots=True)
class ImportedStatement:
    """One statement of the source; `key` is its name there."""

    key: str
    wording: Text
    is_moderated_out: bool = False
    source_note: str = ""


@dataclass(frozen=True, slots=True)
class ImportedVoice:
    """One pseudonymous voice of the source; `key` is its name there and is not kept."""

    key: str
    constituency: str = ""
    country: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class ImportedVote:
    """One vote of the source, by the two keys. `at` may be unknown."""

    voice: str
    statement: str
    stance: int
    at: datetime | None = None


@transaction.atomic
def import_round(
    edition: Edition,
    *,
    title: Text,
    statements: Iterable[ImportedStatement],
    voices: Iterable[ImportedVoice],
    votes: Iterable[ImportedVote],
    source: Source | None = None,
    by: Doer,
) -> Round:
    """Make a round of a conversation held elsewhere, with pseudonymous voices, and show it.

    `votes` come oldest first; a later vote of a voice on a statement replaces the earlier, as in
    a round of our own. Raises `KeyError` when a vote names an unknown voice or statement, and
    `ValueError` when a stance is none of +1, 0, -1; then nothing is kept.
    """
    moment = now()
    if Edition.objects.select_for_update().get(pk=edition.pk).is_sealed:
        raise EditionSealed
    round = Round.objects.create(
        edition=edition,
        title=title,
        state=RoundState.SHOWN,
        is_imported=True,
        opened_at=moment,
        closed_at=moment,
    )
    source = source or Source()
    statement_of = _keep_statements(round, statements, source.note)
    voice_of = _keep_voices(edition, voices)
    first, last, n_votes = _keep_votes(votes, statement_of, voice_of, moment)
    round.opened_at, round.closed_at = first or moment, last or moment
    round.save(update_fields=["opened_at", "closed_at"])
    keep_showings(round)
    ledger.record(
        Verb.IMPORTED,
        round,
        by=by,
        statements=len(statement_of),
        voices=len(voice_of),
        votes=n_votes,
        digest=source.digest,
    )
    return round


def _keep_statements(
    round: Round, rows: Iterable[ImportedStatement], source_note: str
) -> dict[str, Statement]:
    taken = Statement.objects.filter(edition=round.edition_id).aggregate(last=Max("number"))
    number = taken["last"] or 0
    made = {
        row.key: Statement(
            edition_id=round.edition_id,
            round=round,
            number=number + place,
            position=min(place, 32767),
            kind=ContributionKind.PROPOSAL,
            wording=row.wording,
            origin=StatementOrigin.IMPORT,
            source_note=row.source_note or source_note,
            is_moderated_out=row.is_moderated_out,
        )
        for place, row in enumerate(rows, start=1)
    }
    Statement.objects.bulk_create(made.values(), batch_size=BATCH)
    return made


def _keep_voices(edition: Edition, rows: Iterable[ImportedVoice]) -> dict[str, Voice]:
    made = {
        row.key: Voice(
            edition=edition,
            constituency=row.constituency,
            country=row.country,
            language=row.language,
            is_imported=True,
        )
        for row in rows
    }
    Voice.objects.bulk_create(made.values(), batch_size=BATCH)
    return made


def _keep_votes(
    rows: Iterable[ImportedVote],
    statement_of: dict[str, Statement],
    voice_of: dict[str, Voice],
    moment: datetime,
) -> tuple[datetime | None, datetime | None, int]:
    seqs: dict[tuple[int, int], int] = {}
    first: datetime | None = None
    last: datetime | None = None
    n_votes = 0

    def events() -> Iterator[VoteEvent]:
        nonlocal first, last, n_votes
        for n_votes, row in enumerate(rows, start=1):
            voice, statement = voice_of[row.voice].pk, statement_of[row.statement].pk
            seq = seqs[voice, statement] = seqs.get((voice, statement), 0) + 1
            if row.at is not None:
                first = min(first or row.at, row.at)
                last = max(last or row.at, row.at)
            yield VoteEvent(
                voice_id=voice,
                statement_id=statement,
                stance=Stance(row.stance),
                seq=seq,
                key=f"import-{n_votes}",
                channel=Channel.IMPORT,
                at=row.at or moment,
            )

    made = events()
    while batch := list(islice(made, BATCH)):
        VoteEvent.objects.bulk_create(batch)
    return first, last, n_votes
