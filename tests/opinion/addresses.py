"""Who may come in at the addresses of opinion."""

from majlis.dialogue.models import Round
from majlis.dialogue.states import RoundState
from majlis.kernel import ledger
from majlis.kernel.clock import now
from majlis.opinion.states import Verb
from tests.house.addresses import Address


def _closed(world):
    Round.objects.filter(pk=world.round.pk).update(state=RoundState.SHOWN, closed_at=now())
    return {"edition": world.edition.slug, "code": world.round.code}


def _with_result(world):
    from majlis.opinion.models import Result

    kwargs = _closed(world)
    Result.objects.get_or_create(
        round=world.round, mode="room", revision=1, package_version="0", seed=1,
        defaults={"digest": "0", "content": {}},
    )  # fmt: skip
    return kwargs


def _exported(world):
    kwargs = _closed(world)
    ledger.record(Verb.EXPORTED, world.round, by=world.ada)
    return kwargs


ADDRESSES = {
    "opinion:answers": Address("organiser", kwargs=_closed),
    "opinion:export-answers": Address("organiser", kwargs=_closed, method="post"),
    "opinion:answers-file": Address("organiser", kwargs=_exported),
    "opinion:results": Address("colleague", kwargs=_closed),
    "opinion:file": Address("colleague", kwargs=lambda world: _closed(world) | {"kind": "csv"}),
    "opinion:make-again": Address("colleague", kwargs=_closed, method="post"),
    "opinion:room-results": Address("participant", kwargs=_closed),
}
