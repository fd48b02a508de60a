"""Keeping results of the opinion maths, each with what is needed to make it again."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from django.db import transaction

import opinionspace
from majlis.dialogue import queries as dialogue
from majlis.dialogue.models import Round
from majlis.dialogue.states import RoundState
from majlis.kernel import ledger
from majlis.kernel.ledger import Doer
from majlis.opinion import queries
from majlis.opinion.models import Result
from majlis.opinion.queries.reading import Codes, Made
from majlis.opinion.states import Mode, Verb
from opinionspace import areas, polis

Json = dict[str, Any]  # plain JSON


@transaction.atomic
def keep_map(round: Round) -> Result | None:
    """Keep the recipe of Polis on the votes as they have been shown; None when there is too little.

    Nobody does this: what is kept follows from the votes alone, so no audit log tells of it.
    Asking again for the same revision gives the kept result.
    """
    return _kept(round, Mode.POLIS, seed=0)


@transaction.atomic
def keep_reading(round: Round) -> Result | None:
    """Keep what the votes carry, and what they do not; None while nothing is shown.

    Room mode: counts as each audience may see them, a gate before hidden groups, sentences with
    their numbers. Equal votes and the same seed give equal bytes.
    """
    return _kept(round, Mode.ROOM, seed=queries.SEED)


def _kept(round: Round, mode: Mode, *, seed: int) -> Result | None:
    key: Json = {
        "round": round,
        "mode": mode,
        "revision": dialogue.shown_revision(round),
        "package_version": opinionspace.__version__,
        "seed": seed,
    }
    known = Result.objects.filter(**key).first()
    if known is not None:
        return known
    made = _made(round, mode, seed=seed)
    if made is None:
        return None
    return Result.objects.create(
        **key, digest=opinionspace.digest(made.content), content=made.content, places=made.places
    )


def _made(round: Round, mode: Mode, *, seed: int) -> Made | None:
    if mode == Mode.ROOM:
        return queries.made_of(round, seed=seed)
    log = dialogue.shown_log(round)
    try:
        found = polis.analyse(queries.votes_of(log)[0]) if len(log.stances) else None
    except opinionspace.OpinionError:
        return None
    return Made(_map(found, queries.codes_in(round)), []) if found is not None else None


def _map(analysis: polis.Analysis, known: Codes) -> Json:
    codes = [known.statement[pk] for pk in analysis.statement_ids.tolist()]
    places = analysis.axes.projections[:, :2]
    groups = [places[analysis.group_of_voice == group] for group in range(analysis.k)]
    return {
        "k": analysis.k,
        "sizes": [len(group) for group in groups],
        "areas": [asdict(areas.ellipse(group)) if len(group) else None for group in groups],
        "representative": [
            [codes[int(pick.statement)] for pick in picks] for picks in analysis.representative
        ],
        "analysis": analysis.digest(),
    }


@dataclass(frozen=True, slots=True)
class MadeAgain:
    """A kept result made once more from its inputs."""

    result: Result
    digest: str
    version: str

    @property
    def agrees(self) -> bool:
        return self.digest == self.result.digest


@transaction.atomic
def make_again(result: Result, *, by: Doer) -> MadeAgain:
    """Make a kept result again from the votes, and say whether the bytes agree.

    What is kept stays as it is, whatever comes out.
    """
    round = result.round
    made = _made(round, Mode(result.mode), seed=result.seed)
    digest = opinionspace.digest(made.content if made else None)
    again = MadeAgain(result, digest, opinionspace.__version__)
    ledger.record(
        Verb.MADE_AGAIN,
        result,
        by=by,
        edition=round.edition.slug,
        round=round.code,
        agrees=again.agrees,
    )
    return again


def refresh_stale() -> int:
    """Keep what rounds have shown, in both modes; how many results it kept."""
    kept = 0
    for round in Round.objects.filter(state=RoundState.SHOWN).select_related("edition"):
        known = set(
            Result.objects.filter(
                round=round,
                revision=dialogue.shown_revision(round),
                package_version=opinionspace.__version__,
            ).values_list("mode", flat=True)
        )
        for mode, keep in ((Mode.ROOM, keep_reading), (Mode.POLIS, keep_map)):
            if mode not in known:
                kept += keep(round) is not None
    return kept
