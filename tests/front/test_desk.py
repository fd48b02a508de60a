"""The desk's own pages: what they offer, and to whom."""

import pytest
from django.urls import reverse

from majlis.registration.states import RoleKind
from tests.conftest import as_person
from tests.factories.registration import RegistrationFactory, RoleFactory
from tests.factories.series import EditionFactory
from tests.house.test_access import ADDRESSES

pytestmark = pytest.mark.django_db
HOME = reverse("front:desk-home")


def offers_rehearsal(person, edition):
    address = reverse("front:rehearse", kwargs={"edition": edition.slug})
    return f'action="{address}"' in as_person(person).get(HOME).content.decode()


def test_the_desk_offers_an_organiser_a_rehearsal_in_one_click():
    role = RoleFactory()
    assert offers_rehearsal(role.person, role.edition)


def test_the_desk_offers_no_rehearsal_to_a_rapporteur():
    role = RoleFactory(kind=RoleKind.RAPPORTEUR)
    assert not offers_rehearsal(role.person, role.edition)


def test_the_desk_offers_no_second_rehearsal():
    role = RoleFactory()
    RoleFactory(person=role.person, edition=EditionFactory(is_rehearsal=True))
    assert not offers_rehearsal(role.person, role.edition)


def waits_of(client, edition="tunis"):
    page = client.get(reverse("front:desk", kwargs={"edition": edition}))
    return {wait.icon: wait for wait in page.context["waits"]}


def test_the_overview_opens_with_what_waits(world):
    waits = waits_of(as_person(world.ada))
    assert waits["speech"].what == "1 contribution to moderate"
    assert "people" not in waits


def test_what_waits_is_shown_to_those_who_can_do_it(world):
    rapporteur = RoleFactory(edition=world.edition, kind=RoleKind.RAPPORTEUR).person
    assert "speech" not in waits_of(as_person(rapporteur))


def test_nothing_waits_at_a_new_edition():
    role = RoleFactory(kind=RoleKind.MODERATOR)
    page = as_person(role.person).get(reverse("front:desk", kwargs={"edition": role.edition.slug}))
    assert page.context["waits"] == []
    assert "Nothing is waiting for you." in page.content.decode()


def test_the_first_step_not_done_is_the_one_that_is_on(world):
    page = as_person(world.ada).get(reverse("front:desk", kwargs={"edition": "tunis"}))
    steps = page.context["steps"]
    assert [step.name for step in steps if step.is_on] == [
        next(step.name for step in steps if not step.is_done)
    ]


def test_main_groups_are_told_apart_only_once_each_is_large_enough():
    role = RoleFactory()
    address = reverse("front:desk", kwargs={"edition": role.edition.slug})
    for constituency, n in (("ministry", 5), ("sme", 4)):
        RegistrationFactory.create_batch(
            n, edition=role.edition, constituency=constituency, state="confirmed"
        )
    client = as_person(role.person)
    too_few = client.get(address).context["overview"].families

    RegistrationFactory(edition=role.edition, constituency="bank", state="confirmed").delete()
    RegistrationFactory(edition=role.edition, constituency="sme", state="confirmed")
    enough = client.get(address).context["overview"].families

    assert too_few == []
    assert [(one.family, one.confirmed, one.arrived) for one in enough] == [
        ("authorities", 5, None), ("firms", 5, None),
    ]  # fmt: skip


def test_a_moderators_menu_shows_only_doors_that_open(world):
    moderator = as_person(RoleFactory(edition=world.edition, kind=RoleKind.MODERATOR).person)
    page = moderator.get(reverse("front:desk", kwargs={"edition": "tunis"}))
    doors = [entry["url"] for section in page.context["desk_menu"] for entry in section["entries"]]
    tabs = [entry["url"] for entry in page.context["desk_tabs"]]

    assert [moderator.get(url).status_code for url in doors] == [200] * len(doors)
    assert reverse("registration:desk-registrations", kwargs={"edition": "tunis"}) not in doors
    assert set(tabs) < set(doors)


def test_the_participants_seat_answers_304_until_something_changes(world):
    from majlis.dialogue import actions
    from tests.conftest import as_voice

    phone = as_voice(world.ben)
    address = reverse("front:room-now", kwargs={"edition": "tunis"})
    etag = phone.get(address).headers["ETag"]
    unchanged = phone.get(address, headers={"If-None-Match": etag})
    actions.cast_vote(statement=world.statement, voice=world.ben, stance=1, seq=1, key="k")
    changed = phone.get(address, headers={"If-None-Match": etag})
    assert [unchanged.status_code, changed.status_code] == [304, 200]


def test_help_is_there_for_pages_that_are_there():
    from majlis.config.help import HELP

    assert [name for name in HELP if name not in ADDRESSES] == []


def test_who_invites_is_told_which_pages_each_role_opens(world):
    address = reverse("registration:desk-colleagues", kwargs={"edition": "tunis"})
    page = as_person(world.ada).get(address)
    doors = dict(page.context["role_doors"]())

    assert "Moderation" in doors[RoleKind.MODERATOR]
    assert "Registrations" not in doors[RoleKind.MODERATOR]
    assert "Which pages each role opens" in page.content.decode()
