"""What every test may ask for: the cast, a small world, the shared data."""

from __future__ import annotations

import gc
import os
import re
import shutil
import unicodedata
from collections.abc import Iterator
from copy import copy
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import django.test.client
import pytest
from django.db.backends.postgresql.creation import DatabaseCreation as PostgreSQLTests
from django.db.backends.postgresql.operations import DatabaseOperations as PostgreSQL
from django.test import Client, TransactionTestCase
from django.test.utils import ContextList
from django.utils import translation
from hypothesis import settings as hypothesis_settings

from majlis.kernel.ratelimit import COUNTERS
from majlis.registration.access import VOICE_COOKIE
from majlis.registration.models import Voice
from majlis.registration.states import RoleKind

IS_LONG = bool(os.environ.get("MAJLIS_TEST_LONG"))
# A shared processor is slow at times; what a property says does not hang on it. The short run
# tries the same examples each time, the long one ten times as many new ones.
hypothesis_settings.register_profile("short", deadline=None, derandomize=True)
hypothesis_settings.register_profile("long", deadline=None, max_examples=1000)
hypothesis_settings.load_profile("long" if IS_LONG else "short")

# Emptying tables that hold a few rows is faster row by row than by PostgreSQL's TRUNCATE.
PostgreSQL.sql_flush = lambda self, _style, tables, **_more: [  # type: ignore[method-assign]
    f"DELETE FROM {self.quote_name(table)}" for table in tables
]
# A thread that a test has started may hold its connection until the process ends.
PostgreSQLTests._destroy_test_db = lambda self, name, _: _drop(self, name)  # type: ignore[attr-defined]
DATABASE = {"db", "transactional_db", "live_server", "install", "install_once", "served"}
ROOT = Path(__file__).resolve().parents[1]
AXE = ROOT / "tests/vendor/axe-core@4.14.1/axe.min.js"


def _drop(tests: Any, name: str) -> None:
    with tests._nodb_cursor() as cursor:
        cursor.execute(f"DROP DATABASE {tests.connection.ops.quote_name(name)} WITH (FORCE)")


def examples(n: int) -> int:
    """So many examples of a property in the short run, ten times as many in the long one."""
    return 10 * n if IS_LONG else n


# Six thousand tests and all modules stay to the end: to look through them for garbage, again and
# again, takes a tenth of the time. What tests make is looked through, less often.
gc.disable()


def pytest_collection_finish() -> None:
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)
    gc.enable()


def _kept_of_a_page(store: dict[str, Any], *_: object, context: Any, **_more: object) -> None:
    """Keep what the page as a whole was made of; Django copies it for each piece of it too."""
    if "context" not in store:
        store["context"] = ContextList([copy(context)])


django.test.client.store_rendered_templates = _kept_of_a_page  # type: ignore[attr-defined]


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> Iterator[None]:
    """Mark what touches a database, keep together what shares a server or a browser, and begin
    with what takes long, so that no worker is left alone with it in the end."""
    for item in items:
        assert isinstance(item, pytest.Function)
        if (
            DATABASE & set(item.fixturenames)
            or item.get_closest_marker("django_db")
            or issubclass(item.cls or object, TransactionTestCase)
        ):
            item.add_marker("database")
        if {"chromium", "install_once"} & set(item.fixturenames):
            item.add_marker(pytest.mark.xdist_group(item.path.stem))
    yield
    items.sort(key=lambda item: item.get_closest_marker("early") is None)


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Begin each test in English, whatever language the one before it spoke."""
    with translation.override("en"):
        yield


@pytest.fixture(autouse=True)
def nothing_tried() -> None:
    """Begin each test with no tries counted."""
    COUNTERS.clear()


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of shared data, read by path; its tests are left out, with a word, without it."""
    folder = Path(os.environ.get("MAJLIS_SHARED") or ROOT.parent / "shared") / "data"
    if not folder.is_dir():
        pytest.skip(f"shared data is not at {folder} (MAJLIS_SHARED names its parent)")
    return folder


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    """Debian's Chromium, driven; its tests are left out, with a word, where there is none.

    One for each module: while the driver is open its event loop runs in this thread, where
    neither a second driver nor Django's database would work.
    """
    names = (os.environ.get("MAJLIS_CHROMIUM") or "chromium", "chromium-browser")
    path = next(filter(None, map(shutil.which, names)), None)
    if path is None:
        if "chromium" in os.environ.get("MAJLIS_REQUIRE", "").split():
            pytest.fail("Chromium is required and was not found")
        pytest.skip("Chromium was not found: browser journeys are left out")
    from playwright.sync_api import sync_playwright

    nowhere_else = ("--disable-background-networking", "--host-resolver-rules=MAP *.test 127.0.0.1")
    with sync_playwright() as driver:
        browser = driver.chromium.launch(
            executable_path=path, args=["--no-sandbox", "--disable-gpu", *nowhere_else]
        )
        yield browser
        browser.close()


def words_in(text: str) -> set[str]:
    """Words after NFKC, without bidi controls and vowel marks."""
    plain = unicodedata.normalize("NFKC", text)
    plain = re.sub("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\u064b-\u0652]", "", plain)
    return set(re.findall(r"\w+", plain))


def as_person(person: object) -> Client:
    """A browser in which this person is signed in."""
    client = Client()
    client.force_login(person)  # type: ignore[arg-type]
    return client


def as_voice(voice: Voice, **facts: object) -> Client:
    """A phone that is connected to this voice; `facts` are of its device."""
    from tests.factories.registration import connect

    client = Client()
    client.cookies[VOICE_COOKIE + voice.edition.slug] = connect(voice, **facts)
    return client


@pytest.fixture
def world(db: object) -> SimpleNamespace:
    """One edition with its cast: Ada organises, Ben participates, Chen is rapporteur, Dina is a
    stranger, Fay facilitates, Mia moderates, Nour is at the welcome desk; Omar participates in
    another edition."""
    from tests.factories.dialogue import ContributionFactory, RoundFactory, StatementFactory
    from tests.factories.people import PersonFactory
    from tests.factories.registration import RoleFactory, VoiceFactory
    from tests.factories.series import (
        ChallengeFactory,
        EditionFactory,
        GlossaryTermFactory,
        PublicTextFactory,
        SessionFactory,
        ThemeFactory,
    )

    edition = EditionFactory(slug="tunis")
    other = EditionFactory(slug="elsewhere")
    ben = VoiceFactory(edition=edition, registration__person__name="Ben")
    round = RoundFactory(edition=edition)
    PublicTextFactory(edition=edition, kind="privacy")
    GlossaryTermFactory(edition=edition)
    return SimpleNamespace(
        edition=edition,
        other=other,
        theme=ThemeFactory(edition=edition, code="T1"),
        challenge=ChallengeFactory(edition=edition, code="C1"),
        session=SessionFactory(edition=edition, code="A08"),
        ada=RoleFactory(edition=edition, person__name="Ada").person,
        chen=RoleFactory(edition=edition, kind=RoleKind.RAPPORTEUR, person__name="Chen").person,
        fay=RoleFactory(edition=edition, kind=RoleKind.FACILITATOR, person__name="Fay").person,
        mia=RoleFactory(edition=edition, kind=RoleKind.MODERATOR, person__name="Mia").person,
        nour=RoleFactory(edition=edition, kind=RoleKind.DOOR, person__name="Nour").person,
        dina=PersonFactory(name="Dina"),
        omar=VoiceFactory(edition=other, registration__person__name="Omar"),
        ben=ben,
        round=round,
        statement=StatementFactory(round=round, edition=edition),
        contribution=ContributionFactory(voice=ben, edition=edition),
    )
