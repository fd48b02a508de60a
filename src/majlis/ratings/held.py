"""What this app holds under a voice, for the page on which people see their own data."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from majlis.dialogue.held import LABELS
from majlis.dialogue.models import VoteEvent
from majlis.ratings.models import Rating
from majlis.registration.held import HeldData, Item, contribute, items_of
from majlis.registration.models import Voice


@contribute
def ratings(voice: Voice) -> list[HeldData]:
    """Every answer to a question of a rating as it arrived; the last one to each counts."""
    titles = {one.asked_id: one.title for one in Rating.objects.filter(
        asked__questions__votes__voice=voice
    ).select_related("asked").distinct()}  # fmt: skip
    events = VoteEvent.objects.filter(voice=voice, question__isnull=False)
    records = [
        [
            Item(
                "rating", _("rating"),
                f"{titles[event.question.asked_in_id]}: {event.question.name}",
                event.question.name,
            ),
            *items_of(event, LABELS | {"stance": gettext_lazy("your rating")}),
        ]
        for event in events.select_related("question").order_by("pk")
        if event.question is not None
    ]  # fmt: skip
    return [HeldData("ratings", gettext_lazy("Your ratings"), records, n_said=len(records))]
