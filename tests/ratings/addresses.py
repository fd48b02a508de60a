"""Who may come in at the addresses of ratings."""

from majlis.ratings.actions import type_sheet
from majlis.ratings.models import Rating
from tests.factories.ratings import given, opened, prepared, shown
from tests.factories.recommendations import WRITER
from tests.house.addresses import Address


def _first(world, state, make):
    found = Rating.objects.filter(edition=world.edition, asked__state=state).first()
    rating = found or make()
    return {"edition": world.edition.slug, "code": rating.code}


def of_open(world):
    return _first(world, "open", lambda: opened(world.edition))


def of_draft(world):
    return _first(world, "draft", lambda: prepared(world.edition))


def of_shown(world):
    def make():
        rating = opened(world.edition)
        given(rating, *[[3, 4]] * 6)
        return shown(rating)

    return _first(world, "shown", make)


def of_sheet(world):
    names = of_open(world)
    rating = Rating.objects.select_related("asked", "edition").get(code=names["code"])
    number = rating.sheets.count() + 1
    code = rating.asked.questions.first().code
    sheet = type_sheet(rating, number=number, numbers={code: 3}, by=WRITER)
    return names | {"sheet": sheet.code}


ADDRESSES = {
    "ratings:rating": Address("participant", kwargs=of_open),
    "ratings:vote": Address("participant", kwargs=of_open, method="post"),
    "ratings:now": Address("public", kwargs=of_open),
    "ratings:result": Address("public", kwargs=of_shown),
    "ratings:file": Address("public", kwargs=lambda w: of_shown(w) | {"kind": "csv"}),
    "ratings:desk-list": Address("facilitator"),
    "ratings:desk-new": Address(
        "facilitator", kwargs=lambda w: {"edition": w.edition.slug, "method": "rand_ucla"}
    ),
    "ratings:desk-one": Address("facilitator", kwargs=of_open),
    "ratings:desk-file": Address("facilitator", kwargs=lambda w: of_shown(w) | {"kind": "csv"}),
    "ratings:desk-change": Address("facilitator", kwargs=of_draft),
    "ratings:desk-move": Address("facilitator", kwargs=lambda w: of_open(w) | {"move": "close"}),
    "ratings:desk-statement": Address("facilitator", kwargs=of_shown),
    "ratings:desk-sheet": Address("facilitator", kwargs=of_open),
    "ratings:desk-paper": Address("facilitator", kwargs=of_open),
    "ratings:desk-paper-check": Address("facilitator", kwargs=of_sheet),
}
