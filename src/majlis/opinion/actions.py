"""Keeping results of the opinion maths, each with what is needed to make it again."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from django.db import transaction

import opinionspace
from majlis.dialogue import queries as dialogue
from majlis.dialogue.models import Round, Statement
from majlis.dialogue.states import RoundState
from majlis.kernel.disclosure import Audience
from majlis.opinion.models import Result
from majlis.registration.models import Voice
from opinionspace import Votes, polis, room

POLIS, ROOM = "polis", "room"
SEED = 1


@transaction.atomic
def keep_map(round: Round) -> Result | None:
    """Analyse the round's votes as they stand and keep the result; None when there is too little.

    Nobody does this: what is kept follows from the votes alone, so it leaves no ledger line.
    Asking again for the same revision gives the kept result.
    """
    log = dialogue.standing_log(round)
    known = Result.objects.filter(
        round=round,
        mode=POLIS,
        revision=log.revision,
        package_version=opinionspace.__version__,
    ).first()
    if known is not None:
        return known
    try:
        analysis = polis.analyse(
            Votes.from_events(
                log.voices,
                log.statements,
                log.stances,
                statements=log.statement_ids,
                mod=dict.fromkeys(log.moderated_out, -1),
            )
        )
    except opinionspace.OpinionError:
        return None
    return Result.objects.create(
        round=round,
        mode=POLIS,
        revision=log.revision,
        package_version=opinionspace.__version__,
        digest=analysis.digest(),
        content=_content(analysis),
    )


def _content(analysis: polis.Analysis) -> dict[str, Any]:
    voice_ids, statement_ids = analysis.voice_ids.tolist(), analysis.statement_ids.tolist()
    voices = dict(Voice.objects.filter(pk__in=voice_ids).values_list("pk", "code"))
    statements = dict(Statement.objects.filter(pk__in=statement_ids).values_list("pk", "code"))
    codes = [statements[pk] for pk in statement_ids]
    x, y = (analysis.axes.projections[:, axis] for axis in (0, 1))
    return {
        "k": analysis.k,
        "voices": [
            {"code": voices[pk], "x": float(x[i]), "y": float(y[i]), "group": int(g)}
            for i, (pk, g) in enumerate(zip(voice_ids, analysis.group_of_voice, strict=True))
        ],
        "statements": codes,
        "agree": analysis.agree.tolist(),
        "disagree": analysis.disagree.tolist(),
        "seen": analysis.seen.tolist(),
        "group_informed_consensus": analysis.group_informed_consensus.tolist(),
        "representative": [
            [codes[int(pick.statement)] for pick in picks] for picks in analysis.representative
        ],
    }


@transaction.atomic
def keep_reading(round: Round) -> Result | None:
    """Say what the room's votes carry, and what they do not; None without any vote.

    Room mode: declared families, a gate before hidden groups, sentences with their numbers.
    Equal votes and the same seed give equal bytes; asking again gives the kept result.
    """
    log = dialogue.standing_log(round)
    known = Result.objects.filter(
        round=round,
        mode=ROOM,
        revision=log.revision,
        package_version=opinionspace.__version__,
        seed=SEED,
    ).first()
    if known is not None or not len(log.stances):
        return known
    family = {
        voice.pk: str(voice.family or "")
        for voice in Voice.objects.filter(pk__in=set(log.voices.tolist()))
    }
    votes = _votes(log)
    labels = [family[pk] for pk in votes.voice_ids.tolist()]
    read = room.analyse(
        votes,
        {"family": labels} if any(labels) else None,
        seed=SEED,
        smallest=round.edition.smallest(Audience.ROOM),
    )
    return Result.objects.create(
        round=round,
        mode=ROOM,
        revision=log.revision,
        package_version=opinionspace.__version__,
        seed=SEED,
        digest=opinionspace.digest(read.facts()),
        content=_reading(read),
    )


def _votes(log: dialogue.StandingLog) -> Votes:
    return Votes.from_events(
        log.voices,
        log.statements,
        log.stances,
        statements=log.statement_ids,
        mod=dict.fromkeys(log.moderated_out, -1),
    )


def _reading(read: room.RoomResult) -> dict[str, Any]:
    ids = read.statement_ids.tolist()
    codes = dict(Statement.objects.filter(pk__in=ids).values_list("pk", "code"))

    def named(numbers: Mapping[str, Any]) -> dict[str, Any]:
        return {k: codes[v] if k == "statement" else v for k, v in numbers.items()}

    across = read.declared[0].bridging.probability if read.declared else None
    return {
        "sentences": [{"code": s.code, "numbers": named(s.numbers)} for s in read.sentences],
        "gate_opened": bool(read.groups is not None),
        "statements": [codes[pk] for pk in ids],
        "divisiveness": [_number(x) for x in read.divisiveness.tolist()],
        "bridging": None if across is None else [_number(x) for x in across.tolist()],
    }


def _number(value: float) -> float | None:
    """JSON has no nan: what is not known is null."""
    return None if math.isnan(value) else float(f"{value:.9g}")


def refresh_stale() -> int:
    """Keep what a closed round's newest votes say, in both modes; how many results it kept."""
    kept = 0
    for round in Round.objects.filter(state=RoundState.CLOSED).select_related("edition"):
        newest = dialogue.revision(round)
        known = set(
            Result.objects.filter(
                round=round, revision=newest, package_version=opinionspace.__version__
            ).values_list("mode", flat=True)
        )
        if newest and POLIS not in known:
            kept += keep_map(round) is not None
        if newest and ROOM not in known:
            kept += keep_reading(round) is not None
    return kept
