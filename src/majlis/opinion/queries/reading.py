"""From what has been shown of a round to what its votes carry: plain JSON that can be made again.

Groups and axes are found in the votes themselves. Everything said of statements is made from the
counts that each audience may see, and from nothing else, so that no figure tells more than they.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

import opinionspace
from majlis.dialogue import queries as dialogue
from majlis.dialogue.models import Round, Statement
from majlis.dialogue.states import Stance
from majlis.kernel.disclosure import Audience, Breakdown, Counts, passes
from majlis.registration.models import Voice
from opinionspace import Votes, room
from opinionspace.room import CountsRead, Division, Grouping, Groups, Share, Table

Json = dict[str, Any]  # plain JSON
Ints = npt.NDArray[np.int64]


def content_of(round: Round, *, seed: int) -> Json | None:
    """What a round's shown votes carry; None without any."""
    log = dialogue.shown_log(round)
    if not len(log.stances):
        return None
    votes = votes_of(log)
    codes = codes_in(round)
    found = room.find_groups(votes, seed)
    tables = {
        str(audience): _Table(
            found,
            dialogue.shown_in(round, audience),
            codes,
            audience,
            round.edition.smallest(audience),
        ).as_json()
        for audience in Audience
    }
    content = {
        "people": found.n_people,
        "gate": found.gate,
        "anchors": [] if found.plane is None else [codes.statement[a] for a in found.plane.anchors],
        "voices": _voices(found, codes),
        "tables": tables,
    }
    return dict(json.loads(opinionspace.canonical_json(content)))


def votes_of(log: dialogue.ShownLog) -> Votes:
    """The log as the maths takes it."""
    return Votes.from_events(
        log.voices,
        log.statements,
        log.stances,
        statements=log.statement_ids,
        mod=dict.fromkeys(log.moderated_out, -1),
    )


@dataclass(frozen=True, slots=True)
class Codes:
    """Public codes by id; numbers of rows never leave the server."""

    voice: Mapping[int, str]
    statement: Mapping[int, str]


def codes_in(round: Round) -> Codes:
    """The codes of the round's statements, and of all voices that may have voted on them."""
    voices = Voice.objects.filter(edition=round.edition_id)
    statements = Statement.objects.filter(round=round)
    return Codes(dict(voices.values_list("pk", "code")), dict(statements.values_list("pk", "code")))


def _voices(found: Grouping, codes: Codes) -> list[Json]:
    """Where each voice lies, for its own eyes and for the map; nothing while no axis is real."""
    plane = found.plane
    if plane is None or plane.position is None or plane.lower is None or plane.upper is None:
        return []
    labels = found.groups.table.labels if found.groups is not None else ()
    rows = []
    for i, pk in enumerate(found.voice_ids.tolist()):
        if np.isnan(plane.position[i]).any():
            continue
        group = int(found.group_of_voice[i])
        rows.append(
            {
                "code": codes.voice[pk],
                "group": labels[group] if group >= 0 else "",
                "at": plane.position[i],
                "low": plane.lower[i],
                "high": plane.upper[i],
            }
        )
    return sorted(rows, key=lambda row: str(row["code"]))


class _Table:
    """What one audience may see of the statements of a round, and what follows from it."""

    def __init__(
        self,
        found: Grouping,
        shown: Mapping[int, dialogue.Showing],
        codes: Codes,
        audience: Audience,
        smallest: int,
    ) -> None:
        self.found, self.codes, self.smallest = found, codes, smallest
        ids = found.statement_ids.tolist()
        seen = [dialogue.breakdown(shown.get(pk), audience) for pk in ids]
        self.kept = [i for i, one in enumerate(seen) if one.total is not None]
        self.ids = [ids[i] for i in self.kept]
        self.seen = [seen[i] for i in self.kept]
        self.groups = self._groups()
        self.read = self._read()

    def _groups(self) -> list[dict[str, Counts]]:
        """Counts by opinion group of each statement, where every group may be told apart.

        Voices outside every group are a group too: theirs could be had by subtraction.
        """
        groups = self.found.groups
        if groups is None or not passes(groups.table.sizes.tolist(), self.smallest):
            return [{} for _ in self.kept]
        of = groups.table
        found = []
        for i, seen in zip(self.kept, self.seen, strict=True):
            parts = np.stack([table[:, i] for table in of.counts], axis=1)
            answers = (seen.total or Counts()).answers
            outside = answers - int(parts[:, 2].sum())
            fit = passes([*parts[:, 2].tolist(), outside], self.smallest)
            found.append(
                {
                    label: Counts(int(a), int(d), int(s - a - d))
                    for label, (a, d, s) in zip(of.labels, parts.tolist(), strict=True)
                }
                if fit
                else {}
            )
        return found

    def _read(self) -> CountsRead:
        totals, groups = [one.total or Counts() for one in self.seen], self.found.groups
        if groups is not None:
            labels, sizes = groups.table.labels, groups.table.sizes
            shown = _table(self.groups, labels)._replace(sizes=sizes)
            groups = replace(groups, table=shown) if any(self.groups) else None
        return room.read_counts(
            self.ids,
            opinionspace.Counts.of(
                [one.agree for one in totals],
                [one.disagree for one in totals],
                [one.answers for one in totals],
            ),
            {
                "family": _table([_families(one) for one in self.seen]),
                **{
                    level: _table([one.cells if one.level == level else {} for one in self.seen])
                    for level in ("constituency", "country")
                },
            },
            groups,
            self.smallest,
        )

    def as_json(self) -> Json:
        groups = self.found.groups if any(self.groups) else None
        said = room.sentences_of(self.read, self.found)
        return {
            "sentences": [self._sentence(one) for one in said if self._may(one)],
            "statements": [self._statement(i) for i in range(len(self.ids))],
            "groups": [] if groups is None else self._group_facts(groups),
        }

    def _may(self, sentence: room.Sentence) -> bool:
        """What tells of few persons, or of groups this audience may not see, is not said."""
        if int(sentence.numbers.get("people", self.smallest)) < self.smallest:
            return False
        if sentence.code == "groups":
            return any(self.groups)
        if sentence.code == "bridged":
            return sentence.numbers["attribute"] in {"family", "group"}
        return sentence.code != "no_claim"  # each statement says itself how far it is broken down

    def _sentence(self, sentence: room.Sentence) -> Json:
        numbers = {
            name: self.codes.statement[int(value)] if name == "statement" else value
            for name, value in sentence.numbers.items()
        }
        return {"code": sentence.code, "numbers": numbers}

    def _statement(self, i: int) -> Json:
        seen, read = self.seen[i], self.read
        family = read.declared["family"]
        level = seen.level if seen.level in read.declared else "family"
        return {
            "code": self.codes.statement[self.ids[i]],
            "level": seen.level,
            "total": _triple(seen.total or Counts()),
            "agree": _interval(read.agreement, i),
            "disagree": _interval(read.disagreement, i),
            "cells": _cells(seen.cells, read.declared[level], i),
            "families": _cells(_families(seen), family, i),
            "groups": _cells(self.groups[i], read.groups, i) if read.groups else [],
            "bridging": family.bridging.probability[i],
            "spread": family.spread[i],
            "divisiveness": read.divisiveness[i],
            "apart": [
                {"key": family.cells.labels[one.cell], "direction": one.direction}
                for one in family.standing
                if one.statement == i
            ],
        }

    def _group_facts(self, groups: Groups) -> list[Json]:
        """Each group with its size and the statements that set it apart, told without counts."""
        place = {full: i for i, full in enumerate(self.kept)}
        return [
            {
                "label": label,
                "size": int(groups.table.sizes[row]),
                "apart": [
                    {
                        "code": self.codes.statement[self.ids[place[one.statement]]],
                        "direction": one.direction,
                    }
                    for one in groups.standing
                    if one.cell == row and one.statement in place
                ],
            }
            for row, label in enumerate(groups.table.labels)
        ]


def _families(seen: Breakdown) -> Mapping[str, Counts]:
    """Counts by family, added up where constituencies are shown."""
    if seen.level != "constituency":
        return seen.cells if seen.level == "family" else {}
    total: dict[str, Counts] = {}
    for key, counts in seen.cells.items():
        family = dialogue.FAMILY.label((key, ""))
        total[family] = total.get(family, Counts()) + counts
    return total


def _table(columns: Sequence[Mapping[str, Counts]], labels: Sequence[str] = ()) -> Table:
    """Counts by cell and statement; voices who declared nothing are in no cell."""
    rows = tuple(labels) or tuple(sorted({key for column in columns for key in column if key}))
    nothing = Counts()
    found = np.array(
        [[_seen(column.get(key, nothing)) for column in columns] for key in rows],
        dtype=np.int64,
    ).reshape(len(rows), len(columns), 3)
    counts = opinionspace.Counts(found[..., 0], found[..., 1], found[..., 2])
    return Table(rows, counts, counts.seen.max(axis=1, initial=0))


def _seen(counts: Counts) -> list[int]:
    return [counts.agree, counts.disagree, counts.answers]


def _cells(cells: Mapping[str, Counts], division: Division | None, i: int) -> list[Json]:
    """Each cell with its counts and, where five answers allow a claim, its intervals."""
    if division is None:
        return []
    rows = {label: row for row, label in enumerate(division.cells.labels)}
    return [
        {
            "key": key,
            "counts": _triple(counts),
            "agree": _interval(division.cells.agreement, rows.get(key), i),
            "disagree": _interval(division.cells.disagreement, rows.get(key), i),
        }
        for key, counts in sorted(cells.items())
    ]


def _interval(of: Share, *place: int | None) -> list[float] | None:
    if None in place or not of.claimed[place]:
        return None
    return [float(part[place]) for part in (of.mean, of.lower, of.upper)]


def _triple(counts: Counts) -> list[int]:
    return [counts.agree, counts.disagree, counts.passed]


def stances_of(round: Round, voice: Voice) -> dict[str, Stance]:
    """A voice's own standing stances in a round, by statement code."""
    own = dialogue.own_votes(round, voice).values()
    codes = dict(Statement.objects.filter(round=round).values_list("pk", "code"))
    return {codes[vote.statement_id]: Stance(vote.stance) for vote in own}
