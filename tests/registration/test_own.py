"""What is held about a person: seen, taken along, put right, given back, erased."""

import json

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client, RequestFactory

from majlis.dialogue.models import Contribution, VoteEvent
from majlis.kernel.errors import RuleBroken
from majlis.kernel.ledger import acts_on
from majlis.people.models import Organisation, Person, SignInLink
from majlis.registration import access, actions, held, queries
from majlis.registration.access import OwnRecord
from majlis.registration.models import Consent, Registration, Voice
from majlis.registration.states import RegistrationState, RoleKind
from tests.conftest import as_person, as_voice
from tests.factories.dialogue import ContributionFactory, VoteEventFactory
from tests.factories.mail import MessageFactory, outbox
from tests.factories.people import OrganisationFactory
from tests.factories.registration import (
    AdmissionFactory,
    RegistrationFactory,
    RoleFactory,
    VoiceFactory,
)
from tests.factories.series import EditionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def ben():
    edition = EditionFactory(slug="tunis")
    return VoiceFactory(
        edition=edition,
        registration__person__name="Ben",
        registration__person__email="ben@firm.example",
        registration__organisation=OrganisationFactory(name="Atlas"),
    )


def test_my_data_page_shows_every_personal_field_of_every_model(ben):
    ContributionFactory(voice=ben, words="Un registre public.")
    VoteEventFactory(voice=ben, statement__edition=ben.edition)

    own = OwnRecord(ben.edition, ben.registration.person, ben.registration, ben, True)
    parts = {p.key: p for p in held.parts_of(own)}

    for key, model in {
        "person": Person,
        "registration": Registration,
        "voice": Voice,
        "contributions": Contribution,
    }.items():
        fields = {item.field for item in parts[key].records[0]}
        assert fields == model.Privacy.personal
    voted = {item.field for item in parts["votes"].records[0]}
    assert voted == VoteEvent.Privacy.personal | {"statement"}


def test_my_data_page_opens_by_card_and_by_letter_and_not_to_others(ben):
    by_card = as_voice(ben).get("/en/e/tunis/my-data/").content.decode()
    by_letter = as_person(ben.registration.person).get("/en/e/tunis/my-data/").content.decode()
    stranger = Client().get("/en/e/tunis/my-data/").content.decode()
    other = as_voice(VoiceFactory()).get("/en/e/tunis/my-data/").content.decode()

    assert "ben@firm.example" in by_card
    assert "ben@firm.example" in by_letter
    assert "ben@firm.example" not in stranger + other
    assert "To make sure that only you can see your data, we will email you a link." in stranger


def test_my_data_page_shows_messages_to_those_who_signed_in_and_not_to_a_card(ben):
    for edition, words in (("tunis", "Ours"), ("", "A way in"), ("elsewhere", "Of others")):
        MessageFactory(recipient="ben@firm.example", edition=edition, text=words)

    def texts(client: Client) -> list[str]:
        held = json.loads(client.get("/en/e/tunis/my-data/download/").content)["held"]
        return [message["text"] for message in held["messages"]]

    assert texts(as_person(ben.registration.person)) == ["Ours", "A way in"]
    assert texts(as_voice(ben)) == []


def test_erase_of_one_registration_removes_the_messages_of_its_edition(ben):
    RegistrationFactory(person=ben.registration.person)
    MessageFactory(recipient="ben@firm.example", edition="tunis")
    other = MessageFactory(recipient="ben@firm.example", edition="elsewhere")

    actions.erase(ben.registration.person, by=ben.registration.person, only=ben.registration)

    assert outbox() == [other]


def test_my_data_letter_leads_to_the_page(ben):
    Client().post("/fr/e/tunis/my-data/ask/", {"email": "ben@firm.example"})
    Client().post("/fr/e/tunis/my-data/ask/", {"email": "nobody@firm.example"})

    assert [m.recipient for m in outbox()] == ["ben@firm.example"]
    assert SignInLink.objects.get().next_path == "/fr/e/tunis/my-data/"


def test_my_data_download_is_the_same_as_json(ben):
    content = json.loads(as_voice(ben).get("/en/e/tunis/my-data/download/").content)

    assert content["edition"] == "tunis"
    assert content["held"]["person"] == [
        {"email": "ben@firm.example", "name": "Ben", "language": "en"}
    ]
    assert content["held"]["registration"][0]["organisation"] == "Atlas"


def test_my_data_correct_changes_one_s_own_answers(ben):
    form = {
        "name": "Benjamin", "capacity": "personal", "constituency": "bank", "country": "MA",
        "languages": ["ar"], "language": "ar",
    }  # fmt: skip

    answer = as_voice(ben).post("/en/e/tunis/my-data/correct/", form)

    registration = Registration.objects.get()
    assert answer.status_code == 303
    assert (registration.person.name, registration.person.language) == ("Benjamin", "ar")
    assert registration.person.email == "ben@firm.example"
    assert (registration.constituency, registration.organisation) == ("bank", None)


def test_my_data_consents_can_be_given_and_taken_back(ben):
    phone = as_voice(ben)

    phone.post("/en/e/tunis/my-data/choices/", {"consents": ["named", "photos"]})
    phone.post("/en/e/tunis/my-data/choices/", {"consents": ["photos"]})

    given = [kind for kind, yes in queries.consents_of(ben.registration).items() if yes]
    facts = [act.facts for act in acts_on(ben.registration)]
    assert given == ["photos"]
    assert facts == [
        {"given": ["named", "photos"], "taken_back": []},
        {"given": [], "taken_back": ["named"]},
    ]


def test_withdraw_stops_the_link_and_keeps_what_was_said(ben):
    ContributionFactory(voice=ben)
    phone = as_voice(ben)

    phone.post("/en/e/tunis/my-data/withdraw/")

    assert Registration.objects.get().state == RegistrationState.WITHDRAWN
    assert Contribution.objects.get().voice == ben
    assert as_voice(ben).get("/en/e/tunis/room/").status_code == 404


def test_erase_forgets_the_person_cuts_the_link_and_keeps_what_was_said(ben):
    contribution = ContributionFactory(voice=ben)
    vote = VoteEventFactory(voice=ben, statement__edition=ben.edition)
    person, card = ben.registration.person, access.admission_token(AdmissionFactory(voice=ben))
    actions.set_consents(ben.registration, kinds=["named"], by=person)
    elsewhere = VoiceFactory(registration__person=person)

    actions.erase(person, by=person)

    ben.refresh_from_db()
    contribution.refresh_from_db()
    vote.refresh_from_db()
    elsewhere.refresh_from_db()
    gone = Person.objects.get(pk=person.pk)
    assert (gone.name, gone.email, gone.is_erased) == ("", None, True)
    assert list(Registration.objects.all()) == []
    assert list(Consent.objects.all()) == []
    assert list(Organisation.objects.all()) == []
    assert ben.registration is elsewhere.registration is None
    assert contribution.voice == vote.voice == ben
    assert Client().get(f"/v/{card}/").status_code == 410
    assert [act.verb for act in acts_on(person)] == ["erased"]


def test_erase_page_asks_twice_and_says_what_stays(ben):
    phone = as_voice(ben)

    without_tick = phone.post("/en/e/tunis/my-data/erase/", {})
    still_there = Registration.objects.count()
    done = phone.post("/en/e/tunis/my-data/erase/", {"is_sure": "on"}, follow=True)

    assert (without_tick.status_code, still_there) == (422, 1)
    assert "Your data has been deleted" in done.content.decode()
    assert list(Registration.objects.all()) == []


def test_erase_by_card_alone_does_not_reach_a_colleague(ben):
    RoleFactory(person=ben.registration.person, kind=RoleKind.RAPPORTEUR)

    by_card = as_voice(ben).post("/en/e/tunis/my-data/erase/", {"is_sure": "on"})

    assert by_card.status_code == 403
    assert Registration.objects.count() == 1


def test_erase_of_the_last_organiser_is_refused_and_leaves_everything(ben):
    person = ben.registration.person
    RoleFactory(person=person, edition=ben.edition)

    with pytest.raises(RuleBroken, match="last organiser"):
        actions.erase(person, by=person)

    ben.refresh_from_db()
    assert ben.registration is not None
    assert Person.objects.get(pk=person.pk).name == "Ben"


def test_erase_removes_messages_to_the_person(ben):
    actions.withdraw(ben.registration, by=ben.registration.person)
    assert len(outbox()) == 1

    actions.erase(ben.registration.person, by=ben.registration.person)

    assert outbox() == []


def test_erase_at_the_desk_leaves_somebody_known_elsewhere_known_there(ben):
    ada = RoleFactory(edition=ben.edition).person
    elsewhere = RegistrationFactory(person=ben.registration.person)

    as_person(ada).post(f"/en/desk/tunis/registrations/{ben.registration.code}/erase/")

    assert list(Registration.objects.all()) == [elsewhere]
    assert Person.objects.get(pk=elsewhere.person_id).name == "Ben"


def test_my_data_page_shows_a_colleague_their_roles_and_erases_them(ben):
    chen = RoleFactory(edition=ben.edition, kind=RoleKind.RAPPORTEUR, person__name="Chen").person
    client = as_person(chen)

    page = client.get("/en/e/tunis/my-data/")
    client.post("/en/e/tunis/my-data/erase/", {"is_sure": "on"})

    chen.refresh_from_db()
    kinds = [part.key for part in page.context["parts"]]
    assert kinds == ["person", "roles", "messages", "sign_ins"]
    assert chen.is_erased
    assert not chen.roles.exists()


def test_only_participants_and_colleagues_are_known_to_an_edition(world):
    def known(cookies: dict[str, str], person: Person | None = None) -> bool:
        request = RequestFactory().get("/")
        request.COOKIES, request.user = cookies, person or AnonymousUser()
        return access.is_known_to_an_edition(request)

    phone = {name: cookie.value for name, cookie in as_voice(world.ben).cookies.items()}

    assert known(phone)
    assert known({}, world.fay)
    assert not known({}, world.dina)
    assert not known({"voice-tunis": "nonsense", "voice-": "", "sessionid": "x"})
