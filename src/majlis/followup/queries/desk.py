"""What the team sees of the follow-up: lists by what waits, links, the monitoring matrix."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from majlis.followup.models import FocalLink
from majlis.followup.queries.standing import Standing
from majlis.followup.states import ANSWERS, Flag, Progress, Response
from majlis.kernel.punctuation import joined
from majlis.people.territories import country_name
from majlis.recommendations.models import Addressee
from majlis.recommendations.states import TAKEN
from majlis.series.models import Edition
from majlis.ui.tables import Column

TABS: Mapping[str, tuple[str | Promise, Callable[[Standing], bool]]] = {
    "": (_("all"), lambda _one: True),
    "not_sent": (_("not yet sent"), lambda one: one.response == Response.NOT_SENT),
    "awaiting": (_("awaiting a response"), lambda one: one.response == Response.AWAITING),
    "no_answer": (_("no response by the date"), lambda one: one.response == Response.NO_ANSWER),
    "answered": (_("response received"), lambda one: one.response in ANSWERS),
    "overdue": (_("overdue"), lambda one: one.is_overdue),
    "stale": (_("not updated for 90 days"), lambda one: Flag.STALE in one.flags),
    "to_verify": (_("to verify"), lambda one: one.progress == Progress.DECLARED),
}


@dataclass(frozen=True, slots=True)
class Tab:
    """One of the tabs over a list, as `ui/counted_tabs.html` shows it."""

    value: str
    text: str | Promise
    n: int
    current: bool


def counted_tabs(rows: Iterable[Standing], current: str) -> list[Tab]:
    """The tabs over the list, each with how many it holds; empty ones only when looked at."""
    rows = list(rows)
    counted = [
        Tab(value, text, sum(map(fits, rows)), value == current)
        for value, (text, fits) in TABS.items()
    ]
    return [tab for tab in counted if tab.n or tab.current or not tab.value]


def links_of(edition: Edition) -> dict[int, FocalLink]:
    """The open link of each addressee."""
    rows = FocalLink.objects.filter(addressee__edition=edition, ended_at__isnull=True)
    return {link.addressee_id: link for link in rows}


def sendable(edition: Edition) -> QuerySet[Addressee]:
    """Units to whom adopted recommendations are addressed, with how many."""
    taken = Q(recommendations__state__in=TAKEN)
    rows = edition.addressees.annotate(n=Count("recommendations", filter=taken, distinct=True))
    return rows.filter(n__gt=0)


DESK_COLUMNS: list[Column[Standing]] = [
    Column("rec_id", _("Identifier"), lambda one: one.rec.rec_id),
    Column("title", _("Short title"), lambda one: str(one.rec.title)),
    Column("theme", _("Theme"), lambda one: one.rec.theme.code if one.rec.theme else ""),
    Column("unit", _("Department or unit"), lambda one: str(one.addressee.unit)),
    Column("body", _("Body"), lambda one: str(one.addressee.body)),
    Column(
        "country",
        _("Country"),
        lambda one: country_name(one.addressee.country) if one.addressee.country else "",
    ),
    Column("response", _("Response"), lambda one: str(one.response.label)),
    Column("sent_on", _("Sent on"), lambda one: one.follow.sent_on),
    Column("answer_due_on", _("Response due on"), lambda one: one.follow.answer_due_on),
    Column("answered_on", _("Response received on"), lambda one: one.follow.answered_on),
    Column("progress", _("Implementation"), lambda one: str(one.progress.label)),
    Column("due_on", _("Due date"), lambda one: one.rec.due_on),
    Column("updated_on", _("Last update"), lambda one: one.follow.updated_on),
    Column("flags", _("Notes"), lambda one: joined(flag.label for flag in one.flags)),
]
"""The monitoring matrix: one row for each pair."""


def desk_rows(rows: Iterable[Standing], tab: str) -> list[Any]:
    """The rows of one tab."""
    fits = TABS[tab][1] if tab in TABS else TABS[""][1]
    return [one for one in rows if fits(one)]
