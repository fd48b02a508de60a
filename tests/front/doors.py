"""Who may come in at the addresses of the front."""

from tests.house.doors import Door

DOORS = {
    "front:home": Door("public", kwargs=lambda world: {}),
    "front:series": Door("public", kwargs=lambda world: {"series": world.edition.series.slug}),
    "front:edition": Door("public"),
    "front:room": Door("participant"),
    "front:room-now": Door("participant"),
    "front:desk-home": Door("public", kwargs=lambda world: {}),
    "front:desk": Door("colleague"),
    "front:rehearse": Door("organiser", method="post"),
    "front:remove-rehearsal": Door("organiser", method="post"),
}
