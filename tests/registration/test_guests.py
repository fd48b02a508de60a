"""Guests are invited, answer by their link, and can be reminded."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from majlis.kernel.clock import now
from majlis.kernel.errors import RuleBroken
from majlis.registration import access, actions, held
from majlis.registration.models import Guest, Registration
from majlis.registration.states import RegistrationState
from tests.conftest import as_person
from tests.factories.mail import outbox
from tests.factories.registration import GuestFactory, RegistrationFactory, RoleFactory

pytestmark = [pytest.mark.django_db, pytest.mark.once]

ANSWERS = {
    "name": "Gada Guest",
    "capacity": "official",
    "organisation": "Cluster of Sfax",
    "constituency": "cluster",
    "country": "TN",
    "languages": ["fr", "ar"],
    "consents": ["name_list"],
}


@pytest.fixture
def ada():
    soon = now().date() + timedelta(days=20)
    days = {"edition__starts_on": soon, "edition__ends_on": soon}
    return RoleFactory(edition__slug="tunis", person__name="Ada", **days).person


@pytest.fixture
def edition(ada):
    return ada.roles.get().edition


@pytest.fixture
def guest(edition):
    return GuestFactory(edition=edition, email="gada@seminar.example")


def link_of(guest) -> str:
    return reverse("registration:guest", args=[guest.edition.slug, access.guest_token(guest)])


def test_an_invitation_is_written_by_the_tick_and_its_link_only_asks(ada, edition, guest):
    n = actions.want_invitations(edition, edition.guests.all(), by=ada)
    assert (n, outbox()) == (1, [])

    assert actions.write_wanted() == 1
    assert actions.write_wanted() == 0

    letter = outbox()[0]
    path = re.search(r"/\w\w/e/tunis/guest/\S+", letter.text)[0]
    assert letter.recipient == "gada@seminar.example"
    assert path.split("/")[-2] in letter.secrets
    page = Client().get(path)
    assert page.status_code == 200
    guest.refresh_from_db()
    assert (guest.answer, guest.n_sent, Registration.objects.count()) == ("", 1, 0)


def test_a_guest_who_says_yes_has_a_confirmed_place_and_the_personal_link(guest):
    answer = Client().post(link_of(guest), ANSWERS, follow=True)

    registration = Registration.objects.get()
    guest.refresh_from_db()
    assert registration.state == RegistrationState.CONFIRMED
    assert registration.address_confirmed_at
    assert registration.organisation.name == "Cluster of Sfax"
    assert (guest.answer, guest.registration) == ("yes", registration)
    assert "/v/" in outbox()[0].text
    assert "Yes, I will come" not in answer.content.decode()


def test_saying_no_takes_a_button_and_gives_back_what_was_accepted(guest):
    client = Client()
    client.post(link_of(guest), ANSWERS)
    refuse = f"{link_of(guest)}no/"
    client.get(refuse)
    guest.refresh_from_db()
    assert guest.answer == "yes"

    client.post(refuse, {"note": "My colleague Hedi can come."})

    guest.refresh_from_db()
    assert (guest.answer, guest.note) == ("no", "My colleague Hedi can come.")
    assert Registration.objects.get().state == RegistrationState.WITHDRAWN


def test_a_guest_who_changes_their_mind_comes_back(guest):
    client = Client()
    client.post(f"{link_of(guest)}no/", {"note": ""})
    client.post(link_of(guest), ANSWERS)
    client.post(f"{link_of(guest)}no/", {"note": ""})
    client.post(link_of(guest), ANSWERS)
    assert Registration.objects.get().state == RegistrationState.CONFIRMED


def test_a_guest_can_have_name_and_address_deleted(guest):
    Client().post(f"{link_of(guest)}no/", {"note": "", "forget": "on"})
    assert not Guest.objects.exists()
    assert Client().get(link_of(guest)).status_code == 404


def test_another_address_needs_another_link(guest):
    path = link_of(guest)
    Guest.objects.update(email="other@seminar.example")
    assert Client().get(path).status_code == 404


def test_reminders_go_to_those_who_have_not_answered_alone(ada, edition, guest):
    GuestFactory(edition=edition, answer="no")
    actions.want_invitations(edition, edition.guests.all(), by=ada)
    actions.write_wanted()
    actions.want_invitations(edition, edition.guests.all(), by=ada)
    actions.write_wanted()

    assert [m.recipient for m in outbox()] == [guest.email] * 2
    assert len({m.subject for m in outbox()}) == 2


def test_somebody_registered_is_not_added_as_a_guest(ada, edition):
    RegistrationFactory(edition=edition, person__email="ben@seminar.example")
    facts = {"name": "Ben", "language": "en", "languages": []}
    with pytest.raises(RuleBroken):
        actions.add_guest(edition, email="ben@seminar.example", facts=facts, by=ada)
    assert not Guest.objects.exists()


def test_the_list_tells_who_answered_and_leaves_as_a_table(ada, edition, guest):
    GuestFactory(edition=edition, name="Nour", answer="no", note="=cmd")
    path = reverse("registration:desk-guests", args=["tunis"])
    page = as_person(ada).get(path, {"stands": "no"}).content.decode()
    assert "Nour" in page
    assert "Gada" not in page

    table = as_person(ada).get(path, {"stands": "no", "file": "csv"}).content.decode()
    assert "'=cmd" in table
    assert "Gada" not in table


def test_my_data_shows_the_invitation_and_erasing_deletes_it(guest):
    Client().post(link_of(guest), ANSWERS)
    person = Registration.objects.get().person
    own = access.OwnRecord(guest.edition, person, None, None, True)
    assert "guest" in {part.key for part in held.parts_of(own)}

    actions.erase(person, by=person)

    assert not Guest.objects.exists()


def test_a_guest_is_asked_for_permissions_after_everything_else(guest):
    asked = list(Client().get(link_of(guest)).context["form"].fields)

    assert (asked[0], asked[-1]) == ("name", "consents")
