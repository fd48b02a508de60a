"""Who may come in at the addresses of the front."""

from tests.factories.series import PublicTextFactory
from tests.house.addresses import Address


def _text(world):
    text = world.edition.texts.first() or PublicTextFactory(edition=world.edition)
    return {"edition": world.edition.slug, "code": text.code, "lang": "fr"}


ADDRESSES = {
    "front:home": Address("public", kwargs=lambda world: {}),
    "front:series": Address("public", kwargs=lambda world: {"series": world.edition.series.slug}),
    "front:edition": Address("public"),
    "front:card": Address("public"),
    "front:feed": Address("public", kwargs=lambda world: {"series": world.edition.series.slug}),
    "front_root:robots": Address("public", kwargs=lambda world: {}),
    "front_root:sitemap": Address("public", kwargs=lambda world: {}),
    "front:room": Address("participant"),
    "front:room-now": Address("participant"),
    "front:desk-home": Address("public", kwargs=lambda world: {}),
    "front:desk": Address("any role"),
    "front:checks": Address("colleague"),
    "front:questions": Address("organiser"),
    "front:tick": Address(
        "organiser",
        kwargs=lambda world: {"edition": world.edition.slug, "code": "map"},
        method="post",
    ),
    "front:activity": Address("organiser"),
    "front:search": Address("colleague"),
    "front:seal": Address("organiser"),
    "front:rehearse": Address("organiser", method="post"),
    "front:remove-rehearsal": Address("organiser", method="post"),
}
