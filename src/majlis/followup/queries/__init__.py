"""Questions about what became of recommendations. Nothing here writes."""

from majlis.followup.queries.desk import (
    DESK_COLUMNS,
    counted_tabs,
    desk_rows,
    links_of,
    sendable,
)
from majlis.followup.queries.earlier import Earlier, earlier_of
from majlis.followup.queries.history import latest_of, portal_items, timeline_of
from majlis.followup.queries.metrics import metrics_of
from majlis.followup.queries.register import (
    REGISTER_COLUMNS,
    choices_of,
    register,
    register_rows,
    rows_for,
)
from majlis.followup.queries.standing import pairs_of, standing, standing_of, today_in

__all__ = [
    "DESK_COLUMNS",
    "REGISTER_COLUMNS",
    "Earlier",
    "choices_of",
    "counted_tabs",
    "desk_rows",
    "earlier_of",
    "latest_of",
    "links_of",
    "metrics_of",
    "pairs_of",
    "portal_items",
    "register",
    "register_rows",
    "rows_for",
    "sendable",
    "standing",
    "standing_of",
    "timeline_of",
    "today_in",
]
