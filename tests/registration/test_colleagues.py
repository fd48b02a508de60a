"""Inviting colleagues, taking up roles, taking roles back."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from majlis.kernel.clock import now
from majlis.kernel.errors import NotAllowed, RuleBroken
from majlis.people.models import Person
from majlis.registration import actions, letters, queries
from majlis.registration.models import Invitation, Role
from majlis.registration.states import RegistrationState, RoleKind
from tests.conftest import as_person
from tests.factories.mail import KEPT, outbox
from tests.factories.people import PersonFactory
from tests.factories.registration import RegistrationFactory, RoleFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada():
    return RoleFactory(edition__slug="tunis", person__name="Ada").person


@pytest.fixture
def edition(ada):
    return ada.roles.get().edition


def invite(client, **more):
    form = {
        "email": "chen@seminar.example",
        "name": "Chen",
        "kinds": ["rapporteur", "moderator"],
        "language": "fr",
    }
    return client.post("/en/desk/tunis/colleagues/", form | more)


def link_in(letter) -> str:
    return re.search(r"http\S+(/\w\w/e/tunis/invitation/\S+/)", letter.text)[1]


@pytest.mark.parametrize(
    ("language", "roles"),
    [("en", "moderator, rapporteur"), ("fr", "modérateur, rapporteur")],
)
def test_invitation_names_the_roles_in_its_own_language(ada, edition, language, roles):
    form = {"email": "chen@seminar.example", "name": "Chen", "kinds": ["rapporteur", "moderator"]}
    as_person(ada).post("/ar/desk/tunis/colleagues/", form | {"language": language})

    assert f"{roles}." in outbox()[0].text


def roles_of(person) -> list[str]:
    return sorted(person.roles.filter(revoked_at=None).values_list("kind", flat=True))


def signed_in(client) -> str | None:
    return client.session.get("_auth_user_id")


def test_invitation_gives_the_roles_to_the_owner_of_the_address_who_signs_in(ada, edition):
    invite(as_person(ada))
    address = link_in(outbox()[0])
    phone = Client()

    phone.get(address)
    looked = Person.objects.filter(email="chen@seminar.example").exists()
    asked = phone.post(address)
    before = roles_of(Person.objects.get(email="chen@seminar.example"))
    came = phone.post(re.search(r"http\S+(/fr/sign-in/\S+/)", outbox()[1].text)[1])
    page = phone.get(address)
    answer = phone.post(address, {"name": "Chen Benali"})

    chen = Person.objects.get(email="chen@seminar.example")
    assert (outbox()[0].language, outbox()[1].recipient) == ("fr", "chen@seminar.example")
    assert (looked, asked.url, before) == (False, "/fr/sign-in/sent/", [])
    assert (came.url, page.context["form"]["name"].value()) == (address, "Chen")
    assert (answer.status_code, answer.url) == (303, "/fr/desk/tunis/")
    assert (chen.name, roles_of(chen)) == ("Chen Benali", ["moderator", "rapporteur"])
    assert signed_in(phone) == str(chen.pk)


def test_invitation_in_the_hands_of_somebody_else_gives_neither_roles_nor_a_session(ada, edition):
    emna = PersonFactory(name="Emna", email="chen@seminar.example")
    desk = as_person(ada)
    invite(desk)
    address = link_in(outbox()[0])

    for browser in (desk, Client()):
        was = signed_in(browser)
        answer = browser.post(address, {"name": "Mallory"})
        assert (answer.status_code, answer.url) == (303, "/fr/sign-in/sent/")
        assert signed_in(browser) == was

    emna.refresh_from_db()
    assert (emna.name, roles_of(emna)) == ("Emna", [])
    with pytest.raises(NotAllowed):
        actions.take_invitation(Invitation.objects.get(), person=ada, name="Mallory")


def test_invitation_of_somebody_signed_in_is_accepted_at_once_and_works_once(ada, edition):
    emna = PersonFactory(name="Emna", email="chen@seminar.example")
    invite(as_person(ada))
    browser = as_person(emna)

    first, second = (browser.post(link_in(outbox()[0]), {"name": "Emna"}) for _press in range(2))

    assert (first.url, second.status_code) == ("/fr/desk/tunis/", 409)
    assert roles_of(emna) == ["moderator", "rapporteur"]
    assert len(outbox()) == 1


def test_letters_at_the_desk_hide_what_lets_their_reader_in(ada, edition, settings):
    settings.EMAIL_BACKEND = KEPT
    desk = as_person(ada)
    invite(desk)
    Client().post(link_in(outbox()[0]))
    asked = RegistrationFactory(edition=edition, state=RegistrationState.ASKED)
    letters.confirm_address(asked)
    actions.vouch_for(asked, by=ada)

    page = "".join(
        desk.get(f"/en/desk/tunis/emails/sent/{letter.code}/{part}").content.decode()
        for letter in outbox()
        for part in ("", "html/")
    )

    found = [secret for letter in outbox() for secret in letter.secrets]
    assert len(outbox()) == 4
    assert len(found) == 4  # the link and the code to sign in, the address, the personal link
    assert [secret for secret in found if secret in page] == []
    assert link_in(outbox()[0]) in page


@pytest.mark.parametrize(
    "how",
    [
        "too old",
        "taken back",
        "If the connection drops, votes are saved on the phone and sent later.",
    ],
)
def test_invitation_that_is_over_gives_nothing(ada, edition, how):
    invite(as_person(ada))
    invitation = Invitation.objects.get()
    if how == "too old":
        Invitation.objects.update(expires_at=now() - timedelta(seconds=1))
    elif how == "taken back":
        actions.revoke_invitation(invitation, by=ada)
    else:
        actions.send_invitation_again(invitation, language="en", by=ada)

    chen = as_person(PersonFactory(email="chen@seminar.example"))
    answers = [
        browser.post(link_in(outbox()[0]), {"name": "Chen"}).status_code
        for browser in (chen, Client())
    ]

    assert answers == [409, 409]
    assert list(Role.objects.all()) == list(ada.roles.all())


def test_invite_wants_an_address_and_a_role(ada, edition):
    answer = invite(as_person(ada), email="chen", kinds=[])

    assert answer.status_code == 422
    assert "Tick at least one role." in answer.content.decode()
    assert list(Invitation.objects.all()) == []


def test_colleague_may_hold_several_roles_and_lose_one(ada, edition):
    chen = RoleFactory(edition=edition, kind=RoleKind.RAPPORTEUR).person
    client = as_person(ada)

    client.post(f"/en/desk/tunis/colleagues/{chen.code}/give/", {"kind": "facilitator"})
    both = roles_of(chen)
    client.post(f"/en/desk/tunis/colleagues/{chen.code}/revoke/", {"kind": "rapporteur"})

    assert (both, roles_of(chen)) == (["facilitator", "rapporteur"], ["facilitator"])


def test_last_organiser_stays(ada, edition):
    answer = as_person(ada).post(
        f"/en/desk/tunis/colleagues/{ada.code}/revoke/", {"kind": "organiser"}
    )

    assert answer.status_code == 409
    assert "last organiser" in answer.content.decode()
    assert roles_of(ada) == ["organiser"]


def test_organiser_can_leave_once_there_is_another(ada, edition):
    RoleFactory(edition=edition)

    actions.revoke_role(edition, person=ada, kind=RoleKind.ORGANISER, by=ada)

    assert roles_of(ada) == []
    with pytest.raises(RuleBroken, match="does not have this role"):
        actions.revoke_role(edition, person=ada, kind=RoleKind.ORGANISER, by=ada)


def test_role_change_of_a_stranger_is_not_found(ada, edition):
    dina = PersonFactory(name="Dina")

    answer = as_person(ada).post(
        f"/en/desk/tunis/colleagues/{dina.code}/give/", {"kind": "organiser"}
    )

    assert answer.status_code == 404
    assert roles_of(dina) == []


def test_colleagues_are_listed_with_every_role(ada, edition):
    chen = RoleFactory(edition=edition, kind=RoleKind.RAPPORTEUR, person__name="Çhen").person
    RoleFactory(edition=edition, kind=RoleKind.RAPPORTEUR, person__name="Dina")
    RoleFactory(edition=edition, person=chen, kind=RoleKind.MODERATOR)

    found = queries.colleagues(edition)

    assert [(c.person.name, len(c.roles)) for c in found] == [("Ada", 1), ("Çhen", 2), ("Dina", 1)]
    missing = [RoleKind.ORGANISER, RoleKind.FACILITATOR, RoleKind.DOOR]
    assert found[1].missing_kinds == missing


def test_the_list_of_the_team_is_searched_and_taken_along(ada, edition):
    RoleFactory(edition=edition, kind=RoleKind.DOOR, person__name="Élodie")
    client, address = as_person(ada), "/en/desk/tunis/colleagues/"
    found = client.get(address, {"words": "elodie"}).context["page"].object_list
    assert [one.person.name for one in found] == ["Élodie"]
    sheet = client.get(address, {"file": "csv"}).content.decode()
    assert "Élodie" in sheet
    assert "welcome desk" in sheet
