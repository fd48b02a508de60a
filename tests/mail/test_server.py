"""The mail server that is set in the workspace."""

from __future__ import annotations

import pytest

from majlis.circulars.access import may_set_server
from majlis.kernel.ledger import CLOCK
from majlis.kernel.seal import locked, unlocked
from majlis.mail.actions import remove_server, send_due, set_server, try_server
from majlis.mail.models import MailServer
from majlis.mail.queries import are_kept
from tests.factories.mail import KEPT, MessageFactory, outbox
from tests.factories.registration import RoleFactory
from tests.factories.series import EditionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def values(server, settings):
    """What is entered for a server that runs; the installation names none."""
    settings.EMAIL_BACKEND = KEPT
    return {
        "host": "127.0.0.1", "port": server.port, "security": "none", "user": "",
        "sender": "seminar@exämple.org", "sender_name": "Séminaire",
    }  # fmt: skip


def test_messages_go_through_the_server_that_was_set_from_its_sender(values, server):
    assert are_kept()
    set_server(values, password=None, by=CLOCK)
    assert not are_kept()
    MessageFactory()

    send_due()

    [got] = server.got
    assert got["From"] == "Séminaire <seminar@xn--exmple-cua.org>"
    assert outbox()[0].state == "sent"
    remove_server(by=CLOCK)
    assert are_kept()


def test_test_says_what_the_server_answers_and_leaves_no_message(values, server):
    set_server(values, password=None, by=CLOCK)
    assert try_server(to="ada@seminar.example", language="ar") == ""
    server.answers["RCPT"] = "550 No such user"
    assert try_server(to="ada@seminar.example", language="ar") == "550 No such user"
    server.stop()
    assert try_server(to="a@b.example", language="en").startswith("ConnectionRefusedError")
    server.start()

    assert ([got["Content-Language"] for got in server.got], outbox()) == (["ar"], [])


def test_slow_server_is_told_as_such(values, server, settings):
    settings.EMAIL_TIMEOUT, server.seconds = 0.2, 1
    set_server(values, password=None, by=CLOCK)

    assert try_server(to="ada@seminar.example", language="en")


def test_password_is_locked_and_goes_to_no_other_server(values, settings):
    set_server(values | {"user": "ada"}, password="s3cret", by=CLOCK)
    kept = MailServer.objects.get()
    assert "s3cret" not in kept.password_locked
    assert kept.password == "s3cret"

    set_server(values | {"user": "ada", "sender_name": "Other"}, password=None, by=CLOCK)
    assert MailServer.objects.get().password == "s3cret"
    settings.SECRET_KEY = "another key of this server, long enough to be one"
    assert MailServer.objects.get().has_lost_password
    set_server(values | {"host": "evil.example", "user": "ada"}, password=None, by=CLOCK)
    assert MailServer.objects.get().password_locked == ""


def test_locked_words_open_only_under_their_name_and_unchanged():
    words = "pässwört " * 20
    text = locked(words, "one")

    assert unlocked(text, "one") == words
    assert locked(words, "one") != text
    assert [unlocked(t, n) for t, n in (
        (text, "other"), (text[:-6] + "AAAAA=", "one"), ("", "one"), ("é", "one"), ("abc", "one"),
    )] == [""] * 5  # fmt: skip


def test_only_who_organises_every_edition_may_set_the_server():
    ada = RoleFactory().person
    assert may_set_server(ada)
    other = EditionFactory()
    assert not may_set_server(ada)
    RoleFactory(edition=other, person=ada, kind="moderator")
    assert not may_set_server(ada)
    RoleFactory(edition=other, person=ada)
    assert may_set_server(ada)
