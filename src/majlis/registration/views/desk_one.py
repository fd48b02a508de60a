"""One registration at the desk: decide, correct, check in, hand over the link."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from majlis.kernel.errors import RuleBroken
from majlis.kernel.ledger import acts_on
from majlis.people.queries import organisation_names
from majlis.registration import access, actions, queries
from majlis.registration.forms import DeclineForm, DeskForm, PersonForm
from majlis.registration.states import REGISTRATION_MOVES, ConsentKind, RegistrationState
from majlis.registration.views.desk import card_of
from majlis.ui.http import posted, redirect_after
from majlis.ui.request import Request


@require_safe
def registration_page(request: Request, edition: str, code: str) -> HttpResponse:
    """Everything the organiser needs of one person."""
    place = access.organiser(request, edition)
    registration = access.registration_for(place, code)
    voice = getattr(registration, "voice", None)
    consents = queries.consents_of(registration)
    moves = REGISTRATION_MOVES[RegistrationState(registration.state)]
    is_asked = registration.state == RegistrationState.ASKED
    context = {
        "edition": place.edition,
        "registration": registration,
        "voice": voice,
        "card": card_of(registration, request)
        if voice and registration.is_confirmed and voice.revoked_at is None
        else None,
        "consents": [kind.label for kind in ConsentKind if consents[kind]],
        "can_approve": RegistrationState.CONFIRMED in moves and not is_asked,
        "can_vouch": is_asked,
        "can_decline": RegistrationState.DECLINED in moves,
        "acts": acts_on(registration),
        "phones_cannot_reach": not settings.PHONES_CAN_REACH,
    }
    return render(request, "registration/desk_registration.html", context)


@require_POST
def registration_act(request: Request, edition: str, code: str, verb: str) -> HttpResponse:
    """One press of a button: approve, vouch, arrived, not-arrived, revoke, reissue."""
    place = access.organiser(request, edition)
    registration = access.registration_for(place, code)
    acts = {
        "approve": (actions.approve, _("The place is confirmed.")),
        "vouch": (actions.vouch_for, _("The place is confirmed.")),
        "arrived": (actions.mark_arrived, _("Marked as arrived.")),
        "not-arrived": (actions.mark_not_arrived, _("The mark is taken back.")),
        "revoke": (actions.revoke_link, _("The personal link opens nothing any more.")),
        "reissue": (
            actions.reissue_link,
            _("There is a new personal link; the old one opens nothing any more."),
        ),
    }
    act, said = acts[verb]
    act(registration, by=place)
    messages.success(request, f"{registration.person.name}: {said}")
    if request.POST.get("back") == "list":
        return redirect_after(request, "registration:desk-registrations", edition=edition)
    return redirect_after(request, "registration:desk-registration", edition=edition, code=code)


@require_http_methods(["GET", "POST"])
def decline_page(request: Request, edition: str, code: str) -> HttpResponse:
    """Refuse a place, with the reason that goes into the letter."""
    place = access.organiser(request, edition)
    registration = access.registration_for(place, code)
    form = DeclineForm(posted(request))
    if request.method == "POST" and form.is_valid():
        actions.decline(registration, reason=form.cleaned_data["reason"], by=place)
        messages.success(request, _("Declined. The reason is in the letter."))
        return redirect_after(request, "registration:desk-registrations", edition=edition)
    context = {"edition": place.edition, "registration": registration, "form": form}
    return render(
        request, "registration/desk_decline.html", context, status=422 if form.errors else 200
    )


@require_http_methods(["GET", "POST"])
def edit_page(request: Request, edition: str, code: str) -> HttpResponse:
    """Put right what is known of a person."""
    place = access.organiser(request, edition)
    registration = access.registration_for(place, code)
    initial = PersonForm.initial_of(registration)
    is_theirs = queries.is_known_elsewhere(registration.person, place.edition)
    form = DeskForm(posted(request), initial=initial)
    if is_theirs:
        form.fields["name"].disabled = form.fields["email"].disabled = True
        form.fields["email"].help_text = _(
            "This person is known beyond this list, so they change name and address themselves."
        )
    if request.method == "POST" and form.is_valid():
        try:
            actions.correct(
                registration,
                answers=form.answers,
                language=form.cleaned_data["language"],
                by=place,
            )
        except RuleBroken as broken:
            form.add_error("email", str(broken))
        else:
            messages.success(request, _("Corrected."))
            return redirect_after(
                request, "registration:desk-registration", edition=edition, code=code
            )
    context = {
        "edition": place.edition,
        "registration": registration,
        "form": form,
        "organisations": organisation_names(),
        "title": _("Correct what is known"),
        "do_text": _("Keep the corrections"),
    }
    return render(
        request, "registration/desk_form.html", context, status=422 if form.errors else 200
    )


@require_http_methods(["GET", "POST"])
def erase_page(request: Request, edition: str, code: str) -> HttpResponse:
    """Erase a person who asked for it, after a question."""
    place = access.organiser(request, edition)
    registration = access.registration_for(place, code)
    if request.method == "POST":
        actions.erase(registration.person, by=place, only=registration)
        messages.success(request, _("Erased. What was said stays, without a name."))
        return redirect_after(request, "registration:desk-registrations", edition=edition)
    context = {"edition": place.edition, "registration": registration}
    return render(request, "registration/desk_erase.html", context)
