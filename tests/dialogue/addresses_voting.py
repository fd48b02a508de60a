"""Addresses of rounds and votes."""

from tests.factories.dialogue import PaperBallotFactory
from tests.house.addresses import Address


def of_round(world):
    return {"edition": world.edition.slug, "code": world.round.code}


def of_move(world):
    return {**of_round(world), "move": "close"}


def of_sheet(world):
    return {**of_round(world), "ballot": PaperBallotFactory(round=world.round).code}


ADDRESSES: dict[str, Address] = {
    "dialogue:desk-rounds": Address("facilitator"),
    "dialogue:desk-round-new": Address("facilitator"),
    "dialogue:desk-round": Address("facilitator", kwargs=of_round),
    "dialogue:desk-turnout": Address("facilitator", kwargs=of_round),
    "dialogue:desk-round-change": Address("facilitator", kwargs=of_round),
    "dialogue:desk-round-statements": Address("facilitator", kwargs=of_round),
    "dialogue:desk-round-arrange": Address("facilitator", kwargs=of_round, method="post"),
    "dialogue:desk-round-preview": Address("facilitator", kwargs=of_round),
    "dialogue:desk-round-move": Address("facilitator", kwargs=of_move),
    "dialogue:desk-round-sheet": Address("facilitator", kwargs=of_round),
    "dialogue:desk-paper": Address("facilitator", kwargs=of_round),
    "dialogue:desk-paper-check": Address("facilitator", kwargs=of_sheet),
    "dialogue:rounds": Address("participant"),
    "dialogue:round": Address("participant", kwargs=of_round),
    "dialogue:vote-cast": Address("participant", kwargs=of_round, method="post"),
    "dialogue:round-answers": Address("participant", kwargs=of_round),
    "dialogue:round-now": Address("public", kwargs=of_round),
}
