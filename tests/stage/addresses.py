"""Who may come in at the addresses of the stage."""

from majlis.stage.access import stage_key, stage_of
from tests.house.addresses import Address


def _key(world):
    return {"key": stage_key(stage_of(world.edition))}


ADDRESSES = {
    "stage_root:screen": Address("key", kwargs=_key),
    "stage_root:scene": Address("key", kwargs=_key),
    "stage:desk": Address("facilitator or moderator"),
    "stage:show": Address("facilitator or moderator", method="post"),
    "stage:key": Address("organiser", method="post"),
}
