"""One way to answer: forms, what was done, living pieces, what may be kept."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render, resolve_url
from django.utils.cache import set_response_etag
from django.views.decorators.cache import cache_control

from majlis.kernel.errors import NotFound, RuleBroken

# For a page that says the same to everybody. Any other answer is kept nowhere (`NothingKept`).
for_everybody = cache_control(private=True, no_cache=True)


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


def living_piece(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    """Render a piece that a page asks for again and again: 304 while nothing in it changed."""
    answer = render(request, template, context)
    set_response_etag(answer)  # `ConditionalGetMiddleware` compares it
    return answer
