"""Map opinions: from votes to positions, groups and consensus, and to what votes cannot show.

Pure functions on NumPy and SciPy: no clock, no global random state, inputs are never
changed. Begin with `Votes`.
"""

from opinionspace._tally import Counts
from opinionspace.columns import Columns
from opinionspace.digest import canonical_json, digest
from opinionspace.errors import BadExport, BadVotes, OpinionError, TooLittle
from opinionspace.votes import AGREE, DISAGREE, PASS, About, Votes

__version__ = "0.2.0"

__all__ = [
    "AGREE",
    "DISAGREE",
    "PASS",
    "About",
    "BadExport",
    "BadVotes",
    "Columns",
    "Counts",
    "OpinionError",
    "TooLittle",
    "Votes",
    "canonical_json",
    "digest",
]
