"""Forgetting messages, and the ways in that they hold."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.db.models import Q

from majlis.kernel.clock import now
from majlis.mail.addresses import normal_address
from majlis.mail.models import Message
from majlis.mail.states import MessageState

SENT_LIVES, OTHERS_LIVE = timedelta(days=30), timedelta(days=180)


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
