"""The list of participants: those who agreed to it, for those inside, as the language sorts."""

from __future__ import annotations

import re

import pytest

from majlis.registration import actions, queries
from majlis.registration.models import Consent
from majlis.registration.states import ConsentKind, RegistrationState
from tests.conftest import as_person, as_voice
from tests.factories.people import OrganisationFactory
from tests.factories.registration import RegistrationFactory, VoiceFactory

pytestmark = pytest.mark.django_db


def participant(world, name, *, agrees=True, **more):
    voice = VoiceFactory(edition=world.edition, registration__person__name=name, **more)
    if agrees:
        listed(voice.registration)
    return voice


def listed(registration):
    Consent.objects.create(registration=registration, kind=ConsentKind.NAME_LIST, is_given=True)


def shown(client, lang="en"):
    page = client.get(f"/{lang}/e/tunis/participants/").content.decode()
    return re.findall(r"<li>\s*<bdi>(.*?)</bdi>", page)


def test_list_names_who_agreed_with_their_organisations_and_nobody_else(world):
    participant(world, "Zohra", registration__organisation=OrganisationFactory(name="Pole Sud"))
    participant(world, "Silent", agrees=False)
    waiting = RegistrationFactory(
        edition=world.edition, state=RegistrationState.WAITING, person__name="Waiting"
    )
    listed(waiting)

    page = as_voice(world.ben).get("/en/e/tunis/participants/").content.decode()

    assert shown(as_voice(world.ben)) == shown(as_person(world.mia)) == ["Zohra"]
    assert "Pole Sud" in page


def test_name_goes_from_the_list_as_soon_as_the_choice_is_changed_or_the_place_given_back(world):
    stays, changes, leaves = (participant(world, name) for name in ("Amal", "Badr", "Carim"))

    actions.set_consents(changes.registration, kinds=[], by=changes.registration.person)
    actions.withdraw(leaves.registration, by=leaves.registration.person)

    assert queries.participant_list(world.edition) == [stays.registration_id]


@pytest.mark.parametrize(
    ("lang", "names"),
    [
        ("fr", ["amira", "Béatrice", "Élodie", "Zoé", "أحمد", "بلال"]),
        ("ar", ["أحمد", "بلال", "amira", "Béatrice", "Élodie", "Zoé"]),
    ],
)
def test_list_is_sorted_as_the_language_of_the_page_sorts(world, lang, names):
    for name in ["Zoé", "بلال", "Élodie", "amira", "أحمد", "Béatrice"]:
        participant(world, name)

    assert shown(as_voice(world.ben), lang) == names


def test_list_of_nobody_says_what_will_be_there(world):
    page = as_voice(world.ben).get("/en/e/tunis/participants/").content.decode()

    assert "Nobody is on the list yet." in page


def test_list_is_on_the_participant_s_own_page(world):
    page = as_voice(world.ben).get("/en/e/tunis/room/").content.decode()

    assert 'href="/en/e/tunis/participants/"' in page
