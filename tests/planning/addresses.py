"""Who may come in at the addresses where series and editions are made."""

from django.core.files.base import ContentFile

from majlis.front import packs
from majlis.kernel.ledger import CLOCK
from majlis.registration.models import ProgrammeNotice
from majlis.series.actions import add_file, keep_upload, publish_programme
from majlis.ui.documents import document
from tests.factories.packs import PNG
from tests.factories.series import PartnerFactory, SessionFactory, SpeakerFactory, ThemeFactory
from tests.house.addresses import Address


def _part(world):
    return {"edition": world.edition.slug, "part": "themes"}


def _row(world):
    theme = ThemeFactory(edition=world.edition)
    return _part(world) | {"code": theme.code}


def _handed_in(world):
    keep_upload(world.edition, packs.zipped(world.edition))
    return {"edition": world.edition.slug}


def _session(world):
    session = SessionFactory(edition=world.edition)
    return {"edition": world.edition.slug, "code": session.code}


def _notice(world):
    publish_programme(SessionFactory(edition=world.edition, code="told").edition, by=CLOCK)
    version = world.edition.programme_versions.last()
    notice = ProgrammeNotice.objects.create(version=version, told="everybody")
    return {"edition": world.edition.slug, "code": notice.code}


def _emblem(world):
    partner = PartnerFactory(edition=world.edition, emblem=ContentFile(PNG, name="logo.png"))
    return {"edition": world.edition.slug, "code": partner.code}


def _photo(world):
    photo = ContentFile(PNG, name="lina.png")
    speaker = SpeakerFactory(edition=world.edition, photo=photo)
    return {"edition": world.edition.slug, "code": speaker.code}


def _file(audience):
    def kwargs(world):
        session = SessionFactory(edition=world.edition)
        found = document(PDF, "slides.pdf")
        file = add_file(session, title="Slides", document=found, audience=audience, by=CLOCK)
        return {"edition": world.edition.slug, "code": file.code}

    return kwargs


PDF = b"%PDF-1.7\n%%EOF\n"

ADDRESSES = {
    "planning:new-series": Address("owner", kwargs=lambda world: {}),
    "planning:new-edition": Address("owner", kwargs=lambda world: {}),
    "planning:series": Address("owner", kwargs=lambda world: {"series": world.edition.series.slug}),
    "planning:plan": Address("organiser"),
    "planning:preview": Address("organiser"),
    "planning:emblem": Address("organiser", kwargs=_emblem),
    "planning:photo": Address("organiser", kwargs=_photo),
    "planning:add-person": Address("organiser", kwargs=_session),
    "planning:remove-person": Address("organiser", kwargs=_session, method="post"),
    "planning:add-file": Address("organiser", kwargs=_session),
    "planning:remove-file": Address("organiser", kwargs=_file("public"), method="post"),
    "planning:file": Address("participant or colleague", kwargs=_file("participants")),
    "planning:settings": Address("organiser"),
    "planning:state": Address(
        "organiser",
        kwargs=lambda world: {"edition": world.edition.slug, "state": "announced"},
        method="post",
    ),
    "planning:programme": Address("facilitator"),
    "planning:grid": Address("organiser"),
    "planning:place": Address("organiser", kwargs=_session, method="post"),
    "planning:publish": Address("organiser", method="post"),
    "planning:stop-notice": Address("organiser", kwargs=_notice, method="post"),
    "planning:move-session": Address("facilitator", kwargs=_session),
    "planning:pack": Address("organiser"),
    "planning:pack-file": Address("organiser"),
    "planning:pack-load": Address("organiser", kwargs=_handed_in, method="post"),
    "planning:usual": Address("organiser", method="post"),
    "planning:part": Address("organiser", kwargs=_part),
    "planning:new-row": Address("organiser", kwargs=_part),
    "planning:row": Address("organiser", kwargs=_row),
    "planning:move": Address("organiser", kwargs=_row, method="post"),
    "planning:remove": Address("organiser", kwargs=_row, method="post"),
    "planning:retire": Address("organiser", kwargs=_row, method="post"),
}
