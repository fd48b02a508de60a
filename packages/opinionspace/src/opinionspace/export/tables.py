"""What an export holds, as frozen values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import numpy.typing as npt

from opinionspace._ids import GivenGroups, amounts
from opinionspace._ids import groups as groups_of
from opinionspace._short import Short
from opinionspace._tables import frozen
from opinionspace.errors import BadExport, BadVotes
from opinionspace.votes import About, FloatArray, IntArray, Votes

MOST_GROUPS = 10**6  # as many as anybody will publish
WITHOUT_TIMES = {
    "votes": ("comment-id", "voter-id", "vote"),
    "comments": ("comment-id", "agrees", "disagrees", "moderated", "is-meta", "comment-body"),
}


@dataclass(frozen=True, slots=True)
class Comment:
    """One statement as an export lists it; None where the export has no such column.

    `agrees` and `disagrees` are what the export says. Polis counts overwritten votes in
    them, so they are not used as counts anywhere.
    """

    id: int
    moderated: int = 0
    is_meta: bool = False
    is_seed: bool | None = None
    body: str | None = None
    author_id: int | None = None
    timestamp: int | None = None
    agrees: int | None = None
    disagrees: int | None = None
    importance: float | None = None


@dataclass(frozen=True, slots=True)
class Participant:
    """One line of participants-votes, apart from the votes themselves.

    `group` is the published group, None for a person who is in none.
    """

    id: int
    group: int | None = None
    n_comments: int = 0
    xid: str | None = None
    n_agree: int | None = None
    n_disagree: int | None = None


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class VoteLog(Short):
    """Every vote cast, as the file lists them: arrays of one length.

    Attributes
    ----------
    comment, voter, stance : ndarray
    timestamp : int ndarray, or None
        As the file has it. None where the export has none; then the file is taken to be in the
        order of time.
    ticks : int
        Units of `timestamp` in a millisecond: 1, 1,000 (microseconds) or 1,000,000.
    important : float ndarray, or None
        How important the voter said a vote is, 0 where nothing is said; None without the column.
    is_ordered : bool
        False where nothing is known about which vote came first.
    """

    comment: IntArray
    voter: IntArray
    stance: npt.NDArray[np.int8]
    timestamp: IntArray | None = None
    ticks: int = 1
    important: FloatArray | None = None
    is_ordered: bool = True

    @property
    def milliseconds(self) -> IntArray | None:
        """Times in milliseconds since 1970, which are below 0 before."""
        return None if self.timestamp is None else self.timestamp // self.ticks

    def __len__(self) -> int:
        return len(self.stance)


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Export(Short):
    """A conversation in the four tables of a Polis export.

    Attributes
    ----------
    log : VoteLog
    comments : tuple of Comment, in the order of the file
    participants : tuple of Participant, in the order of the file
    summary : mapping from key to text, in the order of the file
    headers : mapping from file name to the header it was read with
        Written again as it was; a file that is not named gets the usual header.
    path : Path, or None
        The file that the votes were read from.
    """

    log: VoteLog
    comments: tuple[Comment, ...] = ()
    participants: tuple[Participant, ...] = ()
    summary: Mapping[str, str] = field(default_factory=dict)
    headers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    path: Path | None = None

    def votes(self) -> Votes:
        """Fold the log in the order of time: the last vote of a person on a statement wins.

        Every listed comment is a statement of the result, also one nobody voted on; a
        statement that has votes and is not listed counts as not moderated.

        Raises
        ------
        BadExport, BadVotes
            When the log is empty: of a file that was read, or of one made here.
        """
        log = self.cast()
        order = slice(None) if log.timestamp is None else np.argsort(log.timestamp, kind="stable")
        voter, comment, stance = log.voter[order], log.comment[order], log.stance[order]
        listed = np.array([one.id for one in self.comments], dtype=np.int64)
        votes = Votes.from_events(
            voter,
            comment,
            stance,
            statements=np.union1d(np.unique(comment), listed),
            mod={one.id: one.moderated for one in self.comments},
            is_meta={one.id: one.is_meta for one in self.comments},
        ).with_about(self.about())
        if log.important is not None:
            votes = votes.with_importance(log.important[order])
        return votes if log.is_ordered else votes.without_order()

    def cast(self) -> VoteLog:
        """Return the log, in which there is at least one vote.

        Raises
        ------
        BadExport, BadVotes
            As `votes` does.
        """
        if len(self.log):
            return self.log
        if self.path is None:
            raise BadVotes("there are no votes")
        raise BadExport("there are no votes, only a header", path=self.path)

    def about(self) -> About:
        """Return what is told of the conversation: its topic, its wordings, published groups."""
        return About(
            " ".join(self.summary.get("topic", "").split()),
            {one.id: one.body for one in self.comments if one.body},
            {one.id: one.group for one in self.participants if one.group is not None},
        )

    def groups(self, votes: Votes) -> IntArray:
        """Return the published group of each voice of `votes`, -1 for those in none."""
        published = {one.id: one.group for one in self.participants}
        found = [published.get(int(voice)) for voice in votes.voice_ids]
        return np.array([-1 if one is None else one for one in found], dtype=np.int64)


def export_of(
    votes: Votes,
    *,
    bodies: Mapping[int, str] | None = None,
    groups: GivenGroups | None = None,
    timestamps: npt.ArrayLike | None = None,
    topic: str = "",
    url: str = "",
    description: str = "",
) -> Export:
    """Lay out votes as an export, so that tools made for Polis can read them.

    Parameters
    ----------
    votes : Votes
        Ids must be whole numbers, as in Polis. Written in the order of arrival.
    bodies : mapping from statement id to its wording, optional
    groups : mapping from voice id, Series named by id, or list in the order of the ids, optional
        Group to publish for each voice, -1 for none.
    timestamps : array_like of int of shape (n_votes,), optional
        Milliseconds since 1970 of each cell of `votes`; left out, the export has no times.
    topic, url, description : str
        Lines of the summary.

    Raises
    ------
    BadVotes
        When ids are text, or an array has not one entry per voice or per vote.
    """
    if votes.voice_ids.dtype.kind == "U" or votes.statement_ids.dtype.kind == "U":
        raise BadVotes("an export numbers its voices and statements: text ids cannot be written")
    if timestamps is not None:
        timestamps = whole_numbers(timestamps, "a timestamp", votes.n_votes)
    arrival = votes.arrival
    order = np.arange(votes.n_votes) if arrival is None else np.argsort(arrival, kind="stable")
    log = VoteLog(
        frozen(votes.statement_ids[votes.statement_index][order]),
        frozen(votes.voice_ids[votes.voice_index][order]),
        frozen(votes.stance[order]),
        None if timestamps is None else frozen(timestamps[order]),
    )
    agree, disagree, _ = votes.counts()
    comments = tuple(
        Comment(
            id=int(one),
            moderated=int(votes.mod[column]),
            is_meta=bool(votes.is_meta[column]),
            body=(bodies or {}).get(int(one), ""),
            agrees=int(agree[column]),
            disagrees=int(disagree[column]),
        )
        for column, one in enumerate(votes.statement_ids)
    )
    voted = np.flatnonzero(np.diff(votes.indptr) > 0)
    in_group = np.full(votes.n_voices, -1)
    if groups is not None:
        in_group = groups_of(groups, votes.voice_ids, k=MOST_GROUPS)
    participants = tuple(
        Participant(int(votes.voice_ids[row]), int(in_group[row]) if in_group[row] >= 0 else None)
        for row in voted
    )
    summary = {
        "topic": topic,
        "url": url,
        "voters": str(len(voted)),
        "voters-in-conv": str(int(np.count_nonzero(in_group >= 0)) or len(voted)),
        "comments": str(votes.n_statements),
        "groups": str(len(np.unique(in_group[in_group >= 0]))),
        "conversation-description": description,
    }
    headers = {} if timestamps is not None else WITHOUT_TIMES
    return Export(log, comments, participants, summary, headers)


def whole_numbers(given: npt.ArrayLike, what: str, n: int) -> IntArray:
    """Return `n` whole numbers in their order.

    Raises
    ------
    BadVotes
        When there are more or fewer, or one is no whole number.
    """
    numbers = amounts(given, what)
    if numbers.shape != (n,):
        raise BadVotes(f"{what} must be there for each of the {n} votes")
    if not np.isfinite(numbers).all() or (numbers != np.floor(numbers)).any():
        raise BadVotes(f"{what} is a whole number")
    return numbers.astype(np.int64)
