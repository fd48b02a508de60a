"""Doors of rounds and votes."""

from tests.house.doors import Door


def of_round(world):
    return {"edition": world.edition.slug, "code": world.round.code}


DOORS: dict[str, Door] = {
    "dialogue:rounds": Door("participant"),
    "dialogue:round": Door("participant", kwargs=of_round),
    "dialogue:vote-cast": Door("participant", kwargs=of_round, method="post"),
    "dialogue:round-answers": Door("participant", kwargs=of_round),
    "dialogue:round-now": Door("participant", kwargs=of_round),
}
