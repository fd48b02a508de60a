"""Documents of sessions: added and taken away on the desk, and given to whom they are meant for."""

from __future__ import annotations

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from majlis.planning import access
from majlis.planning.forms.programme import FileForm
from majlis.planning.parts import PARTS
from majlis.registration.access import organiser
from majlis.series.actions import add_file, remove_file
from majlis.ui.documents import download
from majlis.ui.http import form_page, posted, redirect_after
from majlis.ui.request import Request


def file_add(request: Request, edition: str, code: str) -> HttpResponse:
    """The documents of a session, and one more."""
    place = organiser(request, edition)
    session = access.row_of(PARTS["programme"], place.edition, code)
    form = FileForm(posted(request), request.FILES or None)
    if form.is_valid():
        add_file(session, **form.cleaned_data, by=place.person)
        return redirect_after(request, "planning:add-file", edition=edition, code=code)
    context = {"edition": place.edition, "place": place, "session": session}
    return form_page(request, "planning/files.html", form, **context, files=session.files.all())


@require_POST
def file_remove(request: Request, edition: str, code: str) -> HttpResponse:
    """Delete a document."""
    place = organiser(request, edition)
    file = access.session_file(request, edition, code)
    remove_file(file, by=place.person)
    address = reverse("planning:add-file", args=[edition, file.session.code])
    return redirect_after(request, address)


def file_download(request: Request, edition: str, code: str) -> HttpResponse:
    """A document, as a download and never as a page."""
    file = access.session_file(request, edition, code)
    with file.file.open("rb") as stored:
        return download(stored.read(), file.ending, f"{edition}-{file.session.code}-{file.code}")
