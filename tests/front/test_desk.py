"""The desk's own pages: what they offer, and to whom."""

import pytest
from django.urls import reverse

from majlis.registration.states import RoleKind
from tests.conftest import as_person
from tests.factories.registration import RoleFactory
from tests.factories.series import EditionFactory

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


def test_the_overview_counts_what_waits(world):
    page = as_person(world.ada).get(reverse("front:desk", kwargs={"edition": "tunis"}))
    waiting = {step.url_name: step.waiting for step in page.context["steps"]}
    assert waiting["dialogue:moderation"] == 1
    assert waiting["registration:desk-registrations"] == 0


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
