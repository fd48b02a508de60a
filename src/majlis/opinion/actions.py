"""Keeping results of the opinion maths, each with what is needed to make it again."""

from __future__ import annotations

from typing import Any

from django.db import transaction

import opinionspace
from majlis.dialogue import queries as dialogue
from majlis.dialogue.models import Round, Statement
from majlis.dialogue.states import RoundState
from majlis.opinion.models import Result
from majlis.registration.models import Voice
from opinionspace import Votes, polis

POLIS = "polis"


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


def refresh_stale() -> int:
    """Keep a result for every closed round that has none for its newest vote; how many it kept."""
    kept = 0
    for round in Round.objects.filter(state=RoundState.CLOSED):
        newest = dialogue.revision(round)
        known = Result.objects.filter(
            round=round,
            mode=POLIS,
            revision=newest,
            package_version=opinionspace.__version__,
        )
        if newest and not known.exists() and keep_map(round) is not None:
            kept += 1
    return kept
