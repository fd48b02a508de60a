"""What a closed round says, as far as it may be shown to whom."""

from majlis.opinion.queries.maps import Map, map_of
from majlis.opinion.queries.reading import codes_in, content_of, stances_of, votes_of
from majlis.opinion.queries.shown import (
    ORDERS,
    SEED,
    CellRead,
    Estimate,
    GroupRead,
    Reading,
    Said,
    Seat,
    StatementRead,
    contents_now,
    kept_results,
    newest_result,
    orders_of,
    reading_of,
    seat_of,
    sorted_lines,
)

__all__ = [
    "ORDERS",
    "SEED",
    "CellRead",
    "Estimate",
    "GroupRead",
    "Map",
    "Reading",
    "Said",
    "Seat",
    "StatementRead",
    "codes_in",
    "content_of",
    "contents_now",
    "kept_results",
    "map_of",
    "newest_result",
    "orders_of",
    "reading_of",
    "seat_of",
    "sorted_lines",
    "stances_of",
    "votes_of",
]
