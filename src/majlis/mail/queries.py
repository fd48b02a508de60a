"""Questions about messages."""

from __future__ import annotations

from typing import cast

from django.conf import settings
from django.db.models import QuerySet

from majlis.kernel.analysis import Search
from majlis.kernel.clock import now
from majlis.mail.addresses import normal_address, spellings
from majlis.mail.models import Message
from majlis.mail.states import MessageState


def are_kept() -> bool:
    """Return whether messages stay on this computer, because no mail server is set."""
    return cast("str", settings.EMAIL_BACKEND).endswith("dummy.EmailBackend")


def due() -> QuerySet[Message]:
    """Messages to send now; those tried least come first, so that one cannot block the rest."""
    return Message.objects.filter(state=MessageState.WAITING, next_at__lte=now()).order_by(
        "attempts", "next_at", "pk"
    )


def undelivered(edition: str, words: str = "") -> QuerySet[Message]:
    """Messages of an edition that were kept, refused, given up or answered with a fault.

    Newest first; those that hold all words, in the address, the subject or the text as shown.
    """
    found = (
        Message.objects.filter(edition=edition)
        .exclude(state=MessageState.SENT)
        .exclude(state=MessageState.WAITING, last_answer="")
        .order_by("-created_at", "-pk")
    )
    if wanted := Search(words):
        read = found.only("recipient", "subject", "text", "secrets")
        found = found.filter(
            pk__in=[
                one.pk
                for one in read
                if wanted.in_names(*spellings(one.recipient), one.subject, one.shown_text)
            ]
        )
    return found


def messages_to(address: str, *, edition: str) -> QuerySet[Message]:
    """Messages to an address that belong to the edition or to none, oldest first."""
    return Message.objects.filter(
        recipient=normal_address(address), edition__in={edition, ""}
    ).order_by("created_at", "pk")
