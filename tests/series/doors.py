"""Who may come in at the public addresses of an edition."""

from tests.house.doors import Door

DOORS = {
    "series:programme": Door("public"),
    "series:text": Door(
        "public", kwargs=lambda world: {"edition": world.edition.slug, "page": "privacy"}
    ),
    "series:glossary": Door("public"),
}
