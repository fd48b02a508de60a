"""Write what room mode found in words and numbers for the terminal."""

from __future__ import annotations

import numpy as np

from opinionspace._terminal import aligned
from opinionspace.findings.room import RoomFindings
from opinionspace.room.posterior import Share

HEADER = ("id", "votes", "agree", "disagree", "divides", "statement")
NOTE = "Shares of all answers, passes included: 90 % intervals."


def room_as_table(found: RoomFindings) -> str:
    """Return sentences first, then every statement with its shares, most agreed first."""
    texts, read = found.texts, found.result.counts
    rows = [
        (
            str(read.statement_ids[j]),
            str(read.whole.seen[j]),
            _ends(read.agreement, j),
            _ends(read.disagreement, j),
            "–" if np.isnan(read.divisiveness[j]) else f"{read.divisiveness[j]:.2f}",
            texts[j],
        )
        for j in np.argsort(-np.nan_to_num(read.agreement.mean, nan=-1.0), kind="stable").tolist()
    ]
    table = aligned(HEADER, *rows)
    return "\n".join([found.topic, "", *found.sentences, "", *table, "", NOTE, ""])


def _ends(share: Share, j: int) -> str:
    if not share.claimed[j]:
        return "–"
    return f"{100 * share.lower[j]:.0f} to {100 * share.upper[j]:.0f} %"
