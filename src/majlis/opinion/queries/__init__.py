"""What the results of a round say, as far as it may be shown to whom."""

from majlis.opinion.queries.maps import Map, map_of
from majlis.opinion.queries.reading import codes_in, made_of, stances_of, votes_of
from majlis.opinion.queries.shown import (
    SEED,
    GroupRead,
    OwnPlace,
    RangeRead,
    Reading,
    ResultBeingMade,
    Said,
    StatementRead,
    WholeRead,
    contents_now,
    is_being_made,
    job_of,
    kept_results,
    orders_of,
    own_place,
    reading_of,
    sorted_lines,
)

__all__ = [
    "SEED",
    "GroupRead",
    "Map",
    "OwnPlace",
    "RangeRead",
    "Reading",
    "ResultBeingMade",
    "Said",
    "StatementRead",
    "WholeRead",
    "codes_in",
    "contents_now",
    "is_being_made",
    "job_of",
    "kept_results",
    "made_of",
    "map_of",
    "orders_of",
    "own_place",
    "reading_of",
    "sorted_lines",
    "stances_of",
    "votes_of",
]
