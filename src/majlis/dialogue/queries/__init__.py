"""Questions about the dialogue, each with a name."""

from majlis.dialogue.queries.ballots import (
    Ballot,
    Card,
    ballot_of,
)
from majlis.dialogue.queries.contributions import (
    own_contributions,
    waiting_contributions,
)
from majlis.dialogue.queries.desk import (
    Waiting,
    queue_of,
    standing_beside,
    with_hints,
)
from majlis.dialogue.queries.exporting import (
    statements_as_csv,
    statements_as_dicts,
)
from majlis.dialogue.queries.lineage import (
    Lineage,
    Outcome,
    lineage_of,
    lineages_of,
    outcomes_of,
)
from majlis.dialogue.queries.rounds import (
    Turnout,
    TurnoutBreakdown,
    ballot_order,
    may_see_results,
    n_answered,
    open_rounds,
    results_open_to,
    rounds_of,
    rounds_shown,
    statements_in,
    turnout,
    turnout_breakdown,
)
from majlis.dialogue.queries.sources import (
    sources_for_disclosure,
    sources_of_all,
)
from majlis.dialogue.queries.statements import (
    n_without_translation,
    narrowed,
    standing_statements,
    statements_of,
    without_translation,
)
from majlis.dialogue.queries.steps import (
    StepRead,
    doer_names,
    steps_of,
    steps_on,
)
from majlis.dialogue.queries.votes import (
    StandingLog,
    StatementCounts,
    VoteMatrix,
    breakdown,
    counts_of,
    counts_of_statement,
    open_votes_in,
    own_votes,
    revision,
    standing_log,
    standing_vote,
    standing_votes,
    vote_matrix,
)

__all__ = [
    "Ballot",
    "Card",
    "Lineage",
    "Outcome",
    "StandingLog",
    "StatementCounts",
    "StepRead",
    "Turnout",
    "TurnoutBreakdown",
    "VoteMatrix",
    "Waiting",
    "ballot_of",
    "ballot_order",
    "breakdown",
    "counts_of",
    "counts_of_statement",
    "doer_names",
    "lineage_of",
    "lineages_of",
    "may_see_results",
    "n_answered",
    "n_without_translation",
    "narrowed",
    "open_rounds",
    "open_votes_in",
    "outcomes_of",
    "own_contributions",
    "own_votes",
    "queue_of",
    "results_open_to",
    "revision",
    "rounds_of",
    "rounds_shown",
    "sources_for_disclosure",
    "sources_of_all",
    "standing_beside",
    "standing_log",
    "standing_statements",
    "standing_vote",
    "standing_votes",
    "statements_as_csv",
    "statements_as_dicts",
    "statements_in",
    "statements_of",
    "steps_of",
    "steps_on",
    "turnout",
    "turnout_breakdown",
    "vote_matrix",
    "waiting_contributions",
    "with_hints",
    "without_translation",
]
