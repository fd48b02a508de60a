"""From the public form to a phone that speaks: three people, three languages, one organiser."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from tests.config.conftest import installations
from tests.config.installation import Installation
from tests.config.test_serve import free_port, serving
from tests.conftest import AXE
from tests.journeys.conftest import ONE_NOW_ALL_LONG

pytestmark = pytest.mark.once
PREPARE = """
from datetime import timedelta
from majlis.kernel.clock import now
from majlis.series.models import Edition
edition = Edition.objects.get()
edition.starts_on = edition.ends_on = now().date() + timedelta(days=9)
edition.save()
from django.conf import settings
from majlis.kernel.ledger import CLOCK
from majlis.people.actions import make_sign_in_link
from majlis.registration.actions import ensure_organiser
ada = ensure_organiser("ada@seminar.example", [edition], name="Ada")
print(edition.slug, make_sign_in_link(ada, by=CLOCK))
"""
PEOPLE = [
    # language, name, organisation, constituency, country, with JavaScript
    ("en", "Ben Trabelsi", "Atlas Motors", "sme", "TN", True),
    ("fr", "Leïla Haddad", "Pôle de Sousse", "pole", "TN", False),
    ("ar", "سلمى بن علي", "جامعة سوسة", "university", "MA", True),
]


@dataclass
class Server:
    """A served installation, its edition, and the secret of the organiser's way in."""

    here: Installation
    where: str
    slug: str
    way_in: str

    def letter(self, to: str) -> tuple[str, str]:
        """The language and the text of the newest message to an address."""
        language, _line, text = self.here.python(
            "from majlis.mail.models import Message\n"
            f"m = Message.objects.filter(recipient={to!r}).latest('pk')\n"
            "print(m.language); print(m.text)"
        ).partition("\n")
        return language, text

    def letters(self, to: str) -> str:
        """The texts of all messages to an address, none at first."""
        return self.here.python(
            "from majlis.mail.models import Message\n"
            f"print([m.text for m in Message.objects.filter(recipient={to!r})])"
        )


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    for install in installations(tmp_path_factory.mktemp("registering")):
        here = install()
        port = str(free_port())
        here.settings = {"HOST": "127.0.0.1", "PORT": port}
        with serving(here):  # the first start loads the edition
            slug, way_in = here.python(PREPARE).split()
            yield Server(here, f"http://127.0.0.1:{port}", slug, way_in)


def look(tab: Any) -> None:
    """No page is wider than its screen, and axe finds nothing to complain of."""
    if not tab.evaluate("typeof axe !== 'undefined'"):
        tab.evaluate(AXE.read_text())
    found = tab.evaluate("axe.run().then(r => r.violations.map(v => [v.id, v.nodes[0].html]))")
    assert (tab.url, found) == (tab.url, [])
    assert tab.evaluate("document.documentElement.scrollWidth") <= tab.viewport_size["width"]


def register(
    server: Server, tab: Any, lang: str, name: str, organisation: str, group: str, country
):
    tab.goto(f"{server.where}/{lang}/e/{server.slug}/register/")
    tab.click("form .form-actions button")  # nothing typed: every fault is said
    assert tab.locator(".error-summary li").count() == 6
    tab.fill("[name=name]", name)
    tab.fill("[name=email]", f"{lang}@seminar.example")
    tab.fill("[name=organisation]", organisation)
    tab.select_option("[name=constituency]", group)
    tab.select_option("[name=country]", country)
    tab.check(f"[name=languages][value={lang}]")
    tab.check("[name=consents][value=name_list]")
    tab.click("form .form-actions button")
    language, text = server.letter(f"{lang}@seminar.example")
    assert language == lang
    tab.goto(re.search(r"http\S+/confirm/\S+", text)[0])
    assert name in tab.inner_text("main")
    tab.click("main form button")


def test_three_people_register_are_approved_and_open_their_seats(chromium, served):
    for lang, name, organisation, group, country, with_js in PEOPLE:
        phone = chromium.new_context(
            viewport={"width": 360, "height": 740}, java_script_enabled=with_js, bypass_csp=True
        ).new_page()
        register(served, phone, lang, name, organisation, group, country)
        if with_js:
            look(phone)

    desk = chromium.new_context(viewport={"width": 1280, "height": 800}, bypass_csp=True).new_page()
    desk.goto(f"{served.where}/en/sign-in/{served.way_in}/")
    desk.click("main form button")
    desk.goto(f"{served.where}/en/desk/{served.slug}/registrations/")
    desk.check("[data-pick-all]")
    desk.click("button[form=many]")
    assert "3 registrations approved" in desk.inner_text("#messages")

    for lang, name, *_rest in PEOPLE:
        desk.goto(f"{served.where}/en/desk/{served.slug}/emails/")
        desk.locator("tbody tr", has_text=f"{lang}@seminar.example").first.locator("a").click()
        link = re.search(r"http\S+/v/\S+", served.letter(f"{lang}@seminar.example")[1])[0]
        assert link not in desk.inner_text("main")
        phone = chromium.new_context(
            viewport={"width": 360, "height": 740}, bypass_csp=True
        ).new_page()
        phone.goto(link)
        look(phone)
        phone.click("main form button.button")
        assert phone.url == f"{served.where}/{lang}/e/{served.slug}/room/"
        assert name in phone.inner_text("#messages")
        phone.goto(f"{served.where}/{lang}/e/{served.slug}/my-data/")
        look(phone)
        assert name in phone.inner_text("main")


def as_ada(served: Server, browser: Any) -> Any:
    """A browser in which the organiser is signed in."""
    context = browser.new_context(viewport={"width": 1280, "height": 800}, bypass_csp=True)
    login = (
        "from majlis.people.models import Person\nfrom django.test import Client\nc = Client()\n"
    )
    login += "c.force_login(Person.objects.get(email='ada@seminar.example'))\n"
    session = served.here.python(login + "print(c.cookies['sessionid'].value)").strip()
    context.add_cookies([{"name": "sessionid", "value": session, "url": served.where}])
    return context.new_page()


def test_form_sent_again_after_going_back_acts_once_and_with_other_words_again(chromium, served):
    desk = as_ada(served, chromium)
    came_to = []
    desk.goto(f"{served.where}/en/desk/{served.slug}/registrations/add/")
    for name in ("Nadia", "Nadia", "Olfa"):
        desk.fill("[name=name]", name)
        desk.check("[name=capacity][value=personal]")
        desk.select_option("[name=constituency]", "sme")
        desk.select_option("[name=country]", "TN")
        desk.check("[name=languages][value=fr]")
        desk.dblclick("main form .form-actions button")
        desk.wait_for_selector("h1:has-text('" + name + "')")
        came_to.append(desk.url)
        desk.go_back()
        desk.wait_for_selector("[name=name]")

    assert came_to[0] == came_to[1] != came_to[2]


@pytest.mark.parametrize("lang", ONE_NOW_ALL_LONG)
def test_every_page_of_the_desk_and_before_signing_in_is_fit_for_everybody(chromium, served, lang):
    tab = as_ada(served, chromium)
    desk = f"{served.where}/{lang}/desk/{served.slug}"
    site = f"{served.where}/{lang}/e/{served.slug}"
    pages = [
        f"{desk}/registrations/", f"{desk}/registrations/?words=nobody", f"{desk}/colleagues/",
        f"{desk}/registrations/add/", f"{desk}/registrations/cards/", f"{desk}/participants/",
        f"{desk}/registrations/seal/", f"{desk}/emails/", f"{site}/register/", f"{site}/join/",
        f"{desk}/participants/admit-again/", f"{site}/my-data/", f"{site}/register/sent/",
        f"{served.where}/{lang}/sign-in/", f"{served.where}/{lang}/signed-in/",
    ]  # fmt: skip
    for width in (1280, 360):
        tab.set_viewport_size({"width": width, "height": 800})
        for page in pages:
            tab.goto(page)
            look(tab)


PARTICIPANTS = """
from majlis.kernel.clock import now
from majlis.people.models import Person
from majlis.registration.models import Registration
from majlis.series.models import Edition
edition = Edition.objects.get()
for lang, name in (("en", "Élodie Haddad"), ("fr", "Émile Trabelsi"), ("ar", "سليم بن علي")):
    person = Person.objects.create(name=name, email=f"many-{lang}@seminar.example", language=lang)
    Registration.objects.create(
        edition=edition, person=person, name=name, state="confirmed", confirmed_at=now(),
        constituency="cluster", country="DZ", languages=[lang],
    )
"""


@pytest.fixture(scope="module")
def with_people(served) -> Server:
    served.here.python(PARTICIPANTS)
    return served


def test_an_email_to_many_is_looked_at_tried_and_sent(chromium, with_people):
    served, desk = with_people, as_ada(with_people, chromium)
    desk.goto(f"{served.where}/en/desk/{served.slug}/emails/many/new/")
    desk.click("summary")
    desk.check("[name=constituencies][value=cluster]")
    desk.check("[name=countries][value=DZ]")
    for lang, words in (("en", "Bring a pen, {name}."), ("ar", "أحضروا قلما، {name}.")):
        desk.fill(f"[name=heading_{lang}]", f"Pens {lang}")
        desk.fill(f"[name=words_{lang}]", words)
    desk.click("main form .form-actions button")
    desk.wait_for_selector("text=3 people receive it")
    look(desk)
    arabic = desk.frame_locator("iframe").nth(1)
    assert "أحضروا قلما" in arabic.locator("body").inner_text()
    assert arabic.locator("[dir=rtl]").count()

    desk.locator("button:has-text('Send a test to me')").nth(1).click()
    desk.wait_for_load_state()
    assert "أحضروا قلما" in served.letter("ada@seminar.example")[1]
    assert served.letters("many-ar@seminar.example").strip() == "[]"
    desk.click("button:has-text('Send to 3 people')")
    desk.wait_for_load_state()
    for lang, words in (("en", "Bring a pen, Élodie"), ("ar", "أحضروا قلما، سليم")):
        for _look in range(20):  # the tick writes it
            if words in (found := served.letters(f"many-{lang}@seminar.example")):
                break
            desk.wait_for_timeout(500)
        assert words in found


def test_the_door_finds_checks_in_and_undoes_and_waits_without_a_network(chromium, with_people):
    served, door = with_people, as_ada(with_people, chromium)
    door.set_viewport_size({"width": 360, "height": 740})
    door.goto(f"{served.where}/en/desk/{served.slug}/arrivals/")

    def is_there(name: str) -> bool:
        said = served.here.python(
            "from majlis.registration.models import Registration\n"
            f"print(bool(Registration.objects.get(name={name!r}).arrived_at))"
        )
        return said.strip() == "True"

    door.fill("#words", "elodie haddad")
    person = door.locator("[data-found] li")
    person.locator("button:has-text('Check in')").click()
    person.locator("[data-here]:visible").wait_for()
    look(door)
    person.locator("[data-waits]").wait_for(state="hidden")
    assert is_there("Élodie Haddad")
    person.locator("button:has-text('Undo')").click()
    person.locator("button:has-text('Check in')").wait_for()
    person.locator("[data-waits]").wait_for(state="hidden")
    assert not is_there("Élodie Haddad")

    door.context.set_offline(True)
    door.fill("#words", "سليم")
    person.locator("button:has-text('Check in')").click()
    person.locator("[data-waits]:visible").wait_for()
    assert not is_there("سليم بن علي")
    door.context.set_offline(False)
    person.locator("[data-waits]").wait_for(state="hidden", timeout=60_000)
    assert is_there("سليم بن علي")


def test_an_evaluation_is_answered_on_a_phone_in_arabic_and_read_once_closed(chromium, with_people):
    served, desk = with_people, as_ada(with_people, chromium)
    wave = f"{served.where}/en/desk/{served.slug}/evaluation/day/"
    desk.goto(wave)
    desk.fill("[name=most_open]", "20")
    desk.click("form[action$='open/'] button")
    link = desk.locator("a[href*='/evaluation/']", has_text="http").first.inner_text()
    phone = chromium.new_context(
        viewport={"width": 360, "height": 740}, bypass_csp=True, locale="ar"
    ).new_page()
    for n in range(5):
        phone.goto(link.replace("/en/", "/ar/"))
        phone.locator("[name=f1]").nth(n % 2 + 4).check(force=True)
        if n == 0:
            look(phone)
        phone.click("main form button.button--wide")
        phone.wait_for_url("**/evaluation/thanks/")
    look(phone)
    desk.goto(wave)
    assert "5 answers so far" in desk.inner_text("main")
    desk.click("form[action$='close/'] button")
    desk.click("dialog[open] .form-actions .button >> nth=0")
    desk.wait_for_selector("text=n = 5")
    look(desk)
