"""What is pressed on a list of the workspace leads back to the list as it was filtered."""

from __future__ import annotations

import pytest
from django.urls import reverse

from majlis.dialogue import actions
from majlis.registration.states import RegistrationState
from tests.conftest import as_person
from tests.factories.dialogue import ContributionFactory
from tests.factories.people import PersonFactory
from tests.factories.registration import RegistrationFactory
from tests.house.pages import Page


def waiting(world) -> str:
    for _ in range(3):
        RegistrationFactory(edition=world.edition, state=RegistrationState.WAITING)
    return "registration:desk-registrations"


def said(world) -> str:
    for _ in range(3):
        ContributionFactory(voice=world.ben, edition=world.edition)
    return "dialogue:moderation"


def done(world) -> str:
    actions.accept_contribution(world.contribution, why="Clear.", by=PersonFactory())
    return "dialogue:steps"


@pytest.mark.parametrize(
    ("lists", "query"),
    [
        (waiting, "state=waiting&q=&page=1"),
        (said, "q=registre&page=1"),
        (done, "page=1"),
    ],
)
def test_every_button_on_a_list_leads_back_to_its_filter_and_page(world, lists, query):
    path = reverse(lists(world), args=[world.edition.slug])
    ada = as_person(world.ada)
    page = Page(ada.get(f"{path}?{query}").content.decode())
    pressed = 0

    for form in page.forms.values():
        to = form.action.split("?")[0]
        undo_from_elsewhere = path.endswith("/moderation/") and to.endswith("/undo/")
        if form.method != "post" or "/desk/" not in to or undo_from_elsewhere:
            continue
        for name, value, _words in form.buttons:
            sent = dict(form.fields) | ({name: value} if name else {})
            answer = ada.post(form.action, sent)
            assert answer["Location"] == f"{path}?{query}", form
            pressed += 1
    assert pressed


@pytest.mark.parametrize(
    ("args", "sent"),
    [
        (["code"], {"reason": "Full."}),
        (["kind"], {"why": "Twice."}),
    ],
)
def test_page_with_a_form_leads_back_to_the_list_it_was_opened_from(world, args, sent):
    ada = as_person(world.ada)
    lists, query = (waiting, "state=waiting") if args == ["code"] else (said, "q=registre")
    path = reverse(lists(world), args=[world.edition.slug])
    page = Page(ada.get(f"{path}?{query}").content.decode())
    kind = "decline"
    [link, *_more] = [one for one in page.links if kind in one and "list=" in one]

    answer = ada.post(link, sent)

    assert answer["Location"] == f"{path}?{query}"


def test_list_that_is_named_is_a_query_and_nothing_else(world):
    ada = as_person(world.ada)
    registration = RegistrationFactory(edition=world.edition, state=RegistrationState.WAITING)
    act = reverse("registration:desk-act", args=[world.edition.slug, registration.code, "approve"])

    answer = ada.post(act, {"back": "list", "list": "https://evil.example/?a=b\r\nX: y"})

    assert answer["Location"].startswith(
        reverse("registration:desk-registrations", args=[world.edition.slug]) + "?"
    )
