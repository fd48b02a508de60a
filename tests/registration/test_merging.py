"""Two registrations of one person become one; two pseudonyms with votes never do."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from majlis.kernel.clock import now
from majlis.kernel.errors import RuleBroken
from majlis.kernel.texts import Text
from majlis.people.models import Person
from majlis.registration import actions, queries
from majlis.registration.models import Consent, FormAnswer, Registration, Voice
from majlis.series.models import Question
from tests.conftest import as_person, as_voice
from tests.factories.dialogue import ContributionFactory
from tests.factories.people import OrganisationFactory
from tests.factories.registration import (
    GuestFactory,
    RegistrationFactory,
    RoleFactory,
    VoiceFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def ada():
    return RoleFactory(edition__slug="tunis", person__name="Ada").person


@pytest.fixture
def edition(ada):
    return ada.roles.get().edition


@pytest.fixture
def body():
    return OrganisationFactory(name="Cluster of Sfax")


@pytest.fixture
def ben(edition, body):
    return VoiceFactory(
        edition=edition,
        registration__person__name="Ben Salah",
        registration__person__email="ben.salah@seminar.example",
        registration__organisation=body,
    ).registration


@pytest.fixture
def twin(edition, body):
    return RegistrationFactory(
        edition=edition, state="waiting", organisation=body, country="MA",
        person__name="Salah BEN", person__email="ben.salah+2@seminar.example",
        asked_at=now() + timedelta(minutes=1), address_confirmed_at=now(),
    )  # fmt: skip


def page_of(one, other):
    return reverse("registration:desk-merge", args=["tunis", one.code, other.code])


def test_the_desk_points_out_who_is_alike_and_nobody_else(ada, edition, ben, twin):
    RegistrationFactory(edition=edition, person__name="Ben Salah", person__email="x@y.example")
    RegistrationFactory(edition=edition, person__name="Ben Salah", state="withdrawn")
    address = reverse("registration:desk-duplicates", args=["tunis"])
    assert as_person(ada).get(address).context["pairs"] == [(ben, twin)]


def test_two_become_one_with_what_was_chosen_of_each(ada, edition, ben, twin):
    question = Question.objects.create(edition=edition, code="Q1", prompt=Text.of("en", en="Hotel"))
    said = {"question": question, "prompt": "Hotel", "language": "en"}
    FormAnswer.objects.create(registration=twin, value="One", shown="One", **said)
    Consent.objects.create(registration=ben, kind="photos", is_given=True, at=now())
    Consent.objects.create(
        registration=twin, kind="photos", is_given=False, at=now() + timedelta(hours=1)
    )
    guest = GuestFactory(edition=edition, registration=twin, answer="yes")
    Registration.objects.filter(pk=ben.pk).update(chosen=["S1"])
    Registration.objects.filter(pk=twin.pk).update(chosen=["S2", "S1"])
    person = twin.person
    client = as_person(ada)
    page = client.get(page_of(twin, ben)).content.decode()
    assert page.index("ben.salah@seminar.example") < page.index("ben.salah+2@seminar.example")

    chosen = {"name": "first", "email": "first", "country": "second", "asked_Q1": "second"}
    done = client.post(page_of(twin, ben), chosen)

    kept = Registration.objects.get()
    assert done["Location"].endswith(f"/registrations/{ben.code}/")
    assert (kept, kept.country, kept.full_name) == (ben, "MA", "Ben Salah")
    assert kept.chosen == ["S1", "S2"]
    assert [answer.shown for answer in kept.form_answers.all()] == ["One"]
    assert queries.consents_of(kept)["photos"] is False  # taken back later
    guest.refresh_from_db()
    assert guest.registration == kept
    person.refresh_from_db()
    assert (person.email, person.is_active) == (None, False)


def test_a_choice_that_is_missing_joins_nothing(ada, ben, twin):
    answer = as_person(ada).post(page_of(ben, twin), {"name": "first"})
    assert answer.status_code == 422
    assert Registration.objects.count() == 2


def test_the_pseudonym_that_has_said_something_stays_with_its_devices(ada, edition, ben, twin):
    actions.approve(twin, by=ada)
    spoke = Voice.objects.get(registration=twin)
    ContributionFactory(voice=spoke, edition=edition)
    phone, other = as_voice(spoke), as_voice(ben.voice)

    actions.merge(ben, twin, of_other=["name"], by=ada)

    assert Registration.objects.get() == twin  # although it came later
    assert Voice.objects.get() == spoke
    assert phone.get("/en/e/tunis/devices/").status_code == 200
    assert other.get("/en/e/tunis/devices/").status_code == 404
    spoke.refresh_from_db()
    assert spoke.country == "MA"


def test_two_pseudonyms_that_spoke_stay_two(ada, edition, ben, twin):
    actions.approve(twin, by=ada)
    for voice in Voice.objects.all():
        ContributionFactory(voice=voice, edition=edition)

    with pytest.raises(RuleBroken, match="cannot become one"):
        actions.merge(ben, twin, of_other=[], by=ada)

    assert Voice.objects.count() == Registration.objects.count() == 2
    page = as_person(ada).get(page_of(ben, twin)).content.decode()
    assert "Join the two" not in page


def test_another_address_opens_nothing_that_was_said_before(ada, edition, ben, twin):
    ContributionFactory(voice=ben.voice, edition=edition)

    kept = actions.merge(ben, twin, of_other=["email"], by=ada)

    assert kept.person.email == "ben.salah+2@seminar.example"
    assert not Voice.objects.get().opens_by_email
    assert not Person.objects.filter(email="ben.salah@seminar.example").exists()
