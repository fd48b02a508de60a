"""Sending messages to a real mail server, whatever it answers."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from django.core.mail import get_connection
from django.db import connections, transaction

from majlis.kernel.clock import now
from majlis.mail import actions
from majlis.mail.actions import Attachment, sending, write_message
from majlis.mail.models import CLAIM_LASTS, TRIED_FOR, Message
from majlis.mail.states import MessageState
from tests.factories.mail import KEPT, MessageFactory, outbox

pytestmark = pytest.mark.django_db

SENT, WAITING, REFUSED = MessageState.SENT, MessageState.WAITING, MessageState.REFUSED


def states() -> list[str]:
    return [message.state for message in outbox()]


def make_due() -> None:
    """Let the pauses be over."""
    Message.objects.update(next_at=now())


def test_send_due_sends_text_html_and_attachments(server):
    write_message(
        "people/letters/sign_in.txt",
        to="Mona@xn--exmple-cua.org",
        language="fr",
        facts={"name": "Mona", "code": "123 456", "link": "https://seminar.example/x/"},
        attachments=[Attachment("day.ics", "text/calendar", b"BEGIN:VCALENDAR")],
    )

    actions.send_due()

    [message], [got] = outbox(), server.got
    text, html = got.get_body(("plain",)), got.get_body(("html",))
    [file] = got.iter_attachments()
    assert (message.state, message.attempts, message.last_answer) == (SENT, 1, "")
    assert message.sent_at is not None
    assert (message.recipient, got["To"]) == ("mona@exämple.org", "mona@xn--exmple-cua.org")
    assert got["Subject"] == message.subject
    assert got["Content-Language"] == "fr"
    assert got["Auto-Submitted"] == "auto-generated"
    assert text.get_content().split() == message.text.split()
    assert html.get_content().split() == message.html.split()
    assert (file.get_filename(), file.get_content()) == ("day.ics", "BEGIN:VCALENDAR")


def test_send_due_sends_a_message_once(server):
    MessageFactory()

    actions.send_due()
    make_due()
    actions.send_due()

    assert len(server.got) == 1


def test_message_goes_with_the_transaction_that_wrote_it(server):
    with transaction.atomic():
        MessageFactory()
        transaction.set_rollback(True)

    actions.send_due()

    assert (outbox(), server.got) == ([], [])


@pytest.mark.parametrize("step", ["RCPT", "DATA"])
def test_refusal_for_good_is_kept_in_the_server_s_words_and_not_repeated(server, step):
    server.answers[step] = "550 5.1.1 Aucune boîte à ce nom"
    MessageFactory()

    actions.send_due()
    make_due()
    actions.send_due()

    [message] = outbox()
    assert (message.state, message.attempts) == (REFUSED, 1)
    assert message.last_answer == "550 5.1.1 Aucune boîte à ce nom"


@pytest.mark.parametrize(
    ("step", "answer"),
    [
        pytest.param("RCPT", "451 4.7.1 Greylisted, come back", id="recipient, for now"),
        pytest.param("DATA", "452 4.3.1 Disk full", id="words, for now"),
        pytest.param("MAIL", "530 5.7.0 Authentication required", id="ourselves: settings"),
    ],
)
def test_refusal_for_now_is_tried_again_after_a_pause(server, step, answer):
    server.answers[step] = answer
    MessageFactory()

    actions.send_due()
    actions.send_due()  # too early
    [message] = outbox()
    assert (message.state, message.attempts, message.last_answer) == (WAITING, 1, answer)

    server.answers.clear()
    make_due()
    actions.send_due()
    [message] = outbox()
    assert (message.state, message.attempts, message.last_answer) == (SENT, 2, "")


def test_pauses_grow_to_an_hour_and_end_after_two_days(server):
    server.answers["RCPT"] = "451 Not now"
    message = MessageFactory()
    pauses = []
    for _n in range(9):
        make_due()
        before = now()
        actions.send_due()
        message.refresh_from_db()
        pauses.append(round((message.next_at - before).total_seconds()))

    Message.objects.update(created_at=now() - TRIED_FOR - timedelta(seconds=1))
    make_due()
    actions.send_due()

    message.refresh_from_db()
    assert pauses == [10, 30, 90, 270, 810, 2430, 3600, 3600, 3600]
    assert (message.state, message.attempts) == (MessageState.GIVEN_UP, 9)
    assert message.last_answer == "451 Not now"


@pytest.mark.parametrize("answer", ["", "550 Gone"])
def test_message_that_will_not_be_sent_again_forgets_what_lets_its_reader_in(server, answer):
    if answer:
        server.answers["RCPT"] = answer
    secrets = ["seminar.example/v/abc", "Ben"]
    MessageFactory(secrets=secrets)

    actions.send_due()

    [message] = outbox()
    assert message.secrets == []
    assert [s for s in secrets if s in message.text + message.html] == []


def test_one_refused_recipient_keeps_nobody_else_waiting(server):
    server.answers["gone@firm.example"] = "550 Gone"
    for name in ("gone", "ben", "chen"):
        MessageFactory(recipient=f"{name}@firm.example")

    actions.send_due()

    assert states() == [REFUSED, SENT, SENT]


def test_slow_server_is_left_and_tried_again(server, settings):
    settings.EMAIL_TIMEOUT, server.seconds = 0.2, 1
    MessageFactory()

    actions.send_due()

    [message] = outbox()
    assert (message.state, message.attempts) == (WAITING, 1)
    assert message.last_answer.startswith("SMTPServerDisconnected: ")


def test_connection_that_breaks_is_made_anew_and_blocks_nobody(server):
    server.drops = {"breaks@firm.example"}
    for name in ("breaks", "ben"):
        MessageFactory(recipient=f"{name}@firm.example")

    actions.send_due()
    assert states() == [WAITING, WAITING]
    actions.send_due()
    assert states() == [WAITING, SENT]


def test_server_that_is_down_is_asked_once_for_all(server):
    server.stop()
    MessageFactory.create_batch(3)

    actions.send_due()
    actions.send_due()

    assert [message.attempts for message in outbox()] == [1, 0, 0]
    assert {message.last_answer.partition(":")[0] for message in outbox()} == {
        "ConnectionRefusedError"
    }
    server.start()
    make_due()
    actions.send_due()
    assert states() == [SENT, SENT, SENT]


def test_crash_between_sending_and_marking_sends_it_again_under_the_same_id(server, settings):
    message = MessageFactory()
    settings.EMAIL_BACKEND = "tests.mail.smtp.DiesAfterSending"
    with pytest.raises(SystemExit):
        actions.send_due()

    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    actions.send_due()
    assert len(server.got) == 1  # the claim of the process that ended still holds
    message.refresh_from_db()
    assert now() < message.next_at <= now() + CLAIM_LASTS
    make_due()
    actions.send_due()

    first, second = server.got
    assert first["Message-ID"] == second["Message-ID"]
    assert states() == [SENT]


@pytest.mark.django_db(transaction=True)
def test_two_processes_never_send_one_message_twice(server):
    server.seconds = 0.05
    MessageFactory.create_batch(6)

    def send() -> None:
        actions.send_due()
        connections.close_all()

    threads = [threading.Thread(target=send) for _n in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(got["To"] for got in server.got) == sorted(m.recipient for m in outbox())
    assert {(m.state, m.attempts) for m in outbox()} == {(SENT, 1)}


def test_message_erased_while_it_is_sent_does_not_come_back(server, settings):
    message = MessageFactory(recipient="ben@firm.example")
    claimed = sending._claimed()
    actions.forget_messages(to="ben@firm.example")

    with get_connection() as connection:
        sending._deliver(claimed, connection)

    assert not Message.objects.filter(pk=message.pk).exists()


def test_old_message_is_not_sent_by_a_server_that_starts_late(server):
    MessageFactory(created_at=now() - timedelta(days=3))

    actions.send_due()

    assert (states(), server.got) == ([MessageState.GIVEN_UP], [])


def test_messages_are_kept_without_a_server(settings):
    waiting = MessageFactory()
    settings.EMAIL_BACKEND = KEPT
    write_message(
        "people/letters/sign_in.txt",
        to="ada@seminar.example",
        language="en",
        facts={"name": "Ada", "code": "123 456", "link": "https://seminar.example/x/"},
    )

    actions.send_due()

    waiting.refresh_from_db()
    assert states() == [MessageState.KEPT, MessageState.KEPT]


def test_purge_deletes_what_is_old(settings):
    day = timedelta(days=1)
    MessageFactory(state=SENT, sent_at=now() - 31 * day)
    MessageFactory(state=REFUSED, created_at=now() - 181 * day)
    young = [
        MessageFactory(state=SENT, sent_at=now() - 29 * day),
        MessageFactory(state=MessageState.KEPT, created_at=now() - 179 * day),
    ]

    actions.purge_messages()

    assert outbox() == young
