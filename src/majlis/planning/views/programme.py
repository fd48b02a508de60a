"""The programme on the desk: what is planned, what is public, publishing, moving on the day."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from majlis.people.models import Person
from majlis.planning import access, queries
from majlis.planning.forms.programme import CastForm, MoveForm, PlaceForm, cast_lines
from majlis.planning.parts import PARTS
from majlis.registration.access import Place, colleague, organiser
from majlis.registration.access.notices import notice_for
from majlis.registration.actions import publish_and_tell, stop_notice
from majlis.registration.queries.notices import newest_notice, readers_of
from majlis.registration.states import RoleKind, Told
from majlis.series import clashes, programme
from majlis.series.actions import (
    give_part,
    move_session,
    place_session,
    set_people,
)
from majlis.series.models import Edition, Session
from majlis.series.models.programme import Placing
from majlis.ui import formats
from majlis.ui.http import form_page, posted, redirect_after, refusal_on
from majlis.ui.request import Request

_DAY = re.compile(r"\d{4}-\d\d-\d\d")


@dataclass(frozen=True, slots=True)
class Undo:
    """The session that was moved last, and where it was."""

    code: str
    was: Placing

    @classmethod
    def asked(cls, told: str) -> Undo | None:
        code, _colon, mark = told.partition(":")
        was = Placing.read(mark)
        return cls(code, was) if was and code else None


def programme_page(request: Request, edition: str) -> HttpResponse:
    """Every session by day, what is not published yet, and where two need one room."""
    place = colleague(request, edition, RoleKind.FACILITATOR)
    planned = _planned(place.edition)
    version, public = programme.published(place.edition)
    changes = programme.changes(public, planned)
    context = {
        "edition": place.edition,
        "place": place,
        "part": PARTS["programme"],
        "days": programme.by_day(planned),
        "public": {session.code for session in public},
        "version": version,
        "changes": changes,
        "n_clashes": sum(len(session.clashes) for session in planned),
        "told": _told(place.edition, changes) if version and changes else [],
        "notice": newest_notice(place.edition),
        "undo": Undo.asked(request.GET.get("was", "")),
    }
    return render(request, "planning/programme.html", context)


def _told(edition: Edition, changes: list[programme.SessionChange]) -> list[tuple[Told, int]]:
    """Who can be told of changes, with how many emails that is."""
    return [(Told(told), n) for told, n in readers_of(edition, changes).items()]


def grid_page(request: Request, edition: str) -> HttpResponse:
    """One day by room, on which sessions are moved and made longer or shorter."""
    place = organiser(request, edition)
    return render(request, "planning/grid.html", _grid(place, request.GET.get("day", "")))


def _grid(place: Place, day: str) -> dict[str, object]:
    planned = _planned(place.edition)
    grid = queries.grid_of(planned, place.edition, parse_date(day) if _DAY.fullmatch(day) else None)
    return {"edition": place.edition, "place": place, "part": PARTS["programme"], "grid": grid}


def _planned(edition: Edition) -> list[Session]:
    planned = programme.planned_sessions(edition)
    programme.with_casts(planned, edition.speakers.all())
    clashes.mark_clashes(planned)
    return planned


@require_POST
def place(request: Request, edition: str, code: str) -> HttpResponse:
    """Put a session elsewhere in the draft; the grid gets itself back, a form the list."""
    at = organiser(request, edition)
    session = access.row_of(PARTS["programme"], at.edition, code)
    form = PlaceForm(posted(request), edition=at.edition)
    if form.is_valid():
        with refusal_on(form, "was"):
            place_session(session, form.place(), was=form.cleaned_data["was"], by=at.person)
    if "X-Grid" not in request.headers:
        said = _("Moved.") if not form.errors else first_fault(form)
        return redirect_after(request, "planning:programme", said=said, edition=edition)
    context = _grid(at, request.POST.get("day", "")) | {"fault": first_fault(form)}
    return form_page(request, "planning/_grid.html", form, **context, moved=code)


def first_fault(form: BaseForm) -> str:
    """The first thing that is wrong, or nothing."""
    return next((str(faults[0]) for faults in form.errors.values()), "")


@require_POST
def publish(request: Request, edition: str) -> HttpResponse:
    """Publish the programme as it is planned."""
    place = organiser(request, edition)
    told = request.POST.get("told", "")
    version, n = publish_and_tell(place.edition, told=told or Told.NOBODY, by=place.person)
    said = _("Published: everybody sees it now.") if version else _("Nothing has changed.")
    if n:
        emails = ngettext("%(n)s email is being written.", "%(n)s emails are being written.", n)
        said = f"{said} {emails % {'n': formats.number(n)}}"
    return redirect_after(request, "planning:programme", said=said, edition=edition)


@require_POST
def notice_stop(request: Request, edition: str, code: str) -> HttpResponse:
    """Write and send no more emails on a version."""
    place = organiser(request, edition)
    stop_notice(notice_for(place, code), by=place.person)
    said = _("Stopped. Nobody else receives it.")
    return redirect_after(request, "planning:programme", said=said, edition=edition)


def person_add(request: Request, edition: str, code: str) -> HttpResponse:
    """Give somebody a part in a session; whoever is not known yet becomes a new speaker."""
    place = organiser(request, edition)
    session = access.row_of(PARTS["programme"], place.edition, code)
    form = CastForm(posted(request), speakers=list(place.edition.speakers.all()))
    if form.is_valid():
        give_part(session, form.cleaned_data["part"], form.who(), by=place.person)
        return _to_session(request, edition, code)
    programme.with_casts([session], form.speakers)
    return form_page(request, "planning/person.html", form, **_of(place, session))


def first_people(request: Request, edition: Edition) -> list[CastForm]:
    """What the form of a new session asks about its people."""
    return cast_lines(posted(request), list(edition.speakers.all()))


def people_are_clear(form: BaseForm, lines: list[CastForm]) -> bool:
    """Whether every line is valid; what is not is told in the summary of the form too."""
    faults = [first_fault(line) for line in lines if form.is_bound and not line.is_valid()]
    for fault in faults:
        form.add_error(None, fault)
    return not faults


def give_parts(session: Session, lines: list[CastForm], *, by: Person) -> None:
    """Give everybody on the lines their part."""
    for line in lines:
        if line.is_filled:
            give_part(session, line.cleaned_data["part"], line.who(), by=by)


@require_POST
def person_remove(request: Request, edition: str, code: str) -> HttpResponse:
    """Take a part in a session from somebody."""
    place = organiser(request, edition)
    session = access.row_of(PARTS["programme"], place.edition, code)
    gone = request.POST.get("who", "").split(":")
    set_people(session, [one for one in session.people if one != gone], by=place.person)
    return _to_session(request, edition, code)


def session_context(session: Session) -> dict[str, object]:
    """What the page of a session says besides its form: its people and its clashes."""
    speakers = list(session.edition.speakers.all())
    planned = _planned(session.edition)
    here = next(one for one in planned if one.pk == session.pk)
    session.cast = here.cast
    return {"people_form": CastForm(None, speakers=speakers), "found": here.clashes}


def _of(place: Place, session: Session) -> dict[str, object]:
    return {"edition": place.edition, "place": place, "session": session}


def _to_session(request: Request, edition: str, code: str) -> HttpResponse:
    address = reverse("planning:row", args=[edition, "programme", code])
    return redirect_after(request, f"{address}#people")


def session_move(request: Request, edition: str, code: str) -> HttpResponse:
    """Move a session by some minutes or to another room, for everybody at once."""
    place = colleague(request, edition, RoleKind.FACILITATOR)
    session = access.row_of(PARTS["programme"], place.edition, code)
    rooms = programme.rooms_of(place.edition)
    form = MoveForm(posted(request), rooms=rooms)
    if form.is_valid():
        with refusal_on(form, "room"):
            move_session(session, **form.move(), by=place.person)
            said = _("Moved: the programme, the phones and the room screen follow.")
            return redirect_after(request, "planning:programme", said=said, edition=edition)
    others = [room for room in rooms if room != session.room]
    return form_page(request, "planning/move.html", form, **_of(place, session), rooms=others)
