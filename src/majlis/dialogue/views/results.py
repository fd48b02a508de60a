"""Counts of a round as figures, under the rule of disclosure."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from majlis.dialogue import queries
from majlis.dialogue.models import Round, Showing, Statement
from majlis.kernel.disclosure import Audience, Breakdown, Counts
from majlis.people.states import Constituency, Family
from majlis.ui import figures, formats


@dataclass(frozen=True, slots=True)
class Result:
    """What the room is shown of one statement; without `whole` too few have answered."""

    statement: Statement
    breakdown: Breakdown
    whole: figures.Drawing | None = None
    cells: figures.Drawing | None = None


def finding(counts: Counts) -> str:
    """What the counts say, in one short line."""
    agree, disagree = counts.agreement or 0.0, counts.disagreement or 0.0
    facts = {"agree": formats.percent(agree), "disagree": formats.percent(disagree)}
    if agree > 0.5:
        return _("Most agree: %(agree)s; %(disagree)s disagree") % facts
    if disagree > 0.5:
        return _("Most disagree: %(disagree)s; %(agree)s agree") % facts
    return _("No majority: %(agree)s agree, %(disagree)s disagree") % facts


def cell_label(level: str, key: str) -> str:
    """The name of a cell in the reader's language."""
    if not key:
        return _("Group not known")
    words = Constituency if level == "constituency" else Family
    return str(words(key).label).capitalize()


def results_of(
    round: Round, *, audience: Audience = Audience.ROOM, only: set[int] | None = None
) -> list[Result]:
    """Every statement of a round with its figures; ask `may_see_results` first.

    `only` keeps to the statements of these ids.
    """
    shown = queries.shown_in(round, audience)
    return [
        result_of(statement, shown.get(statement.pk), audience)
        for statement in queries.statements_in(round)
        if not statement.is_moderated_out and (only is None or statement.pk in only)
    ]


def result_of(
    statement: Statement, showing: Showing | None, audience: Audience = Audience.ROOM
) -> Result:
    """One statement's counts, whole and at the finest level that passes."""
    smallest = statement.edition.smallest(audience)
    shown = queries.breakdown(showing, audience, smallest=smallest)
    if shown.total is None:
        return Result(statement, shown)
    lang = get_language() or "en"
    whole = figures.vote_bar(_row("", shown.total), title=finding(shown.total), lang=lang)
    if not shown.cells:
        return Result(statement, shown, whole)
    rows = [_row(cell_label(shown.level, key), c) for key, c in sorted(shown.cells.items())]
    title = _("By group of participants")
    return Result(statement, shown, whole, figures.vote_bars(rows, title=title, lang=lang))


def _row(label: str, counts: Counts) -> figures.Counts:
    return figures.Counts(label, counts.agree, counts.disagree, counts.passed)
