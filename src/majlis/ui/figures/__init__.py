"""Figures: plain numbers in, an SVG and its table out. No model, no request, no colour literal.

Every drawing is 360 units wide, so that its letters stay readable on a phone, and grows from
there. Where an axis has a direction it is mirrored for right-to-left readers. `standalone` gives
the SVG its own colours for documents that have no style sheet.
"""

from majlis.ui.figures.axis import axis_strip
from majlis.ui.figures.bars import BarRow, Counts, bar_list, vote_bar, vote_bars, vote_strip
from majlis.ui.figures.canvas import Drawing, Table, standalone
from majlis.ui.figures.intervals import Interval, StanceRow, interval_strip, stance_intervals
from majlis.ui.figures.scatter import Point, scatter_map

__all__ = [
    "BarRow",
    "Counts",
    "Drawing",
    "Interval",
    "Point",
    "StanceRow",
    "Table",
    "axis_strip",
    "bar_list",
    "interval_strip",
    "scatter_map",
    "stance_intervals",
    "standalone",
    "vote_bar",
    "vote_bars",
    "vote_strip",
]
