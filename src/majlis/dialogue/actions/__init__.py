"""What is done in the dialogue. Only actions write."""

from majlis.dialogue.actions.contributions import (
    capture_card,
    offer_contribution,
    withdraw_contribution,
)
from majlis.dialogue.actions.imports import (
    ImportedStatement,
    ImportedVoice,
    ImportedVote,
    Source,
    import_round,
)
from majlis.dialogue.actions.moderation import (
    accept_contribution,
    carry_statement,
    decline,
    merge,
    reword,
    split,
    undo_step,
    withdraw_statement,
)
from majlis.dialogue.actions.paper import ReadingsDiffer, check_ballot, type_ballot
from majlis.dialogue.actions.rounds import (
    ask_again,
    change_round,
    close_round,
    open_round,
    order_statements,
    prepare_round,
    put_statements,
    remove_round,
    take_out_statement,
)
from majlis.dialogue.actions.routing import set_routing
from majlis.dialogue.actions.showings import show_results
from majlis.dialogue.actions.translations import translate_statement
from majlis.dialogue.actions.votes import (
    NUMBER,
    REQUIRE_PAPER,
    KeptVote,
    SentVote,
    cast_number,
    cast_vote,
    give_back_pace,
    keep_pace,
    write_votes,
)
from majlis.dialogue.models.wanted import StepSource, Wanted

__all__ = [
    "NUMBER",
    "REQUIRE_PAPER",
    "ImportedStatement",
    "ImportedVoice",
    "ImportedVote",
    "KeptVote",
    "ReadingsDiffer",
    "SentVote",
    "Source",
    "StepSource",
    "Wanted",
    "accept_contribution",
    "ask_again",
    "capture_card",
    "carry_statement",
    "cast_number",
    "cast_vote",
    "change_round",
    "check_ballot",
    "close_round",
    "decline",
    "give_back_pace",
    "import_round",
    "keep_pace",
    "merge",
    "offer_contribution",
    "open_round",
    "order_statements",
    "prepare_round",
    "put_statements",
    "remove_round",
    "reword",
    "set_routing",
    "show_results",
    "split",
    "take_out_statement",
    "translate_statement",
    "type_ballot",
    "undo_step",
    "withdraw_contribution",
    "withdraw_statement",
    "write_votes",
]
