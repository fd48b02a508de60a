"""Who may come in at the addresses of opinion."""

from majlis.dialogue.models import Round
from majlis.dialogue.states import RoundState
from majlis.kernel.clock import now
from tests.house.doors import Door


def _closed(world):
    Round.objects.filter(pk=world.round.pk).update(state=RoundState.CLOSED, closed_at=now())
    return {"edition": world.edition.slug, "code": world.round.code}


DOORS = {"opinion:results": Door("colleague", kwargs=_closed)}
