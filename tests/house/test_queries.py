"""How often each page asks the database: a fixed number of times, whatever there is to show."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.house.test_access import ADDRESSES, KEPT

# Pages for everybody, when the server has not kept them: how many queries each may ask.
MOST = {
    "front_root:robots": 0,
    "front_root:sitemap": 3,
    "front:feed": 2,
    "front:card": 2,
    "front:home": 3,
    "front:series": 7,
    "front:edition": 14,
    "series:programme": 10,
    "series:programme-news": 5,
    "series:calendar": 6,
    "series:session-calendar": 9,
    "series:schedule-json": 6,
    "series:schedule-xml": 6,
    "series:speakers": 5,
    "series:speaker": 8,
    "series:text": 5,
    "series:glossary": 5,
    "recommendations:public-list": 7,
    "recommendations:public": 11,
    "recommendations:why": 18,
    "recommendations:public-matrix": 3,
    "followup:calendar": 4,
    "followup:earlier": 5,
    "followup:feed": 2,
    "followup:register": 9,
    "followup:register-file": 5,
    "followup:timeline": 10,
    "briefs:programme-html": 8,
    "briefs:programme-pdf": 8,
    "briefs:public-list": 5,
    "dialogue:round-now": 4,
    "ratings:now": 4,
    "ratings:result": 8,
}


def test_every_page_for_everybody_has_its_number():
    pictures = {"series:emblem", "series:photo"}
    others = {
        "briefs:file",
        "dialogue:round-now",
        "ratings:now",
        *pictures,
    }  # files, and one's own piece
    assert others | {*MOST} == KEPT


@pytest.mark.parametrize("name", sorted(MOST))
def test_page_for_everybody_asks_a_fixed_number_of_times(world, name):
    path = reverse(name, kwargs=ADDRESSES[name].kwargs(world))
    Client().get(path)  # what is read once per process
    with CaptureQueriesContext(connection) as asked:
        Client().get(path)

    assert len(asked) == MOST[name], [query["sql"][:120] for query in asked]
