"""Shares with their intervals: a dot and a line per row, the whole room as a reference."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import translation
from django.utils.translation import gettext as _

from majlis.ui import formats
from majlis.ui.figures.canvas import LINE, WIDTH, Canvas, Drawing, Table, wrapped

INSET = 20


@dataclass(frozen=True, slots=True)
class Interval:
    """A share with the interval around it, all in [0, 1], from `n` answers.

    `tone` 1–4 is a family's colour and `shape` 0–3 the marker, so that constituencies of one
    family differ without colour. `share=None` is a row that may not be shown: it says why instead.
    """

    label: str
    share: float | None
    low: float = 0.0
    high: float = 1.0
    n: int = 0
    tone: int = 0
    shape: int = 0
    withheld: str = ""


def interval_dots(
    rows: Sequence[Interval],
    *,
    title: str,
    lang: str,
    room: Interval | None = None,
    measure: str = "",
) -> Drawing:
    """A dot with its interval per row on an axis from 0 to 100 %, mirrored in Arabic.

    `room` is the whole room, drawn first and as a dashed line through all rows; `measure` names
    what the share is of ("share that agrees").
    """
    with translation.override(lang):
        sheet = Canvas(lang)
        everything = ([room] if room else []) + list(rows)
        y = _axis(sheet, measure)
        for row in everything:
            y = _row(sheet, row, y, None if room is None else room.share)
        said = "; ".join(f"{row.label}: {_value(row, lang)}" for row in everything)
        return Drawing(
            title, sheet.svg(height=y + 4, title=title, desc=said), _table(everything, title, lang)
        )


def _at(share: float) -> float:
    return INSET + (WIDTH - 2 * INSET) * share


def _axis(sheet: Canvas, measure: str) -> float:
    y = 0.0
    for line in wrapped(measure, units=WIDTH, size=12.5) if measure else []:
        y += 16
        sheet.text(0, y, line, "fig-note")
    y += 18
    for tick in (0.0, 0.5, 1.0):
        sheet.text(_at(tick), y, formats.percent(tick, lang=sheet.lang), "fig-note", "middle")
    return y + 6


def _row(sheet: Canvas, row: Interval, y: float, reference: float | None) -> float:
    value = _value(row, sheet.lang)
    room = WIDTH - 7.6 * len(value) - 6
    lines = wrapped(row.label, units=room, is_strong=row.tone == 0)
    for place, text in enumerate(lines):
        y += LINE
        sheet.text(0, y, text, "fig-strong" if row.tone == 0 else "")
        if place == 0:
            sheet.text(WIDTH, y, value, "fig-note", anchor="end")
    y += 15
    if row.share is not None:
        sheet.line(_at(0), y, _at(1), y, "fig-grid")
        for tick in (0.0, 0.25, 0.5, 0.75, 1.0):
            sheet.line(_at(tick), y - 8, _at(tick), y + 8, "fig-grid")
        if reference is not None:
            sheet.line(_at(reference), y - 10, _at(reference), y + 10, "fig-room")
        sheet.line(_at(row.low), y, _at(row.high), y, "fig-interval")
        for end in (row.low, row.high):
            sheet.line(_at(end), y - 4, _at(end), y + 4, "fig-interval")
        sheet.marker(_at(row.share), y, 6, row.shape, f"fig-tone-{row.tone} fig-mark")
    return y + (14 if row.share is not None else -6)


def _value(row: Interval, lang: str) -> str:
    if row.share is None:
        return row.withheld or _("too few to show")
    # Translators: a share, its interval and the number of answers, as short as can be.
    return _("%(share)s (%(interval)s), n = %(n)s") % {
        "share": formats.percent(row.share, lang=lang),
        "interval": formats.percent_range(row.low, row.high, lang=lang),
        "n": formats.number(row.n, lang=lang),
    }


def _table(rows: Sequence[Interval], title: str, lang: str) -> Table:
    head = (_("Group"), _("Share"), _("From"), _("To"), _("Answers"))

    def cells(row: Interval) -> tuple[str, ...]:
        if row.share is None:
            return (row.label, row.withheld or _("too few to show"), "", "", "")
        shares = (formats.percent(s, lang=lang) for s in (row.share, row.low, row.high))
        return (row.label, *shares, formats.number(row.n, lang=lang))

    return Table(title, head, tuple(cells(row) for row in rows))
