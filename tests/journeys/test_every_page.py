"""Every page in the three languages: nothing for axe to say, nothing wider than the screen."""

from __future__ import annotations

import os
from typing import Any

import playwright.sync_api as playwright
import pytest
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.urls import get_resolver, reverse
from django.utils import translation

from majlis.dialogue.states import RoundState
from majlis.front import packs
from majlis.front.rehearsal import make_rehearsal
from majlis.registration.access import VOICE_COOKIE
from majlis.registration.models import Voice
from majlis.stage.access import stage_key, stage_of
from tests.conftest import AXE, ROOT
from tests.factories.people import PersonFactory
from tests.factories.registration import connect
from tests.house.addresses import WHO
from tests.house.test_access import ADDRESSES, addresses
from tests.journeys.conftest import DESKTOP, PHONE

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # the browser's loop shares the thread
LANGUAGES = ["en", "fr", "ar"]

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.long]


def session_of(person: Any) -> str:
    store = SessionStore()
    store[SESSION_KEY] = str(person.pk)
    store[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    store[HASH_SESSION_KEY] = person.get_session_auth_hash()
    store.save()
    return str(store.session_key)


def faults_of(tab: Any, address: str) -> list[str]:
    """What is wrong with a page, in lines; a file or a piece of a page has no faults here."""
    try:
        answer = tab.goto(address)
    except playwright.Error as error:
        if "Download is starting" in str(error):
            return []
        raise
    if "html" not in answer.headers.get("content-type", ""):
        return []
    if tab.evaluate("document.doctype === null"):
        return []  # a piece that a page takes in
    found = [] if answer.status < 500 else [f"{address}: {answer.status}"]
    tab.add_script_tag(path=str(AXE))
    for fault in tab.evaluate("axe.run().then(r => r.violations)"):
        places = [node["html"][:100] for node in fault["nodes"][:3]]
        found.append(f"{address}: {fault['id']} {places}")
    width = tab.viewport_size["width"]
    wide = tab.evaluate("document.documentElement.scrollWidth")
    if wide > width:
        found.append(f"{address}: {wide} wide on {width}")
    return found


def looked_at(chromium: Any, cookies: list[dict[str, str]], size: Any, addresses: Any) -> list[str]:
    context = chromium.new_context(**size, bypass_csp=True)
    context.add_cookies(cookies)
    tab = context.new_page()
    found = [line for address in addresses for line in faults_of(tab, address)]
    context.close()
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_address_is_sound(live_server, chromium, world, language):
    site = live_server.url
    ada = [{"name": "sessionid", "value": session_of(world.ada), "url": site}]
    ben = {"name": VOICE_COOKIE + "tunis", "value": connect(world.ben), "url": site}
    for_ada, for_ben = [], []
    with translation.override(language):
        for name in set(addresses(get_resolver())):  # live hints are no page
            address = ADDRESSES[name]
            if address.method == "get":
                path = site + reverse(name, kwargs=address.kwargs(world))
                everybody = {"stranger", "ben"} & WHO.get(address.who, frozenset())
                (for_ben if everybody else for_ada).append(path)

    found = looked_at(chromium, ada, DESKTOP, for_ada)
    found += looked_at(chromium, [ben], PHONE, for_ben)

    assert found == []


def test_pages_full_of_a_rehearsal_are_sound(live_server, chromium, transactional_db):
    ada = PersonFactory(name="Ada")
    edition = make_rehearsal(
        packs.load(ROOT / "editions" / "tunis-2026").edition, voices=30, seed=1, by=ada
    )
    slug, site = edition.slug, live_server.url
    closed = edition.rounds.get(state=RoundState.SHOWN).code
    open_ = edition.rounds.get(state=RoundState.OPEN).code
    rec = edition.recommendations.get(state="published").rec_id
    statement = edition.statements.filter(round__isnull=False).first().code
    voice = Voice.objects.filter(edition=edition).first()
    desk = [
        "", "registrations/", "colleagues/", "moderation/", "statements/",
        f"statements/{statement}/",
        "rounds/", f"rounds/{closed}/", f"rounds/{closed}/results/", "recommendations/",
        f"recommendations/{rec}/", f"recommendations/{rec}/sources/", "stage/", "brief/",
    ]  # fmt: skip
    pages = [
        "", "programme/", "glossary/", "room/", f"room/rounds/{open_}/", f"room/rounds/{closed}/",
        f"room/rounds/{closed}/results/",
        "recommendations/", f"recommendations/{rec}/", f"recommendations/{rec}/why/",
    ]  # fmt: skip
    screen = f"{site}/stage/{stage_key(stage_of(edition))}/"
    cookies = [
        {"name": "sessionid", "value": session_of(ada), "url": site},
        {"name": VOICE_COOKIE + slug, "value": connect(voice), "url": site},
    ]
    found = looked_at(chromium, cookies, {"viewport": {"width": 1920, "height": 1080}}, [screen])
    for lang in LANGUAGES:
        at_desk = [f"{site}/{lang}/desk/{slug}/{page}" for page in desk]
        for_participants = [f"{site}/{lang}/e/{slug}/{page}" for page in pages]
        found += looked_at(chromium, cookies, DESKTOP, at_desk)
        found += looked_at(chromium, cookies, PHONE, [*for_participants, *at_desk])

    assert found == []
