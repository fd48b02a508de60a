"""Who may come in at the addresses of the briefs."""

from majlis.briefs.models import Publication, PublicationFile
from tests.factories.series import SessionFactory
from tests.house.addresses import Address

CONTENT: dict[str, object] = {"documents": {}, "fingerprint": {}}


def _file(world):
    publication = Publication.objects.create(
        edition=world.edition,
        number=1,
        authoritative_language="en",
        content=CONTENT,
        issued_by="clock",
    )
    file = PublicationFile(publication=publication, format="json", name="a.json", size=2)
    from django.core.files.base import ContentFile

    file.file.save("a.json", ContentFile(b"{}"), save=True)
    return {"edition": world.edition.slug, "number": 1, "name": "a.json"}


def _with_programme(world):
    if not world.edition.programme_versions.exists():
        SessionFactory(edition=world.edition)
    return {"edition": world.edition.slug}


ADDRESSES = {
    "briefs:programme-html": Address("public", kwargs=_with_programme),
    "briefs:programme-pdf": Address("public", kwargs=_with_programme),
    "briefs:public-list": Address("public"),
    "briefs:file": Address("public", kwargs=_file),
    "briefs:desk": Address("colleague"),
    "briefs:preview": Address(
        "colleague",
        kwargs=lambda world: {"edition": world.edition.slug, "lang": "ar", "format": "html"},
    ),
    "briefs:issue": Address("organiser", method="post"),
}
