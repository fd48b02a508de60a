"""Bars of a statement: the whole room, and each cell that may be shown."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils import translation
from django.utils.translation import gettext as _

from majlis.kernel.disclosure import Counts
from majlis.opinion.queries import Line
from majlis.people.states import Constituency, Family
from majlis.ui import figures
from majlis.ui.figures import Drawing


@dataclass(frozen=True, slots=True)
class Bars:
    """A line of results as it is drawn; no bar where too few answered."""

    line: Line
    whole: Drawing | None
    cells: Drawing | None


def cell_label(level: str, key: str) -> str:
    """The name of a cell in the language of the moment."""
    if not key:
        return _("not known")
    words = {"constituency": Constituency, "family": Family}.get(level)
    return str(words(key).label) if words else key


def bars_of(line: Line, *, lang: str) -> Bars:
    """The drawings of one statement, in the reader's language."""
    if line.total is None:
        return Bars(line, None, None)
    with translation.override(lang):
        title = line.statement.wording.shown(lang).text
        whole = figures.vote_bar(_bar(_("Whole room"), line.total), title=title, lang=lang)
        cells = [
            _bar(cell_label(line.breakdown.level, key), counts)
            for key, counts in sorted(line.breakdown.cells.items())
        ]
        drawn = figures.vote_bars(cells, title=title, lang=lang) if cells else None
    return Bars(line, whole, drawn)


def _bar(label: str, counts: Counts) -> figures.Counts:
    return figures.Counts(label, counts.agree, counts.disagree, counts.passed)
