"""Documents that answer questions: handed in by the person or at the desk, given as downloads."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from majlis.kernel.errors import NotFound
from majlis.kernel.ledger import Doer
from majlis.kernel.ratelimit import Limit, address_of
from majlis.registration import access, actions
from majlis.registration.forms.documents import HandInForm
from majlis.registration.models import Registration
from majlis.registration.queries.documents import Wanted, documents_of
from majlis.registration.queries.readers import may_read
from majlis.registration.states import RegistrationState
from majlis.registration.views.public import GUESSES
from majlis.ui.documents import download
from majlis.ui.http import posted, redirect_after
from majlis.ui.request import Request

HANDED_IN = Limit("document handed in", times=40, seconds=3600)  # of one person


class Whose:
    """Whose documents they are, who asks, and where the pages about them are.

    `key` is what stands in their addresses: the link of an email, a registration at the desk, or
    nothing for whoever is signed in.
    """

    def __init__(self, registration: Registration, by: Doer, room: str, **key: str) -> None:
        self.registration, self.by, self.room = registration, by, room
        self.key = {"edition": registration.edition.slug, **key}

    @property
    def page(self) -> str:
        return reverse(f"{self.room}s", kwargs=self.key)

    def at(self, what: str, wanted: Wanted) -> str:
        """The address of one document, or of what is done with it."""
        return reverse(f"{self.room}{what}", kwargs=self.key | {"question": wanted.question.code})

    def wanted(self, code: str) -> Wanted:
        """What the person is asked for under this code, or `NotFound`."""
        found = [one for one in documents_of(self.registration) if one.question.code == code]
        if not found:
            raise NotFound
        return found[0]


def _whose(request: Request, edition: str, token: str, code: str) -> Whose:
    if code:
        place = access.organiser(request, edition)
        registration = access.registration_for(place, code)
        return Whose(registration, place, "registration:desk-document", code=code)
    if token:
        registration = _by_link(request, edition, token)
        return Whose(registration, registration.person, "registration:link-document", token=token)
    own = access.own_place(request, edition).registration
    if own is None:
        raise NotFound
    return Whose(own, own.person, "registration:own-document")


def _by_link(request: Request, edition: str, token: str) -> Registration:
    """The registration whose owner confirmed the address by this link, or `NotFound`."""
    with GUESSES.guessing(address_of(request)):
        registration = access.registration_by_address_token(edition, token)
        if registration is None or registration.state == RegistrationState.ASKED:
            raise NotFound
    return registration


@require_safe
def documents_page(request: Request, edition: str, token: str = "", code: str = "") -> HttpResponse:
    """What somebody is asked to hand in."""
    return _page(request, _whose(request, edition, token, code))


def _page(request: Request, whose: Whose, wrong: HandInForm | None = None) -> HttpResponse:
    """Each with where it goes and the form that hands it in; one of them may be `wrong`."""
    rows = []
    for wanted in documents_of(whose.registration):
        is_wrong = wrong is not None and wrong.wanted.question == wanted.question
        rows.append(
            {
                "wanted": wanted,
                "form": wrong if is_wrong else HandInForm(wanted=wanted),
                "address": whose.at("", wanted),
                "remove": whose.at("-remove", wanted),
            }
        )
    desk = whose.room == "registration:desk-document"
    template = f"registration/{'desk_' if desk else ''}documents.html"
    registration = whose.registration
    context = {"edition": registration.edition, "registration": registration, "rows": rows}
    return render(request, template, context, status=422 if wrong else 200)


@require_http_methods(["GET", "POST"])
def document_page(
    request: Request, edition: str, question: str, token: str = "", code: str = ""
) -> HttpResponse:
    """Give a document as a download; on a POST, keep the one that was handed in."""
    if code and request.method == "GET":
        return _read(request, edition, question, code)
    whose = _whose(request, edition, token, code)
    wanted = whose.wanted(question)
    if request.method == "POST":
        form = HandInForm(posted(request), request.FILES or None, wanted=wanted)
        return _taken(request, whose, form)
    return _given(whose.registration, wanted)


def _read(request: Request, edition: str, question: str, code: str) -> HttpResponse:
    """A document for the colleagues whom its question names as readers."""
    place = access.anybody_of(request, edition)
    registration = access.registration_for(place, code)
    wanted = Whose(registration, place, "registration:desk-document").wanted(question)
    if not may_read(place, wanted.question):
        raise NotFound
    return _given(registration, wanted)


def _given(registration: Registration, wanted: Wanted) -> HttpResponse:
    if wanted.answer is None:
        raise NotFound
    with wanted.answer.file.open("rb") as file:
        name = f"{registration.code}-{wanted.question.code}"
        return download(file.read(), str(wanted.answer.value), name)


def _taken(request: Request, whose: Whose, form: HandInForm) -> HttpResponse:
    if not form.is_valid():
        return _page(request, whose, form)
    HANDED_IN.take(whose.registration.code)
    document, question = form.cleaned_data["document"], form.wanted.question
    actions.hand_in(whose.registration, question, document=document, by=whose.by)
    return redirect_after(request, whose.page, said=_("The document has been handed in."))


@require_POST
def document_remove(
    request: Request, edition: str, question: str, token: str = "", code: str = ""
) -> HttpResponse:
    """Delete a document that was handed in."""
    whose = _whose(request, edition, token, code)
    answer = whose.wanted(question).answer
    if answer is not None:
        actions.remove_document(answer, by=whose.by)
    return redirect_after(request, whose.page, said=_("The document has been deleted."))
