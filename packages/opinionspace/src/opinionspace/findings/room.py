"""What a room of people said: shares with intervals, groups only where they are real."""

from __future__ import annotations

import json
from html import escape
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from opinionspace._tables import IdArray
from opinionspace.columns import Columns
from opinionspace.digest import canonical_json
from opinionspace.errors import TooLittle
from opinionspace.figures import Bar, Figure, Mark, beeswarm, line, plane
from opinionspace.findings._base import Findings

if TYPE_CHECKING:
    from opinionspace.room.analysis import RoomResult
    from opinionspace.room.counts import Division
    from opinionspace.room.result import Sentence
    from opinionspace.votes import Votes
    from opinionspace.words import GivenWords


PARTS = (
    "attribute", "part", "id", "text", "agree", "disagree", "seen", "agreement", "low", "high"
)  # fmt: skip


class RoomFindings(Findings):
    """What room mode found; `result` holds every number as `opinionspace.room` gives it.

    Examples
    --------
    >>> from opinionspace import Votes
    >>> found = Votes.from_matrix([[1, -1], [1, 1], [1, 0]]).analyse()
    >>> found.sentences[0]
    'No statement has a sure majority yet.'
    >>> found.statements
    <Columns: 2 rows × id, text, agree, disagree, pass, seen, agreement, low, high, divides>
    """

    def __init__(
        self, votes: Votes, result: RoomResult, words: GivenWords = None, weigh: float = 0.0
    ) -> None:
        super().__init__(votes, words, weigh)
        self.result = result

    def __repr__(self) -> str:
        found = self.result.grouping
        return f"<RoomFindings: {found.n_people} people, {len(self.statement_ids)} statements>"

    @property
    def statement_ids(self) -> IdArray:
        return self.result.counts.statement_ids

    @property
    def sentences(self) -> tuple[str, ...]:
        """What can be said, and what cannot, the headline first."""
        return tuple(self.say(one) for one in self.result.sentences)

    def say(self, sentence: Sentence) -> str:
        """Return one sentence in words."""
        numbers = dict(sentence.numbers)
        code = sentence.code
        if numbers.get("gap") == 0:
            code += "_alone"
        if "by" in numbers:
            numbers["by"] = self.words(f"by.{numbers['by']}")
        return self.words(f"sentence.{code}", **numbers)

    @property
    def statements(self) -> Columns:
        """One row for each statement: counts, agreement with its 90 % interval, divisiveness."""
        read = self.result.counts
        agree, disagree, seen = read.whole
        kept = np.isin(self.votes.statement_ids, self.statement_ids)
        return Columns(
            {
                "id": self.statement_ids,
                "text": self.texts,
                "agree": agree,
                "disagree": disagree,
                "pass": seen - agree - disagree,
                "seen": seen,
                "agreement": read.agreement.mean,
                "low": read.agreement.lower,
                "high": read.agreement.upper,
                "divides": read.divisiveness,
                **self._weighted(kept),
            }
        )

    @property
    def people(self) -> Columns:
        """One row for each voice: its group, and where it stands in rooms of twenty or more."""
        found = self.result.grouping
        labels = found.groups.table.labels if found.groups is not None else ()
        table = Columns(
            {
                "id": found.voice_ids,
                "group": [labels[g] if g >= 0 else "" for g in found.group_of_voice.tolist()],
            }
        )
        if found.plane is not None and found.plane.position is not None:
            table |= dict(zip("xy", found.plane.position.T, strict=False))
        return table

    @property
    def parts(self) -> Columns:
        """One row for each part of each attribute, and each group, on each statement."""
        columns: dict[str, list[object]] = {name: [] for name in PARTS}
        texts = self.texts
        for division in self._divisions():
            of = division.cells
            for g, j in np.ndindex(of.seen.shape):
                share = of.agreement
                row: tuple[object, ...] = (
                    of.name,
                    of.labels[g],
                    self.statement_ids[j].item(),
                    texts[j],
                )
                row += tuple(int(one[g, j]) for one in (of.agree, of.disagree, of.seen))
                row += tuple(float(one[g, j]) for one in (share.mean, share.lower, share.upper))
                for column, value in zip(columns.values(), row, strict=True):
                    column.append(value)
        text = {"attribute", "part", "text"}
        return Columns({k: v if k in text else np.array(v) for k, v in columns.items()})

    def _divisions(self) -> list[Division]:
        read = self.result.counts
        return [*read.declared.values(), *([read.groups] if read.groups is not None else [])]

    def order(self, by: str) -> list[int]:
        read = self.result.counts
        of = {"agree": read.agreement.mean, "disagree": read.disagreement.mean}
        return self._known(of.get(by, read.divisiveness))

    def sure(self, by: str) -> list[int]:
        """Return the statements that a majority agrees or disagrees with, whole interval over."""
        read = self.result.counts
        share = read.agreement if by == "agree" else read.disagreement
        return self._known(np.where(np.nan_to_num(share.lower) > 0.5, share.mean, np.nan))

    def _known(self, values: npt.NDArray[np.float64]) -> list[int]:
        known = np.flatnonzero(np.isfinite(values))
        order: list[int] = known[np.argsort(-values[known], kind="stable")].tolist()
        return order

    def bar(self, column: int) -> Bar:
        read = self.result.counts
        agree, disagree, seen = (int(one[column]) for one in read.whole)
        id = self.statement_ids[column].item()
        low, high = (float(one[column]) for one in (read.agreement.lower, read.agreement.upper))
        claimed = bool(read.agreement.claimed[column])
        ends = (low, high) if claimed else (None, None)
        return Bar(id, self.text(id), agree, disagree, seen, *ends)

    def map(self) -> Figure:
        """Draw people on the plane where groups are real, else along the line where that is.

        Raises
        ------
        TooLittle
            When neither is real, or fewer than twenty people could be placed.
        """
        found = self.result.grouping
        seen = found.plane
        if seen is None or seen.position is None:
            raise TooLittle(self.words("figure.nobody"))
        if seen.n_axes == 1 or found.groups is None:
            return line(seen.position[:, 0], self._ends(), self.words)
        placed = np.isfinite(seen.position).all(axis=1)
        marks = [
            Mark(float(x), float(y), int(g))
            for (x, y), g in zip(seen.position[placed], found.group_of_voice[placed], strict=True)
        ]
        names = [self.words("page.group", name=one) for one in found.groups.table.labels]
        return plane(marks, names, self.words)

    def _ends(self) -> tuple[str, str]:
        seen = self.result.grouping.plane
        if seen is None:
            return "", ""
        return "", self.words("figure.agree_with", statement=seen.anchors[0]) + " →"

    def beeswarm(self) -> Figure:
        """Draw statements by how much they divide.

        Raises
        ------
        ValueError
            When no statement has five answers.
        """
        read = self.result.counts
        leaning = read.whole.agree - read.whole.disagree
        ids = self.statement_ids.tolist()
        return beeswarm(ids, self.texts, read.divisiveness, leaning.astype(np.float64), self.words)

    def html(self) -> str:
        from opinionspace.page.room import room_page

        return room_page(self)

    def json(self) -> str:
        result = self.result
        data = {"mode": "room", "digest": result.digest()}
        data |= json.loads(canonical_json(result.facts()))
        return json.dumps(data, ensure_ascii=False, indent=1) + "\n"

    def table(self) -> str:
        from opinionspace.report_room import room_as_table

        return room_as_table(self)

    def _repr_html_(self) -> str:
        figures = [self.bars(5)] if self.order("agree") else []
        return self._shown([escape(one) for one in self.sentences], *figures)
