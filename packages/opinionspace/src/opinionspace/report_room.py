"""Write what room mode found in words and numbers for the terminal."""

from __future__ import annotations

import numpy as np

from opinionspace.findings.room import RoomFindings


def room_as_table(found: RoomFindings) -> str:
    """Return sentences first, then every statement with its shares, most agreed first."""
    texts, read = found.statements["text"], found.result.counts
    lines = [found.topic, "", *found.sentences]
    lines += ["", "    id  votes  agree        disagree     divides  statement"]
    agree, disagree = read.agreement, read.disagreement
    for j in np.argsort(-np.nan_to_num(agree.mean, nan=-1.0), kind="stable").tolist():
        shares = [
            f"{share.lower[j]:4.0%} to {share.upper[j]:4.0%}" if share.claimed[j] else "–".ljust(12)
            for share in (agree, disagree)
        ]
        spread = read.divisiveness[j]
        lines.append(
            f"{read.statement_ids[j]!s:>6} {read.whole.seen[j]:6d}  {shares[0]} {shares[1]} "
            f"{'   –' if np.isnan(spread) else f'{spread:4.2f}':>7}  "
            f"{texts[j][:60]}"
        )
    return "\n".join([*lines, "", "Shares of all answers, passes included: 90 % intervals.", ""])
