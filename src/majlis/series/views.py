"""Public pages of one edition's own texts and programme."""

from __future__ import annotations

from pathlib import PurePosixPath

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import get_language

from majlis.kernel.analysis import sort_key
from majlis.kernel.clock import now
from majlis.kernel.errors import NotFound
from majlis.series import access, calendars, programme, queries
from majlis.series.models import Edition
from majlis.series.models.pages import PictureSlot
from majlis.series.pack import PICTURE_TYPES
from majlis.series.states import Moment, TextKind
from majlis.ui.http import attached, changes_at, for_everybody
from majlis.ui.request import Request

TEXT_PAGES = {
    "privacy": TextKind.PRIVACY,
    "contact": TextKind.CONTACT,
    "legal": TextKind.LEGAL,
    "images": TextKind.IMAGES,
    "practical": TextKind.PRACTICAL,
    "method": TextKind.METHOD,
}


@for_everybody("theme", "spoken")
def programme_page(request: Request, edition: str) -> HttpResponse:
    """The programme by day, with what runs now; of a theme or in a language, where asked."""
    found = access.public_edition(edition)
    version, sessions, changes = programme.newest(found)
    programme.with_casts(sessions, queries.public_speakers(found))
    queries.with_files(sessions, found)
    at = now()
    now_next = programme.now_in(sessions, found, at=at)
    asked = programme.Asked(request.GET.get("theme", ""), request.GET.get("spoken", ""))
    changes_at(request, now_next.until)
    follows = now_next.now or now_next.next  # while nothing does, nothing is folded away
    context = {
        "edition": found,
        "days": programme.by_day(asked.of(sessions), at if follows else None),
        "filters": asked.filters(sessions),
        "is_filtered": asked != programme.Asked(),
        "now_next": now_next,
        "running": set(now_next.now),
        "note": queries.text_of(found, TextKind.PROGRAMME),
        "version": version,
        "changes": changes,
        "is_the_day": found.moment(at) == Moment.DURING,
    }
    return render(request, "series/programme.html", context)


@for_everybody("known")
def programme_news(request: Request, edition: str) -> HttpResponse:
    """What changed since the version that an open programme shows; nothing if it is the newest."""
    found = access.public_edition(edition)
    known = request.GET.get("known", "")
    number = int(known) if known.isascii() and known.isdigit() and len(known) < 10 else 0
    context = {"edition": found, "changes": programme.changes_since(found, number)}
    return render(request, "series/_news.html", context)


@for_everybody("only")
def calendar_file(request: Request, edition: str) -> HttpResponse:
    """The sessions for a calendar, or those that `only` names."""
    found = access.public_edition(edition)
    only = [code for code in request.GET.get("only", "").split(",") if code]
    return _calendar(found, only or None, f"{found.slug}.ics")


@for_everybody()
def session_file(_request: Request, edition: str, code: str) -> HttpResponse:
    """One session for a calendar."""
    found = access.public_edition(edition)
    if code not in {session.code for session in programme.sessions_of(found)}:
        raise NotFound
    return _calendar(found, [code], f"{found.slug}-{code}.ics")


def _calendar(edition: Edition, only: list[str] | None, name: str) -> HttpResponse:
    made = calendars.calendar(edition, get_language() or "", only)
    return attached(HttpResponse(made, content_type="text/calendar; charset=utf-8"), name)


@for_everybody()
def schedule_json(_request: Request, edition: str) -> HttpResponse:
    """The programme for apps of conferences, in frab's format."""
    made = calendars.schedule(access.public_edition(edition), get_language() or "")
    return JsonResponse(made, json_dumps_params={"ensure_ascii": False})


@for_everybody()
def schedule_xml(_request: Request, edition: str) -> HttpResponse:
    """The same as XML."""
    made = calendars.schedule_xml(access.public_edition(edition), get_language() or "")
    return HttpResponse(made, content_type="application/xml; charset=utf-8")


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


@for_everybody()
def speakers_page(request: Request, edition: str) -> HttpResponse:
    """Everybody with a part in the programme who has agreed to be named."""
    found = access.public_edition(edition)
    context = {"edition": found, "speakers": queries.public_speakers(found)}
    return render(request, "series/speakers.html", context)


@for_everybody()
def speaker_page(request: Request, edition: str, code: str) -> HttpResponse:
    """One person, with what they do in the programme."""
    found = access.public_edition(edition)
    speaker = access.public_speaker(found, code)
    sessions = programme.with_casts(programme.sessions_of(found), [speaker])
    context = {
        "edition": found,
        "speaker": speaker,
        "scripts": speaker.in_other_scripts(get_language() or ""),
        "parts": [(session, one.part) for session in sessions for one in session.cast],
    }
    return render(request, "series/speaker.html", context)


def emblem(_request: Request, edition: str, code: str) -> HttpResponse:
    """The emblem of a body behind the edition, as it was put into its slot."""
    partner = access.partner_with_emblem(access.public_edition(edition), code)
    return kept_for_an_hour(picture_answer(partner))


def photo(_request: Request, edition: str, code: str) -> HttpResponse:
    """The photo of somebody who has agreed to have it shown."""
    found = access.public_edition(edition)
    speaker = access.speaker_with_photo(found, code)
    if not (speaker.has_agreed and speaker.photo_agreed):
        raise NotFound
    return kept_for_an_hour(picture_answer(speaker))


def kept_for_an_hour(answer: HttpResponse) -> HttpResponse:
    """Let every browser keep a copy for a while."""
    answer["Cache-Control"] = "public, max-age=3600"
    return answer


def picture_answer(thing: PictureSlot) -> HttpResponse:
    """A picture, as it stands in its slot."""
    with getattr(thing, thing.picture_field).open("rb") as file:
        picture = file.read()
    return HttpResponse(
        picture, content_type=PICTURE_TYPES[PurePosixPath(thing.picture_name).suffix]
    )
