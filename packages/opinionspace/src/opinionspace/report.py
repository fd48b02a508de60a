"""Write what the recipe of Polis found as a table for the terminal, or as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

import numpy as np

from opinionspace._terminal import aligned, shortened
from opinionspace.errors import in_one_line
from opinionspace.findings.polis import PolisFindings, group_name
from opinionspace.polis.analysis import Analysis
from opinionspace.polis.selection import Pick
from opinionspace.words import ENGLISH

CAUTION = ENGLISH["caution"]
STATEMENT_HEADER = ("id", "agree", "disagree", "pass", "votes", "GIC", "priority", "statement")


def as_data(found: PolisFindings) -> dict[str, Any]:  # Any: plain JSON values
    """Return the result as plain values, ids and wordings beside every number."""
    result, words = found.result, found.texts
    axes = result.axes
    statements = [
        {
            "id": one,
            "text": words[j],
            "moderated_out": bool(result.moderated_out[j]),
            **{name: int(part[j]) for name, part in result.total._asdict().items()},
            "mean": float(axes.center[j]),
            "components": axes.components[:, j].tolist(),
            "projection": axes.statement_projections[j].tolist(),
            "extremity": float(axes.extremity[j]),
            "group_informed_consensus": float(result.group_informed_consensus[j]),
            "priority": float(result.priorities[j]),
            "groups": [
                {name: int(part[g, j]) for name, part in result.counts._asdict().items()}
                for g in range(result.k)
            ],
        }
        for j, one in enumerate(result.statement_ids.tolist())
    ]
    voices = [
        {
            "id": one,
            "x": float(axes.projections[i, 0]),
            "y": float(axes.projections[i, 1]),
            "included": bool(result.included[i]),
            "group": _or_none(int(result.group_of_voice[i])),
            "base": _or_none(int(result.bases.of_voice[i])),
        }
        for i, one in enumerate(result.voice_ids.tolist())
    ]
    groups = [
        {
            "id": g,
            "name": group_name(g),
            "n_voices": int(np.count_nonzero(result.group_of_voice == g)),
            "center": result.groups.centers[g].tolist(),
            "representative": [
                _pick_data(pick, result, words) for pick in result.representative[g]
            ],
        }
        for g in range(result.k)
    ]
    return {
        "recipe": "polis",
        "caution": CAUTION,
        "topic": in_one_line(found.votes.about.topic),
        "digest": result.digest(),
        "k": result.k,
        "silhouettes": {str(k): value for k, value in result.groups.silhouettes.items()},
        "groups": groups,
        "consensus": {
            "agree": [_pick_data(pick, result, words) for pick in result.consensus_agree],
            "disagree": [_pick_data(pick, result, words) for pick in result.consensus_disagree],
        },
        "statements": statements,
        "voices": voices,
    }


def as_json(found: PolisFindings) -> str:
    """Return `as_data` as indented JSON, ending in a newline."""
    return json.dumps(as_data(found), ensure_ascii=False, indent=1) + "\n"


def as_table(found: PolisFindings) -> str:
    """Return the result in lines for a terminal."""
    result, words = found.result, found.texts
    lines = [found.topic, _size(result), "", CAUTION, _chosen(result), ""]
    for title, picks in _lists(result):
        lines.append(title)
        lines += [
            f"  {stance:8} {share:>5} ({votes})  #{one} {shortened(text, 70)}"
            for one, stance, share, votes, text in _pick_rows(picks, result, words)
        ] or ["  none"]
        lines.append("")
    return "\n".join([*lines, *aligned(STATEMENT_HEADER, *_statement_rows(result, words)), ""])


def _or_none(number: int) -> int | None:
    return None if number < 0 else number


def _pick_data(pick: Pick, result: Analysis, words: list[str]) -> dict[str, Any]:
    said = {
        "statement": result.statement_ids[pick.statement].item(),
        "text": words[pick.statement],
        "direction": _stance(pick),
    }
    return said | {name: value for name, value in asdict(pick).items() if name not in said}


def _stance(pick: Pick) -> str:
    return "agree" if pick.direction > 0 else "disagree"


def _size(result: Analysis) -> str:
    return (
        f"{len(result.voice_ids):,} voices, {len(result.statement_ids):,} statements "
        f"({np.count_nonzero(result.moderated_out):,} moderated out), "
        f"{int(result.total.seen.sum()):,} votes; "
        f"{np.count_nonzero(result.included):,} voices are in the conversation."
    )


def _chosen(result: Analysis) -> str:
    tried = ", ".join(f"{k} groups {value:.3f}" for k, value in result.groups.silhouettes.items())
    groups = "1 group" if result.k == 1 else f"{result.k} groups"
    return f"{groups}. Mean silhouettes: {tried}." if tried else f"{groups}."


def _lists(result: Analysis) -> Iterator[tuple[str, Sequence[Pick]]]:
    for g, picks in enumerate(result.representative):
        n = int(np.count_nonzero(result.group_of_voice == g))
        yield f"Group {group_name(g)}, {n} voices", picks
    yield "Most agree", result.consensus_agree
    yield "Most disagree", result.consensus_disagree


def _pick_rows(picks: Sequence[Pick], result: Analysis, words: list[str]) -> list[list[str]]:
    return [
        [
            str(result.statement_ids[pick.statement]),
            _stance(pick),
            _percent(pick.n_success, pick.n_trials),
            f"{pick.n_success} of {pick.n_trials}",
            words[pick.statement],
        ]
        for pick in picks
    ]


def _statement_rows(result: Analysis, words: list[str]) -> list[list[str]]:
    """Return what is said of each statement that has votes, the most shared first."""
    total, shared = result.total, result.group_informed_consensus
    order = np.lexsort((-shared, result.moderated_out))
    return [
        [
            str(result.statement_ids[j]),
            *(_percent(n, total.seen[j]) for n in (total.agree[j], total.disagree[j])),
            _percent(total.seen[j] - total.agree[j] - total.disagree[j], total.seen[j]),
            str(total.seen[j]),
            f"{shared[j]:.3f}",
            f"{result.priorities[j]:.3f}",
            words[j],
        ]
        for j in order.tolist()
        if not result.moderated_out[j] and total.seen[j]
    ]


def _percent(part: int, whole: int) -> str:
    return f"{100 * part / max(whole, 1):.0f} %"
