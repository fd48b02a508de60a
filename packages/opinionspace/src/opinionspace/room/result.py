"""What a result is made of: frozen values, sentences as codes with numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from opinionspace._short import Short
from opinionspace.room.between import Standing
from opinionspace.room.cells import Table
from opinionspace.room.gate import Answer, Check
from opinionspace.votes import FloatArray, IntArray

FEWEST_ON_A_MAP = 20


@dataclass(frozen=True, slots=True)
class Sentence:
    """Something to say about the room: a code the product has words for, and its numbers.

    Codes and their numbers are listed in `opinionspace.room.sentences`.
    """

    code: str
    numbers: Mapping[str, int | float | str]


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Groups(Short):
    """The discovered groups.

    Attributes
    ----------
    table : Table
        Their labels are numbers that stay with a group from one result to the next.
    standing : tuple of Standing
        Cross-fitted: groups made from one half of the statements are tested on the other half.
    """

    table: Table
    standing: tuple[Standing, ...]


@dataclass(frozen=True, slots=True)
class Gate:
    """Whether groups can be told from none here, why, and what could have been seen.

    Attributes
    ----------
    n_placed, n_statements : int
        People with enough votes to be placed, and statements used.
    n_looked_at : int
        Ballots among which groups were looked for: without people who agree or disagree with
        nearly everything, and with one of each block of identical or nearly identical ballots.
    asked : bool
        False when there are fewer than 10 such ballots or 3 statements to ask about.
    answer : Answer
        `groups`, `borderline` or `none`.
    axis_is_real : bool
    checks : tuple of Check
    detectable : float or None
        Difference in agreement between two equal halves, on half of the statements, that a
        room like this one shows in 8 of 10 cases; None when not even 0.95 would be shown.
    answer_with_all : Answer or None
        What the answer had been with all people placed; None where none is left out.
    """

    n_placed: int
    n_statements: int
    n_looked_at: int
    asked: bool = False
    answer: Answer = Answer.NONE
    axis_is_real: bool = False
    checks: tuple[Check, ...] = ()
    detectable: float | None = None
    answer_with_all: Answer | None = None

    @property
    def opened(self) -> bool:
        """Whether groups are shown."""
        return self.answer is Answer.GROUPS


@dataclass(frozen=True, slots=True)
class Manners:
    """How many people voted in a manner that is no opinion, without saying who.

    Attributes
    ----------
    agreeing, disagreeing : int
        People who agree, or disagree, with nearly everything.
    blocks : tuple of int
        Sizes of the blocks of identical or nearly identical ballots, descending.
    """

    agreeing: int = 0
    disagreeing: int = 0
    blocks: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Plane(Short):
    """Where statements, and in rooms of twenty or more people voices, lie.

    Attributes
    ----------
    n_axes : int
        2 where the gate opened, else 1: nothing is claimed of a second axis.
    anchors : tuple of n_axes statement ids
        The statement that fixes the sign of each axis: its agree side is positive.
    loading : ndarray of shape (n_statements, n_axes)
        Change of stance along one standard deviation of voices; nan for statements that were
        not used.
    position, lower, upper : ndarray of shape (n_voices, n_axes), in stances, or None
        Place of each voice and its 90 % interval, nan for voices with too few votes. None
        under twenty people placed.
    """

    n_axes: int
    anchors: tuple[Any, ...]
    loading: FloatArray
    position: FloatArray | None
    lower: FloatArray | None
    upper: FloatArray | None

    @property
    def extremity(self) -> FloatArray:
        """Length of each statement's loading. Not divisiveness: kept for tools that ask."""
        return np.asarray(np.sqrt((self.loading**2).sum(axis=1)))


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Routing(Short):
    """In what order statements are worth asking; everybody sees every one in time.

    Attributes
    ----------
    attribute : str or None
        The first declared attribute, by whose cells voices are told apart.
    labels : tuple of str
    variance : ndarray of shape (n_labels + 1, n_statements)
        Posterior variance of agreement in each cell; the last row is the whole room, for
        voices without a label.
    order : int ndarray of shape (n_labels + 1, n_statements)
        Columns in the order to ask: largest variance first, which is where a cell has said
        least and is least agreed; then the room's variance, fewest answers, column.
    least_heard : int ndarray of shape (n_statements,)
        Cell with the smallest share of its voices heard; -1 without labels.
    """

    attribute: str | None
    labels: tuple[str, ...]
    variance: FloatArray
    order: IntArray
    least_heard: IntArray

    def next_for(self, label: str | None, answered: Sequence[int] = ()) -> list[int]:
        """Return the columns a voice has yet to see, the most worth asking first.

        Parameters
        ----------
        label : str or None
            The voice's cell; one that is not among `labels` is asked in the room's order.
        answered : sequence of int
            Columns the voice has already answered.
        """
        row = self.labels.index(label) if label in self.labels else len(self.labels)
        done = set(answered)
        return [int(one) for one in self.order[row] if int(one) not in done]
