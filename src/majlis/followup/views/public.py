"""What everybody may read: histories, the register, what became of the last ones."""

from __future__ import annotations

from datetime import UTC, datetime, time
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_safe

from majlis.followup import access, queries
from majlis.followup.calendars import due_calendar
from majlis.followup.models import Entry
from majlis.followup.queries.register import public_editions, with_pairs
from majlis.followup.views.steps import proof_answer
from majlis.kernel.clock import now
from majlis.kernel.errors import NotFound
from majlis.series.access import public_edition, public_series
from majlis.ui.http import attached, changes_at, for_everybody
from majlis.ui.links import whole_address
from majlis.ui.pages import page_of
from majlis.ui.request import Request
from majlis.ui.tables import table_file

Said = str | Promise
FILTERS: dict[str, Said] = {
    "theme": _("Theme"),
    "challenge": _("Challenge"),
    "country": _("Country"),
    "unit": _("Addressed to"),
    "answer": _("Response"),
    "progress": _("Implementation"),
    "age": _("Age"),
}


@require_safe
@for_everybody()
def timeline_page(request: Request, edition: str, rec_id: str) -> HttpResponse:
    """What became of one recommendation, from what was said to what is verified."""
    rec = access.followed(edition, rec_id)
    changes_at(request, _midnight(request))
    context = {"edition": rec.edition, "rec": rec, "timeline": queries.timeline_of(rec)}
    return render(request, "followup/timeline.html", context)


@require_GET
def proof_file(_request: Request, edition: str, code: str) -> HttpResponse:
    """A proof that everybody may see, as a file to keep."""
    found = access.public_proof(edition, code)
    return proof_answer(found)


@require_safe
@for_everybody()
def earlier_page(request: Request, edition: str) -> HttpResponse:
    """What became of the recommendations of the last edition, to open this one."""
    found = public_edition(edition)
    changes_at(request, _midnight(request))
    context = {"edition": found, "earlier": queries.earlier_of(found)}
    return render(request, "followup/earlier.html", context)


@require_safe
@for_everybody("page", *FILTERS)
def register_page(request: Request, series: str) -> HttpResponse:
    """The recommendations of a series under their latest wordings."""
    found = public_series(series)
    asked = {name: request.GET.get(name, "") for name in FILTERS}
    today = now().date()
    page = page_of(request, with_pairs(queries.register(public_editions(found), asked, today)))
    if request.GET.get("page", "1") != str(page.number):
        raise NotFound  # no page is kept under the numbers that somebody makes up
    changes_at(request, _midnight(request))
    context: dict[str, Any] = {
        "series": found,
        "page": page,
        "rows": queries.rows_for(page.object_list, today),
        "filters": _filters(queries.choices_of(found), asked),
        "file_query": "?" + urlencode({k: v for k, v in asked.items() if v}),
        "is_narrowed": any(asked.values()),
    }
    return render(request, "followup/register.html", context)


def _filters(
    choices: dict[str, list[tuple[str, str]]], asked: dict[str, str]
) -> list[tuple[str, Said, list[tuple[str, str, bool]]]]:
    """Each filter with its label, and its options with whether one is chosen."""
    return [
        (name, label, [(value, text, value == asked[name]) for value, text in choices[name]])
        for name, label in FILTERS.items()
        if choices[name]
    ]


@require_safe
@for_everybody(*FILTERS)
def register_file(request: Request, series: str, kind: str) -> HttpResponse:
    """The register as a table: one row for each pair."""
    found = public_series(series)
    asked = {name: request.GET.get(name, "") for name in FILTERS}
    today = now().date()
    recs = queries.register(public_editions(found), asked, today)
    rows = (
        (row, one) for row in queries.register_rows(recs, today) for one in (row.pairs or (None,))
    )
    return table_file(kind, queries.REGISTER_COLUMNS, rows, name=f"register-{series}")


@require_safe
@for_everybody()
def calendar_file(_request: Request, series: str) -> HttpResponse:
    """The due dates of a series, for calendars."""
    found = public_series(series)
    answer = HttpResponse(
        due_calendar(found, get_language() or "en"), content_type="text/calendar; charset=utf-8"
    )
    return attached(answer, f"due-dates-{series}.ics")


@require_safe
@for_everybody()
def feed(request: Request, series: str) -> HttpResponse:
    """What was answered, declared and verified in a series, newest first, for feed readers."""
    found = public_series(series)
    address = whole_address(reverse("followup:register", kwargs={"series": series}), request)
    made = Quiet(
        title=gettext("What became of it: %(series)s") % {"series": found.title},
        link=address,
        description="",
        language=get_language(),
        feed_url=whole_address(request.path, request),
    )
    for entry in queries.latest_of(found):
        _add(made, entry, request)
    return HttpResponse(made.writeString("utf-8"), content_type="application/atom+xml")


class Quiet(Atom1Feed):
    """A feed that says the same until something happens, also while nothing has happened."""

    def latest_post_date(self) -> datetime:
        return super().latest_post_date() if self.items else datetime(2000, 1, 1, tzinfo=UTC)


def _add(made: Atom1Feed, entry: Entry, request: Request) -> None:
    rec = entry.pair.recommendation
    to = reverse("followup:timeline", kwargs={"edition": rec.edition.slug, "rec_id": rec.rec_id})
    made.add_item(
        title=f"{rec.rec_id} {rec.title}: {entry.state_label}",
        link=whole_address(f"{to}#{entry.code}", request),
        description=f"{entry.pair.addressee}",
        unique_id=whole_address(f"{to}#{entry.code}", request),
        updateddate=datetime.combine(entry.on, time(12), rec.edition.zone),
    )


def _midnight(_request: Request) -> datetime:
    """When days that the clock counts change next."""
    at = now()
    return datetime.combine(at.date(), time.max, at.tzinfo)
