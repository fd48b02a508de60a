"""`Votes`: who took which stance on what, as a frozen sparse table."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, overload

import numpy as np
import numpy.typing as npt

from opinionspace._held import (
    AGREE,
    DISAGREE,
    NOTHING_TOLD,
    PASS,
    About,
    FloatArray,
    Held,
    IntArray,
)
from opinionspace._ids import (
    MOST_WEIGHT,
    GivenMarks,
    amount,
    amounts,
    indexed,
    marks,
    mask,
    one_log,
    stance_array,
)
from opinionspace._matrix import cells_of
from opinionspace._tables import cell_of, fold_log, frozen
from opinionspace.errors import BadVotes

if TYPE_CHECKING:
    from opinionspace.findings import Findings, PolisFindings, RoomFindings
    from opinionspace.words import GivenWords

MODES = {
    "room": ("attributes", "seed", "previous", "smallest"),
    "polis": ("k", "threshold", "keep"),
}
__all__ = ["AGREE", "DISAGREE", "NOTHING_TOLD", "PASS", "About", "FloatArray", "IntArray", "Votes"]


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Votes(Held):
    """The stance that counts of every voice on every statement it voted on.

    Build one with `read` (files), `from_events` (a log, the last vote wins) or `from_matrix`.
    All order voices and statements by id, so the value does not depend on the order of the log.
    """

    @classmethod
    def read(cls, source: Path | str, *, agree: int | None = None) -> Votes:
        """Read the votes of an export of Polis: a folder, or one file of it.

        Wordings, topic and published groups come along in `about`. See
        `opinionspace.export.read_export` for what is understood.

        Parameters
        ----------
        source : path
            The folder of the files as they were downloaded; or `votes.csv`, or
            `participants-votes.csv`, which is then read alone.
        agree : 1 or -1, optional
            The number that means agree; left out it is 1, and checked where counts are there.

        Raises
        ------
        BadExport
            With file and line, when a file cannot be read or there are no votes.
        """
        from opinionspace.export import read_export

        return read_export(source, agree=agree).votes()

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
        is_known = cell < end and self.statement_index[cell] == column
        told = None if self.importance is None else self.importance.copy()
        if told is not None and is_known:
            told[cell] = 0.0
        elif told is not None:
            told = np.insert(told, cell, 0.0)
        told = None if told is None else frozen(told)
        if is_known:
            changed = self.stance.copy()
            changed[cell] = new[0]
            return replace(self, stance=frozen(changed), later=later, importance=told)
        indptr = self.indptr.copy()
        indptr[row + 1 :] += 1
        return replace(
            self,
            indptr=frozen(indptr),
            statement_index=frozen(np.insert(self.statement_index, cell, column)),
            stance=frozen(np.insert(self.stance, cell, new)),
            later=later,
            importance=told,
        )

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
            (),
            None if self.importance is None else frozen(self.importance[keep]),
            self.about,
        )

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

    def with_importance(self, given: npt.ArrayLike) -> Votes:
        """Return the same votes, each with how important its voter said it is.

        Parameters
        ----------
        given : array_like of shape (n_events,), non-negative
            One number for each vote of the log, overwritten ones included; that of the last vote
            on a statement counts. Not modified.

        Raises
        ------
        BadVotes
            When these votes have no log, or a number is negative, missing, or one too many.
        """
        log, numbers = self.whole_log(), amounts(given, "importance")
        if log is None:
            raise BadVotes(
                "importance is given for each vote of a log, and these votes have none, only a "
                "table: make them with Votes.from_events"
            )
        if numbers.shape != log.shape:
            raise BadVotes(
                f"importance must have one number for each of {len(log)} votes of the log"
            )
        if not ((numbers >= 0) & (numbers <= MOST_WEIGHT)).all():
            raise BadVotes(f"importance is a number from 0 to {MOST_WEIGHT:g}")
        order = np.argsort(cell_of(log), kind="stable")
        ordered = cell_of(log)[order]
        last = order[np.append(ordered[1:] != ordered[:-1], True)]
        return replace(self, importance=frozen(numbers[last]))

    def with_about(self, about: About) -> Votes:
        """Return the same votes with what is told of them."""
        return replace(self, about=about)

    @overload
    def analyse(
        self,
        mode: Literal["room"] = "room",
        *,
        attributes: Any = None,
        seed: int = 1,
        smallest: int = 5,
        weigh: float = 0.0,
        words: GivenWords = None,
    ) -> RoomFindings: ...

    @overload
    def analyse(
        self,
        mode: Literal["polis"],
        *,
        k: int | None = None,
        threshold: int = 7,
        keep: Any = (),
        weigh: float = 0.0,
        words: GivenWords = None,
    ) -> PolisFindings: ...

    @overload
    def analyse(self, mode: str) -> Findings: ...

    def analyse(
        self, mode: str = "room", *, weigh: float = 0.0, words: GivenWords = None, **options: Any
    ) -> Findings:
        """Analyse these votes, as a room of people or by the recipe of Polis.

        Parameters
        ----------
        mode : `"room"` or `"polis"`
            `room` is made for 15 to 150 people and shows groups only where they are real;
            `polis` gives what Polis would.
        attributes, seed, smallest : of room mode
            See `opinionspace.room.analyse`.
        k, threshold, keep : of the recipe of Polis
            See `opinionspace.polis.analyse`.
        weigh : float from 0
            How much the importance that voters gave their answers weighs in the weighted shares
            of `statements`; 0 leaves them out. Nothing else follows from importance.
        words : mapping or function, optional
            What labels and sentences say: see `opinionspace.words`.

        Returns
        -------
        RoomFindings or PolisFindings

        Raises
        ------
        TooLittle
            In `polis` mode, when the votes hold nothing to work on.
        BadVotes
            When labels or ids cannot be matched with the voices.
        ValueError
            When the mode is neither, or an option is not one of the mode's.

        Examples
        --------
        >>> votes = Votes.from_matrix([[1, -1], [1, 1], [1, 0]])
        >>> print(votes.analyse().sentences[0])
        No statement has a sure majority yet.
        """
        from opinionspace.findings import PolisFindings, RoomFindings
        from opinionspace.polis import analyse as by_recipe
        from opinionspace.room import analyse as as_room

        known = MODES.get(mode)
        if known is None:
            raise ValueError(f"the mode is room or polis, not {mode!r}")
        if other := sorted(set(options) - set(known)):
            raise ValueError(f"{other[0]} is no option of {mode}, which has {', '.join(known)}")
        weigh = amount(weigh, "weigh")
        if mode == "polis":
            return PolisFindings(self, by_recipe(self, **options), words, weigh)
        return RoomFindings(self, as_room(self, **options), words, weigh)
