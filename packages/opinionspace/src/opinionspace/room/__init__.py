"""Room mode: what the votes of 15 to 150 people carry, and when to stay silent.

`find_groups` looks into the votes, `read_counts` needs counts alone, and `analyse` does both
where nothing needs to be hidden.
Never mixed in one picture with the recipe of `opinionspace.polis`.
"""

from opinionspace.room.analysis import RoomResult, analyse
from opinionspace.room.between import Bridging, Standing
from opinionspace.room.cells import Attributes, Cells, Table
from opinionspace.room.counts import CountsRead, Division, read_counts
from opinionspace.room.gate import MOST_PLACED, Answer, Check
from opinionspace.room.groups import Grouping, find_groups
from opinionspace.room.matching import Before
from opinionspace.room.posterior import Share
from opinionspace.room.power import detectable
from opinionspace.room.result import Gate, Groups, Manners, Plane, Routing, Sentence
from opinionspace.room.routing import expected_variance
from opinionspace.room.sentences import manners_of, sentences_of

__all__ = [
    "MOST_PLACED",
    "Answer",
    "Attributes",
    "Before",
    "Bridging",
    "Cells",
    "Check",
    "CountsRead",
    "Division",
    "Gate",
    "Grouping",
    "Groups",
    "Manners",
    "Plane",
    "RoomResult",
    "Routing",
    "Sentence",
    "Share",
    "Standing",
    "Table",
    "analyse",
    "detectable",
    "expected_variance",
    "find_groups",
    "manners_of",
    "read_counts",
    "sentences_of",
]
