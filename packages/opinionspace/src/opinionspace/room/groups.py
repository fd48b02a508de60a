"""`find_groups`: the axes and groups that the votes hold, or that they hold none."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from opinionspace._short import Short
from opinionspace._tables import IdArray, frozen
from opinionspace.room import axes, styles
from opinionspace.room import gate as gates
from opinionspace.room.axes import Fit
from opinionspace.room.cells import table
from opinionspace.room.crossfit import cross_fitted
from opinionspace.room.gate import Verdict
from opinionspace.room.matching import Before, anchor, group_names
from opinionspace.room.placed import Placed, placed
from opinionspace.room.power import detectable
from opinionspace.room.result import FEWEST_ON_A_MAP, Gate, Groups, Manners, Plane
from opinionspace.room.styles import Styles
from opinionspace.votes import FloatArray, IntArray, Votes

DECIMALS = 9
Z_90 = 1.6448536269514722


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Grouping(Short):
    """What only the votes themselves tell, not their counts; all arrays are read-only.

    Attributes
    ----------
    voice_ids, statement_ids : ndarray
        Statements are those of the votes without the ones a moderator rejected.
    n_people : int
        Voices with at least one vote.
    gate : Gate
    manners : Manners
    plane : Plane or None
        None unless the first axis is real.
    groups : Groups or None
        None unless the gate opened.
    group_of_voice : int ndarray of shape (n_voices,)
        Place in `groups.table`, -1 for voices outside.
    """

    voice_ids: IdArray
    statement_ids: IdArray
    n_people: int
    gate: Gate
    manners: Manners
    plane: Plane | None
    groups: Groups | None
    group_of_voice: IntArray

    @property
    def before(self) -> Before:
        """What the next result needs of this one to keep its names."""
        return Before(
            self.voice_ids.tolist(),
            self.group_of_voice.tolist(),
            self.groups.table.labels if self.groups is not None else (),
            self.plane.anchors if self.plane is not None else (),
        )


def find_groups(votes: Votes, seed: int = 1, previous: Before | None = None) -> Grouping:
    """Look for axes and groups among up to 500 people and 500 statements.

    Equal votes (in any order, under any names of voices), seed and previous result give equal
    bytes. Counts of the whole room and of declared cells come from `read_counts`.

    Parameters
    ----------
    votes : Votes
        Statements with `mod` -1 are left out; statements marked `is_meta` make no groups. Not
        modified.
    seed : int, non-negative
        Of every random draw.
    previous : Before, optional
        `before` of the previous grouping: groups and axes keep the names and signs they had.

    Raises
    ------
    ValueError
        When `seed` is not a whole number from 0.
    """
    check_seed(seed)
    votes = without_rejected(votes)
    part = placed(votes)
    looked, verdict = look(part, seed)
    plane, groups, of_voice = None, None, np.full(votes.n_voices, -1)
    if verdict is not None and verdict.axis_is_real:
        fitted = _fitted(part, looked, seed)
        plane, sign = _plane(votes, part, fitted, 2 if verdict.opened else 1, previous)
        if verdict.opened:
            label = looked.of_everybody(verdict.label.astype(np.int64))
            first = np.asarray(fitted.position[0, :, 0] * sign, np.float64)
            label, labels = _named(votes, part, label, first, previous)
            of_voice[part.rows] = label
            kept = Placed(part.rows[looked.kept], part.columns, *looked.votes(part))
            apart = cross_fitted(votes, kept, label[looked.kept], verdict.k, seed)
            groups = Groups(table(votes, of_voice, labels), apart)
    return Grouping(
        votes.voice_ids,
        votes.statement_ids,
        int((np.diff(votes.indptr) > 0).sum()),
        _gate(part, looked, verdict, seed),
        looked.manners,
        plane,
        groups,
        frozen(of_voice),
    )


def check_seed(seed: object) -> None:
    """Refuse what is no seed, in words.

    Raises
    ------
    ValueError
        When it is not a whole number from 0.
    """
    if isinstance(seed, bool) or not isinstance(seed, int | np.integer):
        raise ValueError(
            f"a seed is a whole number, not {seed!r}: it is kept in the result, so that the same "
            "votes give the same answer again"
        )
    if seed < 0:
        raise ValueError(f"a seed is 0 or more, not {seed}")


def without_rejected(votes: Votes) -> Votes:
    """Leave out the statements that a moderator rejected."""
    rejected = votes.mod == -1
    return votes.select(statements=~rejected) if rejected.any() else votes


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Looked(Short):
    """Which of the people placed the gate looks at, and for whom else each of them stands."""

    styles: Styles

    @property
    def kept(self) -> npt.NDArray[np.bool_]:
        return self.styles.kept

    @property
    def manners(self) -> Manners:
        block = self.styles.block
        sizes = np.sort(np.bincount(block[block >= 0]))[::-1]
        leaning = self.styles.leaning
        return Manners(
            int((leaning > 0).sum()), int((leaning < 0).sum()), tuple(int(one) for one in sizes)
        )

    def votes(self, part: Placed) -> tuple[FloatArray, FloatArray]:
        """The table without the others."""
        return part.table[self.kept], part.seen[self.kept]

    def of_everybody(self, label: IntArray) -> IntArray:
        """Give everybody the group of the ballot that stands for theirs; -1 for none."""
        of_kept = np.full(len(self.kept) + 1, -1)
        of_kept[:-1][self.kept] = label
        return np.asarray(of_kept[self.styles.stands_for])


def look(part: Placed, seed: int) -> tuple[Looked, Verdict | None]:
    n, m = part.table.shape
    if n > gates.MOST_PLACED or not gates.FEWEST_STATEMENTS <= m <= gates.MOST_STATEMENTS:
        nobody = np.full(n, -1)
        return Looked(Styles(np.zeros(n, np.int8), nobody, np.arange(n))), None
    looked = Looked(styles.find(part.table, part.seen))
    if int(looked.kept.sum()) < gates.FEWEST_PLACED:
        return looked, None
    return looked, gates.ask(*looked.votes(part), seed)


def _gate(part: Placed, looked: Looked, verdict: Verdict | None, seed: int) -> Gate:
    n, m = part.table.shape
    kept = int(looked.kept.sum())
    if verdict is None:
        return Gate(n, m, kept)
    return Gate(
        n,
        m,
        kept,
        True,
        verdict.answer,
        verdict.axis_is_real,
        verdict.checks,
        detectable(kept, float(part.seen[looked.kept].sum()) / kept),
        None if kept == n else gates.ask(part.table, part.seen, seed).answer,
    )


def _fitted(part: Placed, looked: Looked, seed: int) -> Fit:
    """Fit the axes to the ballots looked at, and place everybody on them."""
    start = gates.stream(seed, 0).standard_normal((part.table.shape[1], gates.BUFFER))
    weights = None if looked.kept.all() else looked.kept.astype(np.float64)[None]
    return axes.fit(part.table[None], part.seen, start, weights)


def _named(
    votes: Votes, part: Placed, label: IntArray, first: FloatArray, previous: Before | None
) -> tuple[IntArray, tuple[str, ...]]:
    """Return the group of each person placed and the names of the groups, which ascend."""
    k = int(label.max()) + 1
    middle = np.array([first[label == g].mean() for g in range(k)])
    names = group_names(label, votes.voice_ids[part.rows], middle, previous)
    order = sorted(range(k), key=lambda g: int(names[g]))
    renamed = np.append(np.argsort(order), -1)
    return np.asarray(renamed[label]), tuple(names[g] for g in order)


def _plane(
    votes: Votes, part: Placed, fitted: Fit, n_axes: int, previous: Before | None
) -> tuple[Plane, float]:
    """Return the plane, and the sign given to the first axis."""
    ids = votes.statement_ids[part.columns]
    old = previous.anchors if previous is not None else ()
    slope = fitted.directions[0, :, :n_axes] * fitted.strength[0, :n_axes]
    anchors = [
        anchor(slope[:, axis], ids, old[axis] if axis < len(old) else None)
        for axis in range(n_axes)
    ]
    sign = np.array([1.0 if slope[a, axis] >= 0 else -1.0 for axis, a in enumerate(anchors)])
    position = lower = upper = None
    if len(part.rows) >= FEWEST_ON_A_MAP:
        place = fitted.position[0, :, :n_axes] * sign
        margin = Z_90 * fitted.deviation[0, :, :n_axes]
        position, lower, upper = (
            _spread_out(values, part.rows, votes.n_voices)
            for values in (place, place - margin, place + margin)
        )
    loading = _spread_out(slope * sign, part.columns, votes.n_statements)
    found = Plane(n_axes, tuple(ids[a].item() for a in anchors), loading, position, lower, upper)
    return found, float(sign[0])


def _spread_out(values: FloatArray, places: IntArray, n: int) -> FloatArray:
    """Return `n` rows: the values at their places, rounded so that last bits do not matter."""
    rows = np.full((n, values.shape[1]), np.nan)
    rows[places] = np.round(values, DECIMALS) + 0.0
    return frozen(rows)
