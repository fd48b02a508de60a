"""The vote events of one open round, held in memory and read on from where reading ended.

Reading a large round anew with every vote would take seconds; what has come since a moment ago
is a handful of rows. The log is exact: it goes back a little each time, because on PostgreSQL
an event may be committed after one with a higher key, and it is checked against the count of
the database now and then and read again from the start where the two differ.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

from majlis.dialogue import queries as dialogue
from majlis.dialogue.models import Round
from majlis.kernel.lazily import lazily

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    import opinionspace
    from opinionspace import Votes
else:
    np = lazily("numpy")
    opinionspace = lazily("opinionspace")

GOES_BACK = 10.0  # seconds; no vote takes that long from its key to its commit
KEYS_BACK = 2_000  # for as long after a first reading: more votes than come in that time
CHECKED_EVERY = 60.0  # seconds between two counts while votes come in
QUIET_FOR = 5.0  # seconds without a new event after which they are counted once
AT_ONCE = 10_000  # events in one query


@dataclass(frozen=True, slots=True)
class Columns:
    """Events in the order of their keys, with small numbers for voices and statements."""

    keys: npt.NDArray[np.int64]
    voices: npt.NDArray[np.int32]
    statements: npt.NDArray[np.int32]
    seqs: npt.NDArray[np.int32]
    stances: npt.NDArray[np.int8]

    def with_more(self, more: Columns) -> Columns:
        """These and the others, by their keys."""
        pairs = [(getattr(self, name), getattr(more, name)) for name in self.__slots__]
        joined = Columns(*(np.concatenate(pair) for pair in pairs))
        if not len(self.keys) or more.keys[0] > self.keys[-1]:
            return joined
        order = np.argsort(joined.keys, kind="stable")
        return Columns(*(getattr(joined, name)[order] for name in self.__slots__))


class EventLog:
    """Every vote event of a round so far.

    `read_on` asks the database for more; `votes` folds what is held. Not for two threads.
    """

    def __init__(self, round: Round) -> None:
        self.round = round
        self._start()

    def _start(self) -> None:
        none = np.empty(0, np.int32)
        self._held = Columns(none.astype(np.int64), none, none, none, none.astype(np.int8))
        self._voices: dict[int, int] = {}  # rows by the keys of voices, which are large
        self._statements: dict[int, int] = {}
        self._seen: deque[tuple[float, int]] = deque()  # when which key was the highest
        self._goes_back_to = 0
        self._new_at = self._checked_at = -np.inf
        self._is_checked = True

    @property
    def revision(self) -> int:
        """How many events are held: `dialogue.queries.revision` at the time of reading."""
        return len(self._held.keys)

    @property
    def voice_ids(self) -> list[int]:
        """Keys of the voices, in the order of the rows of `votes`."""
        return list(self._voices)

    @property
    def statement_ids(self) -> list[int]:
        """Keys of the statements that have votes, in the order of the columns of `votes`."""
        return list(self._statements)

    def read_on(self, *, at: float | None = None) -> int:
        """Take in what has come since; return how many events are new."""
        at = time.monotonic() if at is None else at
        new = self._take_in(at)
        if new:
            self._new_at, self._is_checked = at, False
        is_quiet = not self._is_checked and at - self._new_at >= QUIET_FOR
        if is_quiet or at - self._checked_at >= CHECKED_EVERY:
            new += self._check(at)
        return new

    def _check(self, at: float) -> int:
        """Count in the database; where it holds more than is found by reading on, start again."""
        n = dialogue.revision(self.round)
        new = self._take_in(at)
        if self.revision < n:
            self._start()
            new = self._take_in(at)
        self._checked_at, self._is_checked = at, True
        return new

    def _take_in(self, at: float) -> int:
        while len(self._seen) > 1 and at - self._seen[1][0] >= GOES_BACK:
            self._seen.popleft()
        if self._seen and at - self._seen[0][0] >= GOES_BACK:
            self._goes_back_to = self._seen[0][1]
        key, before, began = self._goes_back_to, self.revision, time.monotonic()
        while True:
            begin = time.monotonic()
            found = dialogue.events_after(self.round, key, most=AT_ONCE)
            self._add(found)
            if len(found) < AT_ONCE:
                break
            key = int(found.keys[-1])
            time.sleep(time.monotonic() - begin)  # a long reading leaves half of the time to votes
        if not before and self.revision:
            self._goes_back_to = max(0, int(self._held.keys[-1]) - KEYS_BACK)
        if self.revision > before:
            took = time.monotonic() - began
            self._seen.append((at + took, int(self._held.keys[-1])))
        return self.revision - before

    def _add(self, found: dialogue.Events) -> None:
        held = self._held.keys
        near = held[np.searchsorted(held, found.keys[0]) :] if len(found) else held
        new = ~np.isin(found.keys, near)
        if not new.any():
            return
        more = Columns(
            found.keys[new],
            _numbered(found.voices[new], self._voices),
            _numbered(found.statements[new], self._statements),
            found.seqs[new].astype(np.int32),
            found.stances[new].astype(np.int8),
        )
        self._held = self._held.with_more(more)

    def votes(self, *, moderated_out: Collection[int] = ()) -> Votes:
        """The stances that count; rows and columns are numbered as the ids above.

        Raises `opinionspace.BadVotes` while there is no event.
        """
        held = self._held
        mod = {self._statements[pk]: -1 for pk in moderated_out if pk in self._statements}
        stances = _standing(held, len(self._statements))
        return opinionspace.Votes.from_events(held.voices, held.statements, stances, mod=mod)


def _standing(held: Columns, n_statements: int) -> npt.NDArray[np.int8]:
    """The stance of each event, but of cells voted on again that of the highest `seq`.

    Votes are folded in the order of their keys, and the highest `seq` need not be the last key.
    """
    if not len(held.seqs) or held.seqs.max() == 1:
        return held.stances
    cell = held.voices.astype(np.int64) * n_statements + held.statements
    again = np.flatnonzero(np.isin(cell, np.unique(cell[held.seqs > 1])))
    order = again[np.lexsort((held.seqs[again], cell[again]))]
    ends = np.flatnonzero(np.append(np.diff(cell[order]) != 0, True))
    stances = held.stances.copy()
    stances[order] = np.repeat(stances[order[ends]], np.diff(ends, prepend=-1))
    return stances


def _numbered(ids: npt.NDArray[np.int64], numbers: dict[int, int]) -> npt.NDArray[np.int32]:
    """Small numbers for large ids; those not met before get the next ones."""
    return np.array([numbers.setdefault(one, len(numbers)) for one in ids.tolist()], np.int32)
