"""The opinion map: one mark per voice. Its axes have no direction and are never mirrored."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import translation
from django.utils.translation import gettext as _

from majlis.kernel.punctuation import labelled, listed
from majlis.ui import formats
from majlis.ui.figures.canvas import WIDTH, Canvas, Drawing, Table

MARGIN = 18


@dataclass(frozen=True, slots=True)
class Point:
    """A voice on the map; `group` counts from 0 and is None outside every group."""

    x: float
    y: float
    group: int | None = None


def scatter_map(
    points: Sequence[Point],
    *,
    title: str,
    lang: str,
    group_names: Sequence[str] = (),
    own: Point | None = None,
) -> Drawing:
    """Voices as marks whose shape and colour tell the group; each group is named above it.

    Both axes keep one scale, so that distances may be compared in every direction. `own` is the
    reader's place among the points, ringed and named.
    """
    with translation.override(lang):
        sheet = Canvas(lang, is_mirrored=False)
        place = _scale(points)
        members: dict[int, list[tuple[float, float]]] = defaultdict(list)
        sheet.rect(1, 1, WIDTH - 2, WIDTH - 2, "fig-frame", rx=4)
        for point in points:
            px, py = place(point)
            if point.group is None:
                sheet.marker(px, py, 3, 0, "fig-pass fig-mark")
                continue
            members[point.group].append((px, py))
            tone = 1 + point.group % 4
            sheet.marker(px, py, 4, point.group, f"fig-tone-{tone} fig-mark")
        names = {g: _name(g, group_names) for g in sorted(members)}
        for g, name in names.items():
            cx = sum(x for x, _y in members[g]) / len(members[g])
            cy = max(20.0, min(y for _x, y in members[g]) - 12)
            half = 4.2 * len(name) + 6
            sheet.rect(cx - half, cy - 12, 2 * half, 18, "fig-track fig-axis", rx=4)
            sheet.text(cx, cy + 2, name, "fig-strong", "middle")
        if own is not None:
            x, y = place(own)
            sheet.ring(x, y, 9, "fig-own")
            sheet.text(x, y + 24 if y < WIDTH - 30 else y - 14, _("You"), "fig-strong", "middle")
        rows = [(names[g], formats.number(len(members[g]), lang=lang)) for g in names]
        alone = sum(point.group is None for point in points)
        if alone:
            rows.append((_("In no group"), formats.number(alone, lang=lang)))
        said = listed(labelled(name, n) for name, n in rows)
        table = Table(title, (_("Group"), _("Voices")), tuple(rows))
        return Drawing(title, sheet.svg(height=WIDTH, title=title, desc=said), table)


def _name(group: int, names: Sequence[str]) -> str:
    return names[group] if group < len(names) else chr(ord("A") + group)


class _scale:  # noqa: N801  reads as the function it stands for
    """Maps points onto the sheet with one scale for both axes, the middle in the middle."""

    def __init__(self, points: Sequence[Point]) -> None:
        xs = [p.x for p in points] or [0.0]
        ys = [p.y for p in points] or [0.0]
        self.mid = ((min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2)
        reach = max(max(xs) - min(xs), max(ys) - min(ys)) or 1.0
        self.factor = (WIDTH - 2 * MARGIN) / reach

    def __call__(self, point: Point) -> tuple[float, float]:
        return (
            WIDTH / 2 + (point.x - self.mid[0]) * self.factor,
            WIDTH / 2 - (point.y - self.mid[1]) * self.factor,
        )
