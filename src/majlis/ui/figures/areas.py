"""Where people stand, drawn as areas: the only place of a person is the reader's own.

The axes of opinion have no better end and are never mirrored.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, hypot, radians, sin

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from majlis.kernel.punctuation import labelled, listed
from majlis.ui import formats
from majlis.ui.figures.canvas import LINE, WIDTH, Canvas, Drawing, FigureTable, wrapped

MARGIN = 18
LABEL = 28  # what the name of a group needs above its area


@dataclass(frozen=True, slots=True)
class Area:
    """A group on the map: its name, its size, and an ellipse with its turn in degrees."""

    name: str
    size: int
    x: float
    y: float
    rx: float
    ry: float
    turn: float


@dataclass(frozen=True, slots=True)
class AxisPlace:
    """The reader's place on one axis, with the interval in which it lies."""

    at: float
    low: float
    high: float


def area_map(
    areas: Sequence[Area], *, title: str, lang: str, own: tuple[float, float] | None = None
) -> Drawing:
    """Each group as an area with its name and size in it; `own` is the reader's place, ringed.

    Both axes keep one scale, so that distances may be compared in every direction.
    """
    with translation.override(lang):
        sheet = Canvas(lang, is_mirrored=False)
        reach = [max(one.rx, one.ry) for one in areas]
        edges = [(a.x - r, a.y - r) for a, r in zip(areas, reach, strict=True)]
        edges += [(a.x + r, a.y + r) for a, r in zip(areas, reach, strict=True)]
        edges = [*edges, own] if own else edges or [(0.0, 0.0)]
        (left, right), (bottom, top) = ((min(v), max(v)) for v in zip(*edges, strict=True))
        factor = (WIDTH - 2 * MARGIN) / (max(right - left, top - bottom) or 1.0)
        height = (top - bottom) * factor + 2 * MARGIN + LABEL
        sheet.rect(1, 1, WIDTH - 2, height - 2, "fig-frame", rx=4)

        def place(x: float, y: float) -> tuple[float, float]:
            return (
                WIDTH / 2 + (x - (left + right) / 2) * factor,
                MARGIN + LABEL + (top - y) * factor,
            )

        for number, one in enumerate(areas):
            radii = max(one.rx * factor, 8), max(one.ry * factor, 8)
            tone = f"fig-tone-{1 + number % 4} fig-area fig-area-{number % 4}"
            sheet.ellipse(*place(one.x, one.y), *radii, -one.turn, tone)
        sizes = [formats.number(one.size, lang=lang) for one in areas]
        for one, size in zip(areas, sizes, strict=True):
            x, y = place(one.x, one.y)
            name = f"{one.name} · {size}"
            half = 4.2 * len(name) + 6
            y -= _half_height(one, factor) + LABEL / 2
            sheet.rect(x - half, y - 14, 2 * half, 20, "fig-track", rx=4)
            sheet.text(x, y, name, "fig-strong", "middle")
        if own is not None:
            x, y = place(*own)
            sheet.ring(x, y, 9, "fig-own")
            sheet.text(
                x,
                y + 24 if y < height - 30 else y - 14,
                pgettext("map", "You"),
                "fig-strong",
                "middle",
            )
        rows = [(one.name, size) for one, size in zip(areas, sizes, strict=True)]
        table = FigureTable(title, (_("Group"), _("People")), tuple(rows))
        said = listed(labelled(name, n) for name, n in rows)
        return Drawing(title, sheet.svg(height=height, title=title, desc=said), table)


def _half_height(one: Area, factor: float) -> float:
    """How far an area reaches above its middle, turned as it is."""
    turn = radians(one.turn)
    rx, ry = max(one.rx * factor, 8), max(one.ry * factor, 8)
    return hypot(rx * sin(turn), ry * cos(turn))


def axis_bands(
    bands: Sequence[float],
    people: int,
    *,
    title: str,
    lang: str,
    ends: tuple[str, str],
    own: AxisPlace | None = None,
) -> Drawing:
    """Where people lie along a line: nine of ten in the pale band, half of them in the dark one.

    `bands` are the places under which 5, 25, 50, 75 and 95 % lie; `ends` says what lies at the
    negative and the positive end.
    """
    with translation.override(lang):
        sheet = Canvas(lang, is_mirrored=False)
        seen = [*bands, *([own.low, own.high] if own else [])]
        low, reach = min(seen), (max(seen) - min(seen)) or 1.0

        def at(value: float) -> float:
            return MARGIN + (WIDTH - 2 * MARGIN) * (value - low) / reach

        first, quarter, half, three, last = map(at, bands)
        sheet.rect(first, 14, last - first, 28, "fig-track fig-axis", rx=14)
        sheet.rect(quarter, 14, three - quarter, 28, "fig-tone-2 fig-mark", rx=4)
        sheet.line(half, 10, half, 46, "fig-middle")
        y = 46.0
        if own is not None:
            y += 20
            sheet.line(at(own.low), y, at(own.high), y, "fig-interval")
            sheet.marker(at(own.at), y, 6, 2, "fig-tone-0 fig-mark")
            here = at(own.at)
            anchor = "start" if here < WIDTH / 3 else "end" if here > 2 * WIDTH / 3 else "middle"
            sheet.text(here, y + 22, pgettext("map", "You"), "fig-strong", anchor)
            y += 26
        y = _ends(sheet, ends, y + 4)
        said, n = f"{ends[0]} – {ends[1]}", formats.number(people, lang=lang)
        table = FigureTable(title, (_("Axis"), _("People")), ((said, n),))
        return Drawing(title, sheet.svg(height=y, title=title, desc=labelled(said, n)), table)


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
