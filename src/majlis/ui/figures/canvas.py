"""The sheet figures are drawn on: it knows the reading direction and says what it shows."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from html import escape

from django.utils.safestring import SafeString

from majlis.kernel.punctuation import joined, labelled, listed
from majlis.ui.languages import facts, isolate

WIDTH = 360
LINE = 20


@dataclass(frozen=True, slots=True)
class FigureTable:
    """The numbers behind a figure; the first cell of each row names the row."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    @property
    def labelled(self) -> list[list[tuple[str, str]]]:
        """Each cell with the name of its column, for narrow screens."""
        return [list(zip(self.head, row, strict=True)) for row in self.rows]

    @property
    def said(self) -> str:
        """The numbers in one line."""
        head = self.head[1:]
        return listed(
            labelled(row[0], joined(f"{n} {cell}" for n, cell in zip(head, row[1:], strict=True)))
            for row in self.rows
        )


@dataclass(frozen=True, slots=True)
class Drawing:
    """A finished figure. `title` states the finding, `said` tells it to those who cannot see it."""

    title: str
    svg: SafeString
    table: FigureTable

    @property
    def said(self) -> str:
        """The numbers of the table in one line."""
        return self.table.said


@dataclass(slots=True)
class Canvas:
    """Collects shapes. `x` counts from the side where reading starts, in units of the sheet."""

    lang: str
    width: float = WIDTH
    is_mirrored: bool = True
    parts: list[str] = field(default_factory=list)

    @property
    def is_rtl(self) -> bool:
        return facts(self.lang).direction == "rtl"

    def x(self, start: float, extent: float = 0) -> float:
        """Where something of that extent begins on the sheet, mirrored for right-to-left."""
        return self.width - start - extent if self.is_rtl and self.is_mirrored else start

    def text(self, x: float, y: float, words: str, css: str = "", anchor: str = "start") -> None:
        """`anchor` is start, middle or end in reading direction."""
        css_text = f' class="{css}"' if css else ""
        held = escape(isolate(words, self.lang) if self.is_rtl else words)
        self.parts.append(
            f'<text x="{_n(self.x(x))}" y="{_n(y)}" text-anchor="{anchor}"{css_text}>{held}</text>'
        )

    def rect(
        self, x: float, y: float, extent: float, height: float, css: str, rx: float = 0
    ) -> None:
        corner = f' rx="{_n(rx)}"' if rx else ""
        self.parts.append(
            f'<rect x="{_n(self.x(x, extent))}" y="{_n(y)}" width="{_n(extent)}" '
            f'height="{_n(height)}"{corner} class="{css}"/>'
        )

    def hatch(self, x: float, y: float, extent: float, height: float, css: str) -> None:
        """Slanted strokes over an area, so that it differs in grey print."""
        begin, end, step = self.x(x, extent), self.x(x, extent) + extent, 7.0
        strokes = []
        at = begin - height + step
        while at < end:
            x1, y1 = max(at, begin), y + height - max(0.0, begin - at)
            x2, y2 = min(at + height, end), y + max(0.0, at + height - end)
            if x2 > x1:
                strokes.append(f"M{_n(x1)} {_n(y1)}L{_n(x2)} {_n(y2)}")
            at += step
        if strokes:
            self.parts.append(f'<path d="{"".join(strokes)}" fill="none" class="{css}"/>')

    def line(self, x1: float, y1: float, x2: float, y2: float, css: str) -> None:
        self.parts.append(
            f'<line x1="{_n(self.x(x1))}" y1="{_n(y1)}" x2="{_n(self.x(x2))}" y2="{_n(y2)}" '
            f'class="{css}"/>'
        )

    def marker(self, x: float, y: float, size: float, shape: int, css: str) -> None:
        """One of four shapes: circle, square, diamond, triangle."""
        at, r = self.x(x), size
        if shape % 4 == 0:
            self.parts.append(f'<circle cx="{_n(at)}" cy="{_n(y)}" r="{_n(r)}" class="{css}"/>')
            return
        corners = {
            1: [(-r, -r), (r, -r), (r, r), (-r, r)],
            2: [(0, -1.35 * r), (1.35 * r, 0), (0, 1.35 * r), (-1.35 * r, 0)],
            3: [(0, -1.25 * r), (1.25 * r, r), (-1.25 * r, r)],
        }[shape % 4]
        points = " ".join(f"{_n(at + dx)},{_n(y + dy)}" for dx, dy in corners)
        self.parts.append(f'<polygon points="{points}" class="{css}"/>')

    def ellipse(self, x: float, y: float, rx: float, ry: float, turn: float, css: str) -> None:
        """An area around a place; `turn` in degrees, clockwise."""
        self.parts.append(
            f'<ellipse rx="{_n(rx)}" ry="{_n(ry)}" class="{css}" '
            f'transform="translate({_n(self.x(x))} {_n(y)}) rotate({_n(turn)})"/>'
        )

    def ring(self, x: float, y: float, size: float, css: str) -> None:
        """An open circle around a place."""
        self.parts.append(
            f'<circle cx="{_n(self.x(x))}" cy="{_n(y)}" r="{_n(size)}" fill="none" class="{css}"/>'
        )

    def svg(self, *, height: float, title: str, desc: str) -> SafeString:
        """The whole drawing, with its title and description tied to it for screen readers."""
        body = "".join(self.parts)
        key = hashlib.sha256(f"{title}{desc}{body}".encode()).hexdigest()[:8]
        direction = facts(self.lang).direction
        return SafeString(
            f'<svg xmlns="http://www.w3.org/2000/svg" class="fig" role="img" lang="{self.lang}" '
            f'direction="{direction}" viewBox="0 0 {_n(self.width)} {_n(height)}" '
            f'aria-labelledby="fig-{key}-t fig-{key}-d">'
            f'<title id="fig-{key}-t">{escape(title)}</title>'
            f'<desc id="fig-{key}-d">{escape(desc)}</desc>{body}</svg>'
        )


def wrapped(words: str, *, units: float, size: float = 14.5, is_strong: bool = False) -> list[str]:
    """`words` in lines of about that many units, breaking between words only.

    Counted for a wide typeface, since nobody knows the reader's.
    """
    room = max(8, int(units / (size * (0.66 if is_strong else 0.6))))
    lines: list[str] = []
    for word in words.split():
        if lines and len(lines[-1]) + 1 + len(word) <= room:
            lines[-1] += " " + word
        else:
            lines.append(word)
    return lines or [""]


PAPER_COLOURS = {
    "ink": "#13242f",
    "muted": "#4d5c65",
    "line": "#e3d5bc",
    "line-strong": "#8b7b60",
    "sea": "#0c4a6e",
    "accent": "#97391f",
    "sunken": "#f2e8d7",
    "agree": "#1c5d97",
    "on-agree": "#ffffff",
    "disagree": "#e08e3c",
    "on-disagree": "#1b2730",
    "pass": "#c9cccb",
    "on-pass": "#1b2730",
    "family-1": "#123a5e",
    "family-2": "#23807c",
    "family-3": "#c98f2c",
    "family-4": "#d6b9cf",
}

_SHEET = """
text{fill:ink;font-family:FONTS;font-size:14.5px}
.fig-strong{font-weight:700}.fig-note{fill:muted;font-size:12.5px}
.fig-axis{stroke:line-strong;stroke-width:1}.fig-grid{stroke:line;stroke-width:1}
.fig-frame{fill:none;stroke:line;stroke-width:1}
.fig-mark{stroke:ink;stroke-width:1}.fig-hatch{stroke:ink;stroke-width:1.2;opacity:.45}
.fig-interval{stroke:ink;stroke-width:2}.fig-middle{stroke:ink;stroke-width:2}
.fig-area{stroke:ink;stroke-width:1.5;fill-opacity:.45}
.fig-area-1{stroke-dasharray:6 4}.fig-area-2{stroke-dasharray:2 3}
.fig-area-3{stroke-dasharray:10 4 2 4}
.fig-whole{stroke:accent;stroke-width:1.5;stroke-dasharray:4 3}
.fig-own{stroke:accent;stroke-width:2.5}
.fig-bar{fill:sea}.fig-track{fill:sunken}
.fig-agree{fill:agree}.fig-disagree{fill:disagree}.fig-pass{fill:pass}
.fig-on-agree{fill:on-agree;font-weight:700}.fig-on-disagree{fill:on-disagree;font-weight:700}
.fig-on-pass{fill:on-pass;font-weight:700}
.fig-tone-0{fill:sea}.fig-tone-1{fill:family-1}.fig-tone-2{fill:family-2}
.fig-tone-3{fill:family-3}.fig-tone-4{fill:family-4}
"""


def standalone(svg: str, *, fonts: str = "Amiri, serif") -> str:
    """The same SVG carrying the colours of paper, for a PDF or a file on its own.

    Where letters run from right to left every text is anchored by its side of the sheet instead,
    since makers of PDF files know no other; the letters inside keep their direction.
    """
    if 'direction="rtl"' in svg:
        other = {"start": "end", "end": "start", "middle": "middle"}
        svg = re.sub(
            r'text-anchor="(\w+)"', lambda found: f'text-anchor="{other[found[1]]}"', svg
        ).replace(' direction="rtl"', "")
    sheet = re.sub(
        r"(fill|stroke):([a-z][a-z0-9-]*)",
        lambda found: f"{found[1]}:{PAPER_COLOURS.get(found[2], found[2])}",
        _SHEET.replace("FONTS", fonts).replace("\n", ""),
    )
    return svg.replace("<title", f"<style>{sheet}</style><title", 1)


def _n(value: float) -> str:
    """A coordinate with at most one decimal and no trailing zero."""
    return f"{value:.1f}".rstrip("0").rstrip(".") if value else "0"
