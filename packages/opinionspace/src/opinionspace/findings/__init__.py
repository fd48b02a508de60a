"""What an analysis found, as tables, figures, sentences and a page: `Votes.analyse` returns it."""

from opinionspace.findings._base import Findings
from opinionspace.findings.polis import PolisFindings
from opinionspace.findings.room import RoomFindings

__all__ = ["Findings", "PolisFindings", "RoomFindings"]
