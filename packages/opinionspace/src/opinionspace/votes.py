"""`Votes`: who took which stance on what, as a frozen sparse table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from opinionspace._ids import (
    GivenGroups,
    GivenMarks,
    groups,
    indexed,
    marks,
    mask,
    one_log,
    stance_array,
)
from opinionspace._matrix import cells_of
from opinionspace._tables import IdArray, cell_of, fold_log, frozen, stance_of, vote_numbers
from opinionspace._tally import Counts, tally
from opinionspace.errors import BadVotes

AGREE, PASS, DISAGREE = 1, 0, -1

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Votes:
    """The stance that counts of every voice on every statement it voted on.

    Build one with `from_events` (a log, the last vote wins) or `from_matrix`. Both order
    voices and statements by id, so the value does not depend on the order of the log.
    All arrays are read-only. Cells are stored voice by voice, statements ascending:
    those of voice `i` are `indptr[i]` to `indptr[i + 1]`.

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

    @classmethod
    def from_events(
        cls,
        voice_ids: npt.ArrayLike,
        statement_ids: npt.ArrayLike,
        stances: npt.ArrayLike,
        *,
        voices: npt.ArrayLike | None = None,
        statements: npt.ArrayLike | None = None,
        mod: GivenMarks = None,
        is_meta: GivenMarks = None,
    ) -> Votes:
        """Fold a log of votes, oldest first: of one voice on one statement the last wins.

        Parameters
        ----------
        voice_ids, statement_ids : array_like of shape (n_events,), integers or strings
        stances : array_like of shape (n_events,)
            +1 agree, 0 pass, -1 disagree. None of the three inputs is modified.
        voices, statements : array_like of ids, optional
            Everybody, and everything, there is: adds those without a vote. Every id in
            the log must then be among them.
        mod, is_meta : mapping from statement id, or array_like aligned with `statements`
            Moderation (+1, 0, -1) and the meta mark; 0 and False where nothing is said.

        Raises
        ------
        BadVotes
            When the three inputs differ in length, the log is empty, a stance is not one
            of the three, an id is missing or nan, an id repeats in `voices` or
            `statements`, an id of the log is not among them, or a mark names an unknown
            statement or holds another value.

        Examples
        --------
        >>> votes = Votes.from_events(["b", "a", "b"], [7, 7, 7], [1, 0, -1])
        >>> votes.voice_ids.tolist(), votes.stance.tolist()
        (['a', 'b'], [0, -1])
        """
        columns = one_log(
            (voice_ids, "voice ids"), (statement_ids, "statement ids"), (stances, "stances")
        )
        stance = stance_array(columns[2])
        all_voices, voice = indexed(columns[0], voices, "voice")
        all_statements, statement = indexed(columns[1], statements, "statement")
        if not len(stance) == len(voice) == len(statement):
            raise BadVotes(
                "voice ids, statement ids and stances must have one entry per vote, "
                f"but there are {len(voice)}, {len(statement)} and {len(stance)}"
            )
        cells = fold_log(voice, statement, stance, len(all_voices), len(all_statements))
        return cls(
            frozen(all_voices),
            frozen(all_statements),
            frozen(cells.indptr),
            frozen(cells.column),
            frozen(cells.stance),
            frozen(marks(mod, all_statements, statements, "mod", (-1, 0, 1)).astype(np.int8)),
            frozen(marks(is_meta, all_statements, statements, "is_meta", (0, 1)).astype(bool)),
            frozen(cells.log),
        )

    @classmethod
    def from_matrix(
        cls,
        matrix: npt.ArrayLike,
        *,
        voice_ids: npt.ArrayLike | None = None,
        statement_ids: npt.ArrayLike | None = None,
        mod: GivenMarks = None,
        is_meta: GivenMarks = None,
    ) -> Votes:
        """Read a table of voices × statements, nan where a voice has not voted.

        Parameters
        ----------
        matrix : array_like of shape (n_voices, n_statements)
            +1 agree, 0 pass, -1 disagree, nan not voted. Not modified.
        voice_ids, statement_ids : array_like of ids, default 0, 1, 2, …
        mod, is_meta : as in `from_events`; arrays are aligned with the columns.

        Raises
        ------
        BadVotes
            When the table is not two-dimensional or holds no vote, an id repeats or is
            missing, or a value is none of the four.
        """
        table = cells_of(matrix, voice_ids, statement_ids)
        votes = cls.from_events(
            table.voices[table.row],
            table.statements[table.column],
            table.stance,
            voices=table.voices,
            statements=table.statements,
            mod=mod,
            is_meta=is_meta,
        )
        return votes.without_order()

    def __repr__(self) -> str:
        return (
            f"<Votes: {self.n_voices:,} voices × {self.n_statements:,} statements, "
            f"{self.n_votes:,} votes>"
        )

    def __eq__(self, other: object) -> bool:
        """Whether the other holds the same ids, stances, marks, and order of votes."""
        if not isinstance(other, Votes):
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

    def with_vote(self, voice_id: int | str, statement_id: int | str, stance: int) -> Votes:
        """Return these votes and one more, cast after all others.

        The same as folding the log again with one more line, in the time of one copy. The
        voice and the statement must be known already.

        Raises
        ------
        BadVotes
            When the voice or the statement is not known, or the stance not one of the three.
        """
        row = self._place(self.voice_ids, voice_id, "voice")
        column = self._place(self.statement_ids, statement_id, "statement")
        new = stance_array([stance])
        later = self.later
        if self.log is not None:
            later += ((row * self.n_statements + column) * 4 + int(new[0]) + 1,)
        begin, end = self.indptr[row], self.indptr[row + 1]
        cell = begin + int(np.searchsorted(self.statement_index[begin:end], column))
        if cell < end and self.statement_index[cell] == column:
            changed = self.stance.copy()
            changed[cell] = new[0]
            return replace(self, stance=frozen(changed), later=later)
        indptr = self.indptr.copy()
        indptr[row + 1 :] += 1
        return replace(
            self,
            indptr=frozen(indptr),
            statement_index=frozen(np.insert(self.statement_index, cell, column)),
            stance=frozen(np.insert(self.stance, cell, new)),
            later=later,
        )

    @staticmethod
    def _place(ids: IdArray, one: int | str, what: str) -> int:
        if isinstance(one, str) == (ids.dtype.kind == "U"):
            place = int(np.searchsorted(ids, one))
            if place < len(ids) and ids[place] == one:
                return place
        raise BadVotes(f"there is no {what} {one}")

    def select(
        self,
        *,
        voices: GivenMarks = None,
        statements: GivenMarks = None,
    ) -> Votes:
        """Return the votes of the voices and on the statements whose mask is True.

        Parameters
        ----------
        voices, statements : mapping from id, Series named by id, or array in the order of the ids
            True for what is kept; left out, all are.

        Raises
        ------
        BadVotes
            When a mask leaves an id out, names an unknown one, or holds anything but True and
            False.
        """
        rows = mask(voices, self.voice_ids, "voice")
        columns = mask(statements, self.statement_ids, "statement")
        row_of = self.voice_index
        keep = rows[row_of] & columns[self.statement_index]
        per_voice = np.bincount(row_of[keep], minlength=self.n_voices)[rows]
        new_column = np.cumsum(columns) - 1
        index = new_column[self.statement_index[keep]].astype(self.statement_index.dtype)
        return Votes(
            frozen(self.voice_ids[rows]),
            frozen(self.statement_ids[columns]),
            frozen(np.concatenate([[0], np.cumsum(per_voice)]).astype(np.int64)),
            frozen(index),
            frozen(self.stance[keep]),
            frozen(self.mod[columns]),
            frozen(self.is_meta[columns]),
            self._log_of(rows, columns),
        )

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

    def with_marks(self, *, mod: GivenMarks = None, is_meta: GivenMarks = None) -> Votes:
        """Return the same votes under other moderation; what is left out stays."""
        ids, new = self.statement_ids, self
        if mod is not None:
            given = marks(mod, ids, ids, "mod", (-1, 0, 1)).astype(np.int8)
            new = replace(new, mod=frozen(given))
        if is_meta is not None:
            given_meta = marks(is_meta, ids, ids, "is_meta", (0, 1)).astype(bool)
            new = replace(new, is_meta=frozen(given_meta))
        return new

    def without_order(self) -> Votes:
        """Return the same votes with nothing known about which came first."""
        return replace(self, log=None, later=())

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
