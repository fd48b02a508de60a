"""Write an analysed export as a table for the terminal, as JSON, or as one HTML page."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from html import escape
from typing import Any

import numpy as np

from opinionspace.errors import printable
from opinionspace.export import Export
from opinionspace.polis import Analysis, Pick

CAUTION = (
    "By the recipe of Polis, which finds two groups or more in any votes: "
    "a way to compare, not a finding."
)
COLOURS = ("#0b5d7a", "#b3541e", "#4a6b2f", "#7a3b72", "#8a6d00")
SIDE, MARGIN = 640, 24
STATEMENT_HEADER = ("id", "agree", "disagree", "pass", "votes", "GIC", "priority", "statement")
PICK_HEADER = ("id", "stance", "share", "votes", "statement")


def wordings(result: Analysis, export: Export) -> list[str]:
    """Return the wording of each statement of the result, empty where the export has none."""
    bodies = {one.id: one.body or "" for one in export.comments}
    return [in_one_line(bodies.get(int(one), "")) for one in result.statement_ids]


def in_one_line(text: str) -> str:
    """Return people's words for a page or a terminal: in one line, and without control signs."""
    return printable(" ".join(text.split()))


def _topic(export: Export) -> str:
    return in_one_line(export.summary.get("topic", "")) or "A conversation"


def group_name(group: int) -> str:
    """Return A, B, C … for group 0, 1, 2 …"""
    return chr(ord("A") + group)


def as_data(result: Analysis, export: Export) -> dict[str, Any]:  # Any: plain JSON values
    """Return the result as plain values, ids and wordings beside every number."""
    words, axes = wordings(result, export), result.axes
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
        "topic": in_one_line(export.summary.get("topic", "")),
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


def as_json(result: Analysis, export: Export) -> str:
    """Return `as_data` as indented JSON, ending in a newline."""
    return json.dumps(as_data(result, export), ensure_ascii=False, indent=1) + "\n"


def as_table(result: Analysis, export: Export) -> str:
    """Return the result in lines for a terminal."""
    words = wordings(result, export)
    lines = [_topic(export), _size(result), "", CAUTION, _chosen(result), ""]
    for title, picks in _lists(result):
        lines.append(title)
        lines += [
            f"  {stance:8} {share:>5} ({votes})  #{one} {_shortened(text, 70)}"
            for one, stance, share, votes, text in _pick_rows(picks, result, words)
        ] or ["  none"]
        lines.append("")
    for *numbers, text in (STATEMENT_HEADER, *_statement_rows(result, words)):
        aligned = map(str.rjust, numbers, (6, 7, 9, 5, 7, 6, 9))
        lines.append(f"{' '.join(aligned)}  {_shortened(text, 60)}")
    return "\n".join(lines) + "\n"


def as_html(result: Analysis, export: Export) -> str:
    """Return one page that needs nothing else: map, lists, and all numbers as tables."""
    words, topic = wordings(result, export), escape(_topic(export))
    lists = "".join(
        f"<h2>{escape(title)}</h2>\n"
        + (_table(PICK_HEADER, _pick_rows(picks, result, words)) if picks else "<p>None.</p>\n")
        for title, picks in _lists(result)
    )
    return (
        f'<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width">\n'
        f"<title>{topic}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<main>\n"
        f"<h1>{topic}</h1>\n<p>{escape(_size(result))}</p>\n"
        f'<p class="caution">{escape(CAUTION)}</p>\n<p>{escape(_chosen(result))}</p>\n'
        f"{_map(result)}{lists}<h2>All statements</h2>\n"
        f"{_table(STATEMENT_HEADER, _statement_rows(result, words))}"
        f"<p>GIC is group-informed consensus: the product over groups of the probability of "
        f"agreeing. Digest of the result: <code>{result.digest()}</code></p>\n"
        "</main>\n</body>\n</html>\n"
    )


STYLE = (
    "body{font:1rem/1.5 system-ui,sans-serif;color:#1a1a1a;background:#fff;margin:0}"
    "main{max-inline-size:60rem;margin:auto;padding:1rem}"
    "table{border-collapse:collapse;inline-size:100%;font-size:.9rem}"
    "th,td{text-align:start;padding:.25rem .5rem;border-block-end:1px solid #ddd;"
    "vertical-align:top}td:not(:last-child){white-space:nowrap}"
    ".caution{border-inline-start:.3rem solid #b3541e;padding-inline-start:.75rem}"
    "svg{max-inline-size:100%;block-size:auto}h2{margin-block-start:2rem}"
    "@media print{main{max-inline-size:none}}"
)


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


def _shortened(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def _table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    head = "".join(f'<th scope="col">{escape(one)}</th>' for one in header)
    body = "".join(
        "<tr>" + "".join(f'<td dir="auto">{escape(one)}</td>' for one in row) + "</tr>\n"
        for row in rows
    )
    return f"<table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{body}</tbody>\n</table>\n"


def _map(result: Analysis) -> str:
    """Draw bases as circles whose area follows their size, lettered and coloured by group."""
    centers, sizes = result.bases.centers, result.bases.sizes
    low, high = centers.min(axis=0), centers.max(axis=0)
    scale = (SIDE - 2 * MARGIN) / (float((high - low).max()) or 1.0)
    place = MARGIN + (centers - low) * scale
    width, height = (MARGIN * 2 + (high - low) * scale).tolist()
    radius = 4 + 10 * np.sqrt(sizes / sizes.max())
    marks = "".join(
        f'<circle cx="{x:.1f}" cy="{height - y:.1f}" r="{r:.1f}" fill="{COLOURS[g % 5]}" '
        f'fill-opacity=".75"/><text x="{x:.1f}" y="{height - y + 3.5:.1f}" font-size="10" '
        f'text-anchor="middle" fill="#fff">{group_name(g)}</text>'
        for (x, y), r, g in zip(
            place.tolist(), radius.tolist(), result.groups.of_base.tolist(), strict=True
        )
    )
    label = f"Map of {len(sizes)} bundles of voices in {result.k} groups"
    return (
        f'<figure><svg viewBox="0 0 {width:.0f} {height:.0f}" width="{width:.0f}" role="img" '
        f'aria-label="{label}">{marks}</svg>\n<figcaption>{label}. Voices that vote alike are '
        "close; an axis has no meaning of its own.</figcaption></figure>\n"
    )
