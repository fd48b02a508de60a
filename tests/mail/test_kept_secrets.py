"""Without a mail server a message is the only way in. It keeps its secrets until they are used, or
open nothing any more."""

from __future__ import annotations

from datetime import timedelta

import pytest

from majlis.kernel.clock import now
from majlis.mail import actions
from majlis.mail.models import STRUCK, Message
from majlis.people.actions import ask_sign_in, use_sign_in_code, use_sign_in_link
from majlis.registration.access import admission_by_token
from majlis.registration.actions import admit_device, send_link_again
from tests.factories.mail import KEPT
from tests.factories.people import PersonFactory
from tests.factories.registration import VoiceFactory

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
