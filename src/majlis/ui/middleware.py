"""What happens to every request on its way in and out."""

from __future__ import annotations

import logging
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.middleware.locale import LocaleMiddleware
from django.utils import translation

from majlis.kernel.errors import MajlisError
from majlis.ui.errors import InItsOwnWords, error_answer
from majlis.ui.languages import LANGUAGES

log = logging.getLogger("majlis.errors")


class RuleErrors:
    """Turns a `MajlisError` raised anywhere into its words, with its status.

    It stands last in the list of middleware, nearest to the view, so that everything the page
    needs is on the request. The log gets the kind and the address's name, never words or names.
    """

    def __init__(self, get_response: object) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)  # type: ignore[operator,no-any-return]

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, MajlisError) or error.status >= 500:
            return None
        log.info("refused", extra={"request": request, "facts": {"rule": type(error).__name__}})
        if isinstance(error, InItsOwnWords):
            return error_answer(request, error.status, words=error.words, way_out=error.way_out)
        return error_answer(request, error.status, said=str(error))


class NothingKept:
    """Forbids browsers and proxies to keep an answer, unless the view says how it may be kept.

    A phone is lent and a desk is shared: pages about people must not come back with *Back*.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        answer = self.get_response(request)
        answer.headers.setdefault("Cache-Control", "no-store")
        return answer


class HeadAsGet:
    """Answers HEAD as GET, at every address; the server leaves the content out."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method != "HEAD":
            return self.get_response(request)
        request.method = "GET"
        try:
            return self.get_response(request)
        finally:
            request.method = "HEAD"


class LanguageChoice(LocaleMiddleware):
    """Django's choice of language, and `?lang=fr` at addresses that carry no language.

    The personal link and the stage have addresses without a language prefix, so that they stay
    short on paper; the language switch there is a query.
    """

    def process_request(self, request: HttpRequest) -> None:
        super().process_request(request)
        wanted = request.GET.get("lang", "")
        if wanted in LANGUAGES and translation.get_language_from_path(request.path_info) is None:
            translation.activate(wanted)
            request.LANGUAGE_CODE = wanted
