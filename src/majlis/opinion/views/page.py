"""What the page of results shows, whoever asks for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from majlis.dialogue import queries as dialogue
from majlis.dialogue.models import Round, Statement
from majlis.dialogue.states import Stance
from majlis.kernel.disclosure import Audience
from majlis.opinion import drawings, queries
from majlis.opinion.queries import StatementRead
from majlis.opinion.wording import finding_of, headline, verdicts
from majlis.registration.models import Voice
from majlis.ui.figures import Drawing
from majlis.ui.pages import page_of
from majlis.ui.request import Request

PER_PAGE = 12
ORDER_NAMES = {
    "bridging": _("Shared by all main groups"),
    "divides": _("Most divisive"),
    "between": _("Widest gap between main groups"),
    "agreement": _("Most agreement"),
    "disagreement": _("Most disagreement"),
    "number": _("By number"),
}


@dataclass(frozen=True, slots=True)
class StatementLine:
    """One statement with its figures, and the reader's own answer where there is one."""

    statement: Statement
    read: StatementRead
    whole: Drawing | None
    groups: Drawing | None
    own: Stance | None = None


def results_context(request: Request, round: Round, voice: Voice | None = None) -> dict[str, Any]:
    """The context of `opinion/_results.html`: a headline, then a page of statements in an order.

    `voice` is whose own answers and place are shown besides; nobody else's ever are.
    """
    lang = get_language() or "en"
    smallest = round.edition.smallest(Audience.PARTICIPANTS)
    context: dict[str, Any] = {
        "edition": round.edition,
        "round": round,
        "turnout": dialogue.turnout(round),
        "smallest": smallest,
        "reading": None,
    }
    reading = queries.reading_of(round, Audience.PARTICIPANTS)
    if reading is None:
        return context | {"making": queries.job_of(round)}
    orders = queries.orders_of(reading)
    asked = request.GET.get("order", "")
    order = asked if asked in orders else orders[0]
    own = queries.stances_of(round, voice) if voice is not None else {}
    page = page_of(request, queries.sorted_lines(reading, order), most=PER_PAGE)
    place = queries.own_place(reading.result, voice) if voice is not None else None
    return context | {
        "reading": reading,
        "finding": finding_of(reading),
        "verdicts": verdicts(reading),
        "headline": headline(reading, smallest=smallest),
        "orders": [(name, ORDER_NAMES[name]) for name in orders],
        "order": order,
        "page": page,
        "lines": [_line(statement, read, own, lang) for statement, read in page],
        "map": drawings.map_figure(reading, lang, place),
        "groups": [(drawings.group_name(group.label), group) for group in reading.groups],
        "place": place,
        "own_group": drawings.group_name(place.group) if place and place.group else "",
    }


def _line(
    statement: Statement, read: StatementRead, own: Mapping[str, Stance], lang: str
) -> StatementLine:
    return StatementLine(
        statement,
        read,
        drawings.whole_figure(read, lang),
        drawings.groups_figure(read, lang),
        own.get(statement.code),
    )
