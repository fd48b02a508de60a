"""Choose which statement to ask next, so that every constituency is heard."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from opinionspace._tables import frozen
from opinionspace.room.cells import Cells
from opinionspace.room.posterior import Share
from opinionspace.room.result import Routing
from opinionspace.votes import FloatArray, IntArray

JEFFREYS = (0.5, 0.5)


def expected_variance(answers: npt.ArrayLike, prior: tuple[float, float] = JEFFREYS) -> FloatArray:
    r"""Return the variance of agreement to expect after so many answers, whatever they were.

    With a Beta(a, b) prior the posterior variance after `n` answers, averaged over the answers
    that the prior foresees, is

    .. math::

        \mathrm{E}\bigl[\mathrm{Var}(\theta \mid x_1, \dots, x_n)\bigr]
        = \mathrm{Var}(\theta) \, \frac{a + b}{a + b + n},
        \qquad \mathrm{Var}(\theta) = \frac{a b}{(a + b)^2 (a + b + 1)}

    It falls with every answer and depends on their number alone. As weights of what is asked
    next it sends a voice where its own cell has said least, and an order drawn by it tells
    nothing of anybody's stance while a round is open.

    Parameters
    ----------
    answers : array_like of any shape, counts
        How many of a cell have answered a statement, passes included. Not modified.
    prior : pair of positive floats
        Jeffreys' prior unless told otherwise, the one of the whole room's agreement.

    Returns
    -------
    ndarray of the shape of `answers`, positive

    Raises
    ------
    ValueError
        When a count is negative or not finite, or the prior is not positive.

    Examples
    --------
    >>> expected_variance([[0, 1], [3, 9]]).tolist()
    [[0.125, 0.0625], [0.03125, 0.0125]]
    """
    n = np.asarray(answers, np.float64)
    a, b = prior
    if not (np.isfinite(n) & (n >= 0)).all():
        raise ValueError("answers are counted: from 0 on, and finite")
    if not (a > 0 and b > 0):
        raise ValueError(f"a Beta prior has two positive parameters, not {a:g} and {b:g}")
    both = a + b
    return np.asarray(a * b / (both * both * (both + 1.0)) * both / (both + n))


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
