"""What participants say and how they vote.

A method here changes its row in memory and refuses what the rules forbid. It never saves.
"""

from majlis.dialogue.models.contributions import AlreadyDealtWith, Contribution
from majlis.dialogue.models.questions import Question, QuestionsClosed, QuestionSet
from majlis.dialogue.models.rounds import ResultsBeingPrepared, Round, RoundClosed
from majlis.dialogue.models.routing import Routing
from majlis.dialogue.models.showings import Showing
from majlis.dialogue.models.statements import LineageEdge, LineageStep, Statement
from majlis.dialogue.models.votes import (
    NotThisDevices,
    NotVotedOn,
    PaperBallot,
    StaleVote,
    VoteEvent,
)

__all__ = [
    "AlreadyDealtWith",
    "Contribution",
    "LineageEdge",
    "LineageStep",
    "NotThisDevices",
    "NotVotedOn",
    "PaperBallot",
    "Question",
    "QuestionSet",
    "QuestionsClosed",
    "ResultsBeingPrepared",
    "Round",
    "RoundClosed",
    "Routing",
    "Showing",
    "StaleVote",
    "Statement",
    "VoteEvent",
]
