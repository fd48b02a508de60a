"""Keep names from one result to the next: the labels of groups, the signs of axes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import scipy  # its parts are loaded when they are first needed

from opinionspace._tables import IdArray
from opinionspace.votes import FloatArray


@dataclass(frozen=True, slots=True)
class Before:
    """What a result hands on to the next one, so that groups and axes keep their names.

    Attributes
    ----------
    voice_ids : sequence of ids
    group_of_voice : sequence of int
        Place in `labels` of each voice's group, -1 outside.
    labels : tuple of str
    anchors : tuple of statement ids
        See `Plane.anchors`; empty when there was no axis.
    """

    voice_ids: Sequence[Any]
    group_of_voice: Sequence[int]
    labels: tuple[str, ...] = ()
    anchors: tuple[Any, ...] = ()


def group_names(
    label: npt.NDArray[np.int64],
    voice_ids: IdArray,
    first_axis: FloatArray,
    before: Before | None = None,
) -> list[str]:
    """Return a name for each new group: that of the old group it shares most voices with.

    Names are assigned so that as many voices as possible keep theirs (the Hungarian method);
    a group that shares nobody with its match is new. New groups get the smallest unused
    numbers, from the negative to the positive end of the first axis.

    Parameters
    ----------
    label : int ndarray of shape (n,)
        New group of each voice, -1 outside.
    voice_ids : ndarray of shape (n,)
    first_axis : ndarray of shape (n_groups,)
        Mean position of each group.
    before : Before, optional
        Of the previous result.

    References
    ----------
    .. [1] H. W. Kuhn (1955). The Hungarian method for the assignment problem. Naval Res.
       Logist. Quart. 2, 83-97.
    """
    k = len(first_axis)
    names: list[str | None] = [None] * k
    names_before = before.labels if before is not None else ()
    if before is not None and names_before:
        shared = _shared(label, voice_ids, k, before)
        for new, old in zip(*scipy.optimize.linear_sum_assignment(-shared), strict=True):
            if shared[new, old]:
                names[int(new)] = names_before[int(old)]
    used = {int(name) for name in names if name} | {int(name) for name in names_before}
    free = (number for number in range(1, k + len(used) + 1) if number not in used)
    for new in np.argsort(np.round(first_axis, 9), kind="stable"):
        if names[new] is None:
            names[new] = str(next(free))
    return [str(name) for name in names]


def _shared(
    label: npt.NDArray[np.int64], voice_ids: IdArray, k: int, before: Before
) -> npt.NDArray[np.int64]:
    """Count the voices each new group shares with each old one."""
    old = dict(zip(before.voice_ids, before.group_of_voice, strict=True))
    table = np.zeros((k, len(before.labels)), np.int64)
    for voice, new in zip(voice_ids.tolist(), label.tolist(), strict=True):
        was = old.get(voice, -1)
        if new >= 0 and was >= 0:
            table[new, was] += 1
    return table


def anchor(loading: FloatArray, ids: IdArray, before: object = None) -> int:
    """Return the statement that fixes an axis's sign: the previous one, or the strongest.

    The previous anchor is kept while its loading is at least a tenth of the strongest.

    Parameters
    ----------
    loading : ndarray of shape (m,)
    ids : ndarray of shape (m,)
    before : statement id or None

    Returns
    -------
    int
        Place of the statement.
    """
    size = np.round(np.abs(loading), 9)
    kept = np.flatnonzero(ids == before) if before is not None else np.zeros(0, np.int64)
    if len(kept) and size[kept[0]] >= 0.1 * size.max() and size[kept[0]] > 0:
        return int(kept[0])
    return int(size.argmax())
