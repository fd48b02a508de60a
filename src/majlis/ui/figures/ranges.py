"""Agreement and disagreement of groups as ranges, both always in sight."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import translation
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from majlis.ui import formats
from majlis.ui.figures.bars import SIGNS
from majlis.ui.figures.canvas import LINE, WIDTH, Canvas, Drawing, FigureTable, wrapped

BEGIN, END = 22, 206  # of the axis; the word stands behind it
HALF = 5  # of a bar's height


@dataclass(frozen=True, slots=True)
class Span:
    """How many of a group gave one answer: from `low` to `high`, and the word for it.

    `low` and `high` are equal where the count is exact. `likely` is the widest interval in which
    the share may lie, in [0, 1]; None where nothing is claimed.
    """

    low: int
    high: int
    word: str = ""
    likely: tuple[float, float] | None = None

    def told(self, answers: int, lang: str) -> str:
        """The counts with their word, or an exact count with its share."""
        said = formats.number_range(self.low, self.high, lang=lang)
        word = self.shown(answers, lang)
        return f"{said} ({word})" if word else said

    def shown(self, answers: int, lang: str) -> str:
        """What stands behind the bar: the word, or the share of an exact count."""
        if self.low == self.high and answers:
            return formats.percent(self.low / answers, lang=lang)
        return self.word


@dataclass(frozen=True, slots=True)
class RangeRow:
    """A group, how many answered, and how many of them agree and disagree.

    `tone` 1–4 is a family's colour and `shape` 0–3 the marker, so that constituencies of one
    family differ without colour; `tone=0` is everybody.
    """

    label: str
    answers: int
    agree: Span
    disagree: Span
    tone: int = 0
    shape: int = 0

    def parts(self) -> list[tuple[str, Span]]:
        return [("agree", self.agree), ("disagree", self.disagree)]


def group_ranges(rows: Sequence[RangeRow], *, title: str, lang: str, whole: RangeRow) -> Drawing:
    """Two bars a group, agreement over disagreement, on an axis from 0 to 100 %.

    `whole` is everybody: the first row, and a dashed mark on every line. Mirrored in Arabic.
    """
    with translation.override(lang):
        sheet = Canvas(lang)
        everything = [whole, *rows]
        y = 14.0
        for tick in (0.0, 0.5, 1.0):
            sheet.text(_at(tick), y, formats.percent(tick, lang=lang), "fig-note", "middle")
        for row in everything:
            y = _row(sheet, row, y + 4, None if row is whole else whole)
        table = _table(everything, title, lang)
        return Drawing(title, sheet.svg(height=y + 4, title=title, desc=table.said), table)


def range_strip(row: RangeRow, *, lang: str, whole: RangeRow) -> SafeString:
    """Only the two bars of one group, without a letter: for places that say the words beside."""
    with translation.override(lang):
        sheet = Canvas(lang)
        for (name, span), (_name, of_all), y in zip(
            row.parts(), whole.parts(), (12.0, 32.0), strict=True
        ):
            _bar(sheet, name, span, row.answers, y)
            if row is not whole:
                _mark(sheet, of_all.low / whole.answers, y)
        said = _table([row], row.label, lang).said
        return sheet.svg(height=44, title=row.label, desc=said)


def _at(share: float) -> float:
    return BEGIN + (END - BEGIN) * share


def _row(sheet: Canvas, row: RangeRow, y: float, whole: RangeRow | None) -> float:
    # Translators: the number of answers, as short as can be.
    answers = _("n = %(n)s") % {"n": formats.number(row.answers, lang=sheet.lang)}
    begin = 18 if row.tone else 0
    lines = wrapped(
        row.label, units=WIDTH - begin - 7.6 * len(answers) - 6, is_strong=row.tone == 0
    )
    for place, text in enumerate(lines):
        y += LINE
        sheet.text(begin, y, text, "fig-strong" if row.tone == 0 else "")
        if place == 0:
            sheet.text(WIDTH, y, answers, "fig-note", anchor="end")
            if row.tone:
                sheet.marker(7, y - 5, 5, row.shape, f"fig-tone-{row.tone} fig-mark")
    for name, span in row.parts():
        y += 18
        sheet.text(0, y + 5, SIGNS[name], "fig-strong")
        _bar(sheet, name, span, row.answers, y)
        if whole is not None:
            _mark(sheet, getattr(whole, name).low / whole.answers, y)
        sheet.text(END + 12, y + 5, span.shown(row.answers, sheet.lang), "fig-note")
    return y + 8


def _bar(sheet: Canvas, name: str, span: Span, answers: int, y: float) -> None:
    """The axis, the likely interval as a thin line, the counts as a bar with its middle marked."""
    for tick in (0.0, 0.25, 0.5, 0.75, 1.0):
        sheet.line(_at(tick), y - 7, _at(tick), y + 7, "fig-grid")
    sheet.line(_at(0), y, _at(1), y, "fig-grid")
    low, high = _at(span.low / answers), _at(span.high / answers)
    if span.likely is not None:
        sheet.line(_at(span.likely[0]), y, _at(span.likely[1]), y, "fig-interval")
    if span.low == span.high:
        sheet.marker(low, y, HALF, 0 if name == "agree" else 1, f"fig-{name} fig-mark")
        return
    sheet.rect(low, y - HALF, high - low, 2 * HALF, f"fig-{name} fig-mark", rx=2)
    middle = (low + high) / 2
    sheet.line(middle, y - HALF, middle, y + HALF, "fig-middle")


def _mark(sheet: Canvas, share: float, y: float) -> None:
    sheet.line(_at(share), y - 8, _at(share), y + 8, "fig-whole")


def _table(rows: Sequence[RangeRow], title: str, lang: str) -> FigureTable:
    return FigureTable(
        title,
        (_("Group"), _("Agree"), _("Disagree"), _("Answers")),
        tuple(
            (
                row.label,
                *(span.told(row.answers, lang) for _name, span in row.parts()),
                formats.number(row.answers, lang=lang),
            )
            for row in rows
        ),
    )
