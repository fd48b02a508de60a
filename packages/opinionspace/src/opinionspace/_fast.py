"""The compiled loops of `opinionspace-fast`, where they are installed, and whether they serve.

They are an extra (`pip install opinionspace[fast]`) and change no number that is told: results
agree to nine significant digits, and so do their digests. Without them, or with
OPINIONSPACE_FAST=0 in the environment, NumPy and SciPy do the same work in more time.
"""

from __future__ import annotations

import importlib
import os
from typing import Any

import numpy as np
import numpy.typing as npt

#: A vote is one number of two bytes, so a table has no more statements than this.
MOST_STATEMENTS = 2**14

FloatArray = npt.NDArray[np.float64]
Whole = npt.NDArray[np.int64]


def _loops() -> Any:  # Any: a module that need not be there
    if os.environ.get("OPINIONSPACE_FAST") == "0":
        return None
    try:
        return importlib.import_module("opinionspace_fast")
    except ImportError:
        return None


loops: Any = _loops()


def serves(n_statements: int) -> bool:
    """Return whether a table of so many statements is handed to the compiled loops."""
    return loops is not None and n_statements <= MOST_STATEMENTS


def fold(
    voice: npt.NDArray[np.integer[Any]],
    statement: npt.NDArray[np.integer[Any]],
    stance: npt.NDArray[np.int8],
    shape: tuple[int, int],
    log: npt.NDArray[np.integer[Any]],
) -> tuple[Whole, npt.NDArray[np.uint16], npt.NDArray[np.int8]]:
    """Return where each voice begins, its statements ascending, and its last stance on each.

    `log` is filled as `_tables.vote_numbers` says.
    """
    start = np.empty(shape[0] + 1, dtype=np.int64)
    column, kept = np.empty(len(voice), dtype=np.uint16), np.empty(len(voice), dtype=np.int8)
    ids = (np.ascontiguousarray(one, dtype=np.int64) for one in (voice, statement))
    given = *ids, np.ascontiguousarray(stance), start, column, kept, log
    n = loops.fold(*given, shape[1], log.itemsize)
    return (start, column, kept) if n == len(voice) else (start, column[:n].copy(), kept[:n].copy())


class Product:
    """The centred table of votes as a factor, without making it.

    A cell is its stance less the mean of its statement, so three values stand for each
    statement. `@` a vector and `back @` a vector are the two products that axes need.
    """

    def __init__(
        self,
        indptr: Whole,
        column: npt.NDArray[np.integer[Any]],
        stance: npt.NDArray[np.int8],
        center: FloatArray,
        out: npt.NDArray[np.bool_],
    ) -> None:
        self.indptr = indptr
        self.code = column.astype(np.uint16, copy=False) << 2
        self.code += (stance + 1).view(np.uint8)
        self.values = np.arange(-1.0, 3.0) - center[:, None]
        self.values[out] = 0.0
        self.shape = len(indptr) - 1, len(center)
        self.order = np.empty(self.shape[0], dtype=np.int32)
        loops.order(indptr, self.code, self.order, self.shape[1])
        self.nnz = len(stance)

    def __matmul__(self, vector: FloatArray) -> FloatArray:
        found = np.empty(self.shape[0])
        given = np.ascontiguousarray(vector)
        loops.rows(self.indptr, self.code, self.order, self.values, given, found)
        return found

    @property
    def T(self) -> _Back:  # noqa: N802 - as NumPy calls it
        """The same, turned."""
        return _Back(self)


class _Back:
    def __init__(self, product: Product) -> None:
        self.product = product
        self.T = product

    def __matmul__(self, vector: FloatArray) -> FloatArray:
        """Return the product with a vector, or with each column of a table."""
        if vector.ndim == 2:
            return np.column_stack([self @ column for column in vector.T])
        one = self.product
        one.values[:, 3] = 0.0
        loops.columns(one.indptr, one.code, one.values, np.ascontiguousarray(vector))
        return one.values[:, 3].copy()


def k_means(
    points: FloatArray, weights: FloatArray | None, starts: FloatArray, rounds: int, still: float
) -> tuple[Whole, FloatArray]:
    """Return labels and centres after Lloyd's rounds; a centre without points is infinite."""
    label, centers = np.empty(len(points), dtype=np.int64), starts.copy()
    given = np.empty(0) if weights is None else np.ascontiguousarray(weights)
    loops.k_means(np.ascontiguousarray(points), given, centers, label, rounds, still)
    return label, centers
