"""The one module through which anything about people leaves for a screen, a file or a document.

Two questions are answered here and nowhere else: how finely may counts be broken down, and what
of a source may be shown under the attribution rule of the session where it was said.
"""

from majlis.kernel.disclosure.counts import (
    Audience,
    Counts,
    passes,
    separable,
    shown_sizes,
    smallest_cell,
    steps_of,
)
from majlis.kernel.disclosure.ranges import Amount, Range, Ranges
from majlis.kernel.disclosure.sources import AttributionRule, Source, shown_source
from majlis.kernel.disclosure.tables import (
    Breakdown,
    Cell,
    Detail,
    Way,
    broken_down,
    counted,
    detail_to_show,
)

__all__ = [
    "Amount",
    "AttributionRule",
    "Audience",
    "Breakdown",
    "Cell",
    "Counts",
    "Detail",
    "Range",
    "Ranges",
    "Source",
    "Way",
    "broken_down",
    "counted",
    "detail_to_show",
    "passes",
    "separable",
    "shown_sizes",
    "shown_source",
    "smallest_cell",
    "steps_of",
]
