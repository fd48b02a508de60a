"""Results of a rehearsal's round."""

from __future__ import annotations

from majlis.dialogue.states import RoundState
from majlis.opinion.actions import keep_map, keep_reading
from majlis.opinion.models import Result
from majlis.series.rehearsal import Rehearsal, RehearsalPart


def _keep(rehearsal: Rehearsal) -> None:
    for round in rehearsal.edition.rounds.filter(state=RoundState.SHOWN):
        keep_map(round)
        keep_reading(round)


PART = RehearsalPart(copied=(Result,), copy=_keep)
