"""Who may come in at the addresses of the front."""

from tests.factories.series import PublicTextFactory
from tests.house.doors import Door


def _text(world):
    text = world.edition.texts.first() or PublicTextFactory(edition=world.edition)
    return {"edition": world.edition.slug, "code": text.code, "lang": "fr"}


DOORS = {
    "front:home": Door("public", kwargs=lambda world: {}),
    "front:series": Door("public", kwargs=lambda world: {"series": world.edition.series.slug}),
    "front:edition": Door("public"),
    "front:room": Door("participant"),
    "front:room-now": Door("participant"),
    "front:desk-home": Door("public", kwargs=lambda world: {}),
    "front:desk": Door("colleague"),
    "front:texts": Door("organiser"),
    "front:text-edit": Door("organiser", kwargs=_text),
    "front:rehearse": Door("organiser", method="post"),
    "front:remove-rehearsal": Door("organiser", method="post"),
}
