"""Every page in the three languages: nothing for axe to say, nothing wider than the screen."""

from __future__ import annotations

import os
from contextlib import suppress
from typing import Any

import playwright.sync_api as playwright
import pytest
from django.apps import apps as django_apps
from django.db import IntegrityError, models, transaction
from django.urls import get_resolver, reverse
from django.utils import translation

from majlis.dialogue.states import RoundState
from majlis.front import packs
from majlis.front.rehearsal import make_rehearsal
from majlis.kernel.codes import CodeField
from majlis.kernel.texts import Text, TextField
from majlis.registration.access import VOICE_COOKIE
from majlis.registration.models import Voice
from majlis.stage.access import stage_key, stage_of
from tests.conftest import AXE, ROOT, as_person
from tests.factories.people import PersonFactory
from tests.factories.registration import connect
from tests.house.addresses import WHO
from tests.house.test_access import ADDRESSES, addresses
from tests.journeys.conftest import DESKTOP, PHONE

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # the browser's loop shares the thread
LANGUAGES = ["en", "fr", "ar"]

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.long]


def session_of(person: Any) -> str:
    return str(as_person(person).cookies["sessionid"].value)


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
        "", "search/?q=cluster", "activity/", "checks/", "checks/questions/", "colleagues/",
        "registrations/", "registrations/places/", "registrations/cards/", "guests/",
        "guests/add/", "imports/new/", "participants/", "arrivals/", "arrivals/new/",
        "arrivals/badges/", "emails/", "emails/many/", "emails/many/new/", "emails/standard/",
        "emails/standard/confirm-address/ar/", "emails/server/",
        "plan/", "plan/settings/", "plan/texts/", "plan/partners/", "plan/speakers/",
        "plan/speakers/new/", "plan/form/", "plan/form/new/", "plan/pack/", "plan/programme/",
        "plan/programme/grid/", "plan/programme/A01/", "plan/programme/A01/files/",
        "plan/programme/A01/on-the-day/",
        "moderation/", "moderation/steps/", "statements/", f"statements/{statement}/",
        "translations/ar/", "rounds/", f"rounds/{closed}/", f"rounds/{closed}/results/",
        f"rounds/{open_}/paper/", "recommendations/", f"recommendations/{rec}/",
        f"recommendations/{rec}/sources/", "stage/", "brief/", "evaluation/", "evaluation/day/",
    ]  # fmt: skip
    pages = [
        "", "programme/", "speakers/", "glossary/", "register/", "my-data/", "participants/",
        "devices/", "room/", "room/contribute/", "room/contributions/",
        f"room/rounds/{open_}/", f"room/rounds/{open_}/answers/", f"room/rounds/{closed}/",
        f"room/rounds/{closed}/results/", "brief/",
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


LONG_WORD = "W" * 200


def with_long_words(row: Any) -> None:
    """Make every word that people may write into a row one that is far too long."""
    found: dict[str, Any] = {}
    for field in row._meta.concrete_fields:
        if isinstance(field, TextField):
            found[field.name] = Text.of("en", en=LONG_WORD, fr=LONG_WORD, ar="و" * 200)
        elif isinstance(field, models.URLField):
            found[field.name] = f"https://example.org/{LONG_WORD}"[: field.max_length]
        elif isinstance(field, CodeField | models.SlugField | models.EmailField) or field.choices:
            continue
        elif isinstance(field, models.TextField):
            found[field.name] = LONG_WORD
        elif isinstance(field, models.CharField) and (field.max_length or 0) >= 80:
            found[field.name] = LONG_WORD[: field.max_length]
    with suppress(IntegrityError), transaction.atomic():
        type(row)._base_manager.filter(pk=row.pk).update(**found)


@pytest.mark.parametrize("language", LANGUAGES)
def test_long_words_break_on_a_narrow_phone(live_server, chromium, world, language):
    site = live_server.url
    cookies = {
        "ada": {"name": "sessionid", "value": session_of(world.ada), "url": site},
        "ben": {"name": VOICE_COOKIE + "tunis", "value": connect(world.ben), "url": site},
    }
    pages: dict[str, list[str]] = {"ada": [], "ben": []}
    with translation.override(language):
        for name in set(addresses(get_resolver())):
            address = ADDRESSES[name]
            if address.method == "get":
                people = WHO.get(address.who, frozenset({"ben"}))
                path = site + reverse(name, kwargs=address.kwargs(world))
                pages["ben" if "ben" in people else "ada"].append(path)
    apps = {"series", "people", "registration", "dialogue", "recommendations"}
    for model in django_apps.get_models():
        if model._meta.app_label in apps:
            for row in model._base_manager.all():
                with_long_words(row)

    found = []
    for who, paths in pages.items():
        context = chromium.new_context(viewport={"width": 320, "height": 640})
        context.add_cookies([cookies[who]])
        tab = context.new_page()
        for path in paths:
            with suppress(playwright.Error):  # a file to keep
                answer = tab.goto(path)
                is_page = tab.evaluate("document.doctype !== null")  # or a piece of one
                if is_page and "html" in answer.headers.get("content-type", ""):
                    wide = tab.evaluate("document.documentElement.scrollWidth")
                    found += [f"{path}: {wide}"] if wide > 320 else []
                    found += [f"{path}: {answer.status}"] if answer.status >= 500 else []
        context.close()

    assert found == []
