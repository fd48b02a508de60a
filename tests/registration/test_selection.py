"""Sessions that a participant has chosen are kept with their place."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from icalendar import Calendar

from majlis.kernel.ledger import CLOCK
from majlis.registration.access.selection import calendar_token
from majlis.series.actions import move_session
from majlis.series.states import SessionType
from tests.conftest import as_voice
from tests.factories.series import SessionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def ben(world):
    for code, kind in (("A1", "panel"), ("A2", "panel"), ("L", SessionType.LUNCH)):
        SessionFactory(edition=world.edition, code=code, kind=kind)
    return world.ben


def address(world):
    return reverse("registration:selection", kwargs={"edition": world.edition.slug})


def chosen(ben):
    ben.registration.refresh_from_db()
    return ben.registration.chosen


def test_selection_follows_the_participant_to_another_device(world, ben):
    phone, laptop = (as_voice(ben) for _ in range(2))

    phone.post(address(world), {"codes": "A2,A1,L,unknown"})
    phone.post(address(world), {"codes": "A1", "to": "out"})

    assert laptop.get(address(world)).json()["chosen"] == ["A2"]
    assert chosen(ben) == ["A2"]
    page = laptop.get(reverse("front:room", kwargs={"edition": world.edition.slug}))
    assert [one.code for one in page.context["chosen"]] == ["A2"]


def test_limited_device_opens_no_selection(world, ben):
    limited = as_voice(ben, is_limited=True)

    assert limited.get(address(world)).status_code == 404
    limited.post(address(world), {"codes": "A1"})
    assert chosen(ben) == []


def test_own_calendar_holds_what_is_chosen_and_rises_with_the_programme(world, ben):
    ben.registration.chosen = ["A2"]
    ben.registration.save()
    here = {"edition": world.edition.slug, "token": calendar_token(ben.registration)}
    path = reverse("registration:own-calendar", kwargs=here)

    (before,) = Calendar.from_ical(Client().get(path).content).walk("VEVENT")
    move_session(world.edition.sessions.get(code="A2"), minutes=10, by=CLOCK)
    (after,) = Calendar.from_ical(Client().get(path).content).walk("VEVENT")
    ben.registration.chosen = []
    ben.registration.save()

    assert after["uid"] == before["uid"]
    assert after["sequence"] == before["sequence"] + 1
    assert Calendar.from_ical(Client().get(path).content).walk("VEVENT") == []
    wrong = path.replace(here["token"], here["token"][:-1] + "1")
    assert Client().get(wrong).status_code == 404
