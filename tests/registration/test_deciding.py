"""What the organiser does at the desk."""

import re
from dataclasses import replace

import pytest
from django.urls import reverse

from majlis.kernel.clock import now
from majlis.kernel.disclosure import Audience
from majlis.kernel.errors import RuleBroken, WrongMove
from majlis.kernel.ledger import acts_on
from majlis.registration import access, actions, queries
from majlis.registration.answers import Answers
from majlis.registration.models import Admission, Registration, Voice
from majlis.registration.states import RegistrationState, RoleKind
from tests.conftest import as_person, as_voice
from tests.factories.dialogue import ContributionFactory
from tests.factories.mail import outbox
from tests.factories.people import OrganisationFactory
from tests.factories.registration import (
    AdmissionFactory,
    RegistrationFactory,
    RoleFactory,
    VoiceFactory,
)
from tests.factories.series import EditionFactory

pytestmark = pytest.mark.django_db

WALID = Answers(
    name="Walid", constituency="society", country="DZ", capacity="personal", languages=("fr",)
)


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


def url(name, edition, **kwargs):
    return reverse(f"registration:{name}", kwargs={"edition": edition.slug, **kwargs})


def test_approve_gives_a_voice_with_its_snapshot_and_mails_the_personal_link(ada, edition):
    registration = waiting(
        edition, constituency="bank", country="MA", capacity="personal", person__language="fr"
    )

    actions.approve(registration, by=ada)

    voice = Voice.objects.get()
    registration.refresh_from_db()
    assert registration.state == RegistrationState.CONFIRMED
    assert (voice.constituency, voice.country, voice.capacity, voice.language) == (
        "bank",
        "MA",
        "personal",
        "fr",
    )
    letter = voice.admissions.get(kind="letter")
    assert f"/v/{access.admission_token(letter)}/" in outbox()[0].text
    assert [(a.kind, a.left) for a in voice.admissions.all()] == [("card", 1), ("letter", 3)]
    assert outbox()[0].language == "fr"
    assert [a.verb for a in acts_on(registration)] == ["approved"]
    assert voice.code not in str([a.facts for a in acts_on(registration)])


def test_approve_before_the_address_is_confirmed_is_refused_and_leaves_no_trace(ada, edition):
    registration = RegistrationFactory(edition=edition, state=RegistrationState.ASKED)

    with pytest.raises(
        RuleBroken,
        match="The email address has not been confirmed yet, so we do not",
    ):
        actions.approve(registration, by=ada)

    assert list(Voice.objects.all()) == []
    assert outbox() == []


def test_vouch_for_confirms_somebody_seen_at_the_desk(ada, edition):
    registration = RegistrationFactory(edition=edition, state=RegistrationState.ASKED)

    actions.vouch_for(registration, by=ada)

    registration.refresh_from_db()
    assert (registration.state, registration.is_walk_in) == (RegistrationState.CONFIRMED, True)


def test_approve_twice_is_refused(ada, edition):
    registration = actions.approve(waiting(edition), by=ada)

    with pytest.raises(WrongMove):
        actions.approve(registration, by=ada)

    assert Voice.objects.count() == 1


def test_approve_many_confirms_those_who_wait_at_this_edition_only(ada, edition):
    two = [waiting(edition), waiting(edition)]
    asked = RegistrationFactory(edition=edition, state=RegistrationState.ASKED)
    elsewhere = waiting(EditionFactory())
    client = as_person(ada)

    answer = client.post(
        url("desk-approve-many", edition),
        {"codes": [r.code for r in [*two, asked, elsewhere]]},
    )

    assert answer.status_code == 303
    assert set(queries.confirmed(edition)) == set(two)
    elsewhere.refresh_from_db()
    assert elsewhere.state == RegistrationState.WAITING


def test_decline_mails_the_reason_and_stops_the_personal_link(ada, edition):
    voice = VoiceFactory(edition=edition)
    phone = as_voice(voice)

    actions.decline(voice.registration, reason="The room is full.", by=ada)

    assert phone.get(f"/en/e/{edition.slug}/room/").status_code == 404
    assert "The room is full." in outbox()[0].text


def test_decline_page_wants_a_reason(ada, edition):
    registration = waiting(edition)

    answer = as_person(ada).post(url("desk-decline", edition, code=registration.code), {})

    assert answer.status_code == 422
    registration.refresh_from_db()
    assert registration.state == RegistrationState.WAITING


def test_decline_of_an_address_nobody_confirmed_sends_nothing_there(ada, edition):
    registration = RegistrationFactory(edition=edition, state=RegistrationState.ASKED)

    actions.decline(registration, reason="Unknown.", by=ada)

    assert outbox() == []


def test_approve_after_declining_brings_the_same_voice_back(ada, edition):
    voice = VoiceFactory(edition=edition)
    actions.decline(voice.registration, reason="By mistake.", by=ada)

    actions.approve(voice.registration, by=ada)

    assert {a.voice for a in Admission.objects.all()} == {voice}


def test_add_at_desk_without_an_address_is_confirmed_at_once_and_sends_nothing(ada, edition):
    registration = actions.add_at_desk(
        edition, answers=WALID, language="fr", has_arrived=True, by=ada
    )

    assert registration.is_confirmed
    assert registration.arrived_at is not None
    assert registration.person.email is None
    assert Voice.objects.get(registration=registration).constituency == "society"
    assert outbox() == []


def test_add_at_desk_of_somebody_on_the_list_is_refused(ada, edition):
    registration = waiting(edition, person__email="walid@firm.example")
    answers = replace(WALID, email="walid@firm.example")

    with pytest.raises(RuleBroken, match="” is already on the list with this address"):
        actions.add_at_desk(edition, answers=answers, language="fr", by=ada)

    assert list(Registration.objects.all()) == [registration]


def test_add_page_leads_to_the_card(ada, edition):
    form = {
        "name": "Walid", "capacity": "personal", "constituency": "society", "country": "DZ",
        "languages": ["fr"], "language": "fr",
    }  # fmt: skip

    answer = as_person(ada).post(url("desk-add", edition), form, follow=True)

    token = access.admission_token(Voice.objects.get().admissions.get())
    assert token in answer.content.decode().replace(" ", "")


def corrected(registration: Registration, **changes: object) -> Answers:
    now_ = {
        "name": registration.person.name,
        "email": registration.person.email or "",
        "organisation": "",
        "constituency": registration.constituency,
        "country": registration.country,
        "capacity": "personal",
        "languages": tuple(registration.languages),
    }
    return Answers(**{**now_, **changes})  # type: ignore[arg-type]


def test_correct_follows_into_the_snapshot_until_the_voice_has_spoken(ada, edition):
    voice = VoiceFactory(edition=edition, constituency="sme")
    registration = voice.registration

    actions.correct(
        registration, answers=corrected(registration, constituency="bank"), language="fr", by=ada
    )
    voice.refresh_from_db()
    before = voice.constituency
    ContributionFactory(voice=voice)
    actions.correct(
        registration, answers=corrected(registration, constituency="donor"), language="fr", by=ada
    )
    voice.refresh_from_db()
    registration.refresh_from_db()

    assert (before, voice.constituency, registration.constituency) == ("bank", "bank", "donor")


def test_correct_at_the_desk_leaves_name_and_address_of_somebody_known_elsewhere(ada, edition):
    chen = RoleFactory(person__name="Chen", person__email="chen@seminar.example").person
    registration = waiting(edition, person=chen)

    actions.correct(
        registration,
        answers=corrected(registration, name="Mallory", email="mallory@evil.example"),
        language="fr",
        by=ada,
    )

    chen.refresh_from_db()
    assert (chen.name, chen.email) == ("Chen", "chen@seminar.example")


def test_edit_page_refuses_the_address_of_another_participant(ada, edition):
    waiting(edition, person__email="taken@firm.example")
    registration = waiting(edition, person__name="Ben", person__email="ben@firm.example")
    form = {
        "name": "Ben", "email": "taken@firm.example", "capacity": "personal",
        "constituency": "sme", "country": "TN", "languages": ["fr"], "language": "fr",
    }  # fmt: skip

    answer = as_person(ada).post(url("desk-edit", edition, code=registration.code), form)

    assert answer.status_code == 422
    assert "Another person already has this address" in answer.content.decode()
    registration.refresh_from_db()
    assert registration.person.email == "ben@firm.example"


def test_mark_arrived_counts_once_and_can_be_taken_back(ada, edition):
    registration = VoiceFactory(edition=edition).registration

    actions.mark_arrived(registration, by=ada)
    actions.mark_arrived(registration, by=ada)
    n_arrived = queries.counts_by_state(edition)["arrived"]
    actions.mark_not_arrived(registration, by=ada)

    assert n_arrived == 1
    assert list(queries.arrived(edition)) == []
    assert [a.verb for a in acts_on(registration)] == ["arrived", "not arrived"]


def test_mark_arrived_of_somebody_not_confirmed_is_refused(ada, edition):
    with pytest.raises(RuleBroken, match="Only confirmed"):
        actions.mark_arrived(waiting(edition), by=ada)


def test_registrations_page_finds_by_state_group_country_and_words(ada, edition):
    ben = waiting(edition, person__name="Ben", constituency="bank", country="MA")
    VoiceFactory(edition=edition, registration__person__name="Salma")
    client = as_person(ada)

    def names(**query):
        page = client.get(url("desk-registrations", edition), query).context["page"]
        return [r.person.name for r in page]

    assert names() == ["Ben", "Salma"]
    assert names(state="waiting") == names(constituency="bank") == names(country="MA") == ["Ben"]
    assert names(words="sal") == ["Salma"]
    assert names(words=ben.code) == ["Ben"]
    assert names(state="nonsense") == ["Ben", "Salma"]


@pytest.mark.parametrize(
    "typed",
    [
        "SAÏDI émna",
        "saidi",
        "الصَّفاء",
        "emna@example.org",
        "benali tourisme",
        "emna@xn--exmple-cua.org",
    ],
)
def test_search_among_registrations_is_the_same_on_every_database(
    ada, edition, typed, django_assert_num_queries
):
    waiting(edition, person__name="Ben", person__email="ben@example.org")
    emna = waiting(
        edition,
        person__name="Emna Saïdi",
        person__email="emna@exämple.org",
        organisation=OrganisationFactory(name="Ben-Ali Tourisme، الصفاء"),
    )

    with django_assert_num_queries(2):
        assert list(queries.registrations(edition, words=typed)) == [emna]


def test_cards_are_sorted_by_name_as_the_reader_expects(ada, edition):
    for name in ("Zoé", "Émile", "ahmed", "Fatma"):
        AdmissionFactory(voice=VoiceFactory(edition=edition, registration__person__name=name))

    cards = as_person(ada).get(url("desk-cards", edition)).context["cards"]

    assert [card["name"] for card in cards] == ["ahmed", "Émile", "Fatma", "Zoé"]


@pytest.mark.parametrize("name", ["desk-registrations", "desk-cards", "desk-census"])
def test_lists_ask_as_many_questions_for_three_as_for_one(
    ada, edition, name, django_assert_num_queries
):
    client = as_person(ada)
    VoiceFactory(edition=edition)
    with_one = _n_queries(client, url(name, edition))
    VoiceFactory(edition=edition)
    VoiceFactory(edition=edition, country="DZ")

    with django_assert_num_queries(with_one):
        client.get(url(name, edition))


def _n_queries(client, address) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        client.get(address)
    return len(asked)


def test_cards_page_prints_confirmed_participants_with_a_living_link_only(ada, edition):
    ben = VoiceFactory(edition=edition, registration__person__name="Ben")
    card = AdmissionFactory(voice=ben)
    rami = VoiceFactory(edition=edition, registration__person__name="Rami")
    AdmissionFactory(voice=rami)
    actions.disconnect_all(rami.registration, by=ada)
    waiting(edition, person__name="Walid")

    page = as_person(ada).get(url("desk-cards", edition)).content.decode()

    assert re.findall(r"<h2><bdi>(\w+)</bdi></h2>", page) == ["Ben"]
    assert access.admission_token(card) in page.replace(" ", "")


def test_census_shows_families_where_constituencies_are_too_small(ada, edition):
    for constituency in ["sme", "sme", "sme", "cluster", "cluster"]:
        VoiceFactory(edition=edition, constituency=constituency)

    census = queries.census(edition, Audience.PARTICIPANTS)

    assert (census.level, dict(census.sizes)) == ("family", {"firms": 5})
    assert (census.n_confirmed, dict(census.countries)) == (5, {"TN": 5})
    assert queries.census(edition, Audience.PUBLIC).level == "room"


def test_census_page_hides_groups_from_colleagues_where_one_is_too_small(edition):
    chen = RoleFactory(edition=edition, kind=RoleKind.RAPPORTEUR).person
    for constituency in ["sme"] * 6 + ["bank"]:
        VoiceFactory(edition=edition, constituency=constituency)

    page = as_person(chen).get(url("desk-census", edition)).content.decode()

    assert "small or medium-sized firm" not in page
    assert "clusters and firms" not in page
    assert "at least 5 participants" in page


def test_arrivals_are_shown_to_those_who_may_read_the_list_of_names(edition, ada):
    VoiceFactory(edition=edition, registration__arrived_at=now())
    chen = RoleFactory(edition=edition, kind=RoleKind.RAPPORTEUR).person

    told = [as_person(one).get(url("desk-census", edition)).content.decode() for one in (ada, chen)]

    assert ["Checked in" in page for page in told] == [True, False]
