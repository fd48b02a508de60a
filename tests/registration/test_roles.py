"""Roles at an edition."""

import pytest

from majlis.kernel.ledger import CLOCK, acts_on
from majlis.registration import actions
from majlis.registration.models import Role
from majlis.registration.states import RoleKind
from tests.factories.people import PersonFactory
from tests.factories.series import EditionFactory

pytestmark = pytest.mark.django_db


def test_give_role_twice_gives_it_once():
    edition, ada = EditionFactory(), PersonFactory(name="Ada")

    first = actions.give_role(edition, person=ada, kind=RoleKind.ORGANISER, by=CLOCK)
    second = actions.give_role(edition, person=ada, kind=RoleKind.ORGANISER, by=CLOCK)

    assert first == second
    assert Role.objects.count() == 1
    assert [act.facts for act in acts_on(ada)] == [{"role": "organiser"}]


def test_ensure_organiser_can_be_repeated_and_reaches_new_editions():
    first, second = EditionFactory(), EditionFactory()

    ada = actions.ensure_organiser("Ada@seminar.example", [first])
    again = actions.ensure_organiser("ada@seminar.example", [first, second], name="Somebody")

    assert (again.pk, again.name) == (ada.pk, "Ada")
    assert [(r.edition, r.kind) for r in Role.objects.order_by("pk")] == [
        (first, RoleKind.ORGANISER),
        (second, RoleKind.ORGANISER),
    ]
