"""`Held`: the stances of a table of votes, and what can be asked of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from opinionspace._ids import GivenGroups, amount, groups
from opinionspace._short import Short
from opinionspace._tables import IdArray, cell_of, frozen, stance_of, vote_numbers
from opinionspace._tally import Counts, tally
from opinionspace.errors import BadVotes

AGREE, PASS, DISAGREE = 1, 0, -1

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True, repr=False)
class About(Short):
    """What is told of a conversation beside its votes; results do not follow from it.

    Attributes
    ----------
    topic : str
        In one line; empty where nothing is told.
    texts : mapping from statement id to its wording
    groups : mapping from voice id to a group that was published elsewhere
    """

    topic: str = ""
    texts: Mapping[Any, str] = field(default_factory=dict)
    groups: Mapping[Any, int] = field(default_factory=dict)


NOTHING_TOLD = About()


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Held:
    """The stance that counts of every voice on every statement it voted on: see `Votes`.

    All arrays are read-only. Cells are stored voice by voice, statements ascending: those of
    voice `i` are `indptr[i]` to `indptr[i + 1]`.

    Attributes
    ----------
    voice_ids : ndarray of shape (n_voices,), integers or strings, ascending
    statement_ids : ndarray of shape (n_statements,), integers or strings, ascending
    indptr : int64 ndarray of shape (n_voices + 1,)
    statement_index : uint16 or int32 ndarray of shape (n_votes,)
        Column of each vote.
    stance : int8 ndarray of shape (n_votes,)
        +1 agree, 0 pass, -1 disagree.
    mod : int8 ndarray of shape (n_statements,)
        +1 accepted by a moderator, 0 not looked at, -1 rejected.
    is_meta : bool ndarray of shape (n_statements,)
        True for a statement about the conversation or the speaker rather than the topic.
    log : uint32 or int64 ndarray of shape (n_events,), or None
        Every vote in the order of the log, overwritten ones included, as one number: four
        times (row · n_statements + column), plus the stance plus one. None when the votes
        came without an order (`from_matrix`).
    later : tuple of int
        What `with_vote` added to the log, as the same numbers: the log is not copied for it.
    importance : ndarray of shape (n_votes,), non-negative, or None
        How important voters said their votes are; no analysis uses it unless asked to.
    about : About
        Topic and wordings. Equal votes may be told of differently.
    """

    voice_ids: IdArray
    statement_ids: IdArray
    indptr: IntArray
    statement_index: npt.NDArray[np.integer[Any]]
    stance: npt.NDArray[np.int8]
    mod: npt.NDArray[np.int8]
    is_meta: npt.NDArray[np.bool_]
    log: npt.NDArray[np.integer[Any]] | None = None
    later: tuple[int, ...] = ()
    importance: FloatArray | None = None
    about: About = NOTHING_TOLD

    def __repr__(self) -> str:
        return (
            f"<Votes: {self.n_voices:,} voices × {self.n_statements:,} statements, "
            f"{self.n_votes:,} votes>"
        )

    def __eq__(self, other: object) -> bool:
        """Whether the other holds the same ids, stances, marks, and order of votes."""
        if not isinstance(other, Held):
            return NotImplemented
        return all(
            np.array_equal(one, another)
            for one, another in zip(self._told(), other._told(), strict=True)
        )

    def __hash__(self) -> int:
        return hash((self.n_voices, self.n_statements, *self.stance[:64].tolist()))

    def _told(self) -> tuple[npt.NDArray[Any], ...]:
        log = self.whole_log()
        return (
            self.voice_ids,
            self.statement_ids,
            self.indptr,
            self.statement_index,
            self.stance,
            self.mod,
            self.is_meta,
            np.empty(0, np.int64) if log is None else log,
            np.empty(0) if self.importance is None else self.importance,
        )

    @property
    def n_voices(self) -> int:
        return len(self.voice_ids)

    @property
    def n_statements(self) -> int:
        return len(self.statement_ids)

    @property
    def n_votes(self) -> int:
        """How many cells hold a stance (passes included)."""
        return len(self.stance)

    @property
    def voice_index(self) -> npt.NDArray[np.int32]:
        """Row of each vote, of shape (n_votes,); made on each call."""
        return np.repeat(np.arange(self.n_voices, dtype=np.int32), np.diff(self.indptr))

    @property
    def arrival(self) -> IntArray | None:
        """Position in the log of the *first* vote in each cell, from 0; made on each call.

        Of shape (n_votes,); a revote does not change it. None without the order of the log.
        """
        log = self.whole_log()
        return None if log is None else np.unique(cell_of(log), return_index=True)[1]

    def whole_log(self) -> npt.NDArray[np.integer[Any]] | None:
        """Return `log` with what came later."""
        if self.log is None or not self.later:
            return self.log
        return np.append(self.log, np.array(self.later, dtype=self.log.dtype))

    def dense(self) -> FloatArray:
        """Return a new (n_voices, n_statements) array with nan where nobody voted."""
        table = np.full((self.n_voices, self.n_statements), np.nan)
        table[self.voice_index, self.statement_index] = self.stance
        return table

    def counts(self) -> Counts:
        """Return agree, disagree and all votes of each statement, each (n_statements,)."""
        return self.counts_by(np.full(self.n_voices, -1), 0).total()

    def counts_by(self, group_of_voice: GivenGroups, k: int) -> Counts:
        """Return the same by group, each (k + 1, n_statements).

        `group_of_voice` is from -1 to k - 1; voices in no group are counted in the last row. It
        may be a mapping from voice id or a Series named by id, too.

        Raises
        ------
        BadVotes
            When a group is none of these, or groups cannot be matched with the voices.
        """
        of_voice = groups(group_of_voice, self.voice_ids, k)
        return tally(self.indptr, self.statement_index, self.stance, self.n_statements, of_voice, k)

    def weighted_counts(self, emphasis: float = 1.0) -> tuple[FloatArray, FloatArray, FloatArray]:
        """Return agree, disagree and all votes, each vote weighing 1 + emphasis · importance.

        Each of shape (n_statements,). Without importance every vote weighs 1.

        Raises
        ------
        ValueError
            When `emphasis` is no number from 0.
        """
        emphasis = amount(emphasis, "emphasis")
        given = np.zeros(self.n_votes) if self.importance is None else self.importance
        weight = 1.0 + emphasis * given
        agree, disagree, seen = (
            np.bincount(self.statement_index, weight * kept, self.n_statements).astype(np.float64)
            for kept in (self.stance == AGREE, self.stance == DISAGREE, self.stance != 2)
        )
        return agree, disagree, seen

    def counts_of(self, statement_id: int | str) -> tuple[int, int, int]:
        """Return agree, disagree and all votes of one statement.

        Raises
        ------
        BadVotes
            When there is no such statement.
        """
        column = self._place(self.statement_ids, statement_id, "statement")
        stances = self.stance[self.statement_index == column]
        return (
            int(np.count_nonzero(stances == AGREE)),
            int(np.count_nonzero(stances == DISAGREE)),
            len(stances),
        )

    @staticmethod
    def _place(ids: IdArray, one: int | str, what: str) -> int:
        kinds = (str,) if ids.dtype.kind == "U" else (int, float, np.integer, np.floating)
        if isinstance(one, kinds) and not isinstance(one, bool):
            place = int(np.searchsorted(ids, one))
            if place < len(ids) and ids[place] == one:
                return place
        raise BadVotes(f"there is no {what} {one}")

    def facts(self) -> Mapping[str, object]:
        """Return the votes as plain values for `opinionspace.digest.digest`.

        The order of the log is left out: two logs that end in the same stances have the
        same digest.
        """
        return {
            "voices": self.voice_ids.tolist(),
            "statements": self.statement_ids.tolist(),
            "per_voice": np.diff(self.indptr).tolist(),
            "columns": self.statement_index.tolist(),
            "stances": self.stance.tolist(),
            "mod": self.mod.tolist(),
            "is_meta": self.is_meta.tolist(),
        }

    def _log_of(
        self, rows: npt.NDArray[np.bool_], columns: npt.NDArray[np.bool_]
    ) -> npt.NDArray[np.integer[Any]] | None:
        """Return the part of the log that is on these rows and columns, numbered anew."""
        log = self.whole_log()
        if log is None:
            return None
        row, column = np.divmod(cell_of(log), self.n_statements)
        keep = rows[row] & columns[column]
        places = (np.cumsum(rows) - 1)[row[keep]], (np.cumsum(columns) - 1)[column[keep]]
        shape = int(rows.sum()), int(columns.sum())
        return frozen(vote_numbers(*places, stance_of(log[keep]), shape))
