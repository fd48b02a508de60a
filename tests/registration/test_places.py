"""Places are counted, and the waiting list moves by first come within the numbers."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from django.db import connection, connections
from django.urls import reverse

from majlis.kernel.clock import now
from majlis.registration import actions
from majlis.registration.models import Quota, Registration, Voice
from majlis.registration.states import RegistrationState
from tests.conftest import as_person
from tests.factories.mail import outbox
from tests.factories.people import PersonFactory
from tests.factories.registration import RegistrationFactory, RoleFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada():
    return RoleFactory(edition__slug="tunis", person__name="Ada").person


@pytest.fixture
def edition(ada):
    return ada.roles.get().edition


def waiting(edition, **more) -> Registration:
    return RegistrationFactory(
        edition=edition, state=RegistrationState.WAITING, confirmed_at=None, **more
    )


def states(*places) -> list[str]:
    for place in places:
        place.refresh_from_db()
    return ["listed" if place.listed_at else place.state for place in places]


def test_who_is_approved_when_all_places_are_taken_goes_on_the_waiting_list(ada, edition):
    actions.set_quotas(edition, {("all", ""): 1}, by=ada)
    first, second = waiting(edition), waiting(edition)
    actions.approve(first, by=ada)

    actions.approve(second, by=ada)

    assert states(first, second) == ["confirmed", "listed"]
    assert Voice.objects.count() == 1
    assert outbox()[-1].recipient == second.person.email
    assert "waiting list" in outbox()[-1].subject.lower()
    assert actions.fill_places() == 0


def test_the_waiting_list_moves_by_first_come_within_the_numbers(ada, edition):
    numbers = {("all", ""): 2, ("constituency", "sme"): 1}
    actions.set_quotas(edition, numbers, by=ada)
    a, b = waiting(edition, constituency="sme"), waiting(edition, constituency="bank")
    second_sme = waiting(edition, constituency="sme")
    university = waiting(edition, constituency="university")
    for place in (a, b, second_sme, university):
        actions.approve(place, by=ada)
    assert states(a, b, second_sme, university) == ["confirmed", "confirmed", "listed", "listed"]

    actions.withdraw(b, by=b.person)
    assert actions.fill_places() == 1
    assert states(second_sme, university) == ["listed", "confirmed"]

    actions.withdraw(a, by=a.person)
    assert actions.fill_places() == 1
    assert states(second_sme) == ["confirmed"]


def test_more_places_let_the_next_move_up(ada, edition):
    actions.set_quotas(edition, {("country", "TN"): 1}, by=ada)
    places = [waiting(edition, asked_at=now() + timedelta(minutes=n)) for n in range(3)]
    n = actions.approve_many(edition, codes=[p.code for p in places], by=ada)
    assert (n, states(*places)) == (1, ["confirmed", "listed", "listed"])

    page = reverse("registration:desk-places", args=["tunis"])
    as_person(ada).post(page, {"country_TN": "2"})
    actions.fill_places()

    assert states(*places) == ["confirmed", "confirmed", "listed"]
    assert Quota.objects.get().most == 2


@pytest.mark.django_db(transaction=True)
def test_two_connections_give_the_last_place_once():
    if connection.vendor == "sqlite":
        pytest.skip("an SQLite database in memory has one connection, and a single writer anyway")
    one = waiting(RoleFactory().edition)
    two = waiting(one.edition)
    Quota.objects.create(edition=one.edition, kind="all", most=1)
    by, start = PersonFactory(), threading.Barrier(2)

    def approve(place):
        start.wait()
        try:
            actions.approve(place, by=by)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=approve, args=(place,)) for place in (one, two)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(states(one, two)) == ["confirmed", "listed"]
