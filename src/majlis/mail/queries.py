"""Questions about messages."""

from __future__ import annotations

from typing import cast

from django.conf import settings
from django.db.models import Count, QuerySet

from majlis.kernel.analysis import Search
from majlis.kernel.clock import now
from majlis.mail.addresses import normal_address, spellings
from majlis.mail.models import LetterWording, MailServer, Message
from majlis.mail.states import MessageState

Found = QuerySet[Message]


def are_kept() -> bool:
    """Return whether messages stay on this computer, because no mail server is set."""
    is_named = not cast("str", settings.EMAIL_BACKEND).endswith("dummy.EmailBackend")
    return not is_named and not MailServer.objects.exists()


def mail_server() -> MailServer | None:
    """The mail server that was set in the workspace, if one was."""
    return MailServer.objects.first()


def wording_of(edition: str, template: str, language: str) -> LetterWording | None:
    """The edition's own words for a letter, if it has any."""
    if not edition:
        return None
    return LetterWording.objects.filter(
        edition=edition, template=template, language=language
    ).first()


def wordings_of(edition: str) -> QuerySet[LetterWording]:
    """Every letter that an edition words otherwise."""
    return LetterWording.objects.filter(edition=edition)


def due() -> QuerySet[Message]:
    """Messages to send now; those tried least come first, so that one cannot block the rest."""
    return Message.objects.filter(state=MessageState.WAITING, next_at__lte=now()).order_by(
        "attempts", "next_at", "pk"
    )


NOT_DELIVERED = "undelivered"
FAILED = (MessageState.REFUSED, MessageState.GIVEN_UP)


def messages_of(
    edition: str, *, state: str = "", batch: str = "", template: str = "", words: str = ""
) -> Found:
    """Messages of an edition, newest first, narrowed by what is not empty.

    `undelivered` is everything that has not reached a mail server as it should. The words stand
    in the address, the subject or the text as shown.
    """
    found = Message.objects.filter(edition=edition).order_by("-created_at", "-pk")
    if batch:
        found = found.filter(batch=batch)
    if template:
        found = found.filter(template=template)
    if state == NOT_DELIVERED:
        found = found.exclude(state=MessageState.SENT)
    elif state:
        found = found.filter(state=state)
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


def templates_of(edition: str) -> list[str]:
    """The letters that messages of an edition are, by template; those without one leave none."""
    found = Message.objects.filter(edition=edition).exclude(template="").order_by()
    return list(found.values_list("template", flat=True).distinct())


def counts_of(edition: str, *, batch: str = "", template: str = "") -> dict[str, int]:
    """How many messages of an edition, of one batch or one letter, stand where."""
    narrowed = {"batch": batch, "template": template}
    found = Message.objects.filter(edition=edition)
    found = found.filter(**{name: value for name, value in narrowed.items() if value})
    rows = found.order_by().values_list("state").annotate(n=Count("pk"))
    return {str(state): 0 for state in MessageState.values} | dict(rows)


def kept_that_can_go(edition: str) -> Found:
    """Messages that were kept for want of a mail server and still say what they said."""
    return Message.objects.filter(edition=edition, state=MessageState.KEPT).exclude(html="")


def messages_to(address: str, *, edition: str) -> QuerySet[Message]:
    """Messages to an address that belong to the edition or to none, oldest first."""
    return Message.objects.filter(
        recipient=normal_address(address), edition__in={edition, ""}
    ).order_by("created_at", "pk")
