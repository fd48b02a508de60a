"""The recipe of Polis, to the digit: axes, groups, representative statements, routing.

It gives the same answer as a conversation held on Polis. It also finds groups in votes that
hold none, so it is a way to compare, not a finding by itself.
"""

from opinionspace.polis.analysis import (
    UNSEEN_PRIORITY,
    Analysis,
    analyse,
    group_informed_consensus,
    group_votes,
    participant_statistics,
    priorities,
)
from opinionspace.polis.clusters import (
    Bases,
    Groups,
    bases,
    displayed_k,
    groups,
    silhouette,
    subgroups,
)
from opinionspace.polis.components import Axes, axes
from opinionspace.polis.inclusion import included
from opinionspace.polis.routing import current_priorities
from opinionspace.polis.selection import Pick, consensus, representative

__all__ = [
    "UNSEEN_PRIORITY",
    "Analysis",
    "Axes",
    "Bases",
    "Groups",
    "Pick",
    "analyse",
    "axes",
    "bases",
    "consensus",
    "current_priorities",
    "displayed_k",
    "group_informed_consensus",
    "group_votes",
    "groups",
    "included",
    "participant_statistics",
    "priorities",
    "representative",
    "silhouette",
    "subgroups",
]
