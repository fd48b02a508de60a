"""Where people stand: on a plane by group, or along one line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from opinionspace.figures._svg import GROUPS, INK, LINE, MUTED, Canvas, Figure, shape
from opinionspace.words import Words

WIDTH, MARGIN, TALLEST = 640.0, 40.0, 560.0
ROW = 9.0


@dataclass(frozen=True, slots=True)
class Mark:
    """One or several people who stand close together; `group` is -1 for none."""

    x: float
    y: float
    group: int
    n: int = 1


def plane(
    marks: Sequence[Mark], names: Sequence[str], words: Words | None = None, *, says: str = ""
) -> Figure:
    """Draw marks by group, each group with its shape, colour and name.

    Raises
    ------
    ValueError
        When there is nobody.
    """
    if not marks:
        raise ValueError("there is nobody on the map")
    words = words or Words()
    places = np.array([(one.x, one.y) for one in marks])
    low, high = places.min(axis=0), places.max(axis=0)
    wide, tall = np.maximum(high - low, 1e-9)
    scale = min((WIDTH - 2 * MARGIN) / wide, (TALLEST - 2 * MARGIN) / tall)
    height = max(2 * MARGIN + tall * scale, 160.0)
    canvas = Canvas(WIDTH, height + 30, rtl=words.is_rtl)
    most = max(one.n for one in marks)
    middle_x, middle_y = (low + high) / 2
    spots = [
        (
            canvas.x(WIDTH / 2 + (one.x - middle_x) * scale),
            height / 2 - (one.y - middle_y) * scale,
        )
        for one in marks
    ]
    for one, (x, y) in sorted(zip(marks, spots, strict=True), key=lambda pair: -pair[0].n):
        r = 5.0 if most == 1 else 4 + 11 * (one.n / most) ** 0.5
        fill = GROUPS[one.group % len(GROUPS)] if one.group >= 0 else MUTED
        canvas.raw(shape(max(one.group, 0), x, y, r, fill, 0.7))
    for group, name in enumerate(names):
        own = [spot for one, spot in zip(marks, spots, strict=True) if one.group == group]
        if own:
            x, y = np.mean(own, axis=0)
            _label(canvas, float(x), float(y), name)
    _legend(canvas, names, marks, height)
    people = sum(one.n for one in marks)
    told = says or words("figure.map", people=people, groups=len(names))
    return canvas.figure(told, words("figure.near"))


def _label(canvas: Canvas, x: float, y: float, name: str) -> None:
    told = {"text_anchor": "middle", "font_size": 15, "font_weight": 700}
    canvas.add("text", name, x=x, y=y + 5, stroke="#fff", stroke_width=4, **told)
    canvas.add("text", name, x=x, y=y + 5, fill=INK, **told)


def _legend(canvas: Canvas, names: Sequence[str], marks: Sequence[Mark], top: float) -> None:
    at = 16.0
    for group, name in enumerate(names):
        n = sum(one.n for one in marks if one.group == group)
        canvas.raw(shape(group, canvas.x(at + 6), top + 10, 6, GROUPS[group % len(GROUPS)], 1))
        canvas.text(at + 18, top + 15, f"{name} · {n}")
        at += 40 + 8 * len(f"{name} · {n}")


def line(
    places: npt.NDArray[np.float64],
    ends: tuple[str, str] = ("", ""),
    words: Words | None = None,
) -> Figure:
    """Draw people along one line, those who stand alike above each other.

    Raises
    ------
    ValueError
        When there is nobody.
    """
    values = np.sort(places[np.isfinite(places)])
    if not len(values):
        raise ValueError("there is nobody on the line")
    words = words or Words()
    low, high = float(values.min()), float(values.max())
    scale = (WIDTH - 2 * MARGIN) / max(high - low, 1e-9)
    at = [MARGIN + (float(one) - low) * scale for one in values]
    rows = stacked(at, 2 * ROW * 0.5 + 1)
    height = 70 + ROW * (max(rows) + 1)
    canvas = Canvas(WIDTH, height, rtl=words.is_rtl)
    base = height - 44
    canvas.rect(MARGIN / 2, base + 8, WIDTH - MARGIN, 1.5, fill=LINE)
    for x, row in zip(at, rows, strict=True):
        canvas.raw(shape(0, canvas.x(x), base - ROW * row, 4.2, GROUPS[0]))
    canvas.text(MARGIN / 2, base + 30, ends[0], font_size=12, fill=MUTED)
    canvas.text(WIDTH - MARGIN / 2, base + 30, ends[1], end="end", font_size=12, fill=MUTED)
    told = words("figure.line", people=len(values))
    return canvas.figure(told, words("figure.near"))


def stacked(at: Sequence[float], apart: float) -> list[int]:
    """Return a row for each mark so that none covers another; marks ascend."""
    ends: list[float] = []
    rows = []
    for x in at:
        row = next((i for i, end in enumerate(ends) if x - end >= apart), len(ends))
        if row == len(ends):
            ends.append(x)
        ends[row] = x
        rows.append(row)
    return rows
