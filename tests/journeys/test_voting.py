"""A phone votes in a real browser, on a real server that is killed under it."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import Any

import pytest

from tests.config.conftest import installations
from tests.config.installation import Installation
from tests.config.test_serve import free_port, serving
from tests.journeys.conftest import ONE_NOW_ALL_LONG, faults, until_asked

pytestmark = pytest.mark.once
SEED = """
import json
from django.test import Client
from majlis.dialogue import actions
from majlis.dialogue.models import Statement
from majlis.kernel.ledger import CLOCK
from majlis.kernel.clock import now
from majlis.kernel.texts import Text
from majlis.people.models import Person
from majlis.registration.models import Registration, Role, Voice
from majlis.series.models import Edition
from tests.factories.registration import connect
edition = Edition.objects.get()
title = Text.of("en", en="First votes", fr="Premiers votes", ar="التصويت الأول")
statements = list(Statement.objects.filter(edition=edition))
rounds = []
for start in range(0, 20, 5):
    rounds.append(actions.prepare_round(edition, title=title, by=CLOCK))
    actions.put_statements(rounds[-1], statements=statements[start : start + 5], by=CLOCK)
voices = []
for n in range(8):
    person = Person.objects.create(name=f"Person {n}", email=f"p{n}@example.org")
    facts = {"constituency": "sme", "country": "TN"}
    place = Registration.objects.create(
        edition=edition, person=person, state="confirmed", confirmed_at=now(), **facts
    )
    voices.append(Voice.objects.create(edition=edition, registration=place, **facts))
for round in rounds[:3]:
    actions.open_round(round, by=CLOCK)
for statement in statements[10:15]:
    for n, voice in enumerate(voices):
        key = f"seed-{statement.code}"
        statement.refresh_from_db()
        actions.cast_vote(statement=statement, voice=voice, stance=n % 3 - 1, seq=1, key=key)
actions.show_results(actions.close_round(rounds[2], by=CLOCK), by=CLOCK)
ada = Person.objects.create(name="Ada", email="ada@example.org")
Role.objects.create(edition=edition, person=ada, kind="organiser")
desk = Client()
desk.force_login(ada)
print(json.dumps({
    "slug": edition.slug,
    "rounds": [round.code for round in rounds],
    "voices": [connect(voice) for voice in voices],
    "session": desk.cookies["sessionid"].value,
}))
"""
LONG = """
from majlis.series.models import Edition
from tests.factories.dialogue import RoundFactory, StatementFactory
round = RoundFactory(edition=Edition.objects.get())
for n in range(62):
    StatementFactory(round=round, edition=round.edition, number=9000 + n)
print(round.code, end="")
"""
STORAGE_FULL = """
Storage.prototype.setItem = function () { throw new DOMException("full", "QuotaExceededError"); };
"""
COUNT = """
from majlis.dialogue.models import VoteEvent
from majlis.dialogue.queries import standing_votes
from majlis.dialogue.models import Round
import json
round = Round.objects.get(code={code!r})
print(json.dumps([[v.stance, v.seq] for v in standing_votes(round)]))
"""


@dataclass
class Seminar:
    """An installation with rounds, the address it serves, and who is in it."""

    here: Installation
    where: str
    facts: dict[str, Any] = field(default_factory=dict)
    server: ExitStack = field(default_factory=ExitStack)

    def start(self) -> None:
        self.server.enter_context(serving(self.here))

    def kill(self) -> None:
        """End the server as a power cut would: `serving` kills it."""
        self.server.close()

    def phone(self, browser: Any, voice: int = 0, where: str = "", **more: Any) -> Any:
        """A new phone that holds a voice."""
        context = browser.new_context(viewport={"width": 360, "height": 740}, **more)
        name = f"voice-{self.facts['slug']}"
        token = self.facts["voices"][voice]
        context.add_cookies([{"name": name, "value": token, "url": where or self.where}])
        return context.new_page()

    def page(self, round: int, *, lang: str = "en", more: str = "", where: str = "") -> str:
        code = self.facts["rounds"][round]
        base = where or self.where
        return f"{base}/{lang}/e/{self.facts['slug']}/room/rounds/{code}/{more}"

    def desk(self, round: int, lang: str, more: str = "") -> str:
        code = self.facts["rounds"][round]
        return f"{self.where}/{lang}/desk/{self.facts['slug']}/rounds/{code}/{more}"

    def kept(self, round: int) -> list[list[int]]:
        """The stances that count in a round, with their seq."""
        said = self.here.python(COUNT.format(code=self.facts["rounds"][round]))
        return sorted(json.loads(said))


@pytest.fixture(scope="module")
def seminar(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Seminar]:
    for install in installations(tmp_path_factory.mktemp("voting")):
        here = install()
        port = str(free_port())
        here.settings = {"HOST": "127.0.0.1", "PORT": port, "MAJLIS_ALLOWED_HOSTS": "seminar.test"}
        seminar = Seminar(here, f"http://127.0.0.1:{port}")
        seminar.start()  # the first start loads the edition
        seminar.facts = json.loads(here.python(SEED))
        yield seminar
        seminar.kill()


def answer(tab: Any, stance: int) -> None:
    tab.click(f'.vote-buttons button[value="{stance}"]')


def waits_for(tab: Any, said: str) -> None:
    words = re.compile(re.escape(said))  # a plain string would not mind "sent" for "Sent"
    tab.locator("[data-own]", has_text=words).wait_for(timeout=60_000)


def waits_for_empty_outbox(tab: Any) -> None:
    for _ in range(600):
        names = tab.evaluate("Object.keys(localStorage)")
        if not [name for name in names if name.startswith("majlis-votes")]:
            return
        time.sleep(0.2)
    pytest.fail("votes are still waiting on the phone")


def test_votes_outlive_a_killed_server_and_a_closed_page(chromium, seminar):
    tab = seminar.phone(chromium)
    tab.goto(seminar.page(0))
    answer(tab, 1)
    waits_for(tab, "Sent")
    seminar.kill()
    answer(tab, -1)
    answer(tab, 0)
    waits_for(tab, "Waiting to be sent")
    tab.wait_for_selector("[data-some-wait]:not([hidden])")
    assert tab.inner_text("[data-waiting]") == "2"
    assert tab.inner_text("[data-answered]") == "3"
    assert seminar.kept(0) == [[1, 1]]
    second = tab.context.new_page()
    tab.close()

    seminar.start()
    second.goto(seminar.page(0))
    waits_for_empty_outbox(second)
    assert second.inner_text("[data-answered]") == "3"
    second.close()

    assert seminar.kept(0) == [[-1, 1], [0, 1], [1, 1]]


def test_server_that_comes_back_gets_the_votes_without_a_touch(chromium, seminar):
    tab = seminar.phone(chromium, voice=1)
    tab.goto(seminar.page(1))
    seminar.kill()
    answer(tab, -1)
    waits_for(tab, "Waiting to be sent")
    seminar.start()
    waits_for(tab, "Sent")
    tab.close()

    assert [-1, 1] in seminar.kept(1)


def test_phone_whose_storage_is_full_sends_from_memory_and_asks_before_it_is_left(
    chromium, seminar
):
    tab = seminar.phone(chromium, voice=7)
    tab.add_init_script(STORAGE_FULL)
    tab.goto(seminar.page(1))
    asked = []
    tab.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    seminar.kill()
    for _ in range(3):
        answer(tab, -1)
    tab.wait_for_selector("[data-only-here]:not([hidden])")
    assert tab.inner_text("[data-waiting]") == "3"
    tab.close(run_before_unload=True)
    until_asked(tab, asked)
    assert asked == ["beforeunload"]

    seminar.start()
    tab.wait_for_selector("[data-only-here]", state="hidden", timeout=60_000)
    tab.reload()
    assert tab.inner_text("[data-answered]") == "3"
    assert asked == ["beforeunload"]
    tab.close()

    assert seminar.kept(1).count([-1, 1]) >= 3


def test_two_phones_of_one_person_are_one_voice_and_the_later_is_told(chromium, seminar):
    first, second = seminar.phone(chromium, voice=2), seminar.phone(chromium, voice=2)
    for tab in (first, second):
        tab.goto(seminar.page(1))
    answer(first, 1)
    waits_for(first, "Sent")
    answer(second, -1)
    waits_for(
        second,
        "You have already answered this statement, perhaps on another phone or page.",
    )
    assert second.get_attribute('.vote-buttons [value="1"]', "aria-pressed") == "true"
    answer(second, -1)
    waits_for(second, "Sent")
    before = len(seminar.kept(1))
    first.close()
    second.close()

    assert [-1, 2] in seminar.kept(1)
    assert len(seminar.kept(1)) == before


def test_phone_votes_on_a_plain_http_address_that_is_no_secure_context(chromium, seminar):
    where = seminar.where.replace("127.0.0.1", "seminar.test")
    tab = seminar.phone(chromium, voice=3, where=where)
    tab.goto(seminar.page(1, where=where))
    assert tab.evaluate("window.isSecureContext") is False
    answer(tab, 0)
    waits_for(tab, "Sent")
    tab.close()


def test_whole_ballot_by_keyboard(chromium, seminar):
    tab = seminar.phone(chromium, voice=4)
    tab.goto(seminar.page(1))
    tab.focus(".ballot h2.statement")
    for key in "n", "b", "1", "2", "3", "1", "2":
        tab.keyboard.press(key)
    tab.wait_for_selector("[data-done-card]:visible")
    waits_for_empty_outbox(tab)
    tab.close()


def test_whole_ballot_without_javascript(chromium, seminar):
    tab = seminar.phone(chromium, voice=5, java_script_enabled=False)
    tab.goto(seminar.page(1, lang="fr"))
    for stance in (1, -1, 0, 1, -1):
        answer(tab, stance)
    assert "vous avez répondu à tous les énoncés" in tab.inner_text("main")
    tab.close()


def test_very_long_ballot_goes_on_after_sixty_statements(chromium, seminar):
    seminar.facts["rounds"].append(seminar.here.python(LONG))
    tab = seminar.phone(chromium, voice=4)
    tab.goto(seminar.page(-1))
    for _ in range(59):
        tab.click("[data-step='1']")
    last = tab.get_attribute("[data-front] [data-card]", "data-card")
    tab.click("[data-step='1']")  # beyond this page: the server brings the next one
    tab.wait_for_selector(f"[data-front] [data-card]:not([data-card='{last}'])")
    tab.click("[data-step='-1']")
    assert tab.get_attribute("[data-front] [data-card]", "data-card") == last
    tab.goto(seminar.page(-1))
    tab.focus(".ballot h2.statement")
    for _ in range(60):
        tab.keyboard.press("1")
    tab.wait_for_selector("[data-done-card]:visible")
    assert "There are more statements to vote on." in tab.inner_text("[data-front]")
    assert tab.inner_text("[data-answered]") == "60"
    waits_for_empty_outbox(tab)
    tab.click("[data-front] a.button >> nth=0")
    tab.focus(".ballot h2.statement")
    assert tab.inner_text("[data-answered]") == "60"
    for _ in range(2):
        tab.keyboard.press("3")
    tab.wait_for_selector("text=You have answered all the statements")
    waits_for_empty_outbox(tab)
    tab.close()

    assert len(seminar.kept(-1)) == 62
    seminar.facts["rounds"].pop()


def test_closed_round_tells_the_phone_and_keeps_what_arrived(chromium, seminar):
    close = (
        "from majlis.dialogue import actions; from majlis.dialogue.models import Round\n"
        "from majlis.kernel.ledger import CLOCK\n"
        f"round = Round.objects.get(code={seminar.facts['rounds'][1]!r})\n"
    )
    tab = seminar.phone(chromium, voice=6)
    tab.route("**/live/**", lambda route: route.abort())  # it does not hear of the close
    tab.goto(seminar.page(1))
    answer(tab, 1)
    waits_for(tab, "Sent")
    before = seminar.kept(1)
    seminar.here.python(close + "actions.close_round(round, by=CLOCK)")
    answer(tab, -1)
    waits_for(tab, "Not counted: voting had closed")
    assert tab.is_hidden(".vote-buttons")
    assert tab.is_visible("[data-too-late]")
    tab.close()
    seminar.here.python(close + "actions.open_round(round, by=CLOCK)")

    assert seminar.kept(1) == before


@pytest.mark.parametrize("lang", ONE_NOW_ALL_LONG)
def test_axe_finds_nothing_and_nothing_scrolls_sideways(chromium, seminar, lang):
    phone = seminar.phone(chromium, voice=7, bypass_csp=True)
    seats = [
        seminar.page(0, lang=lang),
        seminar.page(0, lang=lang, more="answers/"),
        seminar.page(2, lang=lang),
        f"{seminar.where}/{lang}/e/{seminar.facts['slug']}/room/rounds/",
    ]
    found = [fault for page in seats for fault in faults(phone, page)]
    phone.close()
    context = chromium.new_context(bypass_csp=True)
    session = seminar.facts["session"]
    context.add_cookies([{"name": "sessionid", "value": session, "url": seminar.where}])
    desk = context.new_page()
    pages = [
        *(seminar.desk(n, lang) for n in (0, 2, 3)),
        *(seminar.desk(3, lang, more) for more in ("statements/", "preview/", "change/", "sheet/")),
        *(seminar.desk(0, lang, more) for more in ("paper/", "move/close/")),
    ]
    found += [fault for page in pages for fault in faults(desk, page)]
    context.close()

    assert found == []
