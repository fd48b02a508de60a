"""Asking for a place, and confirming the address."""

import re
from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import translation

from majlis.kernel.clock import now
from majlis.kernel.errors import NotFound, RuleBroken
from majlis.kernel.ledger import acts_on
from majlis.people.models import Organisation, Person
from majlis.registration import access, actions, queries
from majlis.registration.answers import Answers
from majlis.registration.models import PendingAnswers, Registration
from majlis.registration.states import ConsentKind, RegistrationState
from tests.conftest import ROOT
from tests.factories.mail import outbox
from tests.factories.people import OrganisationFactory, PersonFactory
from tests.factories.registration import RegistrationFactory, RoleFactory
from tests.factories.series import EditionFactory

pytestmark = pytest.mark.django_db

BEN = Answers(
    name="Ben Trabelsi",
    email="ben@firm.example",
    organisation="Atlas Motors",
    constituency="sme",
    country="TN",
    capacity="official",
    languages=("fr", "ar"),
)
FORM = {
    "name": "Ben  Trabelsi",
    "email": "Ben@Firm.example",
    "organisation": "Atlas Motors",
    "constituency": "sme",
    "country": "TN",
    "capacity": "official",
    "languages": ["fr", "ar"],
    "consents": ["name_list"],
}


@pytest.fixture
def edition():
    soon = now().date() + timedelta(days=20)
    return EditionFactory(slug="soon", starts_on=soon, ends_on=soon)


def send(form, lang="en"):
    return Client().post(f"/{lang}/e/soon/register/", form)


def link_in(letter) -> str:
    return re.search(r"http\S+(/\w\w/e/soon/register/confirm/\S+/)", letter.text)[1]


def test_register_keeps_the_answers_and_mails_a_link_in_the_language_of_the_page(edition):
    answer = send(FORM, "ar")

    registration = Registration.objects.get()
    assert (answer.status_code, answer.url) == (303, "/ar/e/soon/register/sent/")
    assert registration.state == RegistrationState.ASKED
    assert registration.person.name == "Ben Trabelsi"
    assert registration.person.language == "ar"
    assert registration.organisation.name == "Atlas Motors"
    assert registration.languages == ["fr", "ar"]
    assert queries.consents_of(registration) == {
        "name_list": True,
        "named": False,
        "photos": False,
        "next_editions": False,
    }
    assert [m.recipient for m in outbox()] == ["ben@firm.example"]
    assert outbox()[0].language == "ar"
    assert link_in(outbox()[0]).startswith("/ar/")


def test_register_link_confirms_by_its_button_only_and_twice_changes_nothing(edition):
    send(FORM)
    address = link_in(outbox()[0])

    looked = Client().get(address)
    state_after_looking = Registration.objects.get().state
    Client().post(address)
    Client().post(address)

    registration = Registration.objects.get()
    assert "Atlas Motors" in looked.content.decode()
    assert state_after_looking == RegistrationState.ASKED
    assert registration.state == RegistrationState.WAITING
    assert [a.verb for a in acts_on(registration)] == [
        "asked for a place",
        "changed consents",
        "confirmed address",
    ]


def everything_of(registration) -> tuple[object, ...]:
    """What a stranger's form must not touch."""
    known = Registration.objects.get(pk=registration.pk)
    person = known.person
    return (
        (known.state, known.full_name, known.organisation, known.constituency, known.country),
        (known.capacity, known.languages, queries.consents_of(known)),
        (person.name, person.language),
    )


OTHERS = FORM | {
    "name": "Mallory",
    "organisation": "Buy at cheap.example",
    "constituency": "bank",
    "country": "FR",
    "languages": ["en"],
    "consents": ["named", "photos"],
}


@pytest.mark.parametrize("state", RegistrationState)
def test_form_of_somebody_who_knows_an_address_touches_nothing_and_travels_nowhere(edition, state):
    known = RegistrationFactory(
        edition=edition, person__email="ben@firm.example", person__name="Ben", state=state,
        organisation=OrganisationFactory(),
    )  # fmt: skip
    actions.set_consents(known, kinds=["name_list"], by=known.person)
    before = everything_of(known)

    answer, of_a_stranger = send(OTHERS), send(FORM | {"email": "new@firm.example"})

    assert (answer.status_code, answer.url) == (of_a_stranger.status_code, of_a_stranger.url)
    assert everything_of(known) == before
    letter = outbox()[0]
    assert letter.recipient == "ben@firm.example"
    assert [w for w in ("Mallory", "cheap", "banque") if w in letter.text + letter.subject] == []


@pytest.mark.parametrize(
    ("state", "after"),
    [
        (RegistrationState.ASKED, RegistrationState.WAITING),
        (RegistrationState.WAITING, RegistrationState.WAITING),
        (RegistrationState.CONFIRMED, RegistrationState.CONFIRMED),
        (RegistrationState.WITHDRAWN, RegistrationState.WAITING),
    ],
)
def test_answers_that_wait_count_once_the_owner_of_the_address_confirms(edition, state, after):
    known = RegistrationFactory(
        edition=edition, person__email="ben@firm.example", person__name="Ben", state=state
    )
    send(FORM | {"name": "Mallory"})
    send(FORM | {"name": "Benjamin", "constituency": "bank"})
    others, own = (link_in(letter) for letter in outbox())

    looked = Client().get(own).content.decode()
    Client().post(own)
    late = Client().post(others)

    known.refresh_from_db()
    assert "Benjamin" in looked
    assert (known.full_name, known.constituency, known.state) == ("Benjamin", "bank", after)
    assert queries.consents_of(known)["name_list"] is True
    assert late.status_code == 404
    assert not PendingAnswers.objects.exists()


def test_register_with_the_address_of_a_colleague_makes_a_place_only_when_confirmed(edition):
    ada = RoleFactory(person__name="Ada", person__email="ben@firm.example").person

    send(OTHERS)
    before = Registration.objects.count()
    Client().post(link_in(outbox()[0]))

    ada.refresh_from_db()
    place = Registration.objects.get()
    assert before == 0
    assert "Hello Ada," in outbox()[0].text
    assert (place.state, place.full_name, ada.name) == ("waiting", "Mallory", "Ada")


def test_register_again_after_a_refusal_says_how_it_stands(edition):
    RegistrationFactory(
        edition=edition, person__email="ben@firm.example", state=RegistrationState.DECLINED
    )

    send(FORM)

    assert "You are already registered:" in outbox()[0].subject
    assert not PendingAnswers.objects.exists()


def test_answers_that_wait_are_deleted_after_a_month_and_with_the_person(edition):
    known = RegistrationFactory(edition=edition, person__email="ben@firm.example")
    send(FORM)
    PendingAnswers.objects.update(asked_at=now() - timedelta(days=31))
    send(FORM)

    actions.forget_unconfirmed()
    n_after_a_month = PendingAnswers.objects.count()
    actions.erase(known.person, by=known.person)

    assert n_after_a_month == 1
    assert not PendingAnswers.objects.exists()


def test_permissions_ticked_in_a_form_that_nobody_confirmed_end_when_somebody_is_vouched_for(
    edition,
):
    send(FORM)
    asked = Registration.objects.get()

    actions.vouch_for(asked, by=asked.person)

    assert not any(queries.consents_of(asked).values())


@pytest.mark.parametrize("state", RegistrationState)
def test_permissions_count_only_for_confirmed_places(edition, state):
    known = RegistrationFactory(edition=edition, state=state)
    actions.set_consents(known, kinds=["named"], by=known.person)

    counting = queries.agreeing(ConsentKind.NAMED).count()

    assert counting == (1 if state == RegistrationState.CONFIRMED else 0)


def test_nobody_else_asks_who_agreed():
    """`queries.agreeing` knows which permissions count."""
    readers = [
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "src/majlis").rglob("*.py")
        if "Consent.objects" in path.read_text("utf-8") and "migrations" not in path.parts
    ]
    assert sorted(readers) == [
        "src/majlis/registration/actions/merging.py",  # the newest answer of two registrations
        "src/majlis/registration/actions/own.py",
        "src/majlis/registration/queries/__init__.py",
        "src/majlis/registration/sealing.py",  # makes their times coarse
    ]


def test_withdrawing_ends_what_was_agreed_to(edition):
    known = RegistrationFactory(edition=edition)
    actions.set_consents(known, kinds=["named", "photos"], by=known.person)

    actions.withdraw(known, by=known.person)

    assert not any(queries.consents_of(known).values())


def test_register_again_is_answered_in_the_language_of_the_person(edition):
    RegistrationFactory(
        edition=edition,
        person__email="ben@firm.example",
        person__language="fr",
        state=RegistrationState.WAITING,
    )

    send(FORM, "en")

    with translation.override("fr"):
        assert str(RegistrationState.WAITING.label) in outbox()[0].text


def test_register_after_withdrawing_asks_again(edition):
    withdrawn = RegistrationFactory(
        edition=edition, person__email="ben@firm.example", state=RegistrationState.WITHDRAWN
    )

    send(FORM)
    Client().post(link_in(outbox()[0]))

    withdrawn.refresh_from_db()
    assert withdrawn.state == RegistrationState.WAITING


def test_register_matches_an_organisation_typed_otherwise(edition):
    atlas = OrganisationFactory(name="ATLAS Motors", country="TN")
    here = RegistrationFactory(edition=edition, organisation=atlas)

    send(FORM)

    assert Registration.objects.exclude(pk=here.pk).get().organisation == atlas
    assert Organisation.objects.count() == 1


def test_register_tells_nothing_of_how_another_edition_spells_an_organisation(edition):
    RegistrationFactory(organisation=OrganisationFactory(name="ATLAS Motors", country="TN"))

    send(FORM)

    assert Registration.objects.get(edition=edition).organisation.name == "Atlas Motors"


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"name": "  "}, "Enter your name as you want it to appear on your badge."),
        ({"name": "12345"}, "Enter a name that contains letters."),
        ({"email": "ben"}, "Enter an email address in the correct format, like name@example.org"),
        (
            {"organisation": ""},
            "Enter the organisation you represent, or choose “in a personal capacity”.",
        ),
        ({"constituency": "nobles"}, "nobles"),
        ({"country": "ZZ"}, "ZZ"),
        ({"languages": []}, "Select at least one language."),
        ({"consents": ["everything"]}, "everything"),
    ],
)
def test_register_says_what_is_wrong_and_keeps_nothing(edition, wrong, said):
    answer = send(FORM | wrong)

    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert "There is a problem" in answer.content.decode()
    assert list(Person.objects.all()) == []


def test_register_needs_no_organisation_in_a_personal_capacity(edition):
    send(FORM | {"organisation": "", "capacity": "personal"})

    assert Registration.objects.get().organisation is None


def test_register_answers_a_machine_the_same_and_keeps_nothing(edition):
    answer = send(FORM | {"website": "https://spam.example"})

    assert (answer.status_code, answer.url) == (303, "/en/e/soon/register/sent/")
    assert list(Person.objects.all()) == []
    assert outbox() == []


def test_register_mails_one_address_a_few_times_only(edition):
    answers = [send(FORM).status_code for _n in range(8)]

    assert answers == [303] * 6 + [429] * 2
    assert len(outbox()) == 6


@pytest.mark.parametrize(
    "closed",
    [
        {"registration_open": False},
        {"is_sealed": True},
        {"starts_on": date(2026, 3, 25), "ends_on": date(2026, 3, 25)},
    ],
)
def test_register_when_closed_says_so_and_keeps_nothing(edition, closed):
    for name, value in closed.items():
        setattr(edition, name, value)
    edition.save()

    looked = Client().get("/en/e/soon/register/")
    sent = send(FORM)

    assert "Registration is closed" in looked.content.decode()
    assert sent.status_code == 409
    assert list(Registration.objects.all()) == []
    with pytest.raises(
        RuleBroken,
        match="Registration is closed, so your details were not saved",
    ):
        actions.ask_for_place(edition, answers=BEN, consents=[], language="en")


def test_address_link_of_another_address_or_edition_opens_nothing(edition):
    actions.ask_for_place(edition, answers=BEN, consents=[], language="en")
    token = access.address_token(Registration.objects.get())
    assert access.registration_by_address_token("soon", token)
    assert access.registration_by_address_token("elsewhere", token) is None
    assert access.registration_by_address_token("soon", token[:-1] + "x") is None

    Person.objects.update(email="other@firm.example")

    assert access.registration_by_address_token("soon", token) is None
    with pytest.raises(NotFound, match="has expired"):
        access.pending_by_address_token("soon", token)


def test_forget_unconfirmed_erases_whose_address_nobody_confirmed_and_nobody_else(edition):
    old = now() - timedelta(days=31)
    asked = RegistrationFactory(edition=edition, state=RegistrationState.ASKED, asked_at=old)
    fresh = RegistrationFactory(edition=edition, state=RegistrationState.ASKED)
    waiting = RegistrationFactory(edition=edition, state=RegistrationState.WAITING, asked_at=old)
    colleague = RoleFactory().person
    RegistrationFactory(
        edition=edition, person=colleague, state=RegistrationState.ASKED, asked_at=old
    )

    forgotten = actions.forget_unconfirmed()

    assert forgotten == 2
    assert set(Registration.objects.all()) == {fresh, waiting}
    assert Person.objects.get(pk=asked.person_id).is_erased
    assert not Person.objects.get(pk=colleague.pk).is_erased


def test_register_page_shows_the_twelve_constituencies_by_family(edition):
    page = Client().get("/fr/e/soon/register/").content.decode()

    groups = re.findall(r'<optgroup label="([^"]+)">', page)
    assert groups[:4] == [
        "pouvoirs publics",
        "clusters et entreprises",
        "finance",
        "savoir et société",
    ]
    assert groups[4:] == ["Maghreb", "Méditerranée", "Monde"]


def test_person_by_email_finds_nobody_erased():
    PersonFactory(email="gone@firm.example", is_active=False)

    from majlis.people.queries import person_by_email

    assert person_by_email("gone@firm.example") is None
