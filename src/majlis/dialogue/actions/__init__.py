"""What is done in the dialogue. Only actions write."""

from majlis.dialogue.actions.imports import (
    ImportedStatement,
    ImportedVoice,
    ImportedVote,
    import_round,
)
from majlis.dialogue.actions.rounds import (
    change_round,
    close_round,
    open_round,
    order_statements,
    prepare_round,
    put_statements,
    remove_round,
    take_out_statement,
)
from majlis.dialogue.actions.votes import cast_vote

__all__ = [
    "ImportedStatement",
    "ImportedVoice",
    "ImportedVote",
    "cast_vote",
    "change_round",
    "close_round",
    "import_round",
    "open_round",
    "order_statements",
    "prepare_round",
    "put_statements",
    "remove_round",
    "take_out_statement",
]
