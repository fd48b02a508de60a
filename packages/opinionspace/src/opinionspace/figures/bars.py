"""Bars: how many agree, pass and disagree, statement by statement."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from opinionspace.figures._svg import (
    AGREE,
    INK,
    LINE,
    MUTED,
    PASS,
    Canvas,
    Figure,
    hatched,
    wrapped,
)
from opinionspace.words import Words

WIDTH, BAR, NUMBER, TALL = 720.0, 300.0, 44.0, 20.0
FITS = 22.0  # as wide as a number is


@dataclass(frozen=True, slots=True)
class Bar:
    """The answers to one statement, and what may be claimed of agreement.

    `low` and `high` are the ends of a 90 % interval, None where nothing is claimed.
    """

    id: object
    text: str
    agree: int
    disagree: int
    seen: int
    low: float | None = None
    high: float | None = None

    def says(self, words: Words) -> str:
        """Return the answers in words."""
        counts = {"agree": self.agree, "disagree": self.disagree}
        told = words("figure.bar", **counts, pass_=self.seen - self.agree - self.disagree)
        if self.low is None or self.high is None:
            return told
        low, high = f"{self.low:.0%}", f"{self.high:.0%}"
        return f"{told}, {words('figure.range', low=low, high=high)}"


def bars(given: Sequence[Bar], words: Words | None = None) -> Figure:
    """Draw one bar for each statement, its wording beside it.

    Disagreement is striped, so that it is told apart in grey. A line under a bar is the range
    of agreement that the votes allow.
    """
    words = words or Words()
    said = [wrapped(bar.text or f"#{bar.id}", 46, 3) for bar in given]
    heights = [max(len(lines) * 16.0, 30.0) + 12 for lines in said]
    canvas = Canvas(WIDTH, sum(heights) + 46, rtl=words.is_rtl)
    canvas.raw(f"<defs>{hatched('no')}</defs>")
    _key(canvas, words)
    top = 40.0
    for bar, lines, height in zip(given, said, heights, strict=True):
        canvas.text(12, top + 13, f"{bar.id}", fill=MUTED, font_size=11)
        for row, one in enumerate(lines):
            canvas.text(NUMBER, top + 13 + 16 * row, one)
        _bar(canvas, bar, WIDTH - BAR - 12, top, BAR)
        top += height
    told = ". ".join(f"{bar.id} {bar.text}: {bar.says(words)}" for bar in given)
    return canvas.figure(f"{words('figure.bars', n=len(given))}. {told}")


def mini(bar: Bar, words: Words, *, hatch: str = "no") -> Figure:
    """Draw the bar of one statement alone; `hatch` names a pattern that the page has."""
    canvas = Canvas(BAR, 32.0, rtl=words.is_rtl)
    _bar(canvas, bar, 0, 2, BAR, hatch)
    return canvas.figure(bar.says(words))


def _key(canvas: Canvas, words: Words) -> None:
    at = WIDTH - BAR - 12
    for name, fill, sign in (("agree", AGREE, "+"), ("pass", PASS, "○"), ("disagree", "", "−")):
        canvas.rect(at, 12, 14, 14, fill=fill or "url(#no)")
        canvas.text(at + 20, 24, f"{sign} {words('column.' + name)}", font_size=12)
        at += 100


def _bar(canvas: Canvas, bar: Bar, at: float, top: float, width: float, hatch: str = "no") -> None:
    canvas.rect(at, top, width, TALL, fill=LINE)
    begin = at
    passes = bar.seen - bar.agree - bar.disagree
    for n, fill, ink in (
        (bar.agree, AGREE, "#ffffff"),
        (passes, PASS, INK),
        (bar.disagree, f"url(#{hatch})", INK),
    ):
        long = width * n / max(bar.seen, 1)
        if n:
            canvas.rect(begin, top, long, TALL, fill=fill, stroke="#ffffff", stroke_width=0.5)
        if long >= FITS:
            canvas.text(
                begin + long / 2, top + 14.5, str(n), end="middle", fill=ink, font_size=12,
                font_weight=600,
            )  # fmt: skip
        begin += long
    if bar.low is not None and bar.high is not None:
        canvas.rect(at + width * bar.low, top + TALL + 3, width * (bar.high - bar.low), 3, fill=INK)
