"""Saying something from a phone whose connection drops, and moderating it, in a real browser."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.config.installation import Installation, drop, postgresql_beside
from tests.journeys.conftest import (
    DESKTOP,
    ONE_NOW_ALL_LONG,
    PHONE,
    Server,
    faults,
    started,
    until_asked,
)
from tests.waiting import PATIENCE

pytestmark = pytest.mark.once
SAID = "Un guichet unique qui répond en trente jours."
SEED = """
import json
from django.test import Client
from majlis.dialogue import actions
from majlis.dialogue.actions import Wanted
from majlis.kernel.clock import now
from majlis.people.models import Person
from majlis.registration.models import Registration, Role, Voice
from majlis.series.models import Edition
from tests.factories.registration import connect
from tests.waiting import PATIENCE
edition = Edition.objects.get()
facts = {"constituency": "sme", "country": "TN"}
ben = Person.objects.create(name="Ben", email="ben@example.org")
place = Registration.objects.create(
    edition=edition, person=ben, state="confirmed", confirmed_at=now(), **facts
)
voice = Voice.objects.create(edition=edition, registration=place, **facts)
mia = Person.objects.create(name="Mia", email="mia@example.org")
Role.objects.create(edition=edition, person=mia, kind="moderator")
desk = Client()
desk.force_login(mia)
offered = [
    actions.offer_contribution(
        voice, kind="proposal", words=f"Un registre public des clusters, {n}.", language="fr",
        key=str(n), session=edition.sessions.get(code="A08"),
    )
    for n in range(4)
]
made = actions.accept_contribution(offered[0], why="Clair.", by=mia)
wanted = Wanted("Un registre public.", "fr", "proposal")
made = actions.merge([made, offered[1]], wanted=wanted, why="Pareil.", by=mia)
actions.decline([offered[2]], reason="Hors sujet.", by=mia)
print(json.dumps({
    "slug": edition.slug,
    "voice": connect(voice),
    "session": desk.cookies["sessionid"].value,
    "waiting": offered[3].code,
    "statement": made.code,
}))
"""


@dataclass
class Seminar:
    """A running server with a participant, a moderator and something said."""

    server: Server
    facts: dict[str, str]

    def phone(self, browser: Any, **more: Any) -> Any:
        return self._tab(browser, f"voice-{self.facts['slug']}", "voice", **{**PHONE, **more})

    def desk(self, browser: Any, **more: Any) -> Any:
        return self._tab(browser, "sessionid", "session", **{**DESKTOP, **more})

    def _tab(self, browser: Any, cookie: str, fact: str, **more: Any) -> Any:
        context = browser.new_context(**more)
        where = {"name": cookie, "value": self.facts[fact], "url": self.server.address}
        context.add_cookies([where])
        tab = context.new_page()
        tab.set_default_timeout(60_000)
        return tab

    def seat(self, part: str, lang: str = "en") -> str:
        return f"{self.server.address}/{lang}/e/{self.facts['slug']}/room/{part}"

    def at(self, part: str, lang: str = "en") -> str:
        return f"{self.server.address}/{lang}/desk/{self.facts['slug']}/{part}"


@pytest.fixture(scope="module")
def seminar(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Seminar]:
    database = os.environ.get("MAJLIS_TEST_DATABASE_URL", "")
    url = postgresql_beside(database) if database else ""
    folder: Path = tmp_path_factory.mktemp("contributing")
    server = started(Installation(folder / "var", url))
    yield Seminar(server, json.loads(server.installation.python(SEED)))
    server.process.terminate()
    server.process.wait(PATIENCE)
    if url:
        drop(url)


def test_words_outlive_a_dropped_connection_and_a_closed_page(chromium, seminar):
    tab = seminar.phone(chromium)
    tab.goto(seminar.seat("contribute/"))
    tab.fill("[name=words]", SAID)
    tab.select_option("[name=language]", "fr")
    tab.check("[name=kind][value=proposal]")
    tab.context.set_offline(True)
    tab.click("#contribute button.button")
    tab.wait_for_selector("text=We could not reach the server")
    assert tab.input_value("[name=words]") == SAID
    again = tab.context.new_page()
    tab.close()

    again.context.set_offline(False)
    again.goto(seminar.seat("contribute/"))
    assert again.input_value("[name=words]") == SAID
    assert again.is_checked("[name=kind][value=proposal]")
    assert again.is_visible("[data-draft-note]")
    again.click("#contribute button.button")
    again.wait_for_url("**/contributions/")
    assert again.inner_text("li.card >> nth=0 >> blockquote") == SAID
    again.goto(seminar.seat("contribute/"))
    assert again.input_value("[name=words]") == ""
    again.context.close()


def test_words_that_storage_does_not_take_are_not_left_without_asking(chromium, seminar):
    tab = seminar.phone(chromium)
    tab.add_init_script("Storage.prototype.setItem = () => { throw new DOMException('full'); }")
    tab.goto(seminar.seat("contribute/"))
    asked = []
    tab.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    tab.locator("[name=words]").press_sequentially("Un mot.")
    tab.close(run_before_unload=True)
    until_asked(tab, asked)
    assert asked == ["beforeunload"]

    tab.check("[name=kind][value=proposal]")
    tab.click("#contribute button.button")
    tab.wait_for_url("**/contributions/")
    assert asked == ["beforeunload"]
    tab.context.close()


def test_form_follows_what_is_chosen(chromium, seminar):
    tab = seminar.phone(chromium)
    tab.goto(seminar.seat("contribute/"))
    assert tab.inner_text("[data-rule]:visible p >> nth=0").startswith("Chatham House Rule")
    tab.select_option("[name=session]", "A13")
    assert tab.inner_text("[data-rule]:visible p >> nth=0").startswith("Closed session")
    tab.select_option("[name=language]", "ar")
    assert tab.get_attribute("[name=words]", "dir") == "rtl"
    tab.fill("[name=words]", "ا" * 603)
    assert tab.inner_text("[data-count-for]") == "Characters over the limit: 3"
    tab.context.close()


def test_without_javascript_the_rule_of_another_session_is_read_before_sending(chromium, seminar):
    tab = seminar.phone(chromium, java_script_enabled=False)
    tab.goto(seminar.seat("contribute/", "fr"))
    tab.fill("[name=words]", "Sans script.")
    tab.check("[name=kind][value=question]")
    tab.select_option("[name=session]", "A13")
    tab.click("#contribute button.button")
    assert "Séance à huis clos" in tab.inner_text("[data-rules]")
    tab.click("#contribute button.button")
    assert tab.inner_text("li.card >> nth=0 >> blockquote") == "Sans script."
    tab.context.close()


def test_moderator_merges_and_undoes_by_keyboard_without_javascript(chromium, seminar):
    tab = seminar.desk(chromium, java_script_enabled=False)
    tab.goto(seminar.at("moderation/?beside=2"))  # where the newest of the statements stand
    tab.focus(f"input[name=c][value='{seminar.facts['waiting']}']")
    tab.keyboard.press("Space")
    tab.focus(f"input[name=s][value='{seminar.facts['statement']}']")
    tab.keyboard.press("Space")
    tab.focus("text=Merge selected")
    tab.keyboard.press("Enter")
    tab.wait_for_url("**/merge/**")
    tab.fill("[name=text]", "Un registre public et ouvert.")
    tab.fill("[name=why]", "La même idée.")
    tab.keyboard.press("Enter")
    tab.wait_for_selector("text=/Statement [0-9]+ created/")
    tab.focus("article.step >> nth=0 >> button")
    tab.keyboard.press("Enter")
    tab.wait_for_selector("text=The action has been undone")
    tab.goto(seminar.at("moderation/"))
    assert tab.locator(f"#c-{seminar.facts['waiting']}").count() == 1
    tab.context.close()


@pytest.mark.parametrize("lang", ONE_NOW_ALL_LONG)
def test_axe_finds_nothing_and_nothing_scrolls_sideways(chromium, seminar, lang):
    c, s = f"?c={seminar.facts['waiting']}", f"?s={seminar.facts['statement']}"
    phone = seminar.phone(chromium, bypass_csp=True)
    seats = [seminar.seat(part, lang) for part in ("contribute/", "contributions/")]
    found = [fault for page in seats for fault in faults(phone, page)]
    phone.context.close()
    desk = seminar.desk(chromium, bypass_csp=True)
    steps = [f"moderation/{kind}/{c}" for kind in ("accept", "reword", "split", "decline")]
    steps += [f"moderation/{kind}/{s}" for kind in ("carry", "withdraw")]
    parts = [
        "moderation/",
        "moderation/steps/",
        f"moderation/merge/{c}&{s[1:]}",
        *steps,
        "cards/",
        "statements/",
        f"statements/{seminar.facts['statement']}/",
        "translations/",
        "translations/ar/",
    ]
    found += [fault for part in parts for fault in faults(desk, seminar.at(part, lang))]
    desk.context.close()

    assert found == []
