"""What becomes of recommendations: pairs and their history, and who endorses them."""

from majlis.followup.models.endorsements import Endorsement
from majlis.followup.models.pairs import (
    Entry,
    FocalLink,
    Follow,
    Note,
    PlannedAction,
    Proof,
)

__all__ = [
    "Endorsement",
    "Entry",
    "FocalLink",
    "Follow",
    "Note",
    "PlannedAction",
    "Proof",
]
