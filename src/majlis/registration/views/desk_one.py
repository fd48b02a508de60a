"""One registration at the desk: decide, correct, check in, hand over the link."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from majlis.kernel.clock import now
from majlis.kernel.ledger import acts_on
from majlis.kernel.punctuation import labelled
from majlis.mail.queries import are_kept
from majlis.registration import access, actions, queries
from majlis.registration.forms import DeclineRegistrationForm, DeskForm, PersonForm
from majlis.registration.models import Registration
from majlis.registration.queries.documents import documents_of
from majlis.registration.queries.guests import (
    open_substitute,
    predecessor_of,
    successor_of,
)
from majlis.registration.states import RegistrationState
from majlis.registration.views.desk import card_of, row
from majlis.series.queries import questions_of
from majlis.ui.http import back_to_list, form_page, posted, redirect_after, refusal_on
from majlis.ui.request import Request

ACTS: dict[str, tuple[Callable[..., object], Promise]] = {
    "approve": (actions.approve, gettext_lazy("Registration confirmed.")),
    "vouch": (actions.vouch_for, gettext_lazy("Registration confirmed.")),
    "arrived": (actions.mark_arrived, gettext_lazy("Checked in.")),
    "not-arrived": (actions.mark_not_arrived, gettext_lazy("Check-in undone.")),
    "new-card": (actions.give_new_card, gettext_lazy("New card created.")),
    "send-link": (actions.send_link_again, gettext_lazy("A new personal link has been emailed.")),
    "disconnect": (
        actions.disconnect_all,
        gettext_lazy("All devices are disconnected. Cards and links no longer work."),
    ),
    "seen": (actions.note_seen, gettext_lazy("Noted.")),
}


@require_safe
def registration_page(request: Request, edition: str, code: str) -> HttpResponse:
    """Everything the organiser needs of one person."""
    place = access.organiser(request, edition)
    registration = access.registration_for(place, code)
    voice = getattr(registration, "voice", None)
    newest = queries.newest_card(voice) if voice and registration.is_confirmed else None
    unused = newest if newest is not None and newest.admits(at=now()) else None
    is_asked = registration.state == RegistrationState.ASKED
    context = {
        "edition": place.edition,
        "registration": registration,
        "voice": voice,
        "newest": newest,
        "card": card_of(registration, unused, request) if unused else None,
        "n_devices": len(queries.devices_of(voice)) if voice else 0,
        "consents": queries.agreed_to(registration),
        "can_approve": RegistrationState.CONFIRMED in registration.moves and not is_asked,
        "can_vouch": is_asked,
        "can_decline": RegistrationState.DECLINED in registration.moves,
        "answers": queries.form_answers(registration).filter(file=""),
        "documents": documents_of(registration),
        "substitute": open_substitute(registration),
        "successor": successor_of(registration),
        "predecessor": predecessor_of(registration),
        "acts": acts_on(registration),
        "phones_cannot_reach": not settings.PHONES_CAN_REACH,
    }
    return render(request, "registration/desk_registration.html", context)


@require_POST
def registration_act(request: Request, edition: str, code: str, verb: str) -> HttpResponse:
    """One press of a button: approve, check in, give a new card and so on."""
    place = access.organiser(request, edition)
    registration = access.registration_for(place, code)
    act, done = ACTS[verb]
    after = act(registration, by=place)
    if verb == "approve" and isinstance(after, Registration) and not after.is_confirmed:
        done = gettext_lazy("All places are taken, so this person is on the waiting list.")
    if verb == "send-link" and are_kept():
        done = gettext_lazy("A new personal link is kept here: there is no mail server.")
    said = labelled(registration.full_name, done)
    if request.POST.get("back") == "list":
        return row(request, place, code) if request.htmx else _to_list(request, said, edition)
    return _to_page(request, said, edition, code)


def _to_list(request: Request, said: str, edition: str) -> HttpResponse:
    return back_to_list(request, "registration:desk-registrations", said=said, edition=edition)


def _to_page(request: Request, said: str, edition: str, code: str) -> HttpResponse:
    return redirect_after(request, "registration:desk-registration", edition, code, said=said)


@require_http_methods(["GET", "POST"])
def decline_page(request: Request, edition: str, code: str) -> HttpResponse:
    """Refuse a place, with the reason that goes into the letter."""
    place = access.organiser(request, edition)
    registration = access.registration_for(place, code)
    form = DeclineRegistrationForm(posted(request))
    if form.is_valid():
        actions.decline(registration, reason=form.cleaned_data["reason"], by=place)
        said = _("Registration declined. The reason is in the email.")
        if are_kept():
            said = _("Registration declined. The email is kept here: there is no mail server.")
        return _to_list(request, said, edition)
    context = {"edition": place.edition, "registration": registration, "are_kept": are_kept()}
    return form_page(request, "registration/desk_decline.html", form, **context)


@require_http_methods(["GET", "POST"])
def edit_page(request: Request, edition: str, code: str) -> HttpResponse:
    """Put right what is known of a person."""
    place = access.organiser(request, edition)
    registration = access.registration_for(place, code)
    form = DeskForm(
        posted(request),
        initial=PersonForm.initial_of(registration),
        questions=questions_of(place.edition),
        answered=queries.answered_by(registration),
    )
    if queries.is_colleague(registration.person, place.edition):
        form.leave_address()
    if form.is_valid():
        language = form.cleaned_data["language"]
        with refusal_on(form, "email"):
            actions.correct(registration, answers=form.answers, language=language, by=place)
            return _to_page(request, _("The details have been corrected."), edition, code)
    context = {
        "registration": registration,
        "organisations": queries.organisation_names(place.edition),
    }
    return form_page(request, "registration/desk_form.html", form, edition=place.edition, **context)


@require_http_methods(["GET", "POST"])
def erase_page(request: Request, edition: str, code: str) -> HttpResponse:
    """Erase a person who asked for it, after a question."""
    place = access.organiser(request, edition)
    registration = access.registration_for(place, code)
    if request.method == "POST":
        actions.erase(registration.person, by=place, only=registration)
        return _to_list(
            request, _("Data deleted. Contributions and votes are kept without a name."), edition
        )
    context = {"edition": place.edition, "registration": registration}
    return render(request, "registration/desk_erase.html", context)
