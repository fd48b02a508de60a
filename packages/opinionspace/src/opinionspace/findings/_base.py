"""What findings of both modes share."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from opinionspace._tables import IdArray
from opinionspace.columns import Columns, html_table
from opinionspace.errors import in_one_line
from opinionspace.figures import Bar, Figure, bars
from opinionspace.votes import FloatArray, Votes
from opinionspace.words import GivenWords, Words


class Findings(ABC):
    """What one analysis found: `statements` and `people` as tables, figures, and a page.

    Notebooks show the most important of it.

    Attributes
    ----------
    votes : Votes
        As they were analysed.
    words : Words
        In which labels and sentences are said.
    weigh : float
        How much importance weighs in the weighted shares of `statements`; 0 for not at all.
    """

    def __init__(self, votes: Votes, words: GivenWords = None, weigh: float = 0.0) -> None:
        self.votes, self.words, self.weigh = votes, Words(words), weigh

    @property
    def topic(self) -> str:
        """What the conversation is about, in one line."""
        return in_one_line(self.votes.about.topic) or self.words("page.untitled")

    def text(self, statement_id: object) -> str:
        """Return the wording of a statement in one line; empty where none is known."""
        return in_one_line(self.votes.about.texts.get(statement_id, ""))

    @property
    @abstractmethod
    def statement_ids(self) -> IdArray:
        """Ids of the statements of the result."""

    @property
    def texts(self) -> list[str]:
        """Wordings of the statements of the result, each in one line."""
        return [self.text(one) for one in self.statement_ids.tolist()]

    @property
    @abstractmethod
    def statements(self) -> Columns:
        """One row for each statement of the result."""

    @property
    @abstractmethod
    def people(self) -> Columns:
        """One row for each voice."""

    @abstractmethod
    def order(self, by: str) -> list[int]:
        """Return columns of statements that have answers, the first ones those to be shown."""

    @abstractmethod
    def bar(self, column: int) -> Bar:
        """Return the answers to one statement."""

    @abstractmethod
    def map(self) -> Figure:
        """Draw where people stand."""

    @abstractmethod
    def beeswarm(self) -> Figure:
        """Draw every statement on a scale of how much it sets people apart."""

    @abstractmethod
    def html(self) -> str:
        """Return one page that needs nothing else."""

    @abstractmethod
    def json(self) -> str:
        """Return every number of the result as indented JSON, ending in a newline."""

    @abstractmethod
    def table(self) -> str:
        """Return the result in lines for a terminal, in English."""

    def bars(self, n: int = 10, by: str = "agree") -> Figure:
        """Draw the answers to the first `n` statements by `agree`, `disagree` or `divides`.

        Raises
        ------
        ValueError
            When `by` is none of the three.
        """
        if by not in ("agree", "disagree", "divides"):
            raise ValueError(f"bars are ordered by agree, disagree or divides, not {by!r}")
        return bars([self.bar(j) for j in self.order(by)[:n]], self.words)

    def save(self, path: Path | str) -> None:
        """Write the page to a file."""
        Path(path).write_text(self.html(), encoding="utf-8")

    def _weighted(self, kept: Any) -> dict[str, FloatArray]:
        """Return weighted shares of the statements of the result, where they were asked for."""
        if not self.weigh:
            return {}
        agree, disagree, seen = (one[kept] for one in self.votes.weighted_counts(self.weigh))
        with np.errstate(invalid="ignore", divide="ignore"):
            return {"weighted_agree": agree / seen, "weighted_disagree": disagree / seen}

    def _shown(self, lines: Sequence[str], *figures: Figure) -> str:
        told = "".join(f"<p>{one}</p>" for one in lines)
        return told + "".join(f"<div>{one.svg}</div>" for one in figures)


def as_html_table(table: Columns, names: Sequence[str], words: Words, caption: str) -> str:
    """Return some columns of a table under their names in words."""
    return html_table({words(f"column.{one}"): table[one] for one in names}, caption=caption)
