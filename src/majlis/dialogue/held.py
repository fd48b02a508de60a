"""What this app holds under a voice, for the page on which people see their own data."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from majlis.dialogue.models import Contribution, VoteEvent
from majlis.registration.held import HeldData, Item, contribute, items_of
from majlis.registration.models import Voice

LABELS = {
    "words": gettext_lazy("your words"),
    "language": gettext_lazy("language"),
    "only_statement": gettext_lazy("only the statement may be shown"),
    "reason": gettext_lazy("reason given"),
    "offered_at": gettext_lazy("contributed on"),
    "stance": gettext_lazy("your vote"),
    "at": gettext_lazy("voted on"),
    "channel": gettext_lazy("received by"),
}


@contribute
def contributions(voice: Voice) -> list[HeldData]:
    """What the voice offered, in its own words."""
    offered = Contribution.objects.filter(voice=voice)
    records = [items_of(contribution, LABELS) for contribution in offered]
    return [
        HeldData("contributions", gettext_lazy("Your contributions"), records, n_said=len(records)),
    ]


@contribute
def votes(voice: Voice) -> list[HeldData]:
    """Every vote as it arrived, the one that counts being the last on a statement."""
    events = VoteEvent.objects.filter(voice=voice, statement__isnull=False)
    records = [
        [
            Item("statement", _("statement"), str(event.statement), event.asked_code),
            *items_of(event, LABELS),
        ]
        for event in events.select_related("statement").order_by("pk")
    ]
    return [HeldData("votes", gettext_lazy("Your votes"), records, n_said=len(records))]
