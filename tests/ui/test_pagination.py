"""Long lists in pages of fifty."""

from __future__ import annotations

import pytest
from django.template import engines
from django.test import RequestFactory

from majlis.ui.pages import page_of

SHOWN = engines["django"].from_string(
    '{% include "ui/pagination.html" %}{% include "ui/pagination.html" with page=other name="of" %}'
)


def asked(query: str):
    return RequestFactory().get(f"/list/?{query}")


@pytest.mark.parametrize(
    ("query", "number", "first"),
    [("", 1, 0), ("page=2", 2, 50), ("page=99", 3, 100), ("page=x", 1, 0), ("page=-1", 3, 100)],
)
def test_page_of_is_the_page_that_is_asked_for_or_the_nearest(query, number, first):
    page = page_of(asked(query), range(120))

    assert (page.number, page[0], len(page)) == (number, first, 20 if number == 3 else 50)


def test_links_to_other_pages_keep_the_filters_and_the_other_list():
    request = asked("q=a&theme=T1&page=2&of=3")
    page = page_of(request, range(120))
    other = page_of(request, range(200), name="of")

    html = SHOWN.render({"page": page, "other": other}, request)

    for link in (
        "?q=a&amp;theme=T1&amp;of=3&amp;page=1",
        "?q=a&amp;theme=T1&amp;of=3&amp;page=3",
        "?q=a&amp;theme=T1&amp;page=2&amp;of=2",
        "?q=a&amp;theme=T1&amp;page=2&amp;of=4",
    ):
        assert f'href="{link}"' in html
