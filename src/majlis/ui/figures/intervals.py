"""Agreement and disagreement of groups as shares with their intervals, both always in sight."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import translation
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from majlis.kernel.punctuation import joined, labelled, listed
from majlis.ui import formats
from majlis.ui.figures.bars import SIGNS, Counts
from majlis.ui.figures.canvas import LINE, WIDTH, Canvas, Drawing, Table, wrapped

BEGIN, END = 22, 306  # of the axis; the share stands behind it


@dataclass(frozen=True, slots=True)
class Interval:
    """A share with the interval around it, all in [0, 1]."""

    share: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class StanceRow:
    """A group with its counts and what they say of it; without intervals the counts are said.

    `tone` 1–4 is a family's colour and `shape` 0–3 the marker, so that constituencies of one
    family differ without colour; `tone=0` is the whole room.
    """

    counts: Counts
    agree: Interval | None
    disagree: Interval | None
    tone: int = 0
    shape: int = 0


def stance_intervals(
    rows: Sequence[StanceRow], *, title: str, lang: str, room: StanceRow | None = None
) -> Drawing:
    """Two lines a group, agreement over disagreement, on an axis from 0 to 100 %.

    `room` is the whole room: the first row, and a dashed mark on every line. Mirrored in Arabic.
    """
    with translation.override(lang):
        sheet = Canvas(lang)
        everything = ([room] if room else []) + list(rows)
        y = 14.0
        for tick in (0.0, 0.5, 1.0):
            sheet.text(_at(tick), y, formats.percent(tick, lang=lang), "fig-note", "middle")
        for row in everything:
            y = _row(sheet, row, y + 4, None if row is room else room)
        said = listed(labelled(row.counts.label, joined(_said(row, lang))) for row in everything)
        return Drawing(
            title, sheet.svg(height=y + 4, title=title, desc=said), _table(everything, title, lang)
        )


def interval_strip(row: StanceRow, *, lang: str, room: StanceRow | None = None) -> SafeString:
    """Only the two lines of one group, without a letter: for places that say the shares beside."""
    with translation.override(lang):
        sheet = Canvas(lang)
        pairs = [
            ("agree", row.agree, room.agree if room else None, 12.0),
            ("disagree", row.disagree, room.disagree if room else None, 32.0),
        ]
        for name, interval, reference, y in pairs:
            if interval is not None:
                _scale(sheet, name, interval, reference, y)
        return sheet.svg(height=44, title=row.counts.label, desc=joined(_said(row, lang)))


def _at(share: float) -> float:
    return BEGIN + (END - BEGIN) * share


def _row(sheet: Canvas, row: StanceRow, y: float, room: StanceRow | None) -> float:
    # Translators: the number of answers, as short as can be.
    answers = _("n = %(n)s") % {"n": formats.number(row.counts.total, lang=sheet.lang)}
    begin = 18 if row.tone else 0
    lines = wrapped(
        row.counts.label, units=WIDTH - begin - 7.6 * len(answers) - 6, is_strong=row.tone == 0
    )
    for place, text in enumerate(lines):
        y += LINE
        sheet.text(begin, y, text, "fig-strong" if row.tone == 0 else "")
        if place == 0:
            sheet.text(WIDTH, y, answers, "fig-note", anchor="end")
            if row.tone:
                sheet.marker(6, y - 5, 5, row.shape, f"fig-tone-{row.tone} fig-mark")
    if row.agree is None or row.disagree is None:
        sheet.text(begin, y + LINE, joined(_said(row, sheet.lang)), "fig-note")
        return y + LINE
    pairs = [
        ("agree", row.agree, room.agree if room else None),
        ("disagree", row.disagree, room.disagree if room else None),
    ]
    for name, interval, reference in pairs:
        y += 18
        _line(sheet, name, interval, reference, y)
    return y + 8


def _line(sheet: Canvas, name: str, of: Interval, reference: Interval | None, y: float) -> None:
    sheet.text(0, y + 5, SIGNS[name], "fig-strong")
    _scale(sheet, name, of, reference, y)
    share = formats.percent(of.share, lang=sheet.lang)
    sheet.text(WIDTH, y + 5, share, "fig-note", anchor="end")


def _scale(sheet: Canvas, name: str, of: Interval, reference: Interval | None, y: float) -> None:
    sheet.line(_at(0), y, _at(1), y, "fig-grid")
    for tick in (0.0, 0.25, 0.5, 0.75, 1.0):
        sheet.line(_at(tick), y - 6, _at(tick), y + 6, "fig-grid")
    if reference is not None:
        sheet.line(_at(reference.share), y - 8, _at(reference.share), y + 8, "fig-room")
    sheet.line(_at(of.low), y, _at(of.high), y, "fig-interval")
    for end in (of.low, of.high):
        sheet.line(_at(end), y - 4, _at(end), y + 4, "fig-interval")
    sheet.marker(_at(of.share), y, 5, 0 if name == "agree" else 1, f"fig-{name} fig-mark")


def _said(row: StanceRow, lang: str) -> list[str]:
    words = {"agree": _("Agree"), "disagree": _("Disagree"), "pass": _("Pass")}
    return [f"{words[name]} {formats.number(n, lang=lang)}" for name, n in row.counts.parts()]


def _range(of: Interval | None, lang: str) -> str:
    return "–" if of is None else formats.percent_range(of.low, of.high, lang=lang)


def _table(rows: Sequence[StanceRow], title: str, lang: str) -> Table:
    head = (
        _("Group"),
        _("Agree"),
        _("Disagree"),
        _("Pass"),
        _("Answers"),
        _("Agree, from–to"),
        _("Disagree, from–to"),
    )
    return Table(
        title,
        head,
        tuple(
            (
                row.counts.label,
                *(formats.number(n, lang=lang) for _name, n in row.counts.parts()),
                formats.number(row.counts.total, lang=lang),
                _range(row.agree, lang),
                _range(row.disagree, lang),
            )
            for row in rows
        ),
    )
