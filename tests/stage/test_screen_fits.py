"""What the projector shows is all there: at its sizes, in each language, however long the words."""

from __future__ import annotations

from contextvars import copy_context
from datetime import time
from itertools import cycle, islice
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from django.urls import reverse

from majlis.kernel.clock import now
from majlis.kernel.texts import Text
from majlis.kernel.words import Language
from majlis.opinion.actions import keep_reading
from majlis.series.models import Edition
from majlis.stage import access
from majlis.stage.models import Scene
from tests.factories.dialogue import RoundFactory, StatementFactory, VoteEventFactory, counted
from tests.factories.registration import VoiceFactory
from tests.factories.series import EditionFactory, SessionFactory

SIZES = [(1280, 720), (1024, 768), (1920, 1080), (800, 600)]
SITE = "http://screen.test"
LONG = Text.of(
    "en",
    en="Public authorities should open one national register of clusters, with the statutes, the "
    "members and the yearly accounts of each, so that banks and donors may rely on it everywhere.",
    fr="Les pouvoirs publics devraient ouvrir un registre national unique des clusters, avec les "
    "statuts, les membres et les comptes annuels de chacun, auquel les banques puissent se fier.",
    ar="ينبغي للسلطات العمومية أن تفتح سجلا وطنيا موحدا للعناقيد الصناعية يتضمن الأنظمة الأساسية "
    "والأعضاء والحسابات السنوية لكل منها حتى تعتمد عليه المصارف والجهات المانحة في كل مكان.",
)
CUT = """() => {
  const screen = { left: 0, top: 0, right: innerWidth, bottom: innerHeight };
  const scene = document.querySelector(".stage-scene");
  return [...document.querySelectorAll("body *")].filter((e) => {
    if (e.ownerSVGElement || e.closest(".visually-hidden, .skip-link, script")) return false;
    const box = e.getBoundingClientRect();
    const frame = scene.contains(e) && e !== scene ? scene.getBoundingClientRect() : screen;
    return box.left < frame.left - 2 || box.right > frame.right + 2
      || box.top < frame.top - 2 || box.bottom > frame.bottom + 2;
  }).map((e) => e.outerHTML.slice(0, 90));
}"""
SMALLEST = """() => Math.min(...[...document.querySelectorAll("body *")].filter((e) =>
  !e.ownerSVGElement && !e.closest(".visually-hidden, .skip-link, script, svg")
  && [...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim())
).map((e) => parseFloat(getComputedStyle(e).fontSize))) / innerHeight"""


@pytest.fixture(autouse=True)
def _database_beside_a_browser(monkeypatch):
    """The driver's event loop runs in this thread; the database is asked from it all the same."""
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


@pytest.fixture
def edition(db, monkeypatch):
    """A rehearsal in the middle of its day, with long titles and a vote that divides families."""
    edition = EditionFactory(slug="tunis-2026-rehearsal-7", is_rehearsal=True)
    for n, (starts, ends) in enumerate([(9, 10), (9, 10), (9, 10), (10, 11), (10, 11)]):
        day = {"on_date": edition.starts_on, "starts": time(starts), "ends": time(ends)}
        SessionFactory(edition=edition, title=LONG if n % 2 else edition.series.title, **day)
    round = RoundFactory(edition=edition, title=LONG)
    statements = [StatementFactory(round=round, wording=LONG, position=n) for n in range(3)]
    groups = islice(cycle(["ministry", "association", "bank", "university"]), 40)
    for n, group in enumerate(groups):
        voice = VoiceFactory(edition=edition, constituency=group)
        for m, statement in enumerate(statements):
            stance = [1, [1, -1][n % 2], [1, -1, 1, 0][n % 4]][m]
            VoteEventFactory(statement=statement, voice=voice, stance=stance)
    keep_reading(counted(round))
    at = edition.sessions.first().starts_at
    monkeypatch.setattr("majlis.stage.views.now", lambda: at)
    return edition


def shown(edition, scene: Scene, language: str, page: int = 1) -> str:
    """The address of the screen, put to a scene."""
    stage = access.stage_of(edition)
    stage.scene, stage.language, stage.page = scene, language, page
    stage.round = edition.rounds.get()
    stage.changed_at = now()
    stage.save()
    return reverse("stage_root:screen", kwargs={"key": access.stage_key(stage)})


@pytest.fixture
def tab(chromium: Any):
    """A browser whose server is Django's test client."""

    here = copy_context()  # the driver calls from a context of its own, which has another database

    def answer(route: Any) -> None:
        path = urlsplit(route.request.url).path
        if path.startswith("/static/"):
            route.fulfill(path=finders.find(path.removeprefix("/static/")))
        elif path.startswith("/live/"):
            route.abort()
        else:
            got = here.run(Client().get, path)
            kind = got.headers["Content-Type"]
            route.fulfill(status=got.status_code, body=got.content, content_type=kind)

    tab = chromium.new_page()
    tab.route("**/*", answer)
    yield tab
    tab.close()


def every_scene(edition) -> list[tuple[Scene, int]]:
    return [(scene, 1) for scene in Scene if scene != Scene.RESULTS] + [
        (Scene.RESULTS, page) for page in range(1, 12)
    ]


# After two frames the page has been laid out for its new size.
DRAWN_AGAIN = "new Promise(r => requestAnimationFrame(() => requestAnimationFrame(r)))"


@pytest.mark.parametrize("language", Language.values)
def test_no_scene_is_cut_at_any_size_of_projector(edition, tab, language):
    cut, small = [], []
    for scene, page in every_scene(edition):
        tab.set_viewport_size({"width": 1280, "height": 720})
        tab.goto(SITE + shown(edition, scene, language, page))
        tab.evaluate("document.fonts.ready")
        for width, height in SIZES:
            tab.set_viewport_size({"width": width, "height": height})
            tab.wait_for_timeout(30)
            tab.evaluate(DRAWN_AGAIN)
            place = f"{scene} {page} {width}x{height}"
            cut += [f"{place}: {html}" for html in tab.evaluate(CUT)]
            if tab.evaluate(SMALLEST) < 0.02:
                small.append(place)
    assert (cut, small) == ([], [])


def test_screen_takes_the_language_of_its_scene_at_once(edition, tab):
    tab.goto(SITE + shown(edition, Scene.JOIN, "en"))
    shown(edition, Scene.JOIN, "ar")

    tab.wait_for_selector("[lang=ar] .stage-sheet")

    assert tab.evaluate("[document.documentElement.lang, document.documentElement.dir]") == [
        "ar",
        "rtl",
    ]
    assert "محاكاة" in tab.inner_text(".rehearsal")


def test_screen_says_so_when_its_rehearsal_is_gone(edition, tab):
    tab.goto(SITE + shown(edition, Scene.JOIN, "en"))
    Edition.objects.filter(pk=edition.pk).update(slug="another")

    tab.wait_for_selector("text=This screen’s address is not valid")

    assert tab.locator(".address, .qr").count() == 0
