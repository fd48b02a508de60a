"""What becomes of recommendations: pairs and their history, and who endorses them."""

from majlis.followup.models.endorsements import Endorsement
from majlis.followup.models.pairs import (
    NO_PROOF,
    Entry,
    FocalLink,
    Follow,
    Note,
    PlannedAction,
    Proof,
)

__all__ = [
    "NO_PROOF",
    "Endorsement",
    "Entry",
    "FocalLink",
    "Follow",
    "Note",
    "PlannedAction",
    "Proof",
]
