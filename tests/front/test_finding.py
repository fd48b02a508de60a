"""The activity log tells what the team did; the search finds what a role may see."""

import pytest
from django.urls import reverse

from majlis.dialogue import actions
from majlis.kernel.models import Act
from majlis.registration.states import RoleKind
from majlis.series.actions import change_edition, tick_check
from majlis.series.states import Check, EditionState
from tests.conftest import as_person
from tests.factories.people import PersonFactory
from tests.factories.registration import RegistrationFactory, RoleFactory
from tests.factories.series import EditionFactory, SessionFactory

pytestmark = pytest.mark.django_db


def log(client, edition, query=""):
    page = client.get(reverse("front:activity", kwargs={"edition": edition.slug}) + query)
    return [(line.who, line.done) for line in page.context["lines"]]


def test_the_log_says_who_did_what_newest_first():
    role = RoleFactory(person__name="Ada")
    for check in (Check.MAP, Check.EVIDENCE):
        tick_check(role.edition, check, is_done=True, by=role.person)
    tick_check(role.edition, Check.MAP, is_done=False, by=role.person)

    assert log(as_person(role.person), role.edition) == [
        ("Ada", "step of the check list unticked"),
        ("Ada", "step of the check list ticked"),
        ("Ada", "step of the check list ticked"),
    ]


def test_the_log_tells_nothing_of_what_participants_do(world):
    client = as_person(world.ada)
    before = log(client, world.edition)
    n = Act.objects.count()
    actions.offer_contribution(
        voice=world.ben, kind="proposal", words="A register.", language="en", key="k"
    )

    assert Act.objects.count() == n + 1
    assert log(client, world.edition) == before


def test_the_log_is_narrowed_by_who_what_and_when():
    role, other = RoleFactory(person__name="Ada"), PersonFactory(name="Chen")
    RoleFactory(edition=role.edition, person=other, kind=RoleKind.RAPPORTEUR)
    for doer in (role.person, other):
        tick_check(role.edition, Check.MAP, is_done=doer == role.person, by=doer)
    client = as_person(role.person)

    assert log(client, role.edition, f"?who=person:{other.code}") == [
        ("Chen", "step of the check list unticked")
    ]
    assert log(client, role.edition, "?what=briefs") == []
    assert log(client, role.edition, "?since=2199-01-01") == []
    assert len(log(client, role.edition, "?since=nonsense")) == 2


def test_the_history_of_a_draft_follows_its_short_name():
    role = RoleFactory(edition=EditionFactory(state=EditionState.DRAFT), person__name="Ada")
    tick_check(role.edition, Check.MAP, is_done=True, by=role.person)
    renamed = change_edition(role.edition, {"slug": "rabat-2027"}, by=role.person)

    assert [done for _who, done in log(as_person(role.person), renamed)] == [
        "settings of the edition changed", "step of the check list ticked",
    ]  # fmt: skip


def found(person, edition, typed):
    address = reverse("front:search", kwargs={"edition": edition.slug})
    page = as_person(person).get(address, {"q": typed})
    return {str(one.name): [str(hit.text) for hit in one.hits] for one in page.context["found"]}


def test_search_finds_people_for_organisers_alone():
    role = RoleFactory()
    moderator = RoleFactory(edition=role.edition, kind=RoleKind.MODERATOR).person
    RegistrationFactory(edition=role.edition, person__name="Éloïse Ben Salem", name="")

    assert found(role.person, role.edition, "eloise salem") == {"People": ["Éloïse Ben Salem"]}
    assert found(moderator, role.edition, "eloise salem") == {}


def test_search_reads_every_language():
    role = RoleFactory(kind=RoleKind.RAPPORTEUR)
    SessionFactory(edition=role.edition)

    assert found(role.person, role.edition, "الطاولة") == {"Sessions": ["Table 1"]}
    assert found(role.person, role.edition, "") == {}
