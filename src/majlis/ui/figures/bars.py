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
LEAST = 0.06  # the share from which a segment bears its count


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
    if not row.total:
        sheet.rect(0, y, WIDTH, BAR, "fig-track")
        sheet.text(8, y + 18, _("No answers yet"), "fig-note")
        return y + BAR + 10
    _segments(sheet, row, y)
    _counts(sheet, row, y + 18)
    return _keys(sheet, row, y + BAR + LINE + 2)


def _keys(sheet: Canvas, row: StanceCounts, y: float) -> float:
    """The squares of the three stances with their words and counts, as far apart as the words are
    long; one under the other where they are too long to stand side by side."""
    words, lang = _stance_words(), sheet.lang
    keys = [
        (
            name,
            f"{SIGNS[name]} {words[name]}",
            f"{formats.number(n, lang=lang)} · {formats.percent(n / row.total, lang=lang)}",
        )
        for name, n in row.parts()
    ]
    needed = [16 + max(8.7 * len(word), 7.5 * len(note)) for _name, word, note in keys]
    gap = (WIDTH - sum(needed)) / (len(keys) - 1)
    x = 0.0
    for (name, word, note), width in zip(keys, needed, strict=True):
        sheet.rect(x, y - 10, 11, 11, f"fig-{name} fig-mark")
        if name == "disagree":
            sheet.hatch(x, y - 10, 11, 11, "fig-hatch")
        sheet.text(x + 16, y, word)
        sheet.text(x + 16, y + 17, note, "fig-note")
        if gap > 0:
            x += width + gap
        else:
            y += 17 + LINE
    return y + 17 + 14 if gap > 0 else y - LINE + 14


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


def _counts(sheet: Canvas, row: StanceCounts, y: float) -> None:
    """The counts on a bar, where a segment is wide enough to bear one."""
    at = 0.0
    for name, n in row.parts():
        extent = WIDTH * n / row.total
        shown = formats.number(n, lang=sheet.lang)
        if n >= LEAST * row.total and extent > 10 * len(shown) + 4:
            sheet.text(at + extent / 2, y, shown, f"fig-on-{name}", "middle")
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
