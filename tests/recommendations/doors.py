"""Who may come in at the addresses of recommendations."""

from __future__ import annotations

from typing import Any

from tests.factories import recommendations as made
from tests.house.doors import Door


def _one(make: Any) -> Any:
    return lambda world: {"edition": world.edition.slug, "rec_id": make(world.edition).rec_id}


def _source(world: Any) -> dict[str, object]:
    rec = made.drafted(world.edition)
    return {
        "edition": world.edition.slug,
        "rec_id": rec.rec_id,
        "code": rec.citations.get().code,
    }


def _language(world: Any) -> dict[str, object]:
    return {
        "edition": world.edition.slug,
        "rec_id": made.drafted(world.edition).rec_id,
        "lang": "fr",
    }


def _addressee(world: Any) -> dict[str, object]:
    return {
        "edition": world.edition.slug,
        "code": made.AddresseeFactory(edition=world.edition).code,
    }


_drafted = _one(made.drafted)

DOORS = {
    "recommendations:desk-list": Door("rapporteur"),
    "recommendations:desk-statements": Door("rapporteur"),
    "recommendations:desk-new": Door("rapporteur"),
    "recommendations:desk-matrix": Door("rapporteur"),
    "recommendations:desk-addressees": Door("rapporteur"),
    "recommendations:desk-addressee": Door("rapporteur", kwargs=_addressee),
    "recommendations:desk-one": Door("rapporteur", kwargs=_drafted),
    "recommendations:desk-edit": Door("rapporteur", kwargs=_drafted),
    "recommendations:desk-plan": Door("rapporteur", kwargs=_drafted),
    "recommendations:desk-translation": Door("rapporteur", kwargs=_language),
    "recommendations:desk-history": Door("rapporteur", kwargs=_drafted),
    "recommendations:desk-sources": Door("rapporteur", kwargs=_drafted),
    "recommendations:desk-cite": Door("rapporteur", kwargs=_drafted, method="post"),
    "recommendations:desk-link": Door("rapporteur", kwargs=_drafted),
    "recommendations:desk-cite-again": Door("rapporteur", kwargs=_source, method="post"),
    "recommendations:desk-earlier": Door("rapporteur", kwargs=_source, method="post"),
    "recommendations:desk-take-away": Door("rapporteur", kwargs=_source, method="post"),
    "recommendations:desk-relate": Door("rapporteur", kwargs=_drafted, method="post"),
    "recommendations:desk-unrelate": Door("rapporteur", kwargs=_drafted, method="post"),
    "recommendations:desk-submit": Door("rapporteur", kwargs=_drafted, method="post"),
    "recommendations:desk-back": Door("rapporteur", kwargs=_one(made.in_review)),
    "recommendations:desk-review": Door("rapporteur", kwargs=_one(made.in_review)),
    "recommendations:desk-final-list": Door("organiser", kwargs=_one(made.in_review)),
    "recommendations:desk-decision": Door("organiser", kwargs=_one(made.on_final_list)),
    "recommendations:desk-publish": Door("organiser", kwargs=_one(made.adopted)),
    "recommendations:desk-withdraw": Door("rapporteur", kwargs=_drafted),
    "recommendations:desk-supersede": Door("organiser", kwargs=_one(made.published)),
    "recommendations:public-list": Door("public"),
    "recommendations:public-matrix": Door("public"),
    "recommendations:public": Door("public", kwargs=_one(made.published)),
    "recommendations:why": Door("public", kwargs=_one(made.published)),
}
