"""Whether what was shown can be combined into something about few people: by linear algebra."""

from __future__ import annotations

from itertools import combinations

import numpy as np


def rests_on_fewer(rows, voice_of, smallest):
    """Whether some combination of the rows depends on fewer voices than the smallest cell.

    A combination depends on the voices of the columns where it is not 0. One that depends on a
    set of voices alone exists if the rows lose rank when its columns are struck out. Voices with
    the same columns are alike: all of them are struck out, or none.
    """
    matrix = np.array(rows)
    by_voice: dict[int, list[int]] = {}
    for column, voice in enumerate(voice_of):
        by_voice.setdefault(voice, []).append(column)
    alike: dict[tuple, list[list[int]]] = {}
    for columns in by_voice.values():
        alike.setdefault(tuple(map(tuple, matrix[:, columns].T)), []).append(columns)
    small = [kind for kind in alike.values() if len(kind) < smallest]
    rank = np.linalg.matrix_rank(matrix)
    return any(
        sum(map(len, chosen)) < smallest
        and np.linalg.matrix_rank(
            np.delete(matrix, [c for kind in chosen for columns in kind for c in columns], axis=1)
        )
        < rank
        for many in range(1, smallest)
        for chosen in combinations(small, many)
    )
