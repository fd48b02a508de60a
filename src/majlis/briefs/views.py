"""The issued briefs in public, and the desk where they are issued."""

from __future__ import annotations

from dataclasses import dataclass

from csp.constants import NONE
from csp.decorators import csp_replace
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render as page
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from majlis.briefs import access, actions, queries, render
from majlis.briefs.changes import is_unchanged
from majlis.briefs.document import Occasion, document, documents, issued
from majlis.briefs.glyphs import Unset, not_set
from majlis.briefs.models import Publication
from majlis.briefs.sheet import programme_sheet
from majlis.kernel.clock import now
from majlis.kernel.errors import NotFound
from majlis.kernel.words import Language
from majlis.recommendations.queries import BriefContent
from majlis.registration.access import colleague, organiser
from majlis.series.access import public_edition
from majlis.series.models import Edition
from majlis.series.queries import lacking_of_funder
from majlis.ui.http import attached, for_everybody, redirect_after
from majlis.ui.kept import BYTES_OF_ROWS, kept
from majlis.ui.links import own_address
from majlis.ui.request import Request

_OFFICE = "application/vnd.openxmlformats-officedocument."
TYPES = {
    "pdf": "application/pdf",
    "html": "text/html; charset=utf-8",
    "json": "application/json",
    "docx": f"{_OFFICE}wordprocessingml.document",
    "pptx": f"{_OFFICE}presentationml.presentation",
}


@for_everybody()
def public_list_page(request: Request, edition: str) -> HttpResponse:
    """Every issued brief with its files and their digests."""
    found = public_edition(edition)
    context = {"edition": found, "publications": queries.publications(found)}
    return page(request, "briefs/public_list.html", context)


@for_everybody()
def programme_file(_request: Request, edition: str, format: str) -> HttpResponse:
    """The published programme as a file to keep: PDF, or HTML that needs no network."""
    found, lang = public_edition(edition), get_language() or ""
    made = render.PROGRAMME_FORMATS[format](programme_sheet(found, lang))
    answer = HttpResponse(made, content_type=TYPES[format])
    return attached(answer, f"{found.slug}-programme-{lang}.{format}")


def file_download(request: Request, edition: str, number: int, name: str) -> HttpResponse:
    """One issued file, byte for byte."""
    file = access.file_of(public_edition(edition), number, name)
    with file.file.open("rb") as stored:
        data = stored.read()
    answer = _standalone(request, data, file.format, file.name)
    answer["ETag"] = f'"{file.sha256}"'
    answer["Cache-Control"] = "public, max-age=31536000, immutable"
    return answer


@dataclass(frozen=True, slots=True)
class NextBrief:
    """What the next brief would carry, whether the last one says the same, and which characters
    its PDF cannot set."""

    content: BriefContent
    is_unchanged: bool
    not_set: list[Unset]


def _next_brief(edition: Edition, address: str, last: Publication | None) -> NextBrief:
    """Build it in every language, as issuing would: half a second where it is long."""
    material = queries.gather(edition, base_url=address)
    built = documents(material)
    same = last is not None and is_unchanged(built, last)
    return NextBrief(material.content, same, not_set(built))


def desk_page(request: Request, edition: str) -> HttpResponse:
    """What the next brief would carry, what is missing, and what was issued."""
    place = colleague(request, edition)
    publications = list(queries.publications(place.edition))
    last = publications[0] if publications else None
    address = own_address(request)
    made = kept(
        request, edition, ("next brief", address),
        lambda: _next_brief(place.edition, address, last),
        size=lambda made: BYTES_OF_ROWS * (1 + len(made.content.recommendations)),
    )  # fmt: skip
    context = {
        "edition": place.edition,
        "place": place,
        "content": made.content,
        "unchanged_since": last if made.is_unchanged else None,
        "not_set": made.not_set,
        "lacks": lacking_of_funder(place.edition),
        "publications": publications,
        "languages": Language.choices,
        "formats": list(render.FORMATS),
    }
    return page(request, "briefs/desk.html", context)


def preview_file(request: Request, edition: str, lang: str, format: str) -> HttpResponse:
    """The brief as it would be issued now, marked as a preview."""
    place = colleague(request, edition)
    if lang not in Language.values or format not in render.FORMATS:
        raise NotFound
    material = queries.gather(place.edition, base_url=own_address(request))
    today = now().astimezone(material.zone).date()
    data = render.FORMATS[format](issued(document(material, lang), Occasion(today)))
    return _standalone(request, data, format, f"{place.edition.slug}-brief-preview-{lang}.{format}")


@require_POST
def issue(request: Request, edition: str) -> HttpResponse:
    """Issue the brief."""
    place = organiser(request, edition)
    publication = actions.issue(place.edition, base_url=own_address(request), by=place)
    said = _("Brief no. %(number)s has been published. Languages: %(n)s.") % {
        "number": publication.number,
        "n": len(Language.values),
    }
    messages.success(request, said)
    return redirect_after(request, "briefs:desk", edition=edition)


def _standalone(request: Request, data: bytes, format: str, name: str) -> HttpResponse:
    """A file of its own: an HTML one may use the style sheet inside it, and nothing else.

    What a browser cannot show is offered to be kept.
    """
    answer = HttpResponse(data, content_type=TYPES[format])
    if format in ("docx", "pptx"):
        attached(answer, name)
    else:
        answer["Content-Disposition"] = f'inline; filename="{name}"'
    style = [render.style_hash(data)] if format == "html" else [NONE]
    csp_replace({"style-src": style, "script-src": [NONE]})(lambda _: answer)(request)
    return answer
