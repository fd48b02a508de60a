"""What another edition knows of a person or an organisation is not shown here."""

import pytest

from majlis.registration import actions
from majlis.registration.models import Registration
from tests.conftest import as_person
from tests.factories.people import OrganisationFactory, PersonFactory
from tests.factories.registration import RegistrationFactory, RoleFactory

pytestmark = pytest.mark.django_db

TYPED = {
    "name": "O. Haddad", "email": "omar@firm.example", "capacity": "official",
    "organisation": "Firm", "constituency": "sme", "country": "TN", "languages": ["fr"],
    "language": "fr",
}  # fmt: skip


@pytest.fixture
def ada():
    return RoleFactory(edition__slug="tunis", person__name="Ada").person


@pytest.fixture
def omar():
    """Registered at another edition under another name, for an organisation spelled otherwise."""
    return RegistrationFactory(
        person=PersonFactory(name="Omar Secret-Name", email="omar@firm.example"),
        organisation=OrganisationFactory(name="FIRM"),
    )


def pages_about(desk, place) -> str:
    base = "/en/desk/tunis/registrations/"
    paths = [
        "",
        "add/",
        "cards/",
        f"{place.code}/",
        f"{place.code}/edit/",
        f"{place.code}/decline/",
    ]
    return "".join(desk.get(base + path).content.decode() for path in paths)


def test_person_added_by_an_address_is_shown_by_the_name_that_was_typed(ada, omar):
    desk = as_person(ada)

    desk.post("/en/desk/tunis/registrations/add/", TYPED)

    place = Registration.objects.get(edition__slug="tunis")
    page = pages_about(desk, place)
    assert place.person == omar.person
    assert "O. Haddad" in page
    assert [words for words in ("Secret-Name", "FIRM") if words in page] == []


def test_search_by_the_name_of_another_edition_finds_nobody(ada, omar):
    desk = as_person(ada)
    desk.post("/en/desk/tunis/registrations/add/", TYPED)

    found = [
        len(desk.get(f"/en/desk/tunis/registrations/?words={words}").context["page"])
        for words in ("Secret-Name", "Haddad")
    ]

    assert found == [0, 1]


def test_desk_changes_the_name_here_and_not_elsewhere(ada, omar):
    desk = as_person(ada)
    desk.post("/en/desk/tunis/registrations/add/", TYPED)
    place = Registration.objects.get(edition__slug="tunis")

    desk.post(f"/en/desk/tunis/registrations/{place.code}/edit/", TYPED | {"name": "Omar H."})

    place.refresh_from_db()
    omar.refresh_from_db()
    assert (place.full_name, omar.full_name) == ("Omar H.", "Omar Secret-Name")
    assert place.person.email == "omar@firm.example"


def test_invitation_shows_the_name_that_was_typed(ada, omar):
    desk = as_person(ada)

    desk.post(
        "/en/desk/tunis/colleagues/",
        {"email": "omar@firm.example", "name": "O.", "kinds": ["moderator"], "language": "en"},
    )

    assert "Secret-Name" not in desk.get("/en/desk/tunis/colleagues/").content.decode()


def test_suggested_organisations_are_those_of_the_edition(ada, omar):
    here = RegistrationFactory(
        edition=ada.roles.get().edition, organisation=OrganisationFactory(name="Atlas")
    )

    page = as_person(ada).get("/en/desk/tunis/registrations/add/").content.decode()

    assert here.organisation.name in page
    assert "FIRM" not in page


def test_erasing_here_leaves_the_name_elsewhere(ada, omar):
    as_person(ada).post("/en/desk/tunis/registrations/add/", TYPED)
    place = Registration.objects.get(edition__slug="tunis")

    actions.erase(place.person, by=ada, only=place)

    omar.refresh_from_db()
    assert omar.full_name == "Omar Secret-Name"


def corrected_to(desk, place, email):
    answer = desk.post(
        f"/en/desk/tunis/registrations/{place.code}/edit/", TYPED | {"email": email}, follow=True
    )
    place.refresh_from_db()
    return answer.redirect_chain, answer.status_code


def test_correcting_an_address_does_not_tell_whose_it_is(ada, omar):
    desk, edition = as_person(ada), ada.roles.get().edition
    places = [RegistrationFactory(edition=edition, state="waiting") for _ in range(2)]
    persons = [place.person for place in places]

    taken = corrected_to(desk, places[0], "omar@firm.example")
    free = corrected_to(desk, places[1], "nobody@firm.example")

    assert [chain[-1][1] for chain, _ in (taken, free)] == [303, 303]
    assert taken[1] == free[1] == 200
    assert [place.person.email for place in places] == ["omar@firm.example", "nobody@firm.example"]
    assert places[0].person == omar.person
    assert places[1].person == persons[1]
    pages = [desk.get(f"/en/desk/tunis/registrations/{p.code}/edit/").content for p in places]
    assert [b"Secret-Name" in page for page in pages] == [False, False]
    assert pages[0].count(b"disabled") == pages[1].count(b"disabled")
    persons[0].refresh_from_db()
    assert (persons[0].name, persons[0].email) == ("", None)


def test_correcting_the_address_of_somebody_known_elsewhere_leaves_theirs(ada, omar):
    desk = as_person(ada)
    desk.post("/en/desk/tunis/registrations/add/", TYPED)
    place = Registration.objects.get(edition__slug="tunis")

    corrected_to(desk, place, "right@firm.example")

    omar.refresh_from_db()
    assert omar.person.email == "omar@firm.example"
    assert place.person.email == "right@firm.example"
    assert place.person != omar.person


def test_address_of_a_colleague_is_theirs_to_change(ada):
    edition = ada.roles.get().edition
    place = RegistrationFactory(edition=edition, state="waiting")
    RoleFactory(edition=edition, person=place.person, kind="moderator")
    before = place.person.email

    corrected_to(as_person(ada), place, "mallory@evil.example")

    assert place.person.email == before
