"""Who may come in at the addresses of recommendations."""

from __future__ import annotations

from typing import Any

from tests.factories import recommendations as made
from tests.house.addresses import Address


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

ADDRESSES = {
    "recommendations:desk-list": Address("rapporteur"),
    "recommendations:desk-statements": Address("rapporteur"),
    "recommendations:desk-new": Address("rapporteur"),
    "recommendations:desk-matrix": Address("rapporteur"),
    "recommendations:desk-addressees": Address("rapporteur"),
    "recommendations:desk-addressee": Address("rapporteur", kwargs=_addressee),
    "recommendations:desk-one": Address("rapporteur", kwargs=_drafted),
    "recommendations:desk-edit": Address("rapporteur", kwargs=_drafted),
    "recommendations:desk-plan": Address("rapporteur", kwargs=_drafted),
    "recommendations:desk-translation": Address("rapporteur", kwargs=_language),
    "recommendations:desk-history": Address("rapporteur", kwargs=_drafted),
    "recommendations:desk-sources": Address("rapporteur", kwargs=_drafted),
    "recommendations:desk-cite": Address("rapporteur", kwargs=_drafted, method="post"),
    "recommendations:desk-link": Address("rapporteur", kwargs=_drafted),
    "recommendations:desk-cite-again": Address("rapporteur", kwargs=_source, method="post"),
    "recommendations:desk-earlier": Address("rapporteur", kwargs=_source, method="post"),
    "recommendations:desk-take-away": Address("rapporteur", kwargs=_source, method="post"),
    "recommendations:desk-relate": Address("rapporteur", kwargs=_drafted, method="post"),
    "recommendations:desk-unrelate": Address("rapporteur", kwargs=_drafted, method="post"),
    "recommendations:desk-submit": Address("rapporteur", kwargs=_drafted, method="post"),
    "recommendations:desk-back": Address("rapporteur", kwargs=_one(made.in_review)),
    "recommendations:desk-review": Address("rapporteur", kwargs=_one(made.in_review)),
    "recommendations:desk-final-list": Address("organiser", kwargs=_one(made.in_review)),
    "recommendations:desk-decision": Address("organiser", kwargs=_one(made.on_final_list)),
    "recommendations:desk-publish": Address("organiser", kwargs=_one(made.adopted)),
    "recommendations:desk-withdraw": Address("rapporteur", kwargs=_drafted),
    "recommendations:desk-supersede": Address("organiser", kwargs=_one(made.published)),
    "recommendations:public-list": Address("public"),
    "recommendations:public-matrix": Address("public"),
    "recommendations:public": Address("public", kwargs=_one(made.published)),
    "recommendations:why": Address("public", kwargs=_one(made.published)),
}
