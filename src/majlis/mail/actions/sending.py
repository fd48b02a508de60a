"""Sending messages that are due, and those that somebody wants sent again."""

from __future__ import annotations

import logging
import smtplib
from email.utils import formataddr
from typing import Any

from django.conf import settings
from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.backends.smtp import EmailBackend
from django.db import transaction
from django.utils.encoding import force_str
from django.utils.translation import gettext_lazy as _

from majlis.kernel import ledger
from majlis.kernel.clock import now
from majlis.kernel.errors import RuleBroken
from majlis.kernel.ledger import Doer
from majlis.mail import letters, queries
from majlis.mail.addresses import normal_address, wire_address
from majlis.mail.models import TRIED_FOR, MailServer, Message
from majlis.mail.states import MessageState, Security, Verb

log = logging.getLogger("majlis.mail")


@transaction.atomic
def send_again(message: Message, *, by: Doer) -> None:
    """Let a message be sent once more, as it was written."""
    message = Message.objects.select_for_update().get(pk=message.pk)
    if not message.can_go_again:
        raise RuleBroken(
            _(
                "This email is on its way, or it held a personal link that has been removed. "
                "Nothing was changed. Send a new link from the person’s page."
            )
        )
    _require_server()
    message.go_again(at=now())
    message.save()
    ledger.record(Verb.SENT_AGAIN, message, by=by, edition=message.edition)


@transaction.atomic
def send_kept(edition: Any, *, by: Doer) -> int:
    """Send what was kept for want of a mail server, and return how many those are."""
    _require_server()
    at = now()
    n = queries.kept_that_can_go(edition.slug).update(
        state=MessageState.WAITING, created_at=at, next_at=at
    )
    ledger.record(Verb.SENT_KEPT, edition, by=by, messages=n)
    return n


def _require_server() -> None:
    if queries.are_kept():
        raise RuleBroken(_("There is no mail server, so nothing can be sent. Nothing was changed."))


def try_server(*, to: str, language: str) -> str:
    """Send a message to somebody right now, and return what was wrong: nothing when it went."""
    letter = letters.compose("mail/letters/test.txt", language=language, facts={})
    message = Message(
        recipient=normal_address(to),
        language=language,
        subject=letter.subject,
        text=letter.text,
        html=letter.html,
    )
    server = queries.mail_server()
    connection = connection_to(server)
    try:
        connection.open()
        connection.send_messages([letters.as_email(message, sender=_sender(server))])
    except OSError as error:
        return _words_of(error)
    finally:
        connection.close()
    return ""


def connection_to(server: MailServer | None) -> BaseEmailBackend:
    """The way to the mail server that was set, or that the installation names."""
    if server is None:
        usual: BaseEmailBackend = get_connection()
        return usual
    return EmailBackend(
        host=server.host,
        port=server.port,
        username=server.user,
        password=server.password,
        use_tls=server.security == Security.STARTTLS,
        use_ssl=server.security == Security.TLS,
        timeout=settings.EMAIL_TIMEOUT,
    )


def _sender(server: MailServer | None) -> str | None:
    """From whom messages come; None for what the installation names."""
    return formataddr((server.sender_name, wire_address(server.sender))) if server else None


def send_due() -> None:
    """Send the messages that are due; for the tick. Safe to repeat, in several processes too.

    Each is claimed in a short transaction, sent outside of any, then marked. A crash between
    sending and marking sends it once more when the claim ends: at least once, never lost.
    """
    if not queries.due().exists():
        return
    for late in queries.due().filter(created_at__lt=now() - TRIED_FOR):
        late.give_up()
        late.save(update_fields=["state", "text", "html", "secrets"])
    if queries.are_kept():
        queries.due().update(state=MessageState.KEPT)
        return
    server = queries.mail_server()
    connection, sender = connection_to(server), _sender(server)
    try:
        while (message := _claimed()) is not None and _deliver(message, connection, sender):
            pass
    finally:
        connection.close()


@transaction.atomic
def _claimed() -> Message | None:
    """The next due message, which no other process will send meanwhile."""
    message = queries.due().select_for_update(skip_locked=True).first()
    if message is not None:
        message.claim(at=now())
        message.save(update_fields=["attempts", "next_at"])
    return message


def _deliver(message: Message, connection: BaseEmailBackend, sender: str | None = None) -> bool:
    """Hand a message to the server; return whether the connection may take another."""
    try:
        connection.open()
    except OSError as error:  # every fault of smtplib is one
        message.postpone(_words_of(error), at=now())
        _mark(message)
        queries.due().update(next_at=message.next_at, last_answer=message.last_answer)
        return False
    try:
        connection.send_messages([letters.as_email(message, sender=sender)])
    except OSError as error:
        if _is_final(error):
            message.refuse(_words_of(error))
        else:
            message.postpone(_words_of(error), at=now())
        _mark(message)
        return message.state == MessageState.REFUSED
    message.mark_sent(at=now())
    _mark(message)
    return True


def _is_final(error: OSError) -> bool:
    """Whether the server refuses this recipient or these words, and would refuse them again.

    A refusal of ourselves (greeting, password, sender) is a matter of settings: once they are
    mended, the message can go.
    """
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(code >= 500 for code, _words in error.recipients.values())
    return isinstance(error, smtplib.SMTPDataError) and error.smtp_code >= 500


def _words_of(error: OSError) -> str:
    """The server's own words, with their number."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code, words = next(iter(error.recipients.values()))
        return f"{code} {force_str(words, errors='replace')}"
    if isinstance(error, smtplib.SMTPResponseException):
        return f"{error.smtp_code} {force_str(error.smtp_error, errors='replace')}"
    return f"{type(error).__name__}: {error}"


def _mark(message: Message) -> None:
    """Keep what came of an attempt, unless the message is gone or claimed anew."""
    facts = {"message": message.code, "state": message.state, "attempts": message.attempts}
    log.log(
        logging.INFO if message.state == MessageState.SENT else logging.WARNING,
        "message tried",
        extra={"facts": facts},
    )
    rows = Message.objects.filter(pk=message.pk, attempts=message.attempts)
    if message.state != MessageState.SENT:
        rows = rows.filter(state=MessageState.WAITING)  # stopped meanwhile, it stays stopped
    rows.update(
        state=message.state,
        next_at=message.next_at,
        last_answer=message.last_answer,
        sent_at=message.sent_at,
        text=message.text,
        html=message.html,
        secrets=message.secrets,
    )
