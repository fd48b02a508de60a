"""The programme on the desk: what is planned, what is public, publishing, moving on the day."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from majlis.planning import access
from majlis.planning.forms.programme import CastForm, MoveForm
from majlis.planning.parts import PARTS
from majlis.registration.access import Place, colleague, organiser
from majlis.registration.states import RoleKind
from majlis.series import clashes, programme
from majlis.series.actions import give_part, move_session, publish_programme, set_people
from majlis.series.models import Session
from majlis.ui.http import form_page, posted, redirect_after, refusal_on
from majlis.ui.request import Request


def programme_page(request: Request, edition: str) -> HttpResponse:
    """Every session by day, what is not published yet, and where two need one room."""
    place = colleague(request, edition, RoleKind.FACILITATOR)
    planned = programme.planned_sessions(place.edition)
    programme.with_casts(planned, place.edition.speakers.all())
    version, public = programme.published(place.edition)
    context = {
        "edition": place.edition,
        "place": place,
        "part": PARTS["programme"],
        "days": programme.by_day(planned),
        "public": {session.code for session in public},
        "version": version,
        "changes": programme.changes(public, planned),
        "n_clashes": len(clashes.mark_clashes(planned)),
    }
    return render(request, "planning/programme.html", context)


@require_POST
def publish(request: Request, edition: str) -> HttpResponse:
    """Publish the programme as it is planned."""
    place = organiser(request, edition)
    version = publish_programme(place.edition, by=place.person)
    said = _("Published: everybody sees it now.") if version else _("Nothing has changed.")
    return redirect_after(request, "planning:programme", said=said, edition=edition)


def person_add(request: Request, edition: str, code: str) -> HttpResponse:
    """Give somebody a part in a session; whoever is not known yet becomes a new speaker."""
    place = organiser(request, edition)
    session = access.row_of(PARTS["programme"], place.edition, code)
    form = CastForm(posted(request), speakers=list(place.edition.speakers.all()))
    if form.is_valid():
        part, name = form.cleaned_data["part"], form.cleaned_data["person"]
        give_part(session, part, form.speaker() or name, by=place.person)
        return _to_session(request, edition, code)
    programme.with_casts([session], form.speakers)
    return form_page(request, "planning/person.html", form, **_of(place, session))


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
    planned = programme.with_casts(programme.planned_sessions(session.edition), speakers)
    clashes.mark_clashes(planned)
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
    form = MoveForm(posted(request), rooms=programme.rooms_of(place.edition))
    if form.is_valid():
        with refusal_on(form, "room"):
            move_session(session, **form.move(), by=place.person)
            said = _("Moved: the programme, the phones and the room screen follow.")
            return redirect_after(request, "planning:programme", said=said, edition=edition)
    return form_page(request, "planning/move.html", form, **_of(place, session))
