"""Issuing the brief: one publication of six files and a manifest, never changed again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from majlis.briefs import render
from majlis.briefs.document import (
    Change,
    Occasion,
    changes_since,
    documents,
    fingerprint,
)
from majlis.briefs.models import Publication, PublicationFile
from majlis.kernel import ledger
from majlis.kernel.canonical import digest_of
from majlis.kernel.clock import now
from majlis.kernel.errors import RuleBroken
from majlis.kernel.ledger import Doer
from majlis.recommendations.queries import brief_content
from majlis.series.models import Edition

Named = tuple[str, str, str, bytes]  # name, language, format, bytes


@transaction.atomic
def issue(edition: Edition, *, base_url: str, by: Doer) -> Publication:
    """Issue the brief as it stands: PDF and HTML in three languages, and a manifest.

    Raises `RuleBroken` when there is nothing to carry, when a recommendation's public page is not
    open yet (its footnotes would lead to nothing), and when nothing changed since the last issue.
    """
    edition = Edition.objects.select_for_update(no_key=True).get(pk=edition.pk)
    _require_something(edition)
    last = edition.publications.order_by("-number").first()
    prints = fingerprint(edition)
    changes = changes_since(last) if last else []
    if last is not None and not changes:
        raise RuleBroken(
            _("Nothing has changed since brief %(number)s: it still says all there is to say."),
            number=last.number,
        )
    at = now()
    number = (edition.publications.aggregate(last=Max("number"))["last"] or 0) + 1
    occasion = Occasion(number, at, base_url, changes)
    made = documents(edition, occasion)
    content = {"documents": made, "fingerprint": prints}
    publication = Publication.objects.create(
        edition=edition,
        number=number,
        authoritative_language=edition.authoritative_language,
        content=content,
        content_digest=digest_of(content),
        changes=[{"kind": c.kind, "rec_id": c.rec_id} for c in changes],
        issued_at=at,
        issued_by=by.doer,
    )
    _keep(publication, list(_files(edition, number, made)), changes)
    ledger.record("issued brief", publication, by=by, edition=edition.slug, number=number)
    return publication


def _require_something(edition: Edition) -> None:
    content = brief_content(edition)
    if not content.recommendations:
        raise RuleBroken(
            _("No recommendation has been adopted yet, so there is no brief to issue.")
        )
    if content.unpublished:
        raise RuleBroken(
            _(
                "The public pages of %(names)s are not open yet, and the footnotes lead there: "
                "publish them first."
            ),
            names=", ".join(content.unpublished),
        )


def _files(edition: Edition, number: int, made: dict[str, Any]) -> Iterator[Named]:
    for lang, document in made.items():
        stem = f"{edition.slug}-brief-{number}-{lang}"
        yield f"{stem}.pdf", lang, "pdf", render.pdf(document)
        yield f"{stem}.html", lang, "html", render.html(document)


def _keep(publication: Publication, files: Sequence[Named], changes: Sequence[Change]) -> None:
    listed = []
    for name, lang, format, data in files:
        kept = _kept(publication, name, lang, format, data)
        listed.append(
            {"name": name, "language": lang, "format": format, "sha256": kept.sha256,
             "size": kept.size}
        )  # fmt: skip
    manifest = {
        "edition": publication.edition.slug,
        "number": publication.number,
        "issued_at": publication.issued_at.isoformat(),
        "authoritative_language": publication.authoritative_language,
        "content_sha256": publication.content_digest,
        "changes": [{"kind": c.kind, "rec_id": c.rec_id} for c in changes],
        "files": listed,
    }
    name = f"{publication.edition.slug}-brief-{publication.number}-manifest.json"
    data = json.dumps(manifest, ensure_ascii=False, indent=2).encode()
    _kept(publication, name, "", "json", data)


def _kept(
    publication: Publication, name: str, lang: str, format: str, data: bytes
) -> PublicationFile:
    file = PublicationFile(
        publication=publication,
        language=lang,
        format=format,
        name=name,
        sha256=hashlib.sha256(data).hexdigest(),
        size=len(data),
    )
    file.file.save(f"{publication.code}/{name}", ContentFile(data), save=False)
    file.save()
    return file
