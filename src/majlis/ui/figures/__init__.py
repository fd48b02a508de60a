"""Figures: plain numbers in, an SVG and its table out. No model, no request, no colour literal.

Every drawing is 360 units wide, so that its letters stay readable on a phone, and grows from
there. Where an axis has a direction it is mirrored for right-to-left readers. `standalone` gives
the SVG its own colours for documents that have no style sheet.
"""

from majlis.ui.figures.areas import Area, AxisPlace, area_map, axis_bands
from majlis.ui.figures.bars import StanceCounts, vote_bar, vote_bars, vote_strip
from majlis.ui.figures.canvas import Drawing, standalone
from majlis.ui.figures.ranges import RangeRow, Span, group_ranges, range_strip

__all__ = [
    "Area",
    "AxisPlace",
    "Drawing",
    "RangeRow",
    "Span",
    "StanceCounts",
    "area_map",
    "axis_bands",
    "group_ranges",
    "range_strip",
    "standalone",
    "vote_bar",
    "vote_bars",
    "vote_strip",
]
