"""Public pages of one edition's own texts and programme."""

from __future__ import annotations

from pathlib import PurePosixPath

from django.http import HttpResponse
from django.shortcuts import render

from majlis.kernel.analysis import sort_key
from majlis.kernel.clock import now
from majlis.kernel.errors import NotFound
from majlis.series import access, programme, queries
from majlis.series.models import Partner
from majlis.series.pack import EMBLEM_TYPES
from majlis.series.states import TextKind
from majlis.ui.http import changes_at, for_everybody
from majlis.ui.request import Request

TEXT_PAGES = {
    "privacy": TextKind.PRIVACY,
    "contact": TextKind.CONTACT,
    "legal": TextKind.LEGAL,
    "images": TextKind.IMAGES,
    "practical": TextKind.PRACTICAL,
    "method": TextKind.METHOD,
}


@for_everybody()
def programme_page(request: Request, edition: str) -> HttpResponse:
    """The programme of the day, with what runs now."""
    found = access.public_edition(edition)
    version, sessions, changes = programme.newest(found)
    now_next = programme.now_in(sessions, found, at=now())
    changes_at(request, now_next.until)
    context = {
        "edition": found,
        "days": programme.by_day(sessions),
        "running": set(now_next.now),
        "note": queries.text_of(found, TextKind.PROGRAMME),
        "version": version,
        "changes": changes,
    }
    return render(request, "series/programme.html", context)


@for_everybody()
def text_page(request: Request, edition: str, page: str) -> HttpResponse:
    """One of the texts that every edition has: privacy, contact, legal and so on."""
    found = access.public_edition(edition)
    texts = queries.texts_of(found, TEXT_PAGES[page]) if page in TEXT_PAGES else []
    if not texts:
        raise NotFound
    return render(request, "series/text.html", {"edition": found, "texts": texts})


@for_everybody()
def glossary_page(request: Request, edition: str) -> HttpResponse:
    """The terms of the field in the languages of the edition."""
    found = access.public_edition(edition)
    terms = sorted(found.glossary.all(), key=lambda one: sort_key(str(one.term)))
    if not terms:
        raise NotFound
    return render(request, "series/glossary.html", {"edition": found, "terms": terms})


def emblem(_request: Request, edition: str, code: str) -> HttpResponse:
    """The emblem of a body behind the edition, as it was put into its slot."""
    answer = emblem_answer(access.partner_with_emblem(access.public_edition(edition), code))
    answer["Cache-Control"] = "public, max-age=3600"
    return answer


def emblem_answer(partner: Partner) -> HttpResponse:
    """The emblem of a body, as it stands in its slot."""
    with partner.emblem.open("rb") as file:
        emblem = file.read()
    return HttpResponse(
        emblem, content_type=EMBLEM_TYPES[PurePosixPath(partner.emblem_name).suffix]
    )
