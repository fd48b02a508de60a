"""What stands around a letter of an edition, and what all of them tell: when, where, who pays."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from django.urls import reverse
from django.utils.functional import lazystr
from django.utils.translation import gettext_lazy as _

from majlis.kernel.punctuation import joined
from majlis.mail.actions import Attachment, write_message
from majlis.mail.letters import Frame, Said
from majlis.series.calendars import calendar_file, identifier
from majlis.series.models import Edition, Partner, Session
from majlis.series.programme import sessions_of
from majlis.series.queries import funder_block
from majlis.ui.formats import clock_range, day, day_range
from majlis.ui.links import own_address, page_address, whole_address

_DRAWN = (".png", ".jpg", ".jpeg")  # what mail programs show


def frame_of(edition: Edition, *, language: str, why: Said, stop: str = "") -> Frame:
    """The edition above, why the reader gets this at the foot, and who pays for it."""
    block = funder_block(edition)
    own_data = page_address("registration:my-data", language, edition=edition.slug)
    return Frame(
        name=edition.title,
        line=lambda: f"{edition.series.title} · {joined([edition.place, days_of(edition)])}",
        why=why,
        links=[(_("See, correct or delete your data"), own_data)],
        small=[text.body for text in (block.statement, block.disclaimer) if text],
        emblems=_emblems(edition, block.emblems),
        stop=stop,
    )


def write_letter(
    template: str,
    edition: Edition,
    *,
    to: str,
    language: str,
    why: Said,
    facts: Mapping[str, object],
    **sent: Any,
) -> None:
    """Write a letter of an edition: in its frame, with what all of them tell and with `facts`.

    `sent` are secrets and files, as `write_message` takes them.
    """
    write_message(
        template,
        to=to,
        language=language,
        edition=edition.slug,
        frame=frame_of(edition, language=language, why=why),
        facts={**facts_of(edition, language), **facts},
        **sent,
    )


def _emblems(edition: Edition, funders: Iterable[Partner]) -> list[tuple[Said, str]]:
    """The funders' emblems, where everybody can fetch them."""
    if not edition.is_public or urlsplit(own_address()).hostname in {None, "localhost"}:
        return []
    return [
        (one.name, whole_address(reverse("series:emblem", args=[edition.slug, one.code])))
        for one in funders
        if (one.emblem.name or "").lower().endswith(_DRAWN)
    ]


def days_of(edition: Edition) -> str:
    return day_range(edition.starts_on, edition.ends_on)


def facts_of(edition: Edition, language: str) -> dict[str, object]:
    """What every letter can tell of its edition."""
    hours = hours_of(edition)
    return {
        "title": edition.title,
        "place": edition.place,
        "when": lazystr(_When(edition, hours)),
        "programme": page_address("series:programme", language, edition=edition.slug),
        "my_page": page_address("registration:join", language, edition=edition.slug),
    }


class _When:
    """The days of an edition and, of a single one, its hours: in the language of the letter."""

    def __init__(self, edition: Edition, hours: tuple[datetime, datetime] | None) -> None:
        self.edition, self.hours = edition, hours

    def __str__(self) -> str:
        if self.edition.starts_on != self.edition.ends_on:
            return days_of(self.edition)
        said = day(self.edition.starts_on, weekday=True)
        if self.hours is None:
            return said
        first, last = (one.astimezone(self.edition.zone).replace(tzinfo=None) for one in self.hours)
        return joined([said, clock_range(first, last)])


def hours_of(edition: Edition) -> tuple[datetime, datetime] | None:
    """When the first session begins and the last one ends, as published."""
    sessions: list[Session] = sessions_of(edition)
    if not sessions:
        return None
    return min(s.starts_at for s in sessions), max(s.ends_at for s in sessions)


def calendar_of(edition: Edition, language: str, *, description: str = "") -> Attachment:
    """A file that puts the edition into a calendar; a later one replaces an earlier one there."""
    from icalendar import Event  # takes a while

    version = edition.programme_versions.order_by("-number").first()
    begins, ends = _span(edition)
    event = Event()
    event.add("uid", identifier(edition.slug))
    event.add("sequence", version.number if version else 0)
    event.add("dtstamp", version.published_at if version else edition.made_at)
    event.add("dtstart", begins)
    event.add("dtend", ends)
    event.add("summary", edition.title.shown(language).text)
    event.add("location", edition.place.shown(language).text)
    event.add("url", page_address("series:programme", language, edition=edition.slug))
    if description:
        event.add("description", description)
    return Attachment(f"{edition.slug}.ics", "text/calendar", calendar_file([event]))


def _span(edition: Edition) -> tuple[Any, Any]:
    """The hours of a single day where they are known, else whole days."""
    hours = hours_of(edition)
    if hours and edition.starts_on == edition.ends_on:
        return hours[0].astimezone(edition.zone), hours[1].astimezone(edition.zone)
    last: date = edition.ends_on + timedelta(days=1)
    return edition.starts_on, last
