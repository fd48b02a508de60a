"""Without a mail server a message is the only way in. It keeps its secrets until they are used, or
open nothing any more."""

from __future__ import annotations

from datetime import timedelta

import pytest

from majlis.kernel.clock import now
from majlis.mail import actions
from majlis.mail.models import STRUCK, Message
from majlis.people.actions import ask_sign_in, use_sign_in_code, use_sign_in_link
from majlis.registration import letters
from majlis.registration.access import admission_by_token
from majlis.registration.actions import (
    admit_device,
    ask_for_place,
    confirm_address,
    confirm_answers,
    send_link_again,
)
from majlis.registration.answers import Answers
from majlis.registration.models import PendingAnswers
from tests.factories.mail import KEPT
from tests.factories.people import PersonFactory
from tests.factories.registration import RegistrationFactory, VoiceFactory
from tests.factories.series import EditionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_mail_server(settings):
    settings.EMAIL_BACKEND = KEPT


def is_struck(message: Message) -> bool:
    secrets = message.secrets
    message.refresh_from_db()
    gone = not any(secret in message.text + message.html for secret in secrets)
    assert gone == (STRUCK in message.text) == (message.secrets == [])
    return gone


def test_sign_in_letter_loses_its_secrets_when_one_of_them_is_used():
    person = PersonFactory()
    asks = [ask_sign_in(person.email, language="en") for _ in range(3)]
    by_link, by_code, unused = Message.objects.order_by("pk")

    use_sign_in_link(by_link.secrets[0])
    use_sign_in_code([asks[1]], by_code.secrets[1])

    assert [is_struck(one) for one in (by_link, by_code, unused)] == [True, True, False]


def test_letter_loses_its_secret_when_its_time_is_over():
    ask_sign_in(PersonFactory().email, language="en")
    message = Message.objects.get()

    actions.strike_ended()
    assert not is_struck(message)

    Message.objects.update(secrets_end_at=now() - timedelta(seconds=1))
    actions.strike_ended()
    assert is_struck(message)


def to_come():
    day = (now() + timedelta(days=9)).date()
    return EditionFactory(starts_on=day, ends_on=day)


def test_letters_that_ask_to_confirm_an_address_lose_their_secrets_once_it_is_confirmed():
    place = RegistrationFactory(edition=to_come(), state="asked")
    letters.confirm_address(place)
    other = RegistrationFactory(edition=place.edition, state="asked")
    letters.confirm_address(other)
    mine, others = Message.objects.order_by("pk")

    confirm_address(place)

    assert [is_struck(mine), is_struck(others)] == [True, False]


def test_letters_of_answers_that_wait_lose_their_secrets_once_some_are_confirmed():
    place = RegistrationFactory(edition=to_come())
    answers = Answers(
        name="Ben", email=place.person.email, capacity="personal", organisation="",
        constituency="cluster", country="TN", languages=("en",),
    )  # fmt: skip
    for _ in range(2):
        ask_for_place(place.edition, answers=answers, consents=[], language="en")
    earlier, later = Message.objects.order_by("pk")

    confirm_answers(PendingAnswers.objects.latest("pk"))

    assert [is_struck(earlier), is_struck(later)] == [True, True]


def test_personal_link_stays_until_it_has_admitted_as_many_devices_as_it_can():
    voice = VoiceFactory()
    send_link_again(voice.registration, by=PersonFactory())
    message = Message.objects.get()
    token = message.secrets[0]

    struck = []
    for press in ("one", "two", "three"):
        admit_device(admission_by_token(token), press=press, label="phone")
        struck.append(token not in Message.objects.get().text)

    assert struck == [False, False, True]
