"""Results when an edition is sealed: kept as they are, without anybody's place."""

from __future__ import annotations

from majlis.dialogue.states import RoundState
from majlis.opinion import queries
from majlis.opinion.actions import keep_map, keep_reading
from majlis.opinion.models import Result
from majlis.series.models import Edition
from majlis.series.sealing import SealingPart


def _require(edition: Edition) -> None:
    """No job is at the results of a round: it would lay down places after they were forgotten."""
    for round in edition.rounds.filter(state=RoundState.SHOWN).select_related("edition"):
        if queries.is_being_made(round):
            raise queries.ResultBeingMade(round)


def _seal(edition: Edition) -> None:
    for round in edition.rounds.filter(state=RoundState.SHOWN).select_related("edition"):
        keep_map(round)
        keep_reading(round)
    _forget_places(edition)


def _forget_places(edition: Edition) -> None:
    Result.objects.filter(round__edition=edition).update(places=[])


PART = SealingPart(changed=(Result,), require=_require, seal=_seal)
