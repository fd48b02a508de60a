"""A place passes on to a substitute once they have said yes."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from majlis.kernel.clock import now
from majlis.kernel.ledger import acts_on
from majlis.registration import access, actions
from majlis.registration.models import Guest, Registration
from majlis.registration.states import RegistrationState
from tests.conftest import as_person, as_voice
from tests.factories.mail import outbox
from tests.factories.registration import RegistrationFactory, RoleFactory, VoiceFactory

pytestmark = [pytest.mark.django_db, pytest.mark.once]

ANSWERS = {
    "name": "Sami",
    "capacity": "personal",
    "constituency": "cluster",
    "country": "TN",
    "languages": ["fr"],
}
NAMED = {"name": "Sami", "email": "sami@seminar.example", "language": "fr"}
OWN = "/en/e/tunis/my-data/substitute/"


@pytest.fixture
def ada():
    soon = now().date() + timedelta(days=20)
    days = {"edition__starts_on": soon, "edition__ends_on": soon}
    return RoleFactory(edition__slug="tunis", person__name="Ada", **days).person


@pytest.fixture
def ben(ada):
    return VoiceFactory(
        edition=ada.roles.get().edition,
        registration__person__name="Ben",
        registration__person__language="en",
        registration__address_confirmed_at=now(),
    )


def link_of(guest):
    return reverse("registration:guest", args=["tunis", access.guest_token(guest)])


def standing():
    found = Registration.objects.select_related("person")
    return {place.full_name: str(place.state) for place in found}


def test_a_participant_names_somebody_and_keeps_the_place_until_they_say_yes(ben):
    phone = as_voice(ben)
    assert phone.post(OWN, NAMED).status_code == 303
    actions.write_wanted()
    assert "à la place de Ben" in outbox()[-1].text or "in place of" in outbox()[-1].text
    assert standing() == {"Ben": "confirmed"}
    assert phone.get("/en/e/tunis/devices/").status_code == 200


def test_with_the_yes_the_place_passes_on_and_the_voice_before_stays_as_it_was(ada, ben):
    edition, phone = ben.edition, as_voice(ben)
    actions.set_quotas(edition, {("all", ""): 1}, by=ada)
    waits = RegistrationFactory(edition=edition, state="waiting", listed_at=now(), name="Wafa")
    phone.post(OWN, NAMED)

    Client().post(link_of(Guest.objects.get()), ANSWERS)

    assert actions.fill_places() == 0  # the place was never free
    assert standing() == {"Ben": "withdrawn", "Sami": "confirmed", "Wafa": "waiting"}
    assert waits.listed_at
    assert phone.get("/en/e/tunis/devices/").status_code == 404
    ben.refresh_from_db()
    sami = Registration.objects.get(name="Sami")
    assert ben.registration.full_name == "Ben"
    assert sami.voice != ben
    assert "Sami comes in your place" in " ".join(one.text for one in outbox())
    assert "place passed on to the substitute" in [str(a.done) for a in acts_on(ben.registration)]
    desk = as_person(ada).get(f"/en/desk/tunis/registrations/{sami.code}/").content.decode()
    assert "In place of:" in desk


def test_naming_another_or_nobody_ends_the_invitation_before(ada, ben):
    desk = reverse("registration:desk-substitute", args=["tunis", ben.registration.code])
    client = as_person(ada)
    client.post(desk, NAMED)
    first = link_of(Guest.objects.get())
    client.post(desk, NAMED | {"email": "other@seminar.example"})
    assert Client().get(first).status_code == 404
    assert Guest.objects.get().email == "other@seminar.example"

    client.post(f"{desk}drop/")
    assert not Guest.objects.exists()


def test_who_is_registered_already_is_told_to_the_desk_alone(ada, ben):
    there = RegistrationFactory(edition=ben.edition, person__email="sami@seminar.example")
    desk = reverse("registration:desk-substitute", args=["tunis", ben.registration.code])
    refused = as_person(ada).post(desk, NAMED)
    assert refused.status_code == 422
    assert "has registered already" in refused.content.decode()

    told = as_voice(ben).post(OWN, NAMED)

    assert told.status_code == 303
    assert not Guest.objects.exists()
    assert [one.recipient for one in outbox()] == [there.person.email]


def test_a_place_that_was_cancelled_meanwhile_is_asked_for_like_any_other(ada, ben):
    actions.set_quotas(ben.edition, {("all", ""): 1}, by=ada)
    as_voice(ben).post(OWN, NAMED)
    actions.withdraw(ben.registration, by=ben.registration.person)
    RegistrationFactory(edition=ben.edition, name="Other")

    Client().post(link_of(Guest.objects.get()), ANSWERS)

    sami = Registration.objects.get(name="Sami")
    assert sami.state == RegistrationState.WAITING
    assert sami.listed_at
