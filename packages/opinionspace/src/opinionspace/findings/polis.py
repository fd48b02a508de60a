"""What the recipe of Polis makes of votes, to compare with conversations held there."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

import numpy as np

from opinionspace._tables import IdArray
from opinionspace.columns import Columns
from opinionspace.figures import Bar, Figure, Mark, beeswarm, plane
from opinionspace.findings._base import Findings

if TYPE_CHECKING:
    from opinionspace.polis.analysis import Analysis
    from opinionspace.polis.selection import Pick
    from opinionspace.votes import Votes
    from opinionspace.words import GivenWords


def group_name(group: int) -> str:
    """Return A, B … Z, AA, AB … for group 0, 1 … 25, 26, 27 …"""
    before, letter = divmod(group, 26)
    return (group_name(before - 1) if before else "") + chr(ord("A") + letter)


class PolisFindings(Findings):
    """What the recipe of Polis made; `result` holds every number as `opinionspace.polis` gives it.

    Examples
    --------
    >>> from opinionspace import Votes
    >>> votes = Votes.from_matrix([[1, 1, -1], [1, 1, -1], [-1, -1, 1], [-1, 0, 1]])
    >>> found = votes.analyse(mode="polis")
    >>> found.people["group"]
    ['A', 'A', 'B', 'B']
    """

    def __init__(
        self, votes: Votes, result: Analysis, words: GivenWords = None, weigh: float = 0.0
    ) -> None:
        super().__init__(votes, words, weigh)
        self.result = result

    def __repr__(self) -> str:
        people, statements = len(self.result.voice_ids), len(self.statement_ids)
        return f"<PolisFindings: {people} people, {statements} statements, {self.result.k} groups>"

    @property
    def statement_ids(self) -> IdArray:
        return self.result.statement_ids

    @property
    def statements(self) -> Columns:
        """One row for each statement, those that moderators rejected included."""
        result = self.result
        agree, disagree, seen = result.total
        return Columns(
            {
                "id": self.statement_ids,
                "text": self.texts,
                "agree": agree,
                "disagree": disagree,
                "pass": seen - agree - disagree,
                "seen": seen,
                "consensus": result.group_informed_consensus,
                "extremity": result.axes.extremity,
                "priority": result.priorities,
                "moderated_out": result.moderated_out,
                **self._weighted(slice(None)),
            }
        )

    @property
    def people(self) -> Columns:
        """One row for each voice: where it is, and its group; `published` is that of the export."""
        result, published = self.result, self.votes.about.groups
        table = Columns(
            {
                "id": result.voice_ids,
                "x": result.axes.projections[:, 0],
                "y": result.axes.projections[:, 1],
                "group": [group_name(g) if g >= 0 else "" for g in result.group_of_voice.tolist()],
            }
        )
        if published:
            told = [published.get(one) for one in result.voice_ids.tolist()]
            table["published"] = ["" if one is None else str(one) for one in told]
        return table

    @property
    def representative(self) -> Columns:
        """One row for each statement that stands for a group, in the order of the recipe."""
        picks = [(g, pick) for g, picks in enumerate(self.result.representative) for pick in picks]
        ids = [self.statement_ids[pick.statement].item() for _, pick in picks]
        return Columns(
            {
                "group": [group_name(g) for g, _ in picks],
                "id": np.array(ids, dtype=self.statement_ids.dtype),
                "text": [self.text(one) for one in ids],
                "stance": ["agree" if pick.direction > 0 else "disagree" for _, pick in picks],
                "n": np.array([pick.n_success for _, pick in picks], np.int64),
                "of": np.array([pick.n_trials for _, pick in picks], np.int64),
                "repness": np.array([pick.repness for _, pick in picks], np.float64),
            }
        )

    def order(self, by: str) -> list[int]:
        result = self.result
        agree, disagree, seen = (one.astype(np.float64) for one in result.total)
        n = np.maximum(seen, 1.0)
        value = {"agree": agree / n, "disagree": disagree / n}.get(by, 4 * agree * disagree / n**2)
        shown = np.flatnonzero(~result.moderated_out & (seen > 0))
        order: list[int] = shown[np.argsort(-value[shown], kind="stable")].tolist()
        return order

    def bar(self, column: int) -> Bar:
        return self._bar_of(column, None)

    def bar_of(self, group: int, pick: Pick) -> Bar:
        """Return a group's answers to a statement that stands for it."""
        return self._bar_of(pick.statement, group)

    def _bar_of(self, column: int, group: int | None) -> Bar:
        counts = self.result.total if group is None else self.result.counts
        at = column if group is None else (group, column)
        agree, disagree, seen = (int(one[at]) for one in counts)
        id = self.statement_ids[column].item()
        return Bar(id, self.text(id), agree, disagree, seen)

    def map(self) -> Figure:
        """Draw people who stand close as one mark, by group."""
        result = self.result
        marks = [
            Mark(float(x), float(y), int(g), int(n))
            for (x, y), g, n in zip(
                result.bases.centers, result.groups.of_base, result.bases.sizes, strict=True
            )
        ]
        names = [self.words("page.group", name=group_name(g)) for g in range(result.k)]
        people = int(result.bases.sizes.sum())
        says = self.words("figure.map_bundles", people=people, groups=result.k)
        return plane(marks, names, self.words, says=says)

    def beeswarm(self) -> Figure:
        """Draw statements by extremity, which Polis calls divisive: far from the middle."""
        result = self.result
        shown = ~result.moderated_out & (result.total.seen > 0)
        spread = np.where(shown, result.axes.extremity, np.nan)
        leaning = (result.total.agree - result.total.disagree).astype(np.float64)
        return beeswarm(self.statement_ids.tolist(), self.texts, spread, leaning, self.words)

    def html(self) -> str:
        from opinionspace.page.polis import polis_page

        return polis_page(self)

    def json(self) -> str:
        from opinionspace.report import as_json

        return as_json(self)

    def table(self) -> str:
        from opinionspace.report import as_table

        return as_table(self)

    def _repr_html_(self) -> str:
        told = [self.words("caution"), self.words("polis.chosen", k=self.result.k)]
        return self._shown([escape(one) for one in told], self.map())
