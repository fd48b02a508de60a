"""Room mode: what the votes of 15 to 150 people carry, and when to stay silent.

Begin with `analyse`, or with `read_counts` where only counts may be seen.
Never mixed in one picture with the recipe of `opinionspace.polis`.
"""

from opinionspace.room.analysis import analyse
from opinionspace.room.between import Bridging, Standing
from opinionspace.room.cells import Attributes, Cells
from opinionspace.room.counts import CountsRead, read_counts
from opinionspace.room.gate import MOST_PLACED, Check
from opinionspace.room.matching import Before
from opinionspace.room.posterior import Share
from opinionspace.room.power import detectable
from opinionspace.room.result import Division, Gate, Plane, RoomResult, Routing, Sentence
from opinionspace.room.routing import expected_variance

__all__ = [
    "MOST_PLACED",
    "Attributes",
    "Before",
    "Bridging",
    "Cells",
    "Check",
    "CountsRead",
    "Division",
    "Gate",
    "Plane",
    "RoomResult",
    "Routing",
    "Sentence",
    "Share",
    "Standing",
    "analyse",
    "detectable",
    "expected_variance",
    "read_counts",
]
