"""The server as one callable."""

from __future__ import annotations

import asyncio
import re
from typing import Any

import pytest
from django.template import engines
from django.urls import clear_url_caches, get_resolver, set_urlconf

from majlis.config import due
from majlis.config.asgi import OPENED_FIRST, OUTSIDE, Majlis, as_we_ask, warm_up
from majlis.dialogue.states import RoundState
from majlis.kernel.ledger import CLOCK, record
from tests.factories.dialogue import RoundFactory, StatementFactory, VoteEventFactory
from tests.factories.series import EditionFactory
from tests.waiting import PATIENCE


async def ask(path: str, *, until: int) -> list[Any]:
    """What the server sends to a GET, up to so many messages."""
    sent: list[Any] = []
    enough = asyncio.Event()

    async def receive() -> dict[str, Any]:
        await enough.wait()
        return {"type": "http.disconnect"}

    async def send(message: Any) -> None:
        sent.append(message)
        if len(sent) >= until:
            enough.set()

    scope = {"type": "http", "method": "GET", "path": path, "headers": [], "query_string": b""}
    await asyncio.wait_for(Majlis()(scope, receive, send), timeout=PATIENCE)
    return sent


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("edition", ["tunis", "nowhere", "tunis/all"])
def test_live_tells_everybody_a_number_and_nothing_of_what_exists(edition):
    RoundFactory(edition__slug="tunis")

    start, retry, hint = asyncio.run(ask(OUTSIDE["live"].replace("<edition>", edition), until=3))

    assert start["status"] == 200
    assert re.fullmatch(rb"retry: [123]\d{3}\n\n", retry["body"])
    assert hint["body"].startswith(b"data: revision ")


@pytest.mark.django_db
def test_screen_and_desk_hear_of_everything_and_phones_of_what_they_show():
    round = RoundFactory(edition__slug="tunis", state=RoundState.OPEN)
    statement = StatementFactory(round=round, edition=round.edition)
    seen = [due.revisions(["tunis", "tunis/all"])]

    def changed() -> set[str]:
        """The channels whose number is another one since this was asked last."""
        seen.append(due.revisions(["tunis", "tunis/all"]))
        return {name for name in seen[-1] if seen[-1][name] != seen[-2][name]}

    assert changed() == set()
    record("opened", round, by=CLOCK, edition="tunis")
    assert changed() == {"tunis", "tunis/all"}
    record("moderated", statement, by=CLOCK, edition="tunis")
    assert changed() == {"tunis/all"}
    VoteEventFactory(statement=statement)
    assert changed() == {"tunis/all"}
    record("opened", round, by=CLOCK, edition="elsewhere")
    assert changed() == set()


@pytest.mark.django_db
def test_everything_due_can_be_asked_for():
    tick = due.tick()

    assert tick.once() == []
    assert {task.name for task in tick.dues} == {"jobs", *(do.__name__ for do in due.DUE)}


@pytest.mark.django_db(transaction=True)
def test_first_page_is_ready_before_the_server_says_so(settings):
    settings.PUBLIC_URL = "http://testserver"
    EditionFactory(slug="older", starts_on="2026-01-01", ends_on="2026-01-01")
    EditionFactory(slug="tunis", starts_on="2026-02-01", ends_on="2026-02-01")
    server, given = Majlis(), []
    try:
        asyncio.run(server.make_first_page())
        asked = as_we_ask("/en/e/tunis/")

        assert server.at_once(asked, b"", given.append)
    finally:
        server.shelf.close()
    assert given[0].status == 200
    assert not server.at_once(as_we_ask("/en/e/older/"), b"", given.append)


@pytest.mark.django_db(transaction=True)
def test_warm_up_leaves_no_address_and_no_template_to_read_for_the_first_reader():
    set_urlconf(None)
    clear_url_caches()
    loaders = engines["django"].engine.template_loaders
    for loader in loaders:
        loader.reset()

    warm_up()

    assert set(get_resolver()._reverse_dict) >= {"en", "fr", "ar"}
    [kept] = [one.get_template_cache for loader in loaders for one in loader.loaders]
    assert set(kept) > {*OPENED_FIRST, "ui/page.html", "ui/desk.html"}
