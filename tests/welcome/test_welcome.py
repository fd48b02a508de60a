"""The welcome desk: finding people, checking them in, badges that say who they are."""

from __future__ import annotations

import io

import pytest
from pypdf import PdfReader

from majlis.registration.models import Registration
from majlis.welcome.queries import badge_keys, badge_sheet, counters, expected
from majlis.welcome.render import badges_pdf
from majlis.welcome.states import BadgeSize
from tests.conftest import as_person, words_in
from tests.factories.registration import RegistrationFactory, RoleFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada():
    return RoleFactory(edition__slug="tunis", person__name="Ada")


@pytest.fixture
def guest(ada):
    return RegistrationFactory(edition=ada.edition, name="Élodie Ben Saïd")


@pytest.mark.parametrize("typed", ["elodie", "Ben said", "SAÏD élo"])
def test_name_is_found_with_and_without_its_marks(ada, guest, typed):
    RegistrationFactory(edition=ada.edition, name="أحمد الشريف")
    desk = as_person(ada.person)

    page = desk.get("/en/desk/tunis/arrivals/", {"words": typed}).content.decode()

    assert "Élodie Ben Saïd" in page
    assert "أحمد" not in page
    assert "أحمد" in desk.get("/en/desk/tunis/arrivals/", {"words": "احمد"}).content.decode()


def test_check_in_is_done_once_and_taken_back(ada, guest):
    desk = as_person(ada.person)
    path = f"/en/desk/tunis/arrivals/{guest.code}"
    for _time in range(2):
        told = desk.post(f"{path}/arrived/", headers={"accept": "application/json"}).json()
        assert told == {"code": guest.code, "hasArrived": True}
    first = Registration.objects.get().arrived_at
    assert first is not None
    assert counters(expected(ada.edition, by_address=True)) == [("sme", 1, 1)]

    answer = desk.post(f"{path}/not-arrived/", follow=True)

    assert "Check-in undone" in answer.content.decode()
    assert counters(expected(ada.edition, by_address=True)) == [("sme", 0, 1)]


def test_code_of_a_badge_is_of_no_use_to_anybody_but_the_team(ada, guest, client):
    path = f"/en/desk/tunis/arrivals/{guest.code}/"
    assert client.get(path).status_code == 404
    assert as_person(guest.person).get(path).status_code == 404
    assert (
        guest.full_name
        in as_person(ada.person).get(path.replace(guest.code, guest.code.upper())).content.decode()
    )


def test_somebody_without_a_place_is_found_and_cannot_be_checked_in(ada):
    waiting = RegistrationFactory(edition=ada.edition, state="waiting", confirmed_at=None)
    RegistrationFactory(edition=ada.edition, state="withdrawn")

    [one] = expected(ada.edition, by_address=True)
    answer = as_person(ada.person).post(
        f"/en/desk/tunis/arrivals/{waiting.code}/arrived/", headers={"accept": "application/json"}
    )

    assert (one["code"], one["isConfirmed"]) == (waiting.code, False)
    assert answer.status_code == 409


def test_list_is_sent_again_only_when_somebody_came(ada, guest):
    desk = as_person(ada.person)
    first = desk.get("/en/desk/tunis/arrivals/list/")
    again = desk.get("/en/desk/tunis/arrivals/list/", headers={"if-none-match": first["ETag"]})

    assert (len(first.json()), again.status_code) == (1, 304)


def test_walk_in_is_registered_and_checked_in_with_a_name_and_a_group(ada):
    sent = {"name": "Nour", "constituency": "bank", "country": "TN", "language": "ar"}

    answer = as_person(ada.person).post("/en/desk/tunis/arrivals/new/", sent, follow=True)

    made = Registration.objects.get()
    assert (made.is_confirmed, made.is_walk_in, made.capacity) == (True, True, "personal")
    assert made.arrived_at is not None
    assert "Registered and checked in" in answer.content.decode()


SIZES = {BadgeSize.A6: (298, 420), BadgeSize.A6_SHEET: (595, 842), BadgeSize.CARD_SHEET: (595, 842)}


@pytest.mark.parametrize(("size", "n_pages"), list(zip(BadgeSize, (6, 2, 1), strict=True)))
def test_badges_say_who_people_are_in_their_languages(ada, size, n_pages):
    names = {
        "Élodie Ben Saïd": "fr", "أحمد الشريف": "ar", "Li": "en",
        "Kriengkraiwichaikulprasertphattharakornsiriwattana": "en",
        "Dr Abdelkader-Mohamed Benabdallah El-Haddad de la Fontaine": "fr", "Name 王": "en",
    }  # fmt: skip
    for name, language in names.items():
        RegistrationFactory(edition=ada.edition, name=name, person__language=language)
    keys = badge_keys(ada.edition)

    sheet = badge_sheet(ada.edition, keys, size=size, address="https://seminar.example/a/")
    made = PdfReader(io.BytesIO(badges_pdf(sheet, [])))

    width, height = made.pages[0].mediabox.upper_right
    assert (round(width), round(height)) == SIZES[size]
    assert len(made.pages) == n_pages
    said = words_in("\n".join(page.extract_text() for page in made.pages))
    assert {"Élodie", "Li", "Clusters", "Tunisie", "Français"} <= said
    assert f"/a/{Registration.objects.get(name='Li').code}/" not in said  # it is in the picture


def test_badges_of_those_chosen_and_of_confirmed_people_alone(ada, guest):
    RegistrationFactory(edition=ada.edition, state="waiting", confirmed_at=None)
    RegistrationFactory(edition=ada.edition)

    assert len(badge_keys(ada.edition)) == 2
    assert badge_keys(ada.edition, [guest.code]) == [guest.pk]
