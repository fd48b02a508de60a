"""Every form, filled through its page with text that nobody foresaw: an answer, never a traceback.

Each address is visited as somebody who may, every form on its page is filled and sent, what
comes back is followed, and nothing of it is kept. `SEED` repeats a run.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from html.parser import HTMLParser
from urllib.parse import urljoin

import pytest
from django import forms
from django.db import transaction
from django.test import Client
from django.urls import reverse

from majlis.config.asgi import OUTSIDE
from majlis.kernel.clock import now
from majlis.kernel.ratelimit import COUNTERS
from majlis.registration.access import admission_token, guest_token
from tests.conftest import IS_LONG, as_person
from tests.factories import recommendations as made
from tests.factories.mail import outbox
from tests.factories.people import PersonFactory
from tests.factories.registration import AdmissionFactory, GuestFactory, RoleFactory
from tests.factories.series import EditionFactory
from tests.house.addresses import WHO
from tests.house.test_access import ADDRESSES, client_of

SEED = 20261127
TIMES = 20 if IS_LONG else 1
TYPED = {"text", "search", "email", "url", "number", "date", "time", "tel", "textarea", "password"}
TEXTS = [
    "abc \u202edef\u202c ghi",
    "\u200b\u200b",
    "First line\x0bsecond line\x85third",
    "Jobs 👩‍🔬🇹🇳 \uf0b7 ✅ 3️⃣ ⵜⴰⵎⴰⵣⵉⵖⵜ 王小明 ⁃",
    "\r\n".join(["y" * 59] * 10),
    "W" * 200,
    "مُحَمَّدٌ " * 30,
    "z" + "\u0301\u0302\u0303" * 200,
    "a\ufffeb\ufdd0\U000e0041\u2028c",
    "<script>alert(1)</script>{{ 7|add:7 }}{% now %}%s%(name)s{0}\\",
    "'\";--\x00",
    "=cmd|' /C calc'!A0",
    "💥" * 5000,
    "\u0301",
    "1e999", "-1", "٣", "９９９９９９９９９９９９９９９９９９９", "0x10", "∞", "NaN",
    "2026-02-30", "٢٠٢٦-٠٣-٢٥", "0001-01-01", "9999-12-31", "25:61",
    "ben\u200b@exam\u00adple.org", "a@b", "@", "mailto:x@y.org", "ben@" + "x." * 120 + "org",
    "javascript:alert(1)", "http://[", "https://exa mple.org", "//", "https://" + "é" * 300,
]  # fmt: skip
# Forms that no page shows as they are: parts of others, or sent by a module of the phone.
BY_OTHERS = {
    "AskedForm", "PersonForm", "ConsentsForm", "WordsForm", "SheetForm", "StepForm", "Days",
    "PlaceForm", "Sheet",
}  # fmt: skip


@dataclass
class SentForm:
    """A form as a page has it: where it goes, and its fields with their kinds and choices."""

    action: str
    method: str
    fields: list[tuple[str, str, str]] = field(default_factory=list)  # kind, name, value
    choices: dict[str, list[str]] = field(default_factory=dict)


class Forms(HTMLParser):
    """Collects the forms of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[SentForm] = []
        self._open: SentForm | None = None
        self._select = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        has = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._open = SentForm(has.get("action", ""), has.get("method", "get").lower())
            self.found.append(self._open)
        if self._open is None:
            return
        name = has.get("name", "")
        if tag == "textarea" and name:
            self._open.fields.append(("textarea", name, ""))
        elif tag == "select":
            self._select = name
            self._open.choices[name] = []
        elif tag == "option" and self._select:
            self._open.choices[self._select].append(has.get("value", ""))
        elif tag == "input" and name:
            kind = has.get("type", "text")
            if kind in {"radio", "checkbox"}:
                self._open.choices.setdefault(name, []).append(has.get("value", "on"))
            else:
                self._open.fields.append((kind, name, has.get("value", "")))
        elif tag == "button" and name:
            self._open.choices.setdefault(name, []).append(has.get("value", ""))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._open = None
        if tag == "select":
            self._select = ""


def filled(form: SentForm, draw: random.Random) -> dict[str, str | list[str]]:
    """What somebody, or something, may send with a form."""
    sent: dict[str, str | list[str]] = {}
    for kind, name, value in form.fields:
        is_hostile = kind in TYPED or draw.random() < 0.1
        sent[name] = draw.choice(TEXTS) if is_hostile else value
    for name, values in form.choices.items():
        picked = draw.choice(TEXTS) if draw.random() < 0.05 else draw.choice(values or [""])
        sent[name] = picked
    return sent


def who_may(who: str) -> str:
    people = WHO.get(who, frozenset({"stranger"}))
    return next(one for one in ("stranger", "ada", "ben", "dina") if one in people)


def form_classes(of: type[forms.Form] = forms.Form) -> Iterator[type[forms.Form]]:
    below: list[type[forms.Form]] = of.__subclasses__()
    for one in below:
        if one.__module__.startswith("majlis."):
            yield one
        yield from form_classes(one)


@pytest.fixture
def seen(monkeypatch):
    """Which classes of forms were given something to read."""
    classes: set[type] = set()
    read = forms.Form.full_clean

    def reading(form):
        if form.is_bound:
            classes.add(type(form))
        read(form)

    monkeypatch.setattr(forms.Form, "full_clean", reading)
    return classes


def send(client: Client, page: str, form: SentForm, draw: random.Random) -> None:
    """Send a form and follow where it leads; keep nothing."""
    path = urljoin(page, form.action or page)
    sent = filled(form, draw)
    COUNTERS.clear()  # nobody is told to wait
    with transaction.atomic():
        answer = getattr(client, form.method)(path, sent, follow=True)
        transaction.set_rollback(True)
    assert answer.status_code < 500, (path, answer.status_code, sent)


def more_pages(world) -> Iterator[tuple[Client, str]]:
    """Pages whose form comes with what was picked, or at a later state."""
    ada, slug = world.ada, world.edition.slug
    said, statement = f"c={world.contribution.code}", f"s={world.statement.code}"
    for kind in ("accept", "reword", "split", "merge", "decline", "carry", "withdraw"):
        for picked in (said, statement, f"{said}&{statement}"):
            path = reverse("dialogue:step", kwargs={"edition": slug, "kind": kind})
            yield as_person(ada), f"{path}?{picked}"
    for make in (made.in_review, made.on_final_list, made.adopted, made.published):
        made.drafted(world.edition)  # another one, to relate it to
        names = {"edition": slug, "rec_id": make(world.edition).rec_id}
        yield as_person(ada), reverse("recommendations:desk-one", kwargs=names)
    asking = Client()
    asking.post(reverse("people:sign-in"), {"email": ada.email})
    yield asking, reverse("people:sign-in-sent")
    soon = now().date() + timedelta(days=20)
    coming = EditionFactory(slug="soon", starts_on=soon, ends_on=soon)
    yield Client(), reverse("registration:register", args=[coming.slug])
    yield as_person(ada), reverse("planning:part", args=[slug, "form"])
    path = reverse("registration:guest", args=["soon", guest_token(GuestFactory(edition=coming))])
    yield Client(), path
    yield Client(), f"{path}no/"
    invitation = {"email": "new@seminar.example", "kinds": ["moderator"], "language": "en"}
    as_person(ada).post(reverse("registration:desk-colleagues", args=[slug]), invitation)
    invited = PersonFactory(email="new@seminar.example")
    yield as_person(invited), re.search(r"/\w\w/e/tunis/invitation/\S+/", outbox()[-1].text)[0]
    yield Client(), f"/v/{admission_token(AdmissionFactory(voice=world.ben))}/"


def pages(world) -> Iterator[tuple[Client, str]]:
    for name, address in sorted(ADDRESSES.items()):
        if address.method == "get" and name not in {*OUTSIDE, "series:emblem"}:
            page = reverse(name, kwargs=address.kwargs(world))
            yield client_of(world, who_may(address.who)), page
    yield from more_pages(world)


@pytest.mark.early
def test_every_form_takes_any_text(world, seen):
    draw = random.Random(SEED)
    RoleFactory(edition=world.other, person=world.ada)  # who organises all sets the mail server
    for client, page in pages(world):
        answer = client.get(page)
        if "html" not in answer.get("Content-Type", ""):
            continue
        for form in Forms(answer.content.decode()).found:
            for _ in range(TIMES):
                send(client, page, form, draw)

    missed = {one.__name__ for one in form_classes()} - {one.__name__ for one in seen} - BY_OTHERS
    assert missed == set()
