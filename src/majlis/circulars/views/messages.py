"""The messages of an edition: each with where it stands, and sending one again."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from majlis.circulars import access
from majlis.circulars.forms.listing import KIND, ORDERS, MessagesForm
from majlis.circulars.views import as_letter, with_letters
from majlis.mail import queries
from majlis.mail.actions import send_again, send_kept
from majlis.mail.states import MessageState
from majlis.registration.access import organiser
from majlis.ui.formats import number
from majlis.ui.http import redirect_after
from majlis.ui.pages import page_of
from majlis.ui.request import Request
from majlis.ui.tables import table_file


@require_safe
def messages_page(request: Request, edition: str) -> HttpResponse:
    """Messages of this edition, narrowed by state, by words, or to those of one email."""
    place = organiser(request, edition)
    slug = place.edition.slug
    form = MessagesForm(request.GET, templates=queries.templates_of(slug))
    form.is_valid()  # a word that is no choice narrows nothing
    wanted = {name: form.chosen(name) for name in ("state", "batch", "template", "words")}
    found = queries.messages_of(slug, **wanted).order_by(*ORDERS[form.chosen("sort")])
    if kind := request.GET.get("file"):
        return table_file(kind, form.of_file(), found, name=f"emails-{edition}")
    counts = queries.counts_of(slug, batch=wanted["batch"], template=wanted["template"])
    context = {
        "form": form,
        "columns": form.shown,
        "kind_column": KIND,
        "edition": place.edition,
        "are_kept": queries.are_kept(),
        "may_set_server": access.may_set_server(place.person),
        "n_kept": queries.kept_that_can_go(slug).count(),
        "page": page_of(request, found),
        "tabs": _tabs(counts, wanted["state"]),
        "is_narrowed": any(wanted.values()),
    }
    return render(request, "circulars/messages.html", context)


def _tabs(counts: dict[str, int], current: str) -> list[dict[str, object]]:
    kinds: list[tuple[str, object, int]] = [("", _("All"), sum(counts.values()))]
    kinds += [(state.value, state.label, counts[state]) for state in MessageState]
    return [
        {"value": kind, "text": text, "n": n, "current": kind == current}
        for kind, text, n in kinds
        if n or kind in {"", current}
    ]


@with_letters
@require_safe
def message_page(request: Request, edition: str, code: str) -> HttpResponse:
    """One message: what it says, to whom, what the mail server answered."""
    place = organiser(request, edition)
    message = access.message_for(place, code)
    context = {"edition": place.edition, "message": message, "are_kept": queries.are_kept()}
    return render(request, "circulars/message.html", context)


@require_safe
def message_html(request: Request, edition: str, code: str) -> HttpResponse:
    """A message as its reader sees it; nothing where it holds what lets the reader in."""
    message = access.message_for(organiser(request, edition), code)
    return as_letter(request, "" if message.secrets else message.html)


@require_POST
def message_again(request: Request, edition: str, code: str) -> HttpResponse:
    """Send a message once more."""
    place = organiser(request, edition)
    send_again(access.message_for(place, code), by=place)
    said = _("It will be sent within seconds.")
    return redirect_after(request, "circulars:message", edition, code, said=said)


@require_POST
def kept_send(request: Request, edition: str) -> HttpResponse:
    """Send what was kept for want of a mail server."""
    place = organiser(request, edition)
    n = send_kept(place.edition, by=place)
    said = ngettext("%(shown)s email will be sent.", "%(shown)s emails will be sent.", n) % {
        "shown": number(n)
    }
    return redirect_after(request, "circulars:messages", said=said, edition=edition)
