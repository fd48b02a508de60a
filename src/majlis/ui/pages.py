"""Long lists in pages of fifty. A template shows the way with `ui/pagination.html`."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest

PER_PAGE = 50


def page_of(
    request: HttpRequest, rows: Any, *, name: str = "page", most: int = PER_PAGE
) -> Page[Any]:
    """The page of a list that the address names, under `name`; the nearest one there is.

    `rows` is anything that can be counted and cut: a QuerySet asks for its page only.
    """
    return Paginator(rows, most).get_page(request.GET.get(name))
