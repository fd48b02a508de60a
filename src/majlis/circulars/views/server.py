"""The mail server: setting it, trying it, taking it away."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from majlis.circulars import access
from majlis.circulars.forms import ServerForm
from majlis.mail import queries
from majlis.mail.actions import remove_server, set_server, try_server
from majlis.registration.access import organiser
from majlis.ui.http import form_page, posted, redirect_after
from majlis.ui.request import Request


@require_http_methods(["GET", "POST"])
def server_page(request: Request, edition: str) -> HttpResponse:
    """Through which server emails go."""
    place = organiser(request, edition)
    may_set, server = access.may_set_server(place.person), queries.mail_server()
    if request.method == "POST":
        access.require_may_set_server(place.person)
    form = ServerForm(posted(request), server=server)
    if form.is_valid():
        password = form.cleaned_data["password"] or None
        set_server(form.values(), password=password, by=place)
        said = _("Saved. Send yourself a test now.")
        return redirect_after(request, "circulars:server", said=said, edition=edition)
    context = {
        "edition": place.edition,
        "server": server,
        "may_set": may_set,
        "is_named": not queries.are_kept() and server is None,
        "named": settings.EMAIL_HOST,
        "own_address": place.person.email,
    }
    return form_page(request, "circulars/server.html", form, **context)


@require_POST
def server_test(request: Request, edition: str) -> HttpResponse:
    """Send the organiser an email right now, and say what the server answers."""
    place = organiser(request, edition)
    access.require_may_set_server(place.person)
    answer = try_server(to=place.person.email or "", language=get_language() or "en")
    if answer:
        messages.error(request, _("The test was not sent. The answer: %(said)s") % {"said": answer})
        return redirect_after(request, "circulars:server", edition=edition)
    said = _("The mail server took the test. Look into your inbox.")
    return redirect_after(request, "circulars:server", said=said, edition=edition)


@require_POST
def server_remove(request: Request, edition: str) -> HttpResponse:
    """Forget the mail server."""
    place = organiser(request, edition)
    access.require_may_set_server(place.person)
    remove_server(by=place)
    said = _("The mail server is removed.")
    return redirect_after(request, "circulars:server", said=said, edition=edition)
