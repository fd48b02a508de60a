"""Doors of rounds and votes."""

from tests.factories.dialogue import PaperBallotFactory
from tests.house.doors import Door


def of_round(world):
    return {"edition": world.edition.slug, "code": world.round.code}


def of_move(world):
    return {**of_round(world), "move": "close"}


def of_sheet(world):
    return {**of_round(world), "ballot": PaperBallotFactory(round=world.round).code}


DOORS: dict[str, Door] = {
    "dialogue:desk-rounds": Door("facilitator"),
    "dialogue:desk-round-new": Door("facilitator"),
    "dialogue:desk-round": Door("facilitator", kwargs=of_round),
    "dialogue:desk-turnout": Door("facilitator", kwargs=of_round),
    "dialogue:desk-round-change": Door("facilitator", kwargs=of_round),
    "dialogue:desk-round-statements": Door("facilitator", kwargs=of_round),
    "dialogue:desk-round-arrange": Door("facilitator", kwargs=of_round, method="post"),
    "dialogue:desk-round-preview": Door("facilitator", kwargs=of_round),
    "dialogue:desk-round-move": Door("facilitator", kwargs=of_move),
    "dialogue:desk-round-sheet": Door("facilitator", kwargs=of_round),
    "dialogue:desk-paper": Door("facilitator", kwargs=of_round),
    "dialogue:desk-paper-check": Door("facilitator", kwargs=of_sheet),
    "dialogue:rounds": Door("participant"),
    "dialogue:round": Door("participant", kwargs=of_round),
    "dialogue:vote-cast": Door("participant", kwargs=of_round, method="post"),
    "dialogue:round-answers": Door("participant", kwargs=of_round),
    "dialogue:round-now": Door("participant", kwargs=of_round),
}
