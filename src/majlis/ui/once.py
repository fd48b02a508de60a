"""Middleware that gives a form sent twice its first answer."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable
from datetime import timedelta
from http.cookies import SimpleCookie
from typing import TypeVar

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, UnreadablePostError

from majlis.kernel import presses
from majlis.kernel.clock import now
from majlis.kernel.models import Press
from majlis.kernel.presses import Form, TakenBefore
from majlis.kernel.seal import digest_of
from majlis.ui.errors import error_answer
from majlis.ui.http import redirect_after
from majlis.ui.templatetags.form_key import FORM_KEY

View = TypeVar("View", bound=Callable[..., HttpResponse])
WAITS = timedelta(seconds=10)  # for the answer to the first of two presses


def has_own_key(view: View) -> View:
    """Mark a view that knows a repeat by a key of its own, as votes and admissions do."""
    view.has_own_key = True  # type: ignore[attr-defined]
    return view


class FormsOnce:
    """Keeps where a form led (`kernel.presses`), and leads its repeats there without acting.

    It stands outside the middleware that sets cookies. Cookies are given again only to a browser
    that never got the first answer: its token against forged forms, renewed by signing in, is
    still the one the form was sent with.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        form = form_of(request)
        if form is None:
            return self.get_response(request)
        request.form_sent = form  # type: ignore[attr-defined]
        with presses.under(form):
            answer = self.get_response(request)
        press = presses.press_of(form) if request.form_sent else None  # type: ignore[attr-defined]
        if press is None:
            return answer  # nothing was done, or under a key of its own
        if press.taker != form.taker:
            return _first_answer(request, press)
        presses.remember(
            form,
            leads_to=answer.get("Location") or answer.get("HX-Redirect") or "",
            browser=_browser(request),
            cookies=[cookie.OutputString() for cookie in answer.cookies.values()],
        )
        return answer

    def process_view(
        self, request: HttpRequest, view: object, *_arguments: object
    ) -> HttpResponse | None:
        """Answer a repeat before its view says that the thing is gone."""
        form = getattr(request, "form_sent", None)
        if form and getattr(view, "has_own_key", False):
            presses.act_freely()
            request.form_sent = None  # type: ignore[attr-defined]
            return None
        press = presses.press_of(form) if form else None
        return _first_answer(request, press) if press else None


def form_of(request: HttpRequest) -> Form | None:
    """The form of a POST by its key, its address and its content: changed words are new words."""
    if request.method != "POST":
        return None
    try:
        key = request.POST.get(FORM_KEY, "")
    except UnreadablePostError:
        return None
    if not key:
        return None
    words = sorted((k, v) for k, v in request.POST.lists() if k != "csrfmiddlewaretoken")
    files = sorted((k, [_digest_of(f) for f in v]) for k, v in request.FILES.lists())
    return Form(digest_of(json.dumps([request.get_full_path(), words, files])))


def _digest_of(file: UploadedFile) -> str:
    digest = hashlib.sha256((file.name or "").encode())
    for chunk in file.chunks():
        digest.update(chunk)
    file.seek(0)
    return digest.hexdigest()


def _browser(request: HttpRequest) -> str:
    token = request.COOKIES.get(settings.CSRF_COOKIE_NAME)
    return digest_of(token) if token else ""


def _first_answer(request: HttpRequest, press: Press) -> HttpResponse:
    """Where the first press led; words in its place when it led nowhere or its answer was lost."""
    while press.leads_to is None and now() < press.at + WAITS:
        time.sleep(0.05)
        press.refresh_from_db()
    if not press.leads_to:
        return error_answer(request, TakenBefore.status, said=str(TakenBefore()))
    answer = redirect_after(request, press.leads_to)
    if press.browser and press.browser == _browser(request):
        for cookie in press.cookies:
            answer.cookies.update(SimpleCookie(cookie))
    return answer
