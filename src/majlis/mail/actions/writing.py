"""Writing messages: one by one, and the same to many people."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction

from majlis.kernel import presses
from majlis.kernel.clock import now
from majlis.mail import letters, queries
from majlis.mail.addresses import normal_address
from majlis.mail.letters import BARE, Frame, Letter
from majlis.mail.models import Message
from majlis.mail.states import MessageState


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
    wording = queries.wording_of(edition, template, language)
    letter = letters.compose(template, language=language, facts=facts, frame=frame, wording=wording)
    return Message.objects.create(
        recipient=normal_address(to),
        edition=edition,
        template=template,
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


@dataclass(frozen=True, slots=True)
class ForOne:
    """A letter of a batch, for one reader."""

    to: str
    language: str
    letter: Letter
    stop_address: str = ""


@transaction.atomic
def write_batch(batch: str, those: Iterable[ForOne], *, edition: str, template: str) -> int:
    """Write letters to many people; whoever has one of this batch already gets no other.

    Safe to repeat, in several processes too. Return how many were written or were there.
    """
    state = MessageState.KEPT if queries.are_kept() else MessageState.WAITING
    rows = [
        Message(
            recipient=normal_address(one.to),
            edition=edition,
            batch=batch,
            template=template,
            stop_address=one.stop_address,
            language=one.language,
            subject=one.letter.subject,
            text=one.letter.text,
            html=one.letter.html,
            state=state,
        )
        for one in those
    ]
    return len(Message.objects.bulk_create(rows, ignore_conflicts=True))


@transaction.atomic
def stop_batch(batch: str) -> int:
    """Send no more of a batch, and return how many messages that holds back."""
    held_back = Message.objects.filter(
        batch=batch, state__in=[MessageState.WAITING, MessageState.KEPT]
    )
    return held_back.update(state=MessageState.STOPPED)
