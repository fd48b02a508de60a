"""Issuing the brief: one publication of its files and a manifest, never changed again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from majlis.briefs import glyphs, render
from majlis.briefs.changes import changes_between, content_of, is_unchanged
from majlis.briefs.document import Documents, Occasion, documents
from majlis.briefs.models import Publication, PublicationFile
from majlis.briefs.queries import gather
from majlis.briefs.states import Verb
from majlis.kernel import ledger
from majlis.kernel.canonical import digest_of
from majlis.kernel.clock import now
from majlis.kernel.errors import RuleBroken
from majlis.kernel.files import remove_folder
from majlis.kernel.ledger import Doer
from majlis.kernel.punctuation import joined
from majlis.recommendations.queries import BriefContent
from majlis.series.models import Edition
from majlis.series.queries import lacking_of_funder, said_lacks


@transaction.atomic
def issue(edition: Edition, *, base_url: str, by: Doer) -> Publication:
    """Issue the brief as it stands: PDF, HTML, DOCX and PPTX in three languages, and a manifest.

    Raises `RuleBroken` when there is nothing to carry, when a recommendation's public page is not
    open yet (its footnotes would lead to nothing), when something is missing of what the funder
    asks for, and when it would print what the last one does.
    """
    edition = Edition.objects.select_for_update(no_key=True).get(pk=edition.pk)
    material = gather(edition, base_url=base_url)
    _require_issuable(material.content)
    if lacks := lacking_of_funder(edition):
        raise RuleBroken(
            _("The brief is not published yet. These are missing: %(list)s."),
            list=said_lacks(lacks),
        )
    built = documents(material)
    last = edition.publications.order_by("-number").first()
    if last is not None and is_unchanged(built, last):
        raise RuleBroken(
            _(
                "Nothing has changed since brief no. %(number)s, so there is nothing new to "
                "publish."
            ),
            number=last.number,
        )
    at = now()
    changes = changes_between(last.content["documents"], built) if last is not None else []
    number = last.number + 1 if last is not None else 1
    content = content_of(built, Occasion(at.astimezone(material.zone).date(), number, changes))
    publication = Publication.objects.create(
        edition=edition,
        number=number,
        authoritative_language=edition.authoritative_language,
        content=content,
        content_digest=digest_of(content),
        changes=[{"kind": one.kind, "rec_id": one.rec_id} for one in changes],
        issued_at=at,
        issued_by=by.doer,
    )
    _keep_files(publication)
    ledger.record(Verb.ISSUED, publication, by=by, number=number)
    return publication


def _require_issuable(content: BriefContent) -> None:
    if not content.recommendations:
        raise RuleBroken(
            _("No recommendation has been adopted yet, so there is no brief to publish.")
        )
    if content.unpublished:
        raise RuleBroken(
            _(
                "The public pages of %(names)s are not published yet, and the footnotes link to "
                "them. Publish them first."
            ),
            names=joined(content.unpublished),
        )


def _keep_files(publication: Publication) -> None:
    """Render every document and keep it, and with them the manifest that lists their digests.

    All are rendered before the first is written. Where one cannot be written, none stays.
    """
    made = list(_rendered(publication.content["documents"]))
    try:
        _write_files(publication, made)
    except BaseException:
        remove_folder(f"publications/{publication.code}")
        raise


def _write_files(publication: Publication, made: list[tuple[str, str, bytes]]) -> None:
    stem = f"{publication.edition.slug}-brief-{publication.number}"
    kept = [
        _keep(publication, f"{stem}-{lang}.{format}", data, lang=lang)
        for lang, format, data in made
    ]
    manifest = {
        "edition": publication.edition.slug,
        "number": publication.number,
        "issued_at": publication.issued_at.isoformat(),
        "authoritative_language": publication.authoritative_language,
        "content_sha256": publication.content_digest,
        "changes": publication.changes,
        "files": [
            {name: getattr(file, name) for name in ("name", "language", "format", "sha256", "size")}
            for file in kept
        ],
        "not_set": {
            lang: [one.as_json() for one in glyphs.settable(document)[1]]
            for lang, document in publication.content["documents"].items()
        },
    }
    data = json.dumps(manifest, ensure_ascii=False, indent=2).encode()
    _keep(publication, f"{stem}-manifest.json", data)


def _rendered(documents: Documents) -> Iterator[tuple[str, str, bytes]]:
    for lang, document in documents.items():
        for format, made in render.FORMATS.items():
            yield lang, format, made(document)


def _keep(publication: Publication, name: str, data: bytes, *, lang: str = "") -> PublicationFile:
    file = PublicationFile(
        publication=publication,
        language=lang,
        format=name.rpartition(".")[2],
        name=name,
        sha256=hashlib.sha256(data).hexdigest(),
        size=len(data),
    )
    file.file.save(f"{publication.code}/{name}", ContentFile(data), save=True)
    return file
