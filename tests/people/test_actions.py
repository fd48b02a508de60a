"""Ways in."""

import pytest

from majlis.kernel.ledger import CLOCK, acts_on
from majlis.kernel.seal import digest_of
from majlis.people import actions
from majlis.people.models import Person, SignInLink
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db


def test_make_sign_in_link_keeps_only_the_digest_of_its_secret():
    ada = PersonFactory(name="Ada")

    token = actions.make_sign_in_link(ada, by=CLOCK, next_path="/en/desk/")

    link = SignInLink.objects.get()
    assert link.token_digest == digest_of(token)
    assert token not in str(vars(link))
    assert (link.person, link.used_at, link.next_path) == (ada, None, "/en/desk/")
    assert [act.verb for act in acts_on(ada)] == ["made sign-in link"]


def test_welcome_person_finds_the_person_whatever_the_capitals_of_the_address():
    first = actions.welcome_person("Ada@Seminar.Example", name="Ada", by=CLOCK)
    second = actions.welcome_person("ada@seminar.example", name="Somebody", by=CLOCK)

    assert first == second
    assert [(p.email, p.name) for p in Person.objects.all()] == [("ada@seminar.example", "Ada")]
