"""Who may come in at the public addresses of an edition."""

from django.core.files.base import ContentFile

from tests.factories.packs import PNG
from tests.factories.series import PartnerFactory
from tests.house.doors import Door


def _emblem(world):
    partner = world.edition.partners.first()
    if partner is None:
        partner = PartnerFactory(edition=world.edition, emblem=ContentFile(PNG, name="door.png"))
    return {"edition": world.edition.slug, "code": partner.code}


DOORS = {
    "series:programme": Door("public"),
    "series:text": Door(
        "public", kwargs=lambda world: {"edition": world.edition.slug, "page": "privacy"}
    ),
    "series:glossary": Door("public"),
    "series:emblem": Door("public", kwargs=_emblem),
}
