"""Write an export analysed in room mode, in words and numbers or as JSON."""

from __future__ import annotations

import json

import numpy as np

from opinionspace.digest import canonical_json
from opinionspace.export import Export
from opinionspace.report import in_one_line
from opinionspace.room import RoomResult, Sentence

WORDS = {
    "counts_only": "Too few to look for groups: {people} people on {statements} statements, where "
    "{needed} people and {needed_statements} statements are needed. Counts only.",
    "too_large": "{people} people or their statements are more than this mode looks at "
    "(up to {most} people): no groups are looked for.",
    "shared": "A majority surely agrees on {agreed} statements and surely rejects {rejected}; "
    "the surest is #{statement}.",
    "nothing_shared": "No statement has a sure majority yet.",
    "bridged": "Every part ({attribute}) surely agrees on {statements} statements; "
    "the nearest to it is #{statement}.",
    "divides": "What divides most is #{statement} ({spread:.2f} of 1, between people of the {by}).",
    "groups": "{groups} distinct groups can be shown; the smallest has {smallest} people.",
    "one_axis": "People differ along one line, but no distinct groups can be shown. "
    "A split of {gap:.0%} on half of the statements would be found 8 times in 10.",
    "no_groups": "No distinct groups can be shown. "
    "A split of {gap:.0%} on half of the statements would be found 8 times in 10.",
    "too_weak_to_show": "So few people and votes could not show a split of any strength.",
    "few_on_the_map": "{people} people are too few for a map of persons; {needed} are needed.",
    "unplaced": "{people} people cast too few votes to be placed.",
    "no_claim": "{cells} of {of} parts ({attribute}) have statements with fewer than five answers.",
}
#: Where no split can be shown, a gap says nothing.
WITHOUT_GAP = {
    "one_axis": "People differ along one line, but no distinct groups can be shown.",
    "no_groups": "No distinct groups can be shown.",
}


def in_words(sentence: Sentence) -> str:
    """Return a sentence of a room result in English."""
    words = WORDS[sentence.code]
    if sentence.numbers.get("gap") == 0:
        words = WITHOUT_GAP[sentence.code]
    return words.format(**sentence.numbers)


def room_as_json(result: RoomResult) -> str:
    """Return every number of the result as indented JSON, at nine significant digits."""
    data = {"mode": "room", "digest": result.digest(), **json.loads(canonical_json(result.facts()))}
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def room_as_table(result: RoomResult, export: Export) -> str:
    """Return sentences first, then every statement with its shares, most agreed first."""
    bodies = {one.id: in_one_line(one.body or "") for one in export.comments}
    lines = [in_one_line(export.summary.get("topic", "")) or "A conversation", ""]
    lines += [in_words(sentence) for sentence in result.sentences]
    lines += ["", "    id  votes  agree        disagree     divides  statement"]
    read = result.counts
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
            f"{bodies.get(int(read.statement_ids[j]), '')[:60]}"
        )
    return "\n".join([*lines, "", "Shares of all answers, passes included: 90 % intervals.", ""])
