"""Registering, and confirming the address."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_safe

from majlis.kernel.ratelimit import Limit, address_of
from majlis.mail.queries import are_kept
from majlis.registration import access, actions, queries
from majlis.registration.actions.asking import is_open
from majlis.registration.forms import RegistrationForm
from majlis.registration.models import PendingAnswers
from majlis.registration.queries.documents import documents_of
from majlis.registration.states import ConsentKind, RegistrationState
from majlis.series.access import public_edition
from majlis.series.models import Edition
from majlis.series.queries import questions_of
from majlis.ui.http import form_page, posted, redirect_after, remember, remembered
from majlis.ui.request import Request

# Per address typed: of one network, so that a stranger elsewhere uses up nobody's; and of all.
LETTERS = Limit("registration letter", times=6, seconds=3600)
LETTERS_OF_ALL = Limit("registration letter, of all", times=20, seconds=3600)
FORMS = Limit("registration form", times=400, seconds=3600)  # per network: a hotel is one
GUESSES = Limit("address link", times=300, seconds=600)
REGISTERED_AS = "registered-as"  # a cookie


@require_http_methods(["GET", "POST"])
def register_page(request: Request, edition: str) -> HttpResponse:
    """The form; whatever is known of the address, the answer is the same."""
    found = public_edition(edition)
    if not is_open(found):
        status = 409 if request.method == "POST" else 200
        return render(request, "registration/closed.html", {"edition": found}, status=status)
    form = RegistrationForm(posted(request), questions=questions_of(found))
    if form.is_valid():
        if not form.is_from_a_machine:
            _ask_for_place(request, found, form)
        answer = redirect_after(request, "registration:register-sent", edition=edition)
        remember(answer, REGISTERED_AS, form.answers.email)
        return answer
    return form_page(request, "registration/register.html", form, edition=found)


def _ask_for_place(request: Request, edition: Edition, form: RegistrationForm) -> None:
    network = address_of(request)
    LETTERS.take(edition.slug, form.answers.email, network)
    LETTERS_OF_ALL.take(form.answers.email)
    FORMS.take(network)
    actions.ask_for_place(
        edition,
        answers=form.answers,
        consents=form.cleaned_data["consents"],
        language=get_language() or "en",
    )


@require_safe
def register_sent_page(request: Request, edition: str) -> HttpResponse:
    """Says to look into the mail."""
    context = {
        "edition": public_edition(edition),
        "email": remembered(request, REGISTERED_AS) or "",
        "are_kept": are_kept(),
    }
    return render(request, "registration/register_sent.html", context)


@require_http_methods(["GET", "POST"])
def confirm_address_page(request: Request, edition: str, token: str) -> HttpResponse:
    """Shows what was typed, with a button that confirms the address."""
    with GUESSES.guessing(address_of(request)):
        registration = access.registration_by_address_token(edition, token)
        if registration is None:
            return _confirm_answers(request, access.pending_by_address_token(edition, token))
    if request.method == "POST":
        actions.confirm_address(registration)
        return redirect_after(request, request.path)
    context = {
        "edition": registration.edition,
        "registration": registration,
        "is_asked": registration.state in {RegistrationState.ASKED, RegistrationState.WITHDRAWN},
        "consents": queries.agreed_to(registration),
        "answers": queries.form_answers(registration).filter(file=""),
        "documents": [one.question.prompt for one in documents_of(registration)],
        "token": token,
    }
    return render(request, "registration/confirm_address.html", context)


def _confirm_answers(request: Request, pending: PendingAnswers) -> HttpResponse:
    """The same for answers that wait aside, since the address was known already."""
    if request.method == "POST":
        registration = actions.confirm_answers(pending)
        return redirect_after(
            request,
            "registration:confirm-address",
            pending.edition.slug,
            access.address_token(registration),
        )
    place = queries.place_of(pending.email, pending.edition)
    context = {
        "edition": pending.edition,
        "pending": pending,
        "organisation": pending.organisation,
        "consents": [ConsentKind(kind).label for kind in pending.consents],
        "answers": queries.pending_answers(pending),
        "replaces": place is not None and place.state != RegistrationState.ASKED,
    }
    return render(request, "registration/confirm_answers.html", context)
