"""Questions about what was issued, and everything the next brief prints."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from datetime import date
from pathlib import PurePosixPath
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from majlis.briefs import render
from majlis.briefs.models import Publication
from majlis.kernel.disclosure import Audience
from majlis.kernel.texts import Text
from majlis.recommendations.queries import BriefContent, brief_content
from majlis.registration.queries import Census, census
from majlis.series.models import Edition, Partner
from majlis.series.pack import PICTURE_TYPES
from majlis.series.queries import funder_block, texts_by_kind
from majlis.series.states import PartnerRole, TextKind

PROSE = (TextKind.BRIEF_INTRO, TextKind.BRIEF_CONTEXT, TextKind.BRIEF_NEXT)
"""The texts of an edition that its editors write for the brief."""


def publications(edition: Edition) -> QuerySet[Publication]:
    """Issued briefs, newest first, with their files but without what was printed."""
    found = edition.publications.defer("content").prefetch_related("files")
    return found.order_by("-number")


@dataclass(frozen=True, slots=True)
class Emblem:
    """The emblem of a body behind the edition, with its bytes."""

    name: Text
    is_of_funder: bool
    ending: str
    picture: bytes

    def data(self, lang: str) -> dict[str, str]:
        """As a document carries it."""
        return {
            "name": self.name.shown(lang).text,
            "type": PICTURE_TYPES[self.ending],
            "picture": base64.b64encode(self.picture).decode(),
        }


@dataclass(frozen=True, slots=True)
class Prose:
    """What the editors say in the brief, in words of their own."""

    kind: TextKind
    title: Text
    body: Text


@dataclass(frozen=True, slots=True)
class Material:
    """Everything a brief prints, as it was at one moment: plain data in every language.

    Counts have passed the disclosure rule for the public. `base_url` is the address under which
    readers find the pages that footnotes lead to.
    """

    base_url: str
    slug: str
    title: Text
    series: Text
    place: Text
    starts_on: date
    ends_on: date
    zone: ZoneInfo
    authoritative_language: str
    is_rehearsal: bool
    is_demo: bool
    smallest_cell: int
    organisers: tuple[Text, ...]
    emblems: tuple[Emblem, ...]
    funding: Text | None
    colophon: tuple[Text, ...]
    census: Census
    content: BriefContent
    prose: tuple[Prose, ...]


def gather(edition: Edition, *, base_url: str) -> Material:
    """Read what a brief prints, in a fixed number of queries."""
    bodies = list(edition.partners.filter(is_confirmed=True))
    block = funder_block(edition)
    texts = texts_by_kind(edition, *PROSE)
    return Material(
        base_url=base_url,
        slug=edition.slug,
        title=edition.title,
        series=edition.series.title,
        place=edition.place,
        starts_on=edition.starts_on,
        ends_on=edition.ends_on,
        zone=edition.zone,
        authoritative_language=edition.authoritative_language,
        is_rehearsal=edition.is_rehearsal,
        is_demo=edition.is_demo,
        smallest_cell=edition.smallest(Audience.PUBLIC),
        organisers=tuple(body.name for body in bodies if body.role == PartnerRole.ORGANISER),
        emblems=tuple(one for body in bodies if (one := emblem_of(body))),
        funding=block.statement.body if block.statement else None,
        colophon=tuple(text.body for text in (block.statement, block.disclaimer) if text),
        census=census(edition, Audience.PUBLIC),
        content=brief_content(edition),
        prose=tuple(Prose(kind, text.title, text.body) for kind in PROSE for text in texts[kind]),
    )


def emblem_of(body: Partner) -> Emblem | None:
    """The emblem in a body's slot; nothing where the slot is empty or holds no whole picture."""
    if not body.emblem_name:
        return None
    with body.emblem.open("rb") as stored:
        picture = stored.read()
    if not render.can_draw(picture):
        return None
    ending = PurePosixPath(body.emblem_name).suffix
    return Emblem(body.name, body.role == PartnerRole.FUNDER, ending, picture)
