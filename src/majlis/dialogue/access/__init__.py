"""Fetching is authorising: things of the dialogue by who asks."""

from majlis.dialogue.access.contributions import (
    desk_contributions,
    own_contribution,
)
from majlis.dialogue.access.statements import (
    desk_statement,
    desk_statements,
    desk_step,
)

__all__ = [
    "desk_contributions",
    "desk_statement",
    "desk_statements",
    "desk_step",
    "own_contribution",
]
