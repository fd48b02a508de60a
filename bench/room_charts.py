"""Small line charts as SVG, and tables as Markdown, for the pages about room mode."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

PLOT, HEIGHT, LEFT, TOP, RIGHT, BOTTOM = 434, 320, 56, 36, 150, 44
#: Lines are drawn so far beside one another, that their bars can be told apart.
BESIDE = 3
COLOURS = ("#0b6e69", "#b3541e", "#3d4a8a", "#7a7a2a", "#8a2f5b", "#555555")
DASHES = ("", "6 3", "2 3", "8 3 2 3", "1 4", "10 4")

Series = tuple[str, Sequence[tuple[float, float, float, float]]]


def chart(
    title: str,
    x_name: str,
    y_name: str,
    lines: Sequence[Series],
    limit: float | None = None,
    most: float = 1.0,
) -> str:
    """Draw lines of (x, y, low, high) with y in [0, most]; bars from low to high.

    Lines differ by dash as well as by colour; `limit` draws a thin horizontal line.
    """
    legend = max(RIGHT, 54 + 7 * max(len(name) for name, _ in lines))
    width = LEFT + PLOT + legend
    xs = [point[0] for _, points in lines for point in points]
    low, high = min(xs), max(xs)
    span = (high - low) or 1.0

    def at(x: float, y: float) -> tuple[float, float]:
        across = PLOT * (x - low) / span
        return LEFT + across, TOP + (HEIGHT - TOP - BOTTOM) * (1 - min(y / most, 1.0))

    out = [
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {HEIGHT}" role="img" '
            f'font-family="sans-serif" font-size="12"><title>{escape(title)}</title>'
        ),
        f'<rect width="{width}" height="{HEIGHT}" fill="#ffffff"/>',
        f'<text x="{LEFT}" y="20" font-size="14">{escape(title)}</text>',
    ]
    for tick in (most * quarter / 4 for quarter in range(5)):
        x0, y = at(low, tick)
        x1, _ = at(high, tick)
        out.append(f'<path d="M{x0:.1f} {y:.1f}H{x1:.1f}" stroke="#dddddd"/>')
        out.append(f'<text x="{x0 - 8:.1f}" y="{y + 4:.1f}" text-anchor="end">{tick:g}</text>')
    for x in sorted(set(xs)):
        place, y = at(x, 0)
        out.append(f'<text x="{place:.1f}" y="{y + 16:.1f}" text-anchor="middle">{x:g}</text>')
    middle = LEFT + PLOT / 2
    out.append(
        f'<text x="{middle:.1f}" y="{HEIGHT - 8}" text-anchor="middle">{escape(x_name)}</text>'
    )
    out.append(
        f'<text transform="translate(14 {HEIGHT / 2:.1f}) rotate(-90)" '
        f'text-anchor="middle">{escape(y_name)}</text>'
    )
    if limit is not None:
        (x0, y), (x1, _) = at(low, limit), at(high, limit)
        out.append(f'<path d="M{x0:.1f} {y:.1f}H{x1:.1f}" stroke="#aa0000" stroke-width="1"/>')
    for number, (name, points) in enumerate(lines):
        colour, dash = COLOURS[number % len(COLOURS)], DASHES[number % len(DASHES)]
        aside = BESIDE * (number - (len(lines) - 1) / 2)
        path = " ".join(f"{x + aside:.1f},{y:.1f}" for x, y in (at(p[0], p[1]) for p in points))
        style = f'stroke="{colour}" stroke-width="2" fill="none" stroke-dasharray="{dash}"'
        out.append(f'<polyline points="{path}" {style}/>')
        for x, y, bottom, top in points:
            (px, py), (_, a), (_, b) = at(x, y), at(x, bottom), at(x, top)
            px += aside
            out.append(f'<circle cx="{px:.1f}" cy="{py:.1f}" r="3" fill="{colour}"/>')
            if a != b:
                out.append(f'<path d="M{px:.1f} {a:.1f}V{b:.1f}" stroke="{colour}"/>')
        y = TOP + 10 + 20 * number
        out.append(f'<path d="M{LEFT + PLOT + 12} {y}h24" {style}/>')
        out.append(f'<text x="{LEFT + PLOT + 42}" y="{y + 4}">{escape(name)}</text>')
    return "\n".join([*out, "</svg>", ""])


def markdown(header: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """Write a Markdown table."""
    lines = [f"| {' | '.join(header)} |", f"|{'|'.join(' --- ' for _ in header)}|"]
    lines += [f"| {' | '.join(str(cell) for cell in row)} |" for row in rows]
    return "\n".join(lines)
