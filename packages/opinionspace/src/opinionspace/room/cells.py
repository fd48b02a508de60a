"""Cells: the voices that share a label, and how each statement fares among them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

from opinionspace._tables import frozen
from opinionspace._tally import Counts
from opinionspace.errors import BadVotes
from opinionspace.room.posterior import Share, pseudo_votes, room_mean, share
from opinionspace.votes import IntArray, Votes

Label: TypeAlias = str | None
GivenLabels: TypeAlias = Mapping[Any, Label] | Sequence[Label]
Attributes: TypeAlias = Mapping[str, GivenLabels]


class Table(NamedTuple):
    """Counts by cell, to be read by `read_counts`.

    Attributes
    ----------
    labels : tuple of str
    counts : Counts, each of shape (n_cells, n_statements)
        A statement that may not be broken down holds zeros.
    sizes : int ndarray of shape (n_cells,)
        People of each cell who have voted at all.
    most : Counts, optional
        The highest counts, where only ranges are known; `counts` are then the lowest.
    """

    labels: tuple[str, ...]
    counts: Counts
    sizes: IntArray
    most: Counts | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Cells:
    """Votes of the cells of one attribute, or of the opinion groups, on every statement.

    Rows follow `labels`, columns the statements of the result. All arrays are read-only.

    Attributes
    ----------
    name : str
        The attribute, or `"group"` for opinion groups.
    labels : tuple of str, ascending
    sizes : int ndarray of shape (n_cells,)
        Voices with the label who have voted at all.
    agree, disagree, seen : int ndarray of shape (n_cells, n_statements)
        Answers; `seen` counts passes too.
    pooled_by : float in [1, 4]
        Pseudo-votes of the room's mean in each posterior.
    agreement, disagreement : Share
        Posterior per cell; no claim under five answers.
    small : bool ndarray of shape (n_cells, n_statements)
        Cells with some answers but fewer than the smallest cell that may be shown: for the
        caller's disclosure rule, which must also hide what they could be had from.
    """

    name: str
    labels: tuple[str, ...]
    sizes: IntArray
    agree: IntArray
    disagree: IntArray
    seen: IntArray
    pooled_by: float
    agreement: Share
    disagreement: Share
    small: npt.NDArray[np.bool_]


def label_index(
    given: GivenLabels, votes: Votes, name: str
) -> tuple[tuple[str, ...], npt.NDArray[np.int64]]:
    """Return the labels in ascending order and the place of each voice's label, -1 for none.

    Parameters
    ----------
    given : mapping from voice id, or sequence aligned with `votes.voice_ids`
        A label is text; None, empty text, or absence from a mapping mean that the voice
        declared nothing. Not modified.

    Raises
    ------
    BadVotes
        When a sequence has another length, a mapping names an unknown voice, or a label is
        not text.
    """
    ids = votes.voice_ids.tolist()
    if isinstance(given, Mapping):
        unknown = set(given) - set(ids)
        if unknown:
            raise BadVotes(f"{name} names voice {min(unknown, key=str)}, which is not there")
        said = [given.get(one) for one in ids]
    else:
        said = list(given)
        if len(said) != len(ids):
            raise BadVotes(f"{name} must have one label for each of {len(ids)} voices")
    for one in said:
        if one is not None and not isinstance(one, str):
            raise BadVotes(f"a label of {name} is text, not {one!r}")
    labels = tuple(sorted({one for one in said if one}))
    place = {label: i for i, label in enumerate(labels)}
    return labels, np.array([place[one] if one else -1 for one in said], dtype=np.int64)


def table(votes: Votes, of_voice: IntArray, labels: tuple[str, ...]) -> Table:
    """Count the votes of each cell.

    `of_voice` is the place of each voice's label, -1 for voices outside every cell.
    """
    k = len(labels)
    voted = (np.diff(votes.indptr) > 0) & (of_voice >= 0)
    sizes = np.bincount(of_voice[voted], minlength=k)
    return Table(labels, votes.counts_by(of_voice, k).rows(slice(k)).frozen(), frozen(sizes))


def cells(name: str, table: Table, whole: Counts, smallest: int = 5) -> Cells:
    """Pool each share of a table of counts towards the room's.

    Parameters
    ----------
    whole : Counts, each of shape (n_statements,)
        Also of the voices outside every cell.
    smallest : int
        See `Cells.small`.

    Raises
    ------
    BadVotes
        See `checked`.
    """
    counts = checked(table.counts, (len(table.labels), len(whole.seen)), name)
    agree, disagree, seen = counts
    weight = pseudo_votes(agree, seen)
    return Cells(
        name,
        table.labels,
        frozen(np.array(table.sizes)),
        *counts,
        weight,
        share(agree, seen, room_mean(whole.agree, whole.seen), weight),
        share(disagree, seen, room_mean(whole.disagree, whole.seen), weight),
        frozen((seen > 0) & (seen < smallest)),
    )


def checked(counts: Counts, shape: tuple[int, ...], name: str) -> Counts:
    """Return a copy of the counts, read-only, or refuse what no votes can add up to.

    Raises
    ------
    BadVotes
        When counts have another shape, are negative, or agree and disagree exceed all answers.
    """
    agree, disagree, seen = found = Counts.of(*counts)
    for one in found:
        if one.shape != shape:
            raise BadVotes(f"counts of {name} must have the shape {shape}, not {one.shape}")
    if (agree < 0).any() or (disagree < 0).any() or (agree + disagree > seen).any():
        raise BadVotes(
            f"counts of {name} do not add up: agree and disagree are part of all answers"
        )
    return found
