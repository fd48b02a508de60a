"""The one door through which anything about people leaves for a screen, a file or a document.

Two questions are answered here and nowhere else: how finely may counts be broken down, and what
of a source may be shown under the attribution rule of the session where it was said.
"""

from majlis.kernel.disclosure.counts import (
    SMALLEST_CELL,
    Audience,
    Breakdown,
    Counts,
    passes,
    shown_sizes,
    smallest_cell,
)
from majlis.kernel.disclosure.sources import AttributionRule, Source, shown_source
from majlis.kernel.disclosure.tables import WHOLE, Cell, Way, broken_down, way_to_show

__all__ = [
    "SMALLEST_CELL",
    "WHOLE",
    "AttributionRule",
    "Audience",
    "Breakdown",
    "Cell",
    "Counts",
    "Source",
    "Way",
    "broken_down",
    "passes",
    "shown_sizes",
    "shown_source",
    "smallest_cell",
    "way_to_show",
]
