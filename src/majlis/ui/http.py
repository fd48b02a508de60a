"""One way to answer: forms, what was done, living pieces, what may be kept."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.models import AnonymousUser
from django.core import signing
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render, resolve_url
from django.utils.cache import set_response_etag
from django.utils.http import content_disposition_header
from django.views.decorators.cache import cache_control

from majlis.kernel.errors import NotFound, RuleBroken

View = Callable[..., HttpResponse]
KEPT = "X-Majlis-Kept"  # how a page tells the server what it depends on; it never leaves the server
_revalidated = cache_control(private=True, no_cache=True)


def for_everybody(*query: str) -> Callable[[View], View]:
    """Make a page the same bytes for everybody, so that the server can keep it (`config.kept`).

    Nothing of the reader comes as far as the view: no cookie, no person, no message, and of the
    query only what `query` names. A page that changes by itself calls `changes_at`. Any other
    answer is kept nowhere (`NothingKept`).
    """

    def keepable(view: View) -> View:
        @wraps(view)
        def page(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            forget_reader(request, query)
            answer = _revalidated(view)(request, *args, **kwargs)
            is_read = request.method == "GET" and answer.status_code == 200
            if is_read and "Set-Cookie" not in answer.headers:
                until: datetime | None = getattr(request, "changes_at", None)
                answer[KEPT] = json.dumps(
                    {
                        "edition": kwargs.get("edition", ""),
                        "until": until.timestamp() if until else None,
                        "query": query,
                    }
                )
                answer["Content-Encoding"] = "identity"  # the server compresses it once
            return answer

        return page

    return keepable


def forget_reader(request: HttpRequest, query: Collection[str]) -> None:
    """Make the request a stranger's, who asks nothing but `query`."""
    request.is_for_everybody = True  # type: ignore[attr-defined]  # robots may read it
    request.COOKIES = {}
    request.user = AnonymousUser()
    request.__dict__.pop("_messages", None)  # shown by the next page that is somebody's own
    asked = QueryDict(mutable=True)
    for name in sorted(query):
        if name in request.GET:
            asked[name] = request.GET[name]
    request.GET = asked  # type: ignore[assignment]  # the stubs think of the one it came with
    request.META["QUERY_STRING"] = asked.urlencode()


def changes_at(request: HttpRequest, instant: datetime | None) -> None:
    """Say when the page that answers this request becomes another one by itself."""
    if instant is not None:
        known: datetime = getattr(request, "changes_at", instant)
        request.changes_at = min(instant, known)  # type: ignore[attr-defined]


def posted(request: HttpRequest) -> QueryDict | None:
    """What a form is filled with: what was sent, even nothing at all, and None on a visit.

    A form that was filled with None is not valid, so `form.is_valid()` alone means "act now".
    """
    return request.POST if request.method == "POST" else None


def form_page(request: HttpRequest, template: str, form: BaseForm, **context: Any) -> HttpResponse:
    """Render a page or a piece with its form: 422 once something wrong was sent, else 200."""
    status = 422 if form.errors else 200
    return render(request, template, {"form": form, **context}, status=status)


@contextmanager
def refusal_on(form: BaseForm, field: str) -> Iterator[None]:
    """Turn a refusal inside into what is wrong with this field of the form."""
    try:
        yield
    except (NotFound, RuleBroken) as refused:
        form.add_error(field, str(refused))


class SeeOther(HttpResponseRedirect):
    """303: what was sent has been taken; go and look here."""

    status_code = 303


def redirect_after(
    request: HttpRequest,
    to: str | Any,
    *args: object,
    said: str = "",
    **kwargs: object,
) -> HttpResponse:
    """Send the reader on after a POST; `to` is an object, a url name or an address.

    The next page begins with `said`. htmx follows redirects silently and would put a whole page
    into the piece it asked for, so it is told to move the browser instead.
    """
    if said:
        messages.success(request, said)
    address = resolve_url(to, *args, **kwargs)
    if getattr(request, "htmx", False):
        answer = HttpResponse(status=204)
        answer["HX-Redirect"] = address
        return answer
    return SeeOther(address)


def back_to_list(
    request: HttpRequest,
    to: str,
    *args: object,
    said: str = "",
    part: str = "",
    **kwargs: object,
) -> HttpResponse:
    """Send the reader back to a list as it was filtered, at its page, to the part of this name.

    What was pressed there has brought the query of the list: `{% list_field %}` in a form,
    `{% list_query %}` in a link to a page with one.
    """
    query = QueryDict(request.POST.get("list") or request.GET.get("list")).urlencode()
    address = resolve_url(to, *args, **kwargs)
    address += (f"?{query}" if query else "") + (f"#{part}" if part else "")
    return redirect_after(request, address, said=said)


def living_piece(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    """Render a piece that a page asks for again and again: 304 while nothing in it changed."""
    answer = render(request, template, context)
    set_response_etag(answer)  # `ConditionalGetMiddleware` compares it
    return answer


def remember(answer: HttpResponse, name: str, what: object, *, seconds: int = 3600) -> None:
    """Have the browser keep something for a while, signed: nothing of a stranger fills a table."""
    answer.set_cookie(
        name,
        signing.dumps(what, salt=name),
        max_age=seconds,
        httponly=True,
        samesite="Lax",
        secure=settings.USES_TLS,
    )


def remembered(request: HttpRequest, name: str, *, seconds: int = 3600) -> Any:
    """What the browser was given to keep, or None."""
    try:
        return signing.loads(request.COOKIES.get(name, ""), salt=name, max_age=seconds)
    except signing.BadSignature:
        return None


def attached(answer: HttpResponse, name: str) -> HttpResponse:
    """The answer as a file to keep, under this name."""
    answer["Content-Disposition"] = str(content_disposition_header(True, name))
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
