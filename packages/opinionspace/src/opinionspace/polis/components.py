"""The map's two axes: imputed principal components, computed without imputing anything.

Polis fills a missing vote with the mean of its statement and then centres each statement
by that mean. A filled cell is therefore exactly zero after centring, so the matrix whose
principal components are wanted is sparse: `stance - mean` where somebody voted, nothing
elsewhere. All sums below run over the votes that were given.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
import scipy  # its parts are loaded when they are first needed

from opinionspace import _fast
from opinionspace._short import Short
from opinionspace._tables import frozen
from opinionspace._tally import blocks
from opinionspace.errors import TooLittle
from opinionspace.votes import FloatArray, Votes

#: Up to this many voices or statements, whichever are fewer, axes come from a full table.
DENSE_UP_TO = 320
#: A direction is settled when its residual is below this share of the gap to the next one.
SETTLED = 1e-9
MOST_STEPS = 400
DUST = 1e-12

Matrix: TypeAlias = Any  # a sparse array of SciPy, or `_fast.Product`: what can be multiplied


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Axes(Short):
    """Where statements and voices lie on the two directions of largest variance.

    Attributes
    ----------
    center : ndarray of shape (n_statements,)
        Mean stance of each statement in [-1, 1]; 0 where moderated out or never voted on.
    components : ndarray of shape (2, n_statements)
        Orthonormal rows; a row is zero where the votes have no such direction. The sign is
        settled by `anchors`.
    anchors : ndarray of shape (2,)
        Column whose loading is the largest in absolute value, which is made positive.
    variances : ndarray of shape (2,)
        Variance of the centred votes along each component: squared singular value divided
        by the number of voices with a vote.
    projections : ndarray of shape (n_voices, 2)
        :math:`\\sqrt{m / \\max(n_i, 1)} \\sum_j (r_{ij} - \\mu_j) w_j` over the statements
        `j` voice `i` voted on.
    statement_projections : ndarray of shape (n_statements, 2)
        :math:`\\sqrt m\\,(1 - \\mu_j) w_j`: a voice that agreed with `j` and did nothing else.
    extremity : ndarray of shape (n_statements,)
        Length of the row of `statement_projections`.
    """

    center: FloatArray
    components: FloatArray
    anchors: npt.NDArray[np.int64]
    variances: FloatArray
    projections: FloatArray
    statement_projections: FloatArray
    extremity: FloatArray


def moderated_out(votes: Votes) -> npt.NDArray[np.bool_]:
    """Return which statements count as a pass of everybody: rejected, or meta."""
    return np.asarray((votes.mod == -1) | votes.is_meta)


def axes(votes: Votes) -> Axes:
    r"""Return the two principal axes of the votes and what lies where on them.

    The centred matrix is :math:`z_{ij} = r_{ij} - \mu_j` on observed cells and 0 elsewhere.
    A statement that is moderated out is 0 for everybody: it adds no variance, yet it counts
    as one of the `n_i` votes of every voice in the scaling of its projection.

    Parameters
    ----------
    votes : Votes
        With +1 for agree. Polis itself calculates with -1 for agree, which turns the sign of
        `center` and of both projections and changes nothing else.

    Returns
    -------
    Axes

    Raises
    ------
    TooLittle
        When fewer than two voices or two statements have votes, when all of these are
        moderated out, or when nobody differs from anybody on any statement.

    Notes
    -----
    Polis iterates each component a hundred times from a random or an earlier vector; this
    is the limit of that iteration, found directly (a dense eigenproblem up to 320 rows or
    columns, Lanczos steps with full orthogonalisation above). The same votes give the same
    axes. Where two variances are equal, any direction of their plane is right.

    References
    ----------
    .. [1] C. Small, M. Bjorkegren, T. Erkkilä, L. Shaw, C. Megill (2021). Polis: Scaling
       Deliberation by Mapping High Dimensional Opinion Spaces. Recerca 26(2).
    .. [2] Polis recipe: `math/src/polismath/math/pca.clj` lines 38 to 178.
    """
    per_voice = np.diff(votes.indptr)
    out = moderated_out(votes)
    center, n_seen, matrix = _centred(votes, out)
    n_active, m = int(np.count_nonzero(per_voice)), int(np.count_nonzero(n_seen))
    if n_active < 2:
        raise TooLittle("one voice cannot be compared with anybody: a map needs two or more")
    if m < 2:
        raise TooLittle("all votes are on one statement: a map needs two or more")
    if out[n_seen > 0].all():
        raise TooLittle("every statement that has votes is moderated out: nothing is left to map")
    components, variances = _leading(matrix, n_active)
    anchors = np.argmax(np.round(np.abs(components), 9), axis=1)
    signs = np.sign(components[np.arange(2), anchors])
    components = _without_dust(components * np.where(signs == 0, 1.0, signs)[:, None])

    seen_here = per_voice
    if out.any():
        voted_out = out & (n_seen > 0)
        kept = np.add.reduceat(
            np.append(~out[votes.statement_index], False), votes.indptr[:-1], dtype=np.int64
        )
        seen_here = np.where(per_voice > 0, kept, 0) + np.count_nonzero(voted_out)
    scale = np.sqrt(m / np.maximum(seen_here, 1))
    projections = np.empty((votes.n_voices, 2))
    for axis in range(2):
        projections[:, axis] = scale * (matrix @ components[axis])
    statement_projections = (np.sqrt(m) * (1.0 - center) * components).T.copy()
    return Axes(
        frozen(center),
        frozen(components),
        frozen(anchors),
        frozen(variances),
        frozen(_without_dust(projections)),
        frozen(statement_projections),
        frozen(np.sqrt((statement_projections**2).sum(axis=1))),
    )


def _without_dust(values: FloatArray) -> FloatArray:
    """Return the values, with 0 where only rounding keeps them from 0.

    What rounding leaves differs from one processor to the next, and a digest of nine
    significant digits would see it.
    """
    return np.where(np.abs(values) < DUST, 0.0, values)


def _centred(
    votes: Votes, out: npt.NDArray[np.bool_]
) -> tuple[FloatArray, npt.NDArray[np.int64], Matrix]:
    """Return means, votes per statement, and the centred sparse matrix."""
    agree, disagree, n_seen = votes.counts()
    center = (agree - disagree) / np.maximum(n_seen, 1)
    center[out] = 0.0
    if min(votes.n_voices, votes.n_statements) > DENSE_UP_TO and _fast.serves(votes.n_statements):
        given = votes.indptr, votes.statement_index, votes.stance
        return center, n_seen, _fast.Product(*given, center, out)
    values = np.empty(votes.n_votes)
    index = np.empty(votes.n_votes, dtype=np.int32)
    for _, cells in blocks(votes.indptr):
        index[cells] = votes.statement_index[cells]
        here = values[cells]  # no index is out of bounds; told to clip, NumPy asks no more
        center.take(index[cells].astype(np.intp), mode="clip", out=here)
        np.subtract(votes.stance[cells], here, out=here)
    if out.any():
        values[out[votes.statement_index]] = 0.0
    indptr = votes.indptr if votes.n_votes >= 2**31 else votes.indptr.astype(np.int32)
    shape = (votes.n_voices, votes.n_statements)
    return center, n_seen, scipy.sparse.csr_array((values, index, indptr), shape=shape)


def _leading(matrix: Matrix, n_active: int) -> tuple[FloatArray, FloatArray]:
    """Return the two leading right singular vectors as rows, and their variances."""
    n, m = matrix.shape
    if min(n, m) <= DENSE_UP_TO:
        values, vectors = _leading_dense(matrix)
    else:
        values, vectors = _leading_lanczos(matrix)
    scale = float(values[0])
    if not scale > 1e-12 * max(1, matrix.nnz):
        raise TooLittle(
            "everybody who voted on a statement took the same stance on it: "
            "there is nothing to tell voices apart by"
        )
    found = values > 1e-12 * scale
    vectors[~found] = 0.0
    return vectors, np.where(found, values, 0.0) / n_active


def _leading_dense(matrix: scipy.sparse.csr_array) -> tuple[FloatArray, FloatArray]:
    n, m = matrix.shape
    if n * m <= 2_000_000:
        table = matrix.toarray()
        gram = table.T @ table if m <= n else table @ table.T
    else:
        gram = (matrix.T @ matrix if m <= n else matrix @ matrix.T).toarray()
    size = len(gram)
    if size <= 2:
        values, vectors = scipy.linalg.eigh(gram, check_finite=False)
    else:
        values, vectors = scipy.linalg.eigh(
            gram, subset_by_index=[size - 2, size - 1], check_finite=False
        )
    values, rows = np.maximum(values[::-1], 0.0), vectors.T[::-1].copy()
    if m > n:
        rows = _from_voices(matrix, rows)
    return values, rows


def _from_voices(matrix: Matrix, rows: FloatArray) -> FloatArray:
    """Turn left singular vectors into right ones."""
    right = (matrix.T @ rows.T).T
    length = np.sqrt((right**2).sum(axis=1, keepdims=True))
    return np.asarray(right / np.where(length == 0, 1.0, length))


def _leading_lanczos(matrix: Matrix) -> tuple[FloatArray, FloatArray]:
    """Return the two leading eigenpairs of the smaller Gram matrix without forming it."""
    n, m = matrix.shape
    forward, back = (matrix, matrix.T) if m <= n else (matrix.T, matrix)
    size = min(n, m)
    steps = min(size, MOST_STEPS)
    basis = np.empty((steps, size))
    diagonal, beside = np.empty(steps), np.empty(steps)
    vector = (np.arange(1, size + 1) * 0.6180339887498949) % 1.0 - 0.5
    vector /= np.sqrt(vector @ vector)
    for step in range(steps):
        basis[step] = vector
        image = back @ (forward @ vector)
        diagonal[step] = vector @ image
        known = basis[: step + 1]
        for _ in range(2):
            image -= known.T @ (known @ image)
        length = beside[step] = np.sqrt(image @ image)
        ended = length <= 1e-14 * max(diagonal[: step + 1].max(), 1e-300)
        if step >= 4 or ended or step == steps - 1:
            values, inner, _ = scipy.linalg.lapack.dstev(diagonal[: step + 1], beside[:step])
            if ended or _settled(values, np.abs(inner[-1]) * length):
                break
        vector = image / length
    rows: FloatArray = inner[:, ::-1][:, :2].T @ known
    values = np.maximum(values[::-1][:2], 0.0)
    if len(rows) < 2:
        rows, values = np.vstack([rows, np.zeros(size)]), np.append(values, 0.0)
    if m > n:
        rows = _from_voices(matrix, rows)
    return values, rows


def _settled(values: FloatArray, residuals: FloatArray) -> bool:
    """Return whether the two largest Ritz pairs can no longer turn noticeably."""
    gaps = np.maximum(np.diff(values[-3:]), 1e-6 * values[-1])
    return bool(residuals[-1] <= SETTLED * gaps[1] and residuals[-2] <= SETTLED * gaps[0])
