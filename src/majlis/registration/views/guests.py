"""Guests: the list at the desk, and the page on which a guest answers."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from majlis.kernel.ratelimit import Limit, address_of
from majlis.mail.queries import are_kept
from majlis.registration import access, actions
from majlis.registration.forms.guests import (
    GuestForm,
    GuestsFilterForm,
    RefuseSeatForm,
    SeatForm,
)
from majlis.registration.models import Guest
from majlis.registration.queries import guests as queries
from majlis.registration.queries.documents import documents_of
from majlis.registration.states import GuestAnswer
from majlis.series.queries import open_questions, questions_of
from majlis.ui.formats import number
from majlis.ui.http import back_to_list, form_page, posted, redirect_after, refusal_on
from majlis.ui.pages import page_of
from majlis.ui.request import Request
from majlis.ui.tables import Column, table_file

GUESSES = Limit("guest link", times=300, seconds=600)
TABS = {
    "": gettext_lazy("Everyone"),
    "new": gettext_lazy("not invited yet"),
    "open": gettext_lazy("no answer yet"),
    "yes": gettext_lazy("will come"),
    "no": gettext_lazy("will not come"),
}
COLUMNS: list[Column[Guest]] = [
    Column("name", gettext_lazy("Name"), lambda g: g.name),
    Column("email", gettext_lazy("Email address"), lambda g: g.email),
    Column("organisation", gettext_lazy("Organisation"), lambda g: g.organisation),
    Column(
        "constituency",
        gettext_lazy("Stakeholder group"),
        lambda g: queries.shown("constituency", g.constituency),
    ),
    Column("country", gettext_lazy("Country"), lambda g: queries.shown("country", g.country)),
    Column("sent", gettext_lazy("Invited on"), lambda g: g.sent_at),
    Column("answer", gettext_lazy("Answer"), lambda g: g.get_answer_display()),
    Column("answered", gettext_lazy("Answered on"), lambda g: g.answered_at),
    Column("note", gettext_lazy("Message"), lambda g: g.note),
]


def _chosen(request: Request) -> dict[str, str]:
    form = GuestsFilterForm(request.GET)
    form.is_valid()
    return {name: form.cleaned_data.get(name, "") for name in ("stands", "words")}


@require_safe
def guests_page(request: Request, edition: str) -> HttpResponse:
    """Everybody who is invited, and what they answered."""
    place = access.organiser(request, edition)
    chosen = _chosen(request)
    found = queries.guests(place.edition, **chosen)
    if kind := request.GET.get("file"):
        return table_file(kind, COLUMNS, found, name=f"guests-{edition}")
    counts = queries.counts_of_guests(place.edition)
    context = {
        "edition": place.edition,
        "are_kept": are_kept(),
        "page": page_of(request, found),
        "form": GuestsFilterForm(initial=chosen),
        "chosen": chosen,
        "n_all": counts[""],
        "counts": counts,
        "tabs": [
            {"value": code, "text": text, "n": counts[code], "current": code == chosen["stands"]}
            for code, text in TABS.items()
        ],
        "n_open_questions": len(open_questions(place.edition)),
        "imports": queries.imports(place.edition)[:5],
    }
    return render(request, "registration/desk_guests.html", context)


@require_http_methods(["GET", "POST"])
def guest_add_page(request: Request, edition: str) -> HttpResponse:
    """Add one guest."""
    place = access.organiser(request, edition)
    form = GuestForm(posted(request), initial={"language": get_language()})
    if form.is_valid():
        email = form.cleaned_data["email"]
        with refusal_on(form, "email"):
            actions.add_guest(place.edition, email=email, facts=form.facts, by=place)
            return redirect_after(
                request, "registration:desk-guests", said=_("Guest added."), edition=edition
            )
    return form_page(request, "registration/desk_guest_add.html", form, edition=place.edition)


@require_POST
def guests_invite(request: Request, edition: str) -> HttpResponse:
    """Have invitations written to all who have none, or reminders to all who have not answered."""
    place = access.organiser(request, edition)
    stands = "open" if request.POST.get("who") == "open" else "new"
    found = queries.guests(place.edition, stands=stands)
    return _invited(request, edition, actions.want_invitations(place.edition, found, by=place))


def _invited(request: Request, edition: str, n: int) -> HttpResponse:
    said = ngettext(
        "%(shown)s invitation is being sent.", "%(shown)s invitations are being sent.", n
    ) % {"shown": number(n)}
    if are_kept():
        said = ngettext(
            "%(shown)s invitation is kept here: there is no mail server.",
            "%(shown)s invitations are kept here: there is no mail server.",
            n,
        ) % {"shown": number(n)}
    said = said if n else _("Nothing was sent: everybody has been invited or has answered.")
    return back_to_list(request, "registration:desk-guests", said=said, edition=edition)


@require_POST
def guest_act(request: Request, edition: str, code: str, verb: str) -> HttpResponse:
    """Invite one guest (again), or take them off the list."""
    place = access.organiser(request, edition)
    guest = access.guest_for(place, code)
    if verb == "remove":
        actions.remove_guest(guest, by=place)
        said = _("The guest was removed from the list.")
        return back_to_list(request, "registration:desk-guests", said=said, edition=edition)
    one = queries.guests(place.edition).filter(pk=guest.pk)
    return _invited(request, edition, actions.want_invitations(place.edition, one, by=place))


@require_http_methods(["GET", "POST"])
def guest_page(request: Request, edition: str, token: str) -> HttpResponse:
    """Ask the holder of an invitation whether they come; the button says yes."""
    guest = _guest(request, edition, token)
    form = SeatForm(
        posted(request),
        initial=SeatForm.initial_of_guest(guest),
        questions=questions_of(guest.edition),
    )
    if guest.answer != GuestAnswer.YES and form.is_valid():
        actions.accept_seat(
            guest,
            answers=form.answers,
            consents=form.cleaned_data["consents"],
            language=get_language() or "en",
        )
        return redirect_after(request, request.path)
    context = {"edition": guest.edition, "guest": guest, "token": token, "are_kept": are_kept()}
    if guest.registration is not None:
        found = documents_of(guest.registration)
        context["documents"] = [one.question.prompt for one in found]
    return form_page(request, "registration/guest.html", form, **context)


@require_http_methods(["GET", "POST"])
def guest_refuse_page(request: Request, edition: str, token: str) -> HttpResponse:
    """The button says no."""
    guest = _guest(request, edition, token)
    form = RefuseSeatForm(posted(request))
    context = {"edition": guest.edition, "guest": guest, "token": token}
    if form.is_valid():
        actions.refuse_seat(guest, **form.cleaned_data)
        context["is_forgotten"] = form.cleaned_data["forget"]
        return render(request, "registration/guest_refused.html", context)
    return form_page(request, "registration/guest_refuse.html", form, **context)


def _guest(request: Request, edition: str, token: str) -> Guest:
    with GUESSES.guessing(address_of(request)):
        return access.guest_by_token(edition, token)
