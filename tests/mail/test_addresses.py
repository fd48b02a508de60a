"""One address, however it is spelled."""

from __future__ import annotations

import pytest

from majlis.kernel.ledger import CLOCK
from majlis.mail.addresses import normal_address, wire_address
from majlis.people.actions import erase_person, welcome_person
from majlis.people.models import Person
from majlis.people.queries import person_by_email
from majlis.registration import actions
from tests.factories.mail import MessageFactory, outbox
from tests.factories.registration import RoleFactory

SPELLINGS = [  # the first two are one address in the cases that are shared
    "mona@exämple.org",
    "mona@xn--exmple-cua.org",
    " Mona@EXÄMPLE.org",
    "mona@exämple。org",
]


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_every_spelling_has_one_normal_form_and_one_for_the_wire(spelling):
    assert normal_address(spelling) == "mona@exämple.org"
    assert wire_address(normal_address(spelling)) == "mona@xn--exmple-cua.org"


@pytest.mark.parametrize(
    ("address", "normal", "wire"),
    [
        # Since IDNA 2008 these two are different domains; the older standard mixed them up.
        ("a@straße.de", "a@straße.de", "a@xn--strae-oqa.de"),
        ("a@strasse.de", "a@strasse.de", "a@strasse.de"),
        ("a@Ex_Ample.org", "a@ex_ample.org", "a@ex_ample.org"),
        ("a@[127.0.0.1]", "a@[127.0.0.1]", "a@[127.0.0.1]"),
        ("a@xn--broken-.org", "a@xn--broken-.org", "a@xn--broken-.org"),
        ("nobody", "nobody", "nobody"),
        ("", "", ""),
    ],
)
def test_addresses_of_all_kinds(address, normal, wire):
    assert (normal_address(address), wire_address(normal)) == (normal, wire)
    assert normal_address(normal_address(address)) == normal_address(address)


@pytest.mark.django_db
@pytest.mark.parametrize("spelling", SPELLINGS)
def test_person_is_found_and_welcomed_once_by_every_spelling(spelling):
    mona = welcome_person("mona@xn--exmple-cua.org", name="Mona", by=CLOCK)

    assert person_by_email(spelling) == mona
    assert welcome_person(spelling, name="Mona", by=CLOCK) == mona
    assert Person.objects.get_by_natural_key(spelling) == mona


@pytest.mark.django_db
@pytest.mark.parametrize("spelling", SPELLINGS)
def test_message_to_an_erased_person_goes_however_its_address_was_spelled(spelling):
    mona = welcome_person(spelling, name="Mona", by=CLOCK)
    edition = RoleFactory(person__email="ada@seminar.example").edition
    actions.invite(
        edition, email="MONA@xn--exmple-cua.org", name="Mona", kinds=["rapporteur"],
        language="en", by=CLOCK,
    )  # fmt: skip
    other = MessageFactory(recipient="mona@example.org")
    assert len(outbox()) == 2

    erase_person(mona, by=CLOCK)

    assert outbox() == [other]
