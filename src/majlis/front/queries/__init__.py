"""Questions that more than one app answers together."""

from majlis.front.queries.counts import DeskCounts, counts_of
from majlis.front.queries.day import Step, steps_of
from majlis.front.queries.editions import DeskCard, SeriesCard, desks_of, series_cards
from majlis.front.queries.overview import Overview, overview_of
from majlis.front.queries.waits import Wait, waits_of

__all__ = [
    "DeskCard",
    "DeskCounts",
    "Overview",
    "SeriesCard",
    "Step",
    "Wait",
    "counts_of",
    "desks_of",
    "overview_of",
    "series_cards",
    "steps_of",
    "waits_of",
]
