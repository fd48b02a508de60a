"""Who may come in at the public addresses of an edition."""

from django.core.files.base import ContentFile

from tests.factories.packs import PNG
from tests.factories.series import PartnerFactory
from tests.house.addresses import Address


def _emblem(world):
    partner = world.edition.partners.first()
    if partner is None:
        partner = PartnerFactory(edition=world.edition, emblem=ContentFile(PNG, name="logo.png"))
    return {"edition": world.edition.slug, "code": partner.code}


ADDRESSES = {
    "series:programme": Address("public"),
    "series:text": Address(
        "public", kwargs=lambda world: {"edition": world.edition.slug, "page": "privacy"}
    ),
    "series:glossary": Address("public"),
    "series:emblem": Address("public", kwargs=_emblem),
}
