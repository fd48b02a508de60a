"""The history of a recommendation: said, adopted, sent, answered, planned, declared, verified."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from majlis.followup.models import Endorsement, Entry, FocalLink, PlannedAction
from majlis.followup.queries.register import public_editions
from majlis.followup.queries.standing import Standing, standing_of
from majlis.followup.states import Axis, Response
from majlis.kernel.texts import Text
from majlis.recommendations.models import Adoption, Recommendation
from majlis.series.models import Series


@dataclass(frozen=True, slots=True)
class Line:
    """One moment. `unit` where only one addressee is concerned; `note` in `language`."""

    on: date
    what: str | Promise
    unit: Text | None = None
    note: str = ""
    language: str = ""
    entry: Entry | None = None


@dataclass(frozen=True, slots=True)
class Timeline:
    """The pairs of a recommendation as they stand, their plans, and what happened, in order."""

    rec: Recommendation
    pairs: tuple[Standing, ...]
    planned: tuple[PlannedAction, ...]
    lines: tuple[Line, ...]
    endorsements: tuple[Endorsement, ...]


def timeline_of(rec: Recommendation) -> Timeline:
    """What happened to one recommendation, oldest first, in a fixed number of queries."""
    pairs = standing_of(rec.edition, recommendation=rec)
    entries = Entry.objects.filter(pair__recommendation=rec).select_related("pair__addressee")
    planned = PlannedAction.objects.filter(pair__recommendation=rec).select_related(
        "pair__addressee"
    )
    lines = [Line(rec.edition.starts_on, _("Said in the room and written down"))]
    lines += [_decided(one) for one in rec.adoptions.all()]
    if rec.published_at:
        day = rec.published_at.astimezone(rec.edition.zone).date()
        lines.append(Line(day, _("Published")))
    lines += [_line(entry) for entry in entries]
    endorsed = tuple(rec.endorsements.exclude(support="").order_by("confirmed_on", "pk"))
    lines.sort(key=lambda line: line.on)
    return Timeline(rec, tuple(pairs), tuple(planned), tuple(lines), endorsed)


def _decided(one: Adoption) -> Line:
    return Line(one.decided_on, one.get_outcome_display(), None, one.body, one.language)


def _line(entry: Entry) -> Line:
    what: str | Promise = entry.state_label
    if entry.axis == Axis.RESPONSE and entry.state == Response.AWAITING:
        what = _("Sent to the addressee")
    return Line(entry.on, what, entry.pair.addressee.unit, entry.note, entry.language, entry)


def portal_items(link: FocalLink) -> list[Standing]:
    """What the holder of a link sees: the recommendations of this addressee that were sent."""
    edition = link.addressee.edition
    rows = standing_of(edition, addressee=link.addressee)
    return [one for one in rows if one.response != Response.NOT_SENT]


def latest_of(series: Series, *, most: int = 50) -> list[Entry]:
    """What was noted last of the published recommendations of a series, newest first."""
    rows = Entry.objects.filter(
        pair__recommendation__edition__in=public_editions(series),
        pair__recommendation__published_at__isnull=False,
    ).select_related("pair__addressee", "pair__recommendation__edition")
    return list(rows.order_by("-on", "-pk")[:most])
