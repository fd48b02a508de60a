"""A beeswarm: every statement on a scale from shared to dividing."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import numpy as np
import numpy.typing as npt

from opinionspace.errors import in_one_line
from opinionspace.figures._svg import AGREE, DISAGREE, LINE, MUTED, Canvas, Figure, shape
from opinionspace.figures.maps import stacked
from opinionspace.words import Words

WIDTH, MARGIN = 640.0, 30.0
#: Radius of a mark, by how many statements there are.
RADII = ((60, 7.0), (150, 5.0), (400, 3.5))
SMALLEST = 2.5
READABLE = 5.0  # from which an id fits into a mark


def beeswarm(
    ids: Sequence[object],
    texts: Sequence[str],
    spread: npt.NDArray[np.float64],
    leaning: npt.NDArray[np.float64],
    words: Words | None = None,
) -> Figure:
    """Draw a mark for each statement, by how much opinions on it differ.

    Parameters
    ----------
    ids, texts : of length n_statements
        The wording shows when a mark is pointed at.
    spread : ndarray of shape (n_statements,), from 0
        nan for statements that are left out.
    leaning : ndarray of shape (n_statements,)
        Above 0 where more agree than disagree: these are round, others square.

    Raises
    ------
    ValueError
        When no statement can be placed.
    """
    words = words or Words()
    order = [int(j) for j in np.argsort(spread, kind="stable") if np.isfinite(spread[j])]
    if not order:
        raise ValueError("no statement can be placed")
    most = max(float(spread[order[-1]]), 1e-9)
    at = [MARGIN + float(spread[j]) / most * (WIDTH - 2 * MARGIN) for j in order]
    r = next((one for most_marks, one in RADII if len(order) <= most_marks), SMALLEST)
    rows = stacked(at, 2 * r + 1)
    height = 56 + (2 * r + 1) * (max(rows) + 1)
    canvas = Canvas(WIDTH, height, rtl=words.is_rtl)
    base = height - 44.0
    canvas.rect(MARGIN / 2, base + 12, WIDTH - MARGIN, 1.5, fill=LINE)
    for j, x, row in zip(order, at, rows, strict=True):
        spot = canvas.x(x), base - (2 * r + 1) * row
        _mark(canvas, spot, r, f"{ids[j]}", texts[j], agreed=bool(leaning[j] > 0))
    canvas.text(MARGIN / 2, base + 32, words("figure.shared_end"), font_size=12, fill=MUTED)
    canvas.text(
        WIDTH - MARGIN / 2, base + 32, words("figure.divides_end"), end="end", font_size=12,
        fill=MUTED,
    )  # fmt: skip
    told = words("figure.beeswarm", n=len(order))
    ends = [texts[order[0]] or f"#{ids[order[0]]}", texts[order[-1]] or f"#{ids[order[-1]]}"]
    says = (
        f"{told}. {words('figure.shared_end')}: {ends[0]} {words('figure.divides_end')}: {ends[1]}"
    )
    return canvas.figure(says, words("figure.beeswarm_note"))


def _mark(
    canvas: Canvas, at: tuple[float, float], r: float, id: str, text: str, *, agreed: bool
) -> None:
    x, y = at
    said = escape(in_one_line(f"{id} {text}"))
    fill, group = (AGREE, 0) if agreed else (DISAGREE, 1)
    name = ""
    if r >= READABLE:
        size, ink = (r if len(id) < 3 else 0.75 * r), "#fff" if agreed else "#13242f"
        name = (
            f'<text x="{x:.1f}" y="{y + 0.36 * r:.1f}" font-size="{size:.1f}" '
            f'text-anchor="middle" fill="{ink}">{escape(in_one_line(id)[:6])}</text>'
        )
    canvas.raw(f"<g><title>{said}</title>{shape(group, x, y, r, fill, 1)}{name}</g>")
