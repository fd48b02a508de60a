"""Writing messages, sending those that are due, forgetting them. Only actions write."""

from __future__ import annotations

import base64
import logging
import smtplib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.db.models import Q
from django.utils.encoding import force_str

from majlis.kernel import presses
from majlis.kernel.clock import now
from majlis.mail import letters, queries
from majlis.mail.addresses import normal_address
from majlis.mail.letters import BARE, Frame
from majlis.mail.models import TRIED_FOR, Message
from majlis.mail.states import MessageState

log = logging.getLogger("majlis.mail")

SENT_LIVES, OTHERS_LIVE = timedelta(days=30), timedelta(days=180)


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that goes with a message; `type` is its media type, like `text/calendar`."""

    name: str
    type: str
    content: bytes


@transaction.atomic
def write_message(  # noqa: PLR0913, all of a letter, each named
    template: str,
    *,
    to: str,
    language: str,
    edition: str = "",
    facts: Mapping[str, object],
    secrets: Sequence[str] = (),
    secrets_live: timedelta | None = None,
    attachments: Sequence[Attachment] = (),
    frame: Frame = BARE,
) -> Message | None:
    """Write a message from a text template and facts, in the transaction of what causes it.

    The tick sends it afterwards. Without an address nothing is written. `secrets` are those words
    of the letter that let its reader in, `secrets_live` for how long; nobody else is shown them.
    """
    if not to:
        return None
    presses.take()
    letter = letters.compose(template, language=language, facts=facts, frame=frame)
    return Message.objects.create(
        recipient=normal_address(to),
        edition=edition,
        language=language,
        subject=letter.subject,
        text=letter.text,
        html=letter.html,
        secrets=list(secrets),
        secrets_end_at=now() + secrets_live if secrets_live else None,
        attachments=[
            {"name": a.name, "type": a.type, "content": base64.b64encode(a.content).decode()}
            for a in attachments
        ],
        state=MessageState.KEPT if queries.are_kept() else MessageState.WAITING,
    )


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
    connection = get_connection()
    try:
        while (message := _claimed()) is not None and _deliver(message, connection):
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


def _deliver(message: Message, connection: BaseEmailBackend) -> bool:
    """Hand a message to the server; return whether the connection may take another."""
    try:
        connection.open()
    except OSError as error:  # every fault of smtplib is one
        message.postpone(_words_of(error), at=now())
        _mark(message)
        queries.due().update(next_at=message.next_at, last_answer=message.last_answer)
        return False
    try:
        connection.send_messages([letters.as_email(message)])
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
    Message.objects.filter(pk=message.pk, attempts=message.attempts).update(
        state=message.state,
        next_at=message.next_at,
        last_answer=message.last_answer,
        sent_at=message.sent_at,
        text=message.text,
        html=message.html,
        secrets=message.secrets,
    )


@transaction.atomic
def forget_messages(*, to: str = "", edition: str = "") -> None:
    """Delete messages to an address, of an edition, or, with both, those that fit both."""
    if not to and not edition:
        raise ValueError("An address or an edition is needed.")
    wanted = Q(recipient=normal_address(to)) if to else Q()
    Message.objects.filter(wanted, **({"edition": edition} if edition else {})).delete()


@transaction.atomic
def strike_used(secret: str, *, to: str) -> None:
    """Forget a way in that was used, in the messages that keep it for want of a mail server.

    `secret` is the whole of it, or how it begins.
    """
    kept = Message.objects.filter(state=MessageState.KEPT, recipient=normal_address(to))
    for message in kept.exclude(secrets=[]):
        if any(one.startswith(secret) for one in message.secrets):
            _struck(message)


def strike_ended() -> None:
    """Forget ways in whose time is over; for the tick."""
    kept = Message.objects.filter(state=MessageState.KEPT, secrets_end_at__lt=now())
    for message in kept.exclude(secrets=[]):
        _struck(message)


def _struck(message: Message) -> None:
    message.strike()
    message.save(update_fields=["text", "html", "secrets"])


def purge_messages() -> None:
    """Delete old messages, since they hold links that sign in; for the tick."""
    is_sent = Q(state=MessageState.SENT)
    Message.objects.filter(
        is_sent & Q(sent_at__lt=now() - SENT_LIVES)
        | ~is_sent & Q(created_at__lt=now() - OTHERS_LIVE)
    ).delete()
