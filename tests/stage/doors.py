"""Who may come in at the addresses of the stage."""

from majlis.stage.access import stage_key, stage_of
from tests.house.doors import Door


def _key(world):
    return {"key": stage_key(stage_of(world.edition))}


DOORS = {
    "stage_root:screen": Door("key", kwargs=_key),
    "stage_root:scene": Door("key", kwargs=_key),
    "stage:desk": Door("facilitator or moderator"),
    "stage:show": Door("facilitator or moderator", method="post"),
    "stage:key": Door("organiser", method="post"),
}
