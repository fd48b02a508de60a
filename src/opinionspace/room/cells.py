"""Cells: the voices that share a label, and how each statement fares among them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from opinionspace._tables import frozen
from opinionspace.errors import BadVotes
from opinionspace.room.posterior import Share, pseudo_votes, room_mean, share
from opinionspace.votes import AGREE, DISAGREE, IntArray, Votes

Label: TypeAlias = str | None
GivenLabels: TypeAlias = Mapping[Any, Label] | Sequence[Label]
Attributes: TypeAlias = Mapping[str, GivenLabels]
Counts: TypeAlias = tuple[IntArray, IntArray, IntArray]


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


def tally(votes: Votes, of_voice: npt.NDArray[np.int64], n_cells: int) -> Counts:
    """Return agree, disagree and all answers per cell, each (n_cells, n_statements)."""
    cell = of_voice[votes.voice_index]
    inside = cell >= 0
    place = cell * votes.n_statements + votes.statement_index
    size = n_cells * votes.n_statements
    parts = [
        np.bincount(place[inside & chosen], minlength=size).reshape(n_cells, votes.n_statements)
        for chosen in (votes.stance == AGREE, votes.stance == DISAGREE, inside)
    ]
    return parts[0], parts[1], parts[2]


def cells(
    votes: Votes,
    of_voice: npt.NDArray[np.int64],
    labels: tuple[str, ...],
    *,
    name: str,
    smallest: int,
) -> Cells:
    """Count the votes of each cell and pool each share towards the room's.

    Parameters
    ----------
    of_voice : int ndarray of shape (n_voices,)
        Place of each voice's label, -1 for voices outside every cell; those still count in
        the room's mean.
    """
    counts = tally(votes, of_voice, len(labels))
    voted = (np.diff(votes.indptr) > 0) & (of_voice >= 0)
    sizes = np.bincount(of_voice[voted], minlength=len(labels))
    return counted(counts, votes.counts(), labels, sizes, name=name, smallest=smallest)


def counted(
    counts: Counts,
    totals: Counts,
    labels: tuple[str, ...],
    sizes: IntArray,
    *,
    name: str,
    smallest: int,
) -> Cells:
    """Pool each share of a table of counts towards the room's.

    Parameters
    ----------
    counts : agree, disagree and all answers, each of shape (n_cells, n_statements)
    totals : the same of the whole room, each of shape (n_statements,)
    sizes : int ndarray of shape (n_cells,)
    """
    agree, disagree, seen = counts
    all_agree, all_disagree, all_seen = totals
    weight = pseudo_votes(agree, seen)
    return Cells(
        name,
        labels,
        frozen(sizes),
        frozen(agree),
        frozen(disagree),
        frozen(seen),
        weight,
        share(agree, seen, room_mean(all_agree, all_seen), weight),
        share(disagree, seen, room_mean(all_disagree, all_seen), weight),
        frozen((seen > 0) & (seen < smallest)),
    )
