"""People along one axis of opinion. The axis has no better end and is never mirrored."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils import translation
from django.utils.translation import gettext as _

from majlis.kernel.punctuation import labelled
from majlis.ui import formats
from majlis.ui.figures.canvas import LINE, WIDTH, Canvas, Drawing, Table, wrapped
from majlis.ui.figures.intervals import Interval

MARGIN = 16
BINS = 24
DOT = 9.0


def axis_strip(
    places: Sequence[float],
    *,
    title: str,
    lang: str,
    ends: tuple[str, str],
    own: Interval | None = None,
) -> Drawing:
    """Everybody as dots piled up along a line; `own` is the reader's place with its interval.

    Places and `own` share one scale; `ends` says what lies at the negative and the positive end.
    """
    with translation.override(lang):
        sheet = Canvas(lang, is_mirrored=False)
        low, high = min(places, default=-1.0), max(places, default=1.0)
        reach = (high - low) or 1.0

        def at(value: float) -> float:
            return MARGIN + (WIDTH - 2 * MARGIN) * min(1.0, max(0.0, (value - low) / reach))

        piles = [0] * BINS
        for place in places:
            piles[min(BINS - 1, int(BINS * (place - low) / reach))] += 1
        base = max(piles, default=0) * DOT + 30
        for pile, many in enumerate(piles):
            x = MARGIN + (WIDTH - 2 * MARGIN) * (pile + 0.5) / BINS
            for level in range(many):
                sheet.marker(x, base - 8 - level * DOT, 4, 0, "fig-tone-2 fig-mark")
        sheet.line(MARGIN, base, WIDTH - MARGIN, base, "fig-axis")
        y = base
        if own is not None:
            y += 20
            sheet.line(at(own.low), y, at(own.high), y, "fig-interval")
            sheet.marker(at(own.share), y, 6, 2, "fig-tone-0 fig-mark")
            here = at(own.share)
            anchor = "start" if here < WIDTH / 3 else "end" if here > 2 * WIDTH / 3 else "middle"
            sheet.text(here, y + 22, _("You"), "fig-strong", anchor)
            y += 26
        y = _ends(sheet, ends, y + 4)
        voices = formats.number(len(places), lang=lang)
        said = f"{ends[0]} – {ends[1]}"
        table = Table(title, (_("Axis"), _("Voices")), ((said, voices),))
        return Drawing(title, sheet.svg(height=y, title=title, desc=labelled(said, voices)), table)


def _ends(sheet: Canvas, ends: tuple[str, str], y: float) -> float:
    """The words of both ends under the line, each on its side of the sheet."""
    lowest = y
    for place, words in enumerate(ends):
        at, line = (0.0, y) if place == 0 else (WIDTH, y)
        side = "start" if (place == 0) != sheet.is_rtl else "end"
        for text in wrapped(words, units=WIDTH * 0.44, size=12.5):
            line += LINE - 4
            sheet.text(at, line, text, "fig-note", side)
        lowest = max(lowest, line)
    return lowest + 6
