"""One gate in front of everything: what no page can take is refused before any page sees it.

NUL and lone surrogates have no place in an address, a query, a header or a field's name: databases
differ in how they fail on them. A path that cannot be is a page that is not there (404); anything
else is 400, in words. In what somebody typed they are left out, as `kernel.writing` does, for
whoever pastes them cannot see them; what else a field may hold is the field's matter.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from django.core.exceptions import BadRequest, SuspiciousOperation
from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.template.loader import render_to_string
from django.utils import translation

from majlis.ui.errors import WORDS
from majlis.ui.languages import facts

MOST_PATH = 2_000
MOST_QUERY = 8_000
MOST_NAME = 200  # of a field
FORMS = {"application/x-www-form-urlencoded", "multipart/form-data"}
_NOWHERE = re.compile("[\x00\ud800-\udfff]")
_NOT_IN_A_PATH = re.compile("[\x00-\x1f\x7f\ud800-\udfff]")
_NOT_IN_A_HEADER = re.compile("[\x00-\x08\x0a-\x1f\x7f]")


class ReadableRequest(WSGIRequest):
    """A request whose content type may be nonsense: then it has none, and the gate refuses it."""

    is_readable = True

    def _set_content_type_params(self, meta: dict[str, object]) -> None:
        try:
            super()._set_content_type_params(meta)  # type: ignore[misc]
        except (LookupError, ValueError):
            self.content_type, self.content_params = "", {}
            self.is_readable = False


class Gate:
    """Refuses what no page can take; the rest goes on."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        path = request.path_info
        if len(path) > MOST_PATH or _NOT_IN_A_PATH.search(path):
            return refusal(request, 404)
        try:
            is_clean = is_readable(request)
        except (BadRequest, LookupError, MultiPartParserError, SuspiciousOperation, ValueError):
            is_clean = False
        return self.get_response(request) if is_clean else refusal(request, 400)


def is_readable(request: HttpRequest) -> bool:
    """Whether headers, query and the names of fields can be read and kept.

    Reading a form here is reading it once: whoever asks later gets what was read.
    """
    headers = [v for n, v in request.META.items() if n.startswith(("HTTP_", "CONTENT_"))]
    if not getattr(request, "is_readable", True) or any(
        _NOT_IN_A_HEADER.search(value) for value in headers
    ):
        return False
    request.get_host()
    if (request.encoding or "utf-8").lower() not in {"utf-8", "utf8", "us-ascii"}:
        return False
    if len(request.META.get("QUERY_STRING", "")) > MOST_QUERY:
        return False
    words: list[str] = [*request.COOKIES, *request.COOKIES.values()]
    for name, values in request.GET.lists():
        words += [name, *values]
    if request.method == "POST" and request.content_type in FORMS:
        names = [*request.POST, *request.FILES]
        if any(len(name) > MOST_NAME for name in names):
            return False
        words += names
        leave_out_nonsense(request)
    return not has_nonsense(words)


def has_nonsense(words: Iterable[str]) -> bool:
    return any(_NOWHERE.search(word) for word in words)


def leave_out_nonsense(request: HttpRequest) -> None:
    """Make the form what it would be without what cannot be kept."""
    found = {name: values for name, values in request.POST.lists() if has_nonsense(values)}
    if found:
        sent = request.POST.copy()
        for name, values in found.items():
            sent.setlist(name, [_NOWHERE.sub("", value) for value in values])
        request.POST = sent  # type: ignore[assignment]


def refusal(request: HttpRequest, status: int) -> HttpResponse:
    """The words of the status, without session, database or anything that could fail again."""
    language = translation.get_language_from_request(request, check_path=True)
    with translation.override(language):
        context = {"words": WORDS[status], "language": facts(language)}
        answer = HttpResponse(render_to_string("ui/error_bare.html", context), status=status)
    answer["Cache-Control"] = "no-store"
    answer["Content-Security-Policy"] = (
        "default-src 'none'; style-src 'self'; font-src 'self'; frame-ancestors 'none'"
    )
    return answer
