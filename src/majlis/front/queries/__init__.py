"""Questions that more than one app answers together."""

from majlis.front.queries.counts import DeskCounts, counts_of
from majlis.front.queries.day import steps_of
from majlis.front.queries.editions import desks_of, series_cards
from majlis.front.queries.overview import overview_of
from majlis.front.queries.waits import waits_of

__all__ = [
    "DeskCounts",
    "counts_of",
    "desks_of",
    "overview_of",
    "series_cards",
    "steps_of",
    "waits_of",
]
