"""What is held about me: see it, take it along, put it right, give the place back, erase it."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import logout
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from majlis.kernel.clock import now
from majlis.kernel.errors import NotAllowed, NotFound
from majlis.mail.queries import are_kept
from majlis.people.forms import SignInForm
from majlis.people.models import Person
from majlis.people.views import send_way_in
from majlis.registration import access, actions, held, queries
from majlis.registration.access import OwnRecord
from majlis.registration.forms import ConsentsForm, EraseForm, OwnForm, PersonForm
from majlis.registration.models import Registration
from majlis.registration.queries.documents import documents_of
from majlis.registration.states import RegistrationState
from majlis.series.access import public_edition
from majlis.series.models import Edition
from majlis.series.queries import questions_of
from majlis.ui.http import attached, form_page, posted, redirect_after
from majlis.ui.pages import page_of
from majlis.ui.request import Request


@require_safe
def participants_page(request: Request, edition: str) -> HttpResponse:
    """Names and organisations of the participants who agreed to it, for those inside."""
    inside = access.edition_from_inside(request, edition)
    page = page_of(request, queries.participant_list(inside))
    context = {"edition": inside, "page": page, "participants": queries.in_this_order(page)}
    return render(request, "registration/participants.html", context)


def _own(request: Request, edition: str) -> tuple[OwnRecord, Registration]:
    """The asker's place with its registration; a voice cut from it has nothing to change."""
    own = access.own_place(request, edition)
    if own.registration is None:
        raise NotFound
    return own, own.registration


@require_safe
def my_data_page(request: Request, edition: str) -> HttpResponse:
    """Everything personal, by the marks of the models; strangers are asked for their address."""
    found = public_edition(edition)
    try:
        own = access.own_place(request, edition)
    except NotFound:
        return _ask(request, found, SignInForm())
    context: dict[str, Any] = {"edition": found, "own": own, "parts": held.parts_of(own)}
    if own.registration is not None:
        agreed = [
            kind for kind, is_given in queries.consents_of(own.registration).items() if is_given
        ]
        context |= {
            "registration": own.registration,
            "has_documents": bool(documents_of(own.registration)),
            "can_withdraw": RegistrationState.WITHDRAWN in own.registration.moves,
            "consents_form": ConsentsForm(initial={"consents": agreed}),
        }
    return render(request, "registration/my_data.html", context)


def _ask(request: Request, edition: Edition, form: SignInForm) -> HttpResponse:
    context = {"edition": edition, "are_kept": are_kept()}
    return form_page(request, "registration/my_data_ask.html", form, **context)


@require_POST
def my_data_ask(request: Request, edition: str) -> HttpResponse:
    """Mail a way in that ends here."""
    found = public_edition(edition)
    form = SignInForm(request.POST)
    if not form.is_valid():
        return _ask(request, found, form)
    here = reverse("registration:my-data", kwargs={"edition": edition})
    send_way_in(request, form.cleaned_data["email"], next_path=here)
    return redirect_after(request, "people:sign-in-sent")


@require_safe
def my_data_download(request: Request, edition: str) -> HttpResponse:
    """The same as a file."""
    own = access.own_place(request, edition)
    content = {
        "edition": own.edition.slug,
        "made_at": now().isoformat(),
        "held": held.as_json(held.parts_of(own)),
    }
    answer = JsonResponse(content, json_dumps_params={"ensure_ascii": False, "indent": 2})
    return attached(answer, f"my-data-{own.edition.slug}.json")


@require_http_methods(["GET", "POST"])
def my_data_correct(request: Request, edition: str) -> HttpResponse:
    """Put one's own answers right."""
    own, registration = _own(request, edition)
    form = OwnForm(
        posted(request),
        initial=PersonForm.initial_of(registration),
        questions=questions_of(own.edition),
        answered=queries.answered_by(registration),
    )
    if form.is_valid():
        language = form.cleaned_data["language"]
        actions.correct(
            registration, answers=form.answers, language=language, by=registration.person
        )
        said = _("Your details have been updated.")
        return redirect_after(request, "registration:my-data", said=said, edition=edition)
    return form_page(request, "registration/my_data_correct.html", form, edition=own.edition)


@require_POST
def my_data_consents(request: Request, edition: str) -> HttpResponse:
    """Change one's choices."""
    _place, registration = _own(request, edition)
    form = ConsentsForm(request.POST)
    kinds = form.cleaned_data["consents"] if form.is_valid() else []
    actions.set_consents(registration, kinds=kinds, by=registration.person)
    said = _("Your choices have been saved.")
    return redirect_after(request, "registration:my-data", said=said, edition=edition)


@require_http_methods(["GET", "POST"])
def my_data_withdraw(request: Request, edition: str) -> HttpResponse:
    """Give the place back, after a question."""
    own, registration = _own(request, edition)
    if request.method == "POST":
        actions.withdraw(registration, by=registration.person)
        said = _("Your registration is cancelled. Thank you for letting us know.")
        answer = redirect_after(request, "registration:my-data", said=said, edition=edition)
        answer.delete_cookie(access.VOICE_COOKIE + edition)
        return answer
    context = {"edition": own.edition, "is_confirmed": registration.is_confirmed}
    return render(request, "registration/my_data_withdraw.html", context)


@require_http_methods(["GET", "POST"])
def my_data_erase(request: Request, edition: str) -> HttpResponse:
    """Erase the person, after a question."""
    own = access.own_place(request, edition)
    person = _erasable(own)
    form = EraseForm(posted(request))
    if form.is_valid():
        actions.erase(person, by=person)
        logout(request)
        answer = redirect_after(request, "registration:my-data-erased", edition=edition)
        answer.delete_cookie(access.VOICE_COOKIE + edition)
        return answer
    return form_page(request, "registration/my_data_erase.html", form, edition=own.edition)


def _erasable(own: OwnRecord) -> Person:
    """A card alone may erase a participant, but not a colleague: cards are lost more easily."""
    if own.person is None:
        raise NotFound
    if not own.has_signed_in and queries.is_known_elsewhere(own.person, own.edition):
        raise NotAllowed(
            _(
                "You also have an account on this site, and your card alone cannot delete it. "
                "Sign in by email first."
            )
        )
    return own.person


@require_safe
def my_data_erased_page(request: Request, edition: str) -> HttpResponse:
    """Says what was erased and what stays."""
    context = {"edition": public_edition(edition)}
    return render(request, "registration/my_data_erased.html", context)
