"""Cells: the voices that share a label, and how each statement fares among them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

from opinionspace._given import Column, columns_of, has_names, is_frame, is_missing
from opinionspace._ids import by_id, canonical_ids
from opinionspace._matrix import VOICE_COLUMNS
from opinionspace._short import Short
from opinionspace._tables import frozen
from opinionspace._tally import Counts
from opinionspace.errors import BadVotes
from opinionspace.room.posterior import Share, pooled, pseudo_votes
from opinionspace.votes import IntArray, Votes

Label: TypeAlias = str | int | bool | None
#: A Series or an array, too: anything `opinionspace._given` recognises.
GivenLabels: TypeAlias = Mapping[Any, Label] | Sequence[Label] | Any
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


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Cells(Short):
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
        Pseudo-votes of the others' mean in the posterior of a cell that is like them.
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
    given : mapping from voice id, Series named by id, or sequence in the order of the voices
        A label is text (spaces around it do not count), a whole number, or True or False; None,
        nan, empty text, or absence from a mapping mean that the voice declared nothing. Not
        modified.

    Raises
    ------
    BadVotes
        When a sequence has another length, names are no voices, a column comes without the ids
        beside it, or labels are of several kinds.
    """
    said = by_id(given, votes.voice_ids, name, "voice")
    bare = {at: one.strip() if isinstance(one, str) else one for at, one in said.items()}
    told = {at: one for at, one in bare.items() if not is_missing(one) and one != ""}
    kinds = {_kind_of_label(one, name) for one in told.values()}
    if len(kinds) > 1:
        raise BadVotes(f"labels of {name} are of several kinds ({', '.join(sorted(kinds))})")
    values = {at: int(one) if "number" in kinds else one for at, one in told.items()}
    labels = sorted(set(values.values()))
    place = {label: i for i, label in enumerate(labels)}
    of_voice = np.full(votes.n_voices, -1)
    for at, one in values.items():
        of_voice[at] = place[one]
    return tuple(str(one) for one in labels), of_voice


def named_labels(given: Attributes | Any) -> dict[str, GivenLabels]:
    """Return what is given as attributes, one by one: a mapping, or the columns of a table.

    A data frame with an index is named by its index; another table needs a column of voice ids.

    Raises
    ------
    BadVotes
        When this is neither, or a name is not text.
    """
    if given is None:
        return {}
    if not isinstance(given, Mapping):
        if not is_frame(given) and not hasattr(given, "__arrow_c_stream__"):
            raise BadVotes(
                "attributes are a mapping from name to labels, or a data frame with a row for "
                f"each voice, not {type(given).__name__}"
            )
        columns = columns_of(given)
        ids = [one for one in columns if str(one).replace("_", "-").lower() in VOICE_COLUMNS]
        if ids:
            rows = canonical_ids(columns.pop(ids[0]), "voice").tolist()
            given = {name: Column(one.values, rows) for name, one in columns.items()}
        elif has_names(given):
            given = columns
        else:
            raise BadVotes(
                f"a table of attributes needs a column of voice ids, called {VOICE_COLUMNS[0]}"
            )
    for name in given:
        if not isinstance(name, str):
            raise BadVotes(f"the name of an attribute is text, not {name!r}")
    return dict(given)


def _kind_of_label(one: object, name: str) -> str:
    if isinstance(one, str):
        return "text"
    if isinstance(one, bool | np.bool_):
        return "True or False"
    if isinstance(one, int | np.integer):
        return "number"
    if isinstance(one, float | np.floating) and np.isfinite(one) and one == np.floor(one):
        return "number"
    raise BadVotes(f"a label of {name} is text or a whole number, not {one!r}")


def table(votes: Votes, of_voice: IntArray, labels: tuple[str, ...]) -> Table:
    """Count the votes of each cell.

    `of_voice` is the place of each voice's label, -1 for voices outside every cell.
    """
    k = len(labels)
    voted = (np.diff(votes.indptr) > 0) & (of_voice >= 0)
    sizes = np.bincount(of_voice[voted], minlength=k)
    return Table(labels, votes.counts_by(of_voice, k).rows(slice(k)).frozen(), frozen(sizes))


def cells(name: str, table: Table, whole: Counts, smallest: int = 5) -> Cells:
    """Pool each share of a table of counts towards everybody else's.

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
        pooled(agree, seen, whole.agree, whole.seen, weight),
        pooled(disagree, seen, whole.disagree, whole.seen, weight),
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
