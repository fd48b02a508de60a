"""What one audience may see of a round's statements, and what follows from it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any

from majlis.dialogue import queries as dialogue
from majlis.kernel.disclosure import Breakdown, Counts, Range, Ranges, passes
from majlis.kernel.lazily import lazily

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    import opinionspace
    from opinionspace import Counts as Tally
    from opinionspace import room
    from opinionspace.room import Grouping, Groups, Share
    from opinionspace.room import ranges as law

    Ids = npt.NDArray[np.int64]
else:
    np = lazily("numpy")
    opinionspace = lazily("opinionspace")
    room = lazily("opinionspace.room")
    law = lazily("opinionspace.room.ranges")

Json = dict[str, Any]  # plain JSON
MOST_SAID = 5  # statements of an opinion group


class AudienceTable:
    """The statements of a round as one audience may see them.

    `seen` are the breakdowns of all statements of `found`, in its order. What is claimed of groups
    (a majority of each, one that stands apart) holds for every count in their ranges.
    """

    def __init__(
        self,
        found: Grouping,
        seen: Sequence[Breakdown],
        codes: Mapping[int, str],
        smallest: int,
        smallest_group: int,
    ) -> None:
        self.found, self.codes, self.smallest = found, codes, smallest
        self.smallest_group = smallest_group
        self.kept = [i for i, one in enumerate(seen) if one.total is not None]
        self.ids = [int(found.statement_ids[i]) for i in self.kept]
        self.totals = [one.total for one in seen if one.total is not None]
        self.seen = [seen[i] for i in self.kept]
        self.groups = [_groups(one) for one in self.seen]
        self.name = "country" if any(one.level == "country" for one in self.seen) else "family"
        whole = np.array([(c.agree, c.disagree, c.answers) for c in self.totals], np.int64)
        self.whole = opinionspace.Counts(*whole.reshape(-1, 3).T)
        keys = sorted({key for groups in self.groups for key in groups if key})
        low, high = (_ends(self.groups, keys, end) for end in ("low", "high"))
        cells = room.Table(tuple(keys), low, low.seen.max(axis=1, initial=0), high)
        self.read = room.read_counts(self.ids, self.whole, {self.name: cells})
        self.gap = law.least_gap(low.agree, high.agree, low.seen)
        self.cells = _entries([one.cells for one in self.seen], self.totals)
        self.families = _entries(self.groups, self.totals) if self.name == "family" else None
        self.apart: dict[int, list[Json]] = {}
        for one in self.read.declared[self.name].standing:
            key = self.read.declared[self.name].cells.labels[one.cell]
            told = {"key": key, "direction": one.direction}
            self.apart.setdefault(one.statement, []).append(told)

    @property
    def shown_groups(self) -> Groups | None:
        """The opinion groups, where each is large enough to be spoken of."""
        groups = self.found.groups
        if groups is None or not passes(groups.table.sizes.tolist(), self.smallest_group):
            return None
        return groups

    def as_json(self) -> Json:
        groups = self.shown_groups
        return {
            "sentences": self._sentences(groups),
            "statements": [self._statement(i) for i in range(len(self.ids))],
            "groups": [] if groups is None else self._group_facts(groups),
        }

    def _sentences(self, groups: Groups | None) -> list[Json]:
        """What is said; nothing that tells of few persons."""
        said = [
            self._sentence(one)
            for one in room.sentences_of(self.read, self.found)
            if one.code != "no_claim"  # each statement says itself how far it is broken down
            and int(one.numbers.get("people", self.smallest)) >= self.smallest
        ]
        if groups is None:
            return said
        sizes = groups.table.sizes
        told = {"groups": len(sizes), "smallest": int(sizes.min())}
        without = {"no_groups", "one_axis", "too_weak_to_show"}
        return [
            *(one for one in said if one["code"] not in without),
            {"code": "groups", "numbers": told},
        ]

    def _sentence(self, sentence: room.Sentence) -> Json:
        numbers = {
            name: self.codes[int(value)] if name == "statement" else value
            for name, value in sentence.numbers.items()
        }
        return {"code": sentence.code, "numbers": numbers}

    def _statement(self, i: int) -> Json:
        seen, total, division = self.seen[i], self.totals[i], self.read.declared[self.name]
        return {
            "code": self.codes[self.ids[i]],
            "level": seen.level,
            "total": [total.agree, total.disagree, total.passed],
            "agree": _interval(self.read.agreement, i),
            "disagree": _interval(self.read.disagreement, i),
            "cells": self.cells[i],
            "families": self.families[i] if self.families is not None else [],
            "bridging": division.bridging.probability[i],
            "spread": self.gap[i],
            "divisiveness": self.read.divisiveness[i],
            "apart": self.apart.get(i, []),
        }

    def _group_facts(self, groups: Groups) -> list[Json]:
        """Each opinion group with its size and a few statements that set it apart, no counts."""
        place = {full: i for i, full in enumerate(self.kept)}
        return [
            {
                "label": label,
                "size": int(groups.table.sizes[row]),
                "apart": [
                    {
                        "code": self.codes[self.ids[place[one.statement]]],
                        "direction": one.direction,
                    }
                    for one in groups.standing
                    if one.cell == row and one.statement in place
                ][:MOST_SAID],
            }
            for row, label in enumerate(groups.table.labels)
        ]


def _groups(seen: Breakdown) -> Mapping[str, Ranges]:
    """The ranges by family, added up where constituencies are shown, or by country."""
    if seen.level != "constituency":
        return seen.cells
    total: dict[str, Ranges] = {}
    for key, ranges in seen.cells.items():
        family = dialogue.FAMILY.label((key, ""))
        total[family] = total[family] + ranges if family in total else ranges
    return total


def _ends(groups: Sequence[Mapping[str, Ranges]], keys: Sequence[str], end: str) -> Tally:
    """Counts by group and statement at one end of their ranges; 0 where nothing is shown."""
    nothing = Ranges(0, Range(0, 0), Range(0, 0))
    rows = [[one.get(key, nothing) for one in groups] for key in keys]
    agree, disagree = (
        [[getattr(getattr(ranges, name), end) for ranges in row] for row in rows]
        for name in ("agree", "disagree")
    )
    shape = (len(keys), len(groups))
    seen = [[ranges.answers for ranges in row] for row in rows]
    return opinionspace.Counts(
        *(np.array(one, np.int64).reshape(shape) for one in (agree, disagree, seen))
    )


def _entries(groups: Sequence[Mapping[str, Ranges]], totals: Sequence[Counts]) -> list[list[Json]]:
    """Of each statement its groups with their answers, their ranges, and the widest interval over
    each range."""
    counts = [len(cells) for cells in groups]
    flat = [ranges for cells in groups for ranges in cells.values()]
    answers = [one.answers for one in flat]
    asked = np.repeat([one.answers for one in totals], counts)
    sides = {}
    for side in ("agree", "disagree"):
        agreed = np.repeat([getattr(one, side) for one in totals], counts)
        sides[side] = _ranges([getattr(one, side) for one in flat], answers, agreed, asked)
    entries = (
        {"key": key, "answers": n, "agree": agree, "disagree": disagree}
        for key, n, agree, disagree in zip(
            (key for cells in groups for key in cells), answers, *sides.values(), strict=True
        )
    )
    return [list(islice(entries, n)) for n in counts]


def _ranges(of: Sequence[Range], answers: Sequence[int], agreed: Ids, asked: Ids) -> list[Json]:
    lower, upper = law.widest([o.low for o in of], [o.high for o in of], answers, agreed, asked)
    return [
        {
            "low": one.low,
            "high": one.high,
            "word": None if one.word is None else one.word.value,
            "likely": None if np.isnan(least) else [least, most],
        }
        for one, least, most in zip(of, lower.tolist(), upper.tolist(), strict=True)
    ]


def _interval(of: Share, *place: int) -> list[float] | None:
    if not of.claimed[place]:
        return None
    return [float(part[place]) for part in (of.mean, of.lower, of.upper)]
