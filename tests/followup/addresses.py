"""Who may come in at the addresses of the follow-up."""

from __future__ import annotations

from typing import Any

from majlis.followup import actions
from majlis.followup.models import Note, Proof
from majlis.followup.queries import today_in
from majlis.followup.states import Progress
from majlis.ui.documents import Document
from tests.factories.followup import last_secret, pair_in, sent
from tests.factories.recommendations import WRITER
from tests.house.addresses import Address

PDF = Document(b"%PDF-1.4\n%%EOF", ".pdf")


def _slug(world: Any) -> dict[str, object]:
    return {"edition": world.edition.slug}


def _pair(world: Any) -> dict[str, object]:
    return _slug(world) | {"code": pair_in(world.edition).code}


def _unit(world: Any) -> dict[str, object]:
    return _slug(world) | {"code": pair_in(world.edition).addressee.code}


def _link(world: Any) -> dict[str, object]:
    return _slug(world) | {"code": sent(world.edition)[1].code}


def _planned(pair: Any) -> str:
    today = today_in(pair.recommendation.edition)
    return actions.plan_action(pair, what="Draft", who="Unit", due_on=today, by=WRITER).code


def _action(world: Any) -> dict[str, object]:
    pair = pair_in(world.edition)
    return _slug(world) | {"code": pair.code, "action": _planned(pair)}


def _proof(pair: Any, by: Any) -> str:
    note = Note(today_in(pair.recommendation.edition), "Begun.", Proof("", PDF, is_public=True))
    return actions.note_progress(pair, progress=Progress.IN_PROGRESS, note=note, by=by).code


def _desk_proof(world: Any) -> dict[str, object]:
    pair = pair_in(world.edition)
    return _slug(world) | {"code": pair.code, "entry": _proof(pair, WRITER)}


def _public_proof(world: Any) -> dict[str, object]:
    return _slug(world) | {"code": _proof(pair_in(world.edition), WRITER)}


def _token(world: Any) -> dict[str, object]:
    return {"token": sent(world.edition)[2]}


def _item(world: Any) -> dict[str, object]:
    pair, _link, token = sent(world.edition)
    return {"token": token, "code": pair.code}


def _item_action(world: Any) -> dict[str, object]:
    pair, _link, token = sent(world.edition)
    return {"token": token, "code": pair.code, "action": _planned(pair)}


def _item_proof(world: Any) -> dict[str, object]:
    pair, link, token = sent(world.edition)
    return {"token": token, "code": pair.code, "entry": _proof(pair, link)}


def _rec(world: Any) -> dict[str, object]:
    return _slug(world) | {"rec_id": pair_in(world.edition).recommendation.rec_id}


def _series(world: Any) -> dict[str, object]:
    pair_in(world.edition)
    return {"series": world.edition.series.slug}


def _endorsement(world: Any) -> tuple[Any, str]:
    asked = actions.ask_endorsement(
        pair_in(world.edition).recommendation,
        organisation="Association",
        email="association@x.example",
        language="en",
        by=WRITER,
    )
    return asked, last_secret("endorse")


ADDRESSES = {
    "followup:desk-endorsements": Address("organiser", kwargs=_rec),
    "followup:desk-endorse-end": Address(
        "organiser",
        kwargs=lambda w: _slug(w) | {"code": _endorsement(w)[0].code},
        method="post",
    ),
    "followup:endorse": Address("key", kwargs=lambda w: {"token": _endorsement(w)[1]}),
    "followup:desk": Address("colleague"),
    "followup:desk-matrix": Address("colleague", kwargs=lambda w: _slug(w) | {"kind": "csv"}),
    "followup:desk-addressees": Address("organiser"),
    "followup:desk-send": Address("organiser", kwargs=_unit),
    "followup:desk-link-again": Address("organiser", kwargs=_link, method="post"),
    "followup:desk-link-end": Address("organiser", kwargs=_link, method="post"),
    "followup:desk-pair": Address("colleague", kwargs=_pair),
    "followup:desk-answer": Address("organiser", kwargs=_pair),
    "followup:desk-ask-again": Address("organiser", kwargs=_pair),
    "followup:desk-plan": Address("organiser", kwargs=_pair),
    "followup:desk-progress": Address("organiser", kwargs=_pair),
    "followup:desk-finish": Address("organiser", kwargs=_action, method="post"),
    "followup:desk-drop": Address("organiser", kwargs=_action, method="post"),
    "followup:desk-proof": Address("colleague", kwargs=_desk_proof),
    "followup:portal": Address("key", kwargs=_token),
    "followup:items": Address("key", kwargs=_token),
    "followup:hand-over": Address("key", kwargs=_token),
    "followup:item": Address("key", kwargs=_item),
    "followup:answer": Address("key", kwargs=_item),
    "followup:plan": Address("key", kwargs=_item),
    "followup:progress": Address("key", kwargs=_item),
    "followup:finish": Address("key", kwargs=_item_action, method="post"),
    "followup:proof": Address("key", kwargs=_item_proof),
    "followup:earlier": Address("public"),
    "followup:public-proof": Address("public", kwargs=_public_proof),
    "followup:timeline": Address("public", kwargs=_rec),
    "followup:register": Address("public", kwargs=_series),
    "followup:calendar": Address("public", kwargs=_series),
    "followup:feed": Address("public", kwargs=_series),
    "followup:register-file": Address("public", kwargs=lambda w: _series(w) | {"kind": "csv"}),
}
