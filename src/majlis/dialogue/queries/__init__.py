"""Questions about the dialogue, each with a name."""

from majlis.dialogue.models import Showing
from majlis.dialogue.queries.ballots import (
    Ballot,
    Card,
    asked_in,
    ballot_of,
    progress_in,
)
from majlis.dialogue.queries.choosing import (
    Choice,
    matching_contributions,
    matching_statements,
    with_counts,
)
from majlis.dialogue.queries.contributions import (
    n_arrived_since,
    newest_code,
    own_contributions,
)
from majlis.dialogue.queries.desk import (
    likenesses_in,
    queue_of,
    standing_beside,
    with_hints,
)
from majlis.dialogue.queries.events import (
    Events,
    events_after,
)
from majlis.dialogue.queries.exporting import (
    statements_as_csv,
    statements_as_dicts,
    statements_as_table,
)
from majlis.dialogue.queries.lineage import (
    Lineage,
    lineage_of,
    lineages_of,
    outcomes_of,
)
from majlis.dialogue.queries.rounds import (
    Turnout,
    imported_before,
    rounds_of,
    rounds_shown,
    rounds_unfinished,
    statements_in,
    turnout,
    turnout_breakdown,
    turnouts,
)
from majlis.dialogue.queries.showings import (
    FAMILY,
    ShownLog,
    breakdown,
    shown_in,
    shown_log,
    shown_revision,
)
from majlis.dialogue.queries.sources import (
    sources_of_all,
)
from majlis.dialogue.queries.statements import (
    narrowed,
    standing_statements,
    statements_of,
    without_translation,
)
from majlis.dialogue.queries.steps import (
    steps_of,
    steps_on,
)
from majlis.dialogue.queries.votes import (
    counts_of,
    is_large,
    open_votes_in,
    own_votes,
    revision,
    standing_answers,
    standing_vote,
    standing_votes,
    tables_of,
)

__all__ = [
    "FAMILY",
    "Ballot",
    "Card",
    "Choice",
    "Events",
    "Lineage",
    "Showing",
    "ShownLog",
    "Turnout",
    "asked_in",
    "ballot_of",
    "breakdown",
    "counts_of",
    "events_after",
    "imported_before",
    "is_large",
    "likenesses_in",
    "lineage_of",
    "lineages_of",
    "matching_contributions",
    "matching_statements",
    "n_arrived_since",
    "narrowed",
    "newest_code",
    "open_votes_in",
    "outcomes_of",
    "own_contributions",
    "own_votes",
    "progress_in",
    "queue_of",
    "revision",
    "rounds_of",
    "rounds_shown",
    "rounds_unfinished",
    "shown_in",
    "shown_log",
    "shown_revision",
    "sources_of_all",
    "standing_answers",
    "standing_beside",
    "standing_statements",
    "standing_vote",
    "standing_votes",
    "statements_as_csv",
    "statements_as_dicts",
    "statements_as_table",
    "statements_in",
    "statements_of",
    "steps_of",
    "steps_on",
    "tables_of",
    "turnout",
    "turnout_breakdown",
    "turnouts",
    "with_counts",
    "with_hints",
    "without_translation",
]
