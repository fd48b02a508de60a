"""What a page of the workspace offers, it gives: each link opens, no button is refused."""

from __future__ import annotations

from collections import Counter
from copy import deepcopy
from urllib.parse import urljoin, urlsplit

import pytest
from django.db import transaction
from django.test import Client
from django.urls import Resolver404, resolve

from majlis.dialogue import actions
from majlis.dialogue.states import RoundState
from majlis.front import packs
from majlis.front.rehearsal import make_rehearsal
from majlis.registration.states import RoleKind
from tests.conftest import ROOT, as_person
from tests.factories.dialogue import ContributionFactory
from tests.factories.people import PersonFactory
from tests.factories.registration import RoleFactory
from tests.house.pages import Page

pytestmark = pytest.mark.once
OF_A_KIND = 3  # pages of one address that are looked at: more are like these
ELSEWHERE = ("/static/", "/live/", "/fr/", "/ar/")  # other languages have the same pages


@pytest.fixture
def edition(db):
    """A rehearsal, which has been through a whole day."""
    ada = PersonFactory(name="Ada")
    real = packs.load(ROOT / "editions" / "tunis-2026").edition
    edition = make_rehearsal(real, voices=30, seed=1, by=ada)
    for _ in range(3):  # three steps: one can be undone, one not any more, one is undone
        said = ContributionFactory(voice=edition.voices.first())
        actions.accept_contribution(said, why="Clear.", by=ada)
    asked, gone, _ = edition.statements.order_by("-number")[:3]
    asked.round = edition.rounds.get(state=RoundState.OPEN)
    asked.save()
    actions.undo_step(gone.edges_in.get().step, by=ada)
    return edition


def colleague(edition, kind: RoleKind) -> Client:
    return as_person(RoleFactory(edition=edition, kind=kind, person__name=kind.value).person)


def name_of(path: str) -> str:
    try:
        return resolve(path).view_name
    except Resolver404:
        return path


class Walk:
    """Every page of the workspace that a colleague reaches by pressing what is shown."""

    def __init__(self, client: Client, start: str) -> None:
        self.client, self.todo, self.seen = client, [(start, "the start")], {start}
        self.kinds: Counter[str] = Counter()
        self.closed: list[str] = []
        self.refused: list[str] = []

    def all(self, *, press: bool) -> Walk:
        while self.todo:
            path, source = self.todo.pop(0)
            answer = self.client.get(path, follow=True)
            if answer.status_code != 200:
                self.closed.append(f"{answer.status_code} {path} on {source}")
            elif "/desk/" in path and "html" in answer.headers["Content-Type"]:
                page = Page(answer.content.decode())
                self.follow(path, page)
                if press:
                    self.press(path, page)
        return self

    def follow(self, path: str, page: Page) -> None:
        for link in page.links:
            to = urlsplit(urljoin(path, link))
            where = to.path + (f"?{to.query}" if to.query else "")
            if to.netloc or to.scheme or where in self.seen or to.path.startswith(ELSEWHERE):
                continue
            kind = name_of(to.path)
            self.kinds[kind] += 1
            if self.kinds[kind] <= OF_A_KIND:
                self.seen.add(where)
                self.todo.append((where, path))

    def press(self, path: str, page: Page) -> None:
        for form in page.forms.values():
            action = urljoin(path, form.action or path)
            for name, value, said in form.buttons if form.method == "post" else []:
                data: dict[str, list[str]] = {}
                for field, held in [*form.fields, *([(name, value)] if name else [])]:
                    data.setdefault(field, []).append(held)
                before = deepcopy(self.client.cookies)
                with transaction.atomic():
                    answer = self.client.post(action, data)
                    transaction.set_rollback(True)
                self.client.cookies = before
                if answer.status_code in {403, 404, 405, 409} or answer.status_code >= 500:
                    self.refused.append(f"{answer.status_code} “{said}” on {path}")


@pytest.mark.early
@pytest.mark.parametrize("kind", list(RoleKind))
def test_each_link_that_a_colleague_is_shown_opens(edition, kind):
    walk = Walk(colleague(edition, kind), f"/en/desk/{edition.slug}/").all(press=False)

    assert len(walk.kinds) > 10
    assert walk.closed == []


@pytest.mark.long
@pytest.mark.parametrize("kind", list(RoleKind))
def test_no_button_that_a_colleague_is_shown_is_refused(edition, kind):
    walk = Walk(colleague(edition, kind), f"/en/desk/{edition.slug}/").all(press=True)

    assert (walk.closed, walk.refused) == ([], [])
