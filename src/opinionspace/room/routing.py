"""Which statement to ask next, so that no constituency stays unheard."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from opinionspace._tables import frozen
from opinionspace.room.cells import Cells
from opinionspace.room.posterior import Share
from opinionspace.room.result import Routing
from opinionspace.votes import IntArray


def routing(
    room: Share,
    seen: IntArray,
    cells: Cells | None = None,
    of_voice: npt.NDArray[np.int64] | None = None,
) -> Routing:
    """Order the statements for the voices of each cell, and for voices of none.

    Parameters
    ----------
    room : Share of shape (n_statements,)
        Agreement of the whole room.
    seen : int ndarray of shape (n_statements,)
    cells : Cells, optional
        Those of the attribute by which voices are told apart.
    of_voice : int ndarray of shape (n_voices,), with `cells`
        Place of each voice's label, -1 for none; voices yet to vote count as unheard.
    """
    columns = np.arange(len(seen))
    attribute: str | None = None
    labels: tuple[str, ...] = ()
    if cells is None or of_voice is None:
        own, heard = room.variance[None], seen[None]
        least = np.full(len(seen), -1)
    else:
        own = np.concatenate([cells.agreement.variance, room.variance[None]])
        heard = np.concatenate([cells.seen, seen[None]])
        people = np.bincount(of_voice[of_voice >= 0], minlength=len(cells.labels))
        share = cells.seen / np.maximum(people, 1)[:, None]
        least = np.round(share, 12).argmin(axis=0) if len(people) else np.full(len(seen), -1)
        attribute, labels = cells.name, cells.labels
    common = np.round(room.variance, 12)
    order = [
        np.lexsort((columns, answers, -common, -np.round(variance, 12)))
        for variance, answers in zip(own, heard, strict=True)
    ]
    return Routing(
        attribute,
        labels,
        frozen(np.asarray(own)),
        frozen(np.array(order, dtype=np.int64)),
        frozen(np.asarray(least, dtype=np.int64)),
    )
