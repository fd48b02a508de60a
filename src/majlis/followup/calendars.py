"""Due dates of recommendations and of planned actions, for calendars."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from majlis.followup.models import PlannedAction
from majlis.followup.queries.register import public_editions, register, with_pairs
from majlis.followup.states import OPEN
from majlis.kernel.clock import now
from majlis.recommendations.models import Recommendation
from majlis.series.calendars import calendar_file, identifier
from majlis.series.models import Series
from majlis.ui.links import page_address


def due_calendar(series: Series, lang: str) -> bytes:
    """One whole day for each recommendation and each planned action that is still open."""
    today = now().date()
    found = list(with_pairs(register(public_editions(series), {}, today).exclude(due_on=None)))
    open_ones = [rec for rec in found if _is_open(rec)]
    planned = PlannedAction.objects.filter(
        pair__recommendation__in=[rec.pk for rec in open_ones], done_on=None
    ).select_related("pair__recommendation__edition")
    events = [
        _event(rec, rec.due_on, rec.title.shown(lang).text, rec.code, lang) for rec in open_ones
    ]
    events += [
        _event(one.pair.recommendation, one.due_on, one.what, one.code, lang) for one in planned
    ]
    return calendar_file(events, {"x-wr-calname": series.title.shown(lang).text})


def _is_open(rec: Recommendation) -> bool:
    follows = [getattr(pair, "follow", None) for pair in rec.pairs.all()]
    return not follows or any(one is None or one.progress in OPEN for one in follows)


def _event(rec: Recommendation, day: Any, said: str, code: str, lang: str) -> Any:
    from icalendar import Event  # takes a while

    event = Event()
    event.add("uid", identifier(code))
    event.add("dtstamp", rec.published_at or rec.made_at)
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))
    event.add("summary", f"{rec.rec_id} {said}")
    to = page_address("followup:timeline", lang, edition=rec.edition.slug, rec_id=rec.rec_id)
    event.add("url", to)
    return event
