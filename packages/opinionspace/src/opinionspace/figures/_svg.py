"""Draw with attributes only: no style sheet, no script, so that a strict page may hold it."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from pathlib import Path

from opinionspace._terminal import shortened
from opinionspace.errors import in_one_line

INK, MUTED, LINE, PAPER = "#13242f", "#4d5c65", "#e3d5bc", "#fffdf9"
AGREE, DISAGREE, PASS = "#1c5d97", "#d47c24", "#c6cbcd"
#: Colours of groups, each always with a shape of its own.
GROUPS = ("#0c4a6e", "#ad4728", "#2a7d55", "#7d4f78", "#8a6d00")
FONT = "system-ui, sans-serif"


@dataclass(frozen=True, slots=True)
class Figure:
    """One SVG picture and what it says in words.

    Attributes
    ----------
    svg : str
    says : str
        The text alternative, also in the picture.
    note : str
        What to read beneath it.
    """

    svg: str
    says: str
    note: str = ""

    def save(self, path: Path | str) -> None:
        """Write the picture to a file."""
        Path(path).write_text(self.svg, encoding="utf-8")

    def __repr__(self) -> str:
        return f"<Figure: {shortened(in_one_line(self.says), 80)}>"

    def _repr_svg_(self) -> str:
        return self.svg


class Canvas:
    """Collects marks on a sheet of paper; a page that runs from the right is mirrored."""

    def __init__(self, width: float, height: float, *, rtl: bool = False) -> None:
        self.width, self.height, self.rtl = width, height, rtl
        self._marks: list[str] = []

    def x(self, at: float) -> float:
        """Return a place counted from where reading begins."""
        return self.width - at if self.rtl else at

    def add(self, tag: str, text: str | None = None, **attributes: object) -> None:
        """Add one element; names of attributes may have `_` for `-`."""
        told = "".join(
            f' {name.rstrip("_").replace("_", "-")}="{_value(one)}"'
            for name, one in attributes.items()
        )
        inside = "" if text is None else escape(in_one_line(text))
        self._marks.append(f"<{tag}{told}>{inside}</{tag}>")

    def raw(self, svg: str) -> None:
        """Add what is SVG already."""
        self._marks.append(svg)

    def rect(self, at: float, y: float, width: float, height: float, **more: object) -> None:
        """Add a rectangle that begins `at` where reading begins."""
        left = self.width - at - width if self.rtl else at
        self.add("rect", None, x=left, y=y, width=width, height=height, **more)

    def text(self, at: float, y: float, text: str, *, end: str = "start", **more: object) -> None:
        """Add a line of text; `end` is start, middle or end in the direction of reading."""
        style: dict[str, object] = {"font_size": 13, "fill": INK} | more
        self.add("text", text, x=self.x(at), y=y, text_anchor=end, direction=self._way, **style)

    @property
    def _way(self) -> str:
        return "rtl" if self.rtl else "ltr"

    def figure(self, says: str, note: str = "") -> Figure:
        """Return the picture."""
        label = escape(in_one_line(says))
        svg = (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_value(self.width)} '
            f'{_value(self.height)}" width="{_value(self.width)}" role="img" '
            f'aria-label="{label}" font-family="{FONT}"><title>{label}</title>'
            f'<rect width="100%" height="100%" rx="6" fill="{PAPER}"/>'
            f"{''.join(self._marks)}</svg>"
        )
        return Figure(svg, says, note)


def _value(one: object) -> str:
    if isinstance(one, float):
        return f"{one:.1f}".rstrip("0").rstrip(".")
    return escape(str(one))


def hatched(name: str) -> str:
    """Return a pattern of stripes for disagreement, so that grey print tells it too."""
    return (
        f'<pattern id="{name}" width="6" height="6" patternUnits="userSpaceOnUse" '
        f'patternTransform="rotate(45)"><rect width="6" height="6" fill="{DISAGREE}"/>'
        '<rect width="2" height="6" fill="#fff" fill-opacity=".45"/></pattern>'
    )


def shape(group: int, x: float, y: float, r: float, fill: str, opacity: float = 0.85) -> str:
    """Return the mark of a group: a dot, a square, a diamond, a triangle or a cross."""
    told = f'fill="{fill}" fill-opacity="{opacity}"'
    match group % 5:
        case 0:
            return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{r:.1f}" {told}/>'
        case 1:
            side = 1.8 * r
            return (
                f'<rect x="{x - side / 2:.1f}" y="{y - side / 2:.1f}" width="{side:.1f}" '
                f'height="{side:.1f}" {told}/>'
            )
        case 2:
            path = f"M0 {-1.3 * r:.1f} {1.3 * r:.1f} 0 0 {1.3 * r:.1f} {-1.3 * r:.1f} 0Z"
        case 3:
            path = f"M0 {-1.2 * r:.1f} {1.15 * r:.1f} {0.9 * r:.1f} {-1.15 * r:.1f} {0.9 * r:.1f}Z"
        case _:
            a, b = 0.45 * r, 1.15 * r
            points = [(-a, -b), (a, -b), (a, -a), (b, -a), (b, a), (a, a)]
            points += [(-x, -y) for x, y in points]
            path = "M" + " ".join(f"{x:.1f} {y:.1f}" for x, y in points) + "Z"
    return f'<path transform="translate({x:.1f} {y:.1f})" d="{path}" {told}/>'


def wrapped(text: str, width: int, most: int) -> list[str]:
    """Return text in lines of about `width` signs, at most `most` of them."""
    lines: list[str] = [""]
    for word in in_one_line(text).split(" "):
        if lines[-1] and len(lines[-1]) + 1 + len(word) > width:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    shown = [line if len(line) <= width + 12 else line[: width + 11] + "…" for line in lines[:most]]
    if len(lines) > most:
        shown[-1] = shown[-1].rstrip(" .,;") + " …"
    return shown
