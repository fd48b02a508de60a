"""The programme on the desk: what is planned, what is public, publishing, moving on the day."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from majlis.planning import access
from majlis.planning.forms.programme import MoveForm
from majlis.planning.parts import PARTS
from majlis.registration.access import colleague, organiser
from majlis.registration.states import RoleKind
from majlis.series import programme
from majlis.series.actions import move_session, publish_programme
from majlis.ui.http import form_page, posted, redirect_after, refusal_on
from majlis.ui.request import Request


def programme_page(request: Request, edition: str) -> HttpResponse:
    """Every session by day, what is not published yet, and where two need one room."""
    place = colleague(request, edition, RoleKind.FACILITATOR)
    planned = programme.planned_sessions(place.edition)
    version, public = programme.published(place.edition)
    context = {
        "edition": place.edition,
        "place": place,
        "part": PARTS["programme"],
        "days": programme.by_day(planned),
        "public": {session.code for session in public},
        "version": version,
        "changes": programme.changes(public, planned),
        "clashes": programme.clashes(planned),
    }
    return render(request, "planning/programme.html", context)


@require_POST
def publish(request: Request, edition: str) -> HttpResponse:
    """Publish the programme as it is planned."""
    place = organiser(request, edition)
    version = publish_programme(place.edition, by=place.person)
    said = _("Published: everybody sees it now.") if version else _("Nothing has changed.")
    return redirect_after(request, "planning:programme", said=said, edition=edition)


def session_move(request: Request, edition: str, code: str) -> HttpResponse:
    """Move a session by some minutes or to another room, for everybody at once."""
    place = colleague(request, edition, RoleKind.FACILITATOR)
    session = access.row_of(PARTS["programme"], place.edition, code)
    form = MoveForm(posted(request), rooms=programme.rooms_of(place.edition))
    if form.is_valid():
        with refusal_on(form, "room"):
            move_session(session, **form.move(), by=place.person)
            said = _("Moved: the programme, the phones and the room screen follow.")
            return redirect_after(request, "planning:programme", said=said, edition=edition)
    context = {"edition": place.edition, "place": place, "session": session}
    return form_page(request, "planning/move.html", form, **context)
