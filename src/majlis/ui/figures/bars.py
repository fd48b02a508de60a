"""Bars: the three stances of a statement, and simple lists of amounts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import translation
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from majlis.kernel.punctuation import joined, labelled, listed
from majlis.ui import formats
from majlis.ui.figures.canvas import LINE, WIDTH, Canvas, Drawing, FigureTable, wrapped

SIGNS = {"agree": "+", "disagree": "−", "pass": "○"}
BAR = 26


@dataclass(frozen=True, slots=True)
class StanceCounts:
    """Stances on one thing. Agreement is the share of all answers, passes included."""

    label: str
    agree: int
    disagree: int
    passed: int

    @property
    def total(self) -> int:
        return self.agree + self.disagree + self.passed

    def parts(self) -> list[tuple[str, int]]:
        return [("agree", self.agree), ("disagree", self.disagree), ("pass", self.passed)]


def vote_bar(counts: StanceCounts, *, title: str, lang: str) -> Drawing:
    """One stacked bar of agree, disagree and pass, each with sign, word, count and share."""
    return vote_bars([counts], title=title, lang=lang)


def vote_bars(rows: Sequence[StanceCounts], *, title: str, lang: str) -> Drawing:
    """Stacked bars of the three stances, one under the other; the label stands above each bar.

    A row without a single answer says so instead of drawing an empty bar.
    """
    with translation.override(lang):
        sheet = Canvas(lang)
        y = 0.0
        for row in rows:
            for text in wrapped(row.label, units=WIDTH, is_strong=True) if row.label else []:
                y += LINE
                sheet.text(0, y, text, "fig-strong")
            y = _stacked(sheet, row, y + 8)
        stance_words = _stance_words()
        parts = [
            joined(
                f"{stance_words[name]} {formats.number(n, lang=lang)}" for name, n in row.parts()
            )
            for row in rows
        ]
        said = listed(
            labelled(row.label, part) if row.label else part
            for row, part in zip(rows, parts, strict=True)
        )
        svg = sheet.svg(height=y, title=title, desc=said)
        return Drawing(title, svg, _stance_table(rows, title, lang))


def vote_strip(counts: StanceCounts, *, lang: str) -> SafeString:
    """Only the bar, without a letter: for places that say the numbers beside it, larger."""
    with translation.override(lang):
        sheet = Canvas(lang)
        _segments(sheet, counts, 0)
        words = _stance_words()
        said = joined(f"{words[name]} {n}" for name, n in counts.parts())
        return sheet.svg(height=BAR, title=_("Answers"), desc=said)


def _stacked(sheet: Canvas, row: StanceCounts, y: float) -> float:
    words, lang = _stance_words(), sheet.lang
    if not row.total:
        sheet.rect(0, y, WIDTH, BAR, "fig-track")
        sheet.text(8, y + 18, _("No answers yet"), "fig-note")
        return y + BAR + 10
    _segments(sheet, row, y)
    y += BAR + LINE + 2
    third = WIDTH / 3
    for place, (name, n) in enumerate(row.parts()):
        share = formats.percent(n / row.total, lang=lang)
        key = place * third
        sheet.rect(key, y - 10, 11, 11, f"fig-{name} fig-mark")
        if name == "disagree":
            sheet.hatch(key, y - 10, 11, 11, "fig-hatch")
        sheet.text(key + 16, y, f"{SIGNS[name]} {words[name]}")
        sheet.text(key + 16, y + 17, f"{formats.number(n, lang=lang)} · {share}", "fig-note")
    return y + 17 + 14


def _segments(sheet: Canvas, row: StanceCounts, y: float) -> None:
    """The three parts of a bar side by side; disagreement is hatched for grey print."""
    if not row.total:
        sheet.rect(0, y, WIDTH, BAR, "fig-track")
    at = 0.0
    for name, n in row.parts():
        if not n:
            continue
        extent = WIDTH * n / row.total
        sheet.rect(at, y, extent, BAR, f"fig-{name} fig-mark")
        if name == "disagree":
            sheet.hatch(at, y, extent, BAR, "fig-hatch")
        at += extent


def _stance_words() -> dict[str, str]:
    return {"agree": _("Agree"), "disagree": _("Disagree"), "pass": _("Pass")}


def _stance_table(rows: Sequence[StanceCounts], title: str, lang: str) -> FigureTable:
    words = _stance_words()
    head = (_("Statement"), words["agree"], words["disagree"], words["pass"], _("Answers"))

    def cell(n: int, total: int) -> str:
        shown = formats.number(n, lang=lang)
        return f"{shown} ({formats.percent(n / total, lang=lang)})" if total else shown

    return FigureTable(
        title,
        head,
        tuple(
            (
                row.label or title,
                *(cell(n, row.total) for _name, n in row.parts()),
                formats.number(row.total, lang=lang),
            )
            for row in rows
        ),
    )
