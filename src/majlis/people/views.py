"""Coming in and going out. Nobody has a password: a letter proves whose address it is."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpResponse
from django.shortcuts import render, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from majlis.kernel.ratelimit import Limit, address_of
from majlis.mail.queries import are_kept
from majlis.people import access, actions, queries
from majlis.people.forms import CodeForm, SignInForm
from majlis.people.models import Person, SignInLink, SignInRefused
from majlis.people.sessions import sign_in
from majlis.ui.http import (
    form_page,
    posted,
    redirect_after,
    refusal_on,
    remember,
    remembered,
)
from majlis.ui.request import Request

# Per address asked for, in as long as a mailed link lives: when they are spent, the letters that
# came hold links that still open.
LETTERS = Limit(
    "sign-in letter",
    times=6,
    seconds=3600,
    said=gettext_lazy(
        "Several emails have been sent to this address within the hour, so no other was sent. Open "
        "the link in the newest one."
    ),
)
ASKED = Limit("sign-in asked", times=300, seconds=3600)  # per network: a hotel is one
LINKS = Limit("sign-in link", times=300, seconds=900)
ASKS = "sign-in-asks"  # the cookie of a browser that has asked
MOST_ASKS = 3  # a letter may be slow, and the next one quicker


def safe_path(path: str) -> str:
    """A path of this site, or nothing: a letter's link leads nowhere else."""
    is_ours = path.startswith("/") and url_has_allowed_host_and_scheme(path, allowed_hosts=None)
    return path[:200] if is_ours else ""


def home_of(link_path: str) -> str:
    return safe_path(link_path) or resolve_url(settings.LOGIN_REDIRECT_URL)


@require_http_methods(["GET", "POST"])
def sign_in_page(request: Request) -> HttpResponse:
    """Ask for the address; the answer is the same whether or not somebody has it."""
    next_path = safe_path(request.POST.get("next", request.GET.get("next", "")))
    form = SignInForm(posted(request))
    if form.is_valid():
        asked = send_way_in(request, form.cleaned_data["email"], next_path=next_path)
        answer = redirect_after(request, "people:sign-in-sent")
        remember(answer, ASKS, asked)
        return answer
    context = {"next": next_path, "person": _who(request), "are_kept": are_kept()}
    return form_page(request, "people/sign_in.html", form, **context)


def _who(request: Request) -> Person | None:
    return request.user if isinstance(request.user, Person) else None


def send_way_in(request: Request, email: str, *, next_path: str) -> dict[str, Any]:
    """Mail a way in; return what this browser is to remember, for the code will be for it alone."""
    ASKED.take(address_of(request))
    LETTERS.take(email)
    ask = actions.ask_sign_in(email, next_path=next_path, language=get_language() or "en")
    before = remembered(request, ASKS) or {}
    asks = before.get("asks", []) if before.get("email") == email else []
    return {"email": email, "asks": [*asks, ask][-MOST_ASKS:]}


@require_http_methods(["GET", "POST"])
def sign_in_sent_page(request: Request) -> HttpResponse:
    """Say that a letter is on its way, and take its code here."""
    asked = remembered(request, ASKS)
    if asked is None:
        return redirect_after(request, "people:sign-in")
    form = CodeForm(posted(request))
    if form.is_valid():
        with refusal_on(form, "code"):
            link = actions.use_sign_in_code(asked["asks"], form.cleaned_data["code"])
            return _let_in(request, link)
    context = {"email": asked["email"], "are_kept": are_kept()}
    return form_page(request, "people/sign_in_sent.html", form, **context)


@require_http_methods(["GET", "POST"])
def sign_in_link_page(request: Request, token: str) -> HttpResponse:
    """A page with a button, since mail scanners open links; the button lets in."""
    if request.method == "POST":
        try:
            with LINKS.guessing(address_of(request)):
                return _let_in(request, actions.use_sign_in_link(token))
        except SignInRefused as refused:
            context = {"said": refused, "person": _who(request)}
            return render(request, "people/sign_in_refused.html", context, status=409)
    return render(request, "people/sign_in_link.html")


@require_POST
def sign_out(request: Request) -> HttpResponse:
    """End the session on this device."""
    logout(request)
    said = _("You have signed out on this device.")
    return redirect_after(request, "people:sign-in", said=said)


@require_safe
def signed_in_page(request: Request) -> HttpResponse:
    """The browsers in which the asker is signed in."""
    found = queries.sign_ins_of(access.signed_in(request))
    context = {"sign_ins": found, "here": access.sign_in_here(request).first()}
    return render(request, "people/signed_in.html", context)


@require_POST
def sign_out_there(request: Request, code: str) -> HttpResponse:
    """End one of one's own sign-ins."""
    person = access.signed_in(request)
    actions.sign_out_of(access.sign_in_by_code(request, code), by=person)
    return redirect_after(request, "people:signed-in", said=_("You have signed out there."))


@require_POST
def sign_out_elsewhere(request: Request) -> HttpResponse:
    """End every one of one's own sign-ins but this."""
    person = access.signed_in(request)
    here = access.sign_in_here(request).values("pk")
    actions.sign_out_of(queries.sign_ins_of(person).exclude(pk__in=here), by=person)
    said = _("You are now signed in only here.")
    return redirect_after(request, "people:signed-in", said=said)


def _let_in(request: Request, link: SignInLink) -> HttpResponse:
    sign_in(request, link.person)
    answer = redirect_after(request, home_of(link.next_path))
    answer.delete_cookie(ASKS)
    return answer
