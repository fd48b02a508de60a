"""What `analyse` returns: frozen values, sentences as codes with numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
import numpy.typing as npt

from opinionspace._tables import IdArray
from opinionspace.digest import digest
from opinionspace.room.between import Bridging, Standing
from opinionspace.room.cells import Cells
from opinionspace.room.gate import Check
from opinionspace.room.matching import Before
from opinionspace.room.posterior import Share
from opinionspace.votes import FloatArray, IntArray

FEWEST_ON_A_MAP = 20


@dataclass(frozen=True, slots=True)
class Sentence:
    """Something to say about the room: a code the product has words for, and its numbers.

    Codes and their numbers are listed in `opinionspace.room.sentences`.
    """

    code: str
    numbers: Mapping[str, int | float | str]


@dataclass(frozen=True, slots=True, eq=False)
class Division:
    """The room cut into cells, declared or discovered, and what that shows.

    Attributes
    ----------
    cells : Cells
    bridging : Bridging
    spread : ndarray of shape (n_statements,), in [0, 1]
        Divisiveness between these cells; nan where fewer than two have five answers.
    standing : tuple of Standing
        Statements that set a cell apart, false discoveries held at 10 %.
    """

    cells: Cells
    bridging: Bridging
    spread: FloatArray
    standing: tuple[Standing, ...]


@dataclass(frozen=True, slots=True)
class Gate:
    """Whether groups can be told from none here, why, and what could have been seen.

    Attributes
    ----------
    asked : bool
        False when there are fewer than 10 people or 3 statements to ask about.
    opened, axis_is_real : bool
    checks : tuple of Check
    n_placed, n_statements : int
        People with enough votes to be placed, and statements used.
    detectable : float or None
        Difference in agreement between two equal halves, on half of the statements, that a
        room like this one shows in 8 of 10 cases; None when not even 0.95 would be shown.
    """

    asked: bool
    opened: bool
    axis_is_real: bool
    checks: tuple[Check, ...]
    n_placed: int
    n_statements: int
    detectable: float | None


@dataclass(frozen=True, slots=True, eq=False)
class Plane:
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


@dataclass(frozen=True, slots=True, eq=False)
class Routing:
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


@dataclass(frozen=True, slots=True, eq=False)
class RoomResult:
    """What one room's votes carry; all arrays are read-only.

    Columns follow `statement_ids`: those of the votes without statements a moderator
    rejected. Rows of persons follow `voice_ids`.

    Attributes
    ----------
    version : str
        Of this package.
    seed, smallest : int
        As given.
    voice_ids, statement_ids : ndarray
    n_people : int
        Voices with at least one vote.
    agree, disagree, seen : int ndarray of shape (n_statements,)
        Answers; `seen` counts passes too.
    small : bool ndarray of shape (n_statements,)
        Statements with some answers but fewer than `smallest`.
    agreement, disagreement : Share
        Of the whole room.
    declared : tuple of Division
        One per attribute, in the order of their names.
    groups : Division or None
        The discovered groups; None unless the gate opened. Its `standing` is cross-fitted:
        groups made from one half of the statements are tested on the other half.
    group_of_voice : int ndarray of shape (n_voices,)
        Row of `groups.cells`, -1 for voices outside.
    divisiveness : ndarray of shape (n_statements,), in [0, 1]
        `groups.spread`, or where there are no groups 4·p·(1 - p).
    gate : Gate
    plane : Plane or None
        None unless the first axis is real.
    routing : Routing
    sentences : tuple of Sentence
        Never empty.
    """

    version: str
    seed: int
    smallest: int
    voice_ids: IdArray
    statement_ids: IdArray
    n_people: int
    agree: IntArray
    disagree: IntArray
    seen: IntArray
    small: npt.NDArray[np.bool_]
    agreement: Share
    disagreement: Share
    declared: tuple[Division, ...]
    groups: Division | None
    group_of_voice: IntArray
    divisiveness: FloatArray
    gate: Gate
    plane: Plane | None
    routing: Routing
    sentences: tuple[Sentence, ...]

    @property
    def before(self) -> Before:
        """What the next result needs of this one to keep its names."""
        return Before(
            self.voice_ids.tolist(),
            self.group_of_voice.tolist(),
            self.groups.cells.labels if self.groups is not None else (),
            self.plane.anchors if self.plane is not None else (),
        )

    def facts(self) -> Mapping[str, Any]:  # Any: plain values of many kinds
        """Return every field by name, as `opinionspace.digest` takes them."""
        return {field.name: getattr(self, field.name) for field in fields(self)}

    def digest(self) -> str:
        """Return the SHA-256 of all fields at nine significant digits."""
        return digest(self)
