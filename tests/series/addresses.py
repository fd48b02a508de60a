"""Who may come in at the public addresses of an edition."""

from django.core.files.base import ContentFile

from tests.factories.packs import PNG
from tests.factories.series import PartnerFactory, SessionFactory, SpeakerFactory
from tests.house.addresses import Address


def _emblem(world):
    partner = world.edition.partners.first()
    if partner is None:
        partner = PartnerFactory(edition=world.edition, emblem=ContentFile(PNG, name="logo.png"))
    return {"edition": world.edition.slug, "code": partner.code}


def _speaker(world):
    speaker = world.edition.speakers.first()
    if speaker is None:
        photo = ContentFile(PNG, name="lina.png")
        speaker = SpeakerFactory(edition=world.edition, photo=photo)
    return {"edition": world.edition.slug, "code": speaker.code}


def _session(world):
    session = world.edition.sessions.first() or SessionFactory(edition=world.edition)
    return {"edition": world.edition.slug, "code": session.code}


ADDRESSES = {
    "series:programme-news": Address("public"),
    "series:programme": Address("public"),
    "series:text": Address(
        "public", kwargs=lambda world: {"edition": world.edition.slug, "page": "privacy"}
    ),
    "series:glossary": Address("public"),
    "series:emblem": Address("public", kwargs=_emblem),
    "series:calendar": Address("public"),
    "series:session-calendar": Address("public", kwargs=_session),
    "series:schedule-json": Address("public"),
    "series:schedule-xml": Address("public"),
    "series:photo": Address("public", kwargs=_speaker),
    "series:speakers": Address("public"),
    "series:speaker": Address("public", kwargs=_speaker),
}
