"""`analyse`: all that one room's votes carry, and a sentence for what they do not."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from opinionspace import __version__
from opinionspace._tables import frozen
from opinionspace.room import gate as gates
from opinionspace.room.between import bridging, mixed, spread
from opinionspace.room.cells import Attributes, cells, label_index
from opinionspace.room.counts import divided
from opinionspace.room.crossfit import cross_fitted
from opinionspace.room.gate import Verdict
from opinionspace.room.matching import Before, anchor, group_names
from opinionspace.room.posterior import FEWEST_VOTES, share
from opinionspace.room.power import detectable
from opinionspace.room.result import FEWEST_ON_A_MAP, Division, Gate, Plane, RoomResult
from opinionspace.room.routing import routing
from opinionspace.room.sentences import sentences
from opinionspace.votes import FloatArray, IntArray, Votes

VOTES_TO_BE_PLACED = 7
DECIMALS = 9
Z_90 = 1.6448536269514722


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """The votes that may make groups: rows and columns of `Votes`, in an order of their own.

    `table` (n, m) holds stances, 0 where `seen` (n, m) is 0. Rows are sorted by content, so
    that nothing depends on how voices are named.
    """

    rows: npt.NDArray[np.int64]
    columns: npt.NDArray[np.int64]
    table: FloatArray
    seen: FloatArray


def analyse(
    votes: Votes,
    attributes: Attributes | None = None,
    seed: int = 1,
    previous: Before | None = None,
    smallest: int = 5,
) -> RoomResult:
    """Say what a room's votes carry: by declared cell, by discovered group, or not at all.

    Made for 15 to 150 people; three people get counts. Groups are looked for among up to 500
    people and 500 statements. Equal votes (in any order, under any names of voices),
    attributes, seed and previous result give equal bytes.

    Parameters
    ----------
    votes : Votes
        Statements with `mod` -1 are left out; statements marked `is_meta` are counted but
        make no groups. Not modified.
    attributes : mapping from name to labels, optional
        Each a mapping from voice id to label, or a sequence aligned with `votes.voice_ids`;
        None or empty text for no label. The first one named steers the routing, so name
        the constituency first.
    seed : int, non-negative
        Of every random draw; kept in the result.
    previous : Before, optional
        `before` of the previous result: groups and axes keep the names and signs they had.
    smallest : int, positive
        Cells with fewer answers are marked `small`; nothing is hidden here.

    Returns
    -------
    RoomResult

    Raises
    ------
    BadVotes
        When labels cannot be matched with the voices; see `cells.label_index`.
    ValueError
        When `seed` is negative or `smallest` is not positive.

    Examples
    --------
    >>> votes = Votes.from_matrix([[1, -1], [1, 1], [1, 0]])
    >>> [sentence.code for sentence in analyse(votes).sentences]
    ['nothing_shared', 'counts_only']
    """
    if seed < 0:
        raise ValueError(f"a seed is 0 or more, not {seed}")
    if smallest < 1:
        raise ValueError(f"the smallest cell holds one answer or more, not {smallest}")
    open_votes = votes.select(statements=votes.mod != -1)
    counts = open_votes.counts()
    agree, disagree, seen = counts
    named = {name: label_index(given, votes, name) for name, given in (attributes or {}).items()}
    declared = {
        name: divided(cells(open_votes, place, labels, name=name, smallest=smallest), counts)
        for name, (labels, place) in sorted(named.items())
    }
    agreement, disagreement = share(agree, seen), share(disagree, seen)
    part = prepare(open_votes)
    verdict = _asked(part, seed)
    found = _Groups(open_votes, part, verdict, previous, seed, smallest, counts)
    told = _gate(part, verdict)
    first = next(iter(named), None)
    if first is None:
        route = routing(agreement, seen)
    else:
        route = routing(agreement, seen, declared[first].cells, named[first][1])
    divisive = mixed(agree, seen) if found.division is None else found.division.spread
    n_people = int((np.diff(open_votes.indptr) > 0).sum())
    divisions = tuple(declared.values())
    return RoomResult(
        __version__,
        seed,
        smallest,
        open_votes.voice_ids,
        open_votes.statement_ids,
        n_people,
        frozen(agree),
        frozen(disagree),
        frozen(seen),
        frozen((seen > 0) & (seen < smallest)),
        agreement,
        disagreement,
        divisions,
        found.division,
        found.of_voice,
        divisive,
        told,
        found.plane,
        route,
        sentences(
            open_votes.statement_ids,
            n_people,
            agreement,
            disagreement,
            divisions,
            found.division,
            divisive,
            told,
            found.plane,
        ),
    )


def prepare(votes: Votes) -> Part:
    """Keep the votes that may make groups.

    Statements: not about the conversation itself, five votes or more, not all alike. Voices:
    at least min(7, half of those statements) votes on them. Where these are more than the
    gate looks at, no statement is kept.
    """
    crowd = _crowd(votes)
    if len(crowd) > gates.MOST_PLACED:
        nothing = np.zeros((len(crowd), 0))
        return Part(crowd, np.zeros(0, np.int64), nothing, nothing)
    table = votes.dense()
    columns = np.flatnonzero(~votes.is_meta & _varied(table))
    given = (~np.isnan(table[:, columns])).sum(axis=1)
    wanted = max(min(VOTES_TO_BE_PLACED, (len(columns) + 1) // 2), 1)
    rows = np.flatnonzero(given >= wanted)
    columns = columns[_varied(table[np.ix_(rows, columns)])]
    kept = table[np.ix_(rows, columns)]
    if len(columns):
        order = np.lexsort(np.nan_to_num(kept, nan=2.0).T[::-1])
        rows, kept = rows[order], kept[order]
    seen = (~np.isnan(kept)).astype(np.float64)
    return Part(rows, columns, np.nan_to_num(kept, nan=0.0), seen)


def _crowd(votes: Votes) -> npt.NDArray[np.int64]:
    """Voices with enough votes to be placed, told without a dense table."""
    asked = ~votes.is_meta & (votes.counts()[2] >= FEWEST_VOTES)
    given = np.bincount(votes.voice_index[asked[votes.statement_index]], minlength=votes.n_voices)
    wanted = max(min(VOTES_TO_BE_PLACED, (int(asked.sum()) + 1) // 2), 1)
    return np.flatnonzero(given >= wanted)


def _varied(table: FloatArray) -> npt.NDArray[np.bool_]:
    """Whether each column holds five votes or more, and two different stances."""
    votes = (~np.isnan(table)).sum(axis=0)
    present = sum(((table == stance).any(axis=0)).astype(int) for stance in (-1, 0, 1))
    return np.asarray((votes >= FEWEST_VOTES) & (present > 1))


def _asked(part: Part, seed: int) -> Verdict | None:
    n, m = part.table.shape
    if not gates.FEWEST_PLACED <= n <= gates.MOST_PLACED:
        return None
    if not gates.FEWEST_STATEMENTS <= m <= gates.MOST_STATEMENTS:
        return None
    return gates.ask(part.table, part.seen, seed)


def _gate(part: Part, verdict: Verdict | None) -> Gate:
    n, m = part.table.shape
    if verdict is None:
        return Gate(False, False, False, (), n, m, None)
    return Gate(
        True,
        verdict.opened,
        verdict.axis_is_real,
        verdict.checks,
        n,
        m,
        detectable(n, float(part.seen.sum()) / n),
    )


class _Groups:
    """The plane and the groups of a verdict, with the names and signs they keep."""

    def __init__(
        self,
        votes: Votes,
        part: Part,
        verdict: Verdict | None,
        previous: Before | None,
        seed: int,
        smallest: int,
        counts: tuple[IntArray, IntArray, IntArray],
    ) -> None:
        self.plane: Plane | None = None
        self.division: Division | None = None
        self.of_voice = frozen(np.full(votes.n_voices, -1))
        if verdict is None or not verdict.axis_is_real:
            return
        sign = self._orient(votes, part, verdict, previous)
        if not verdict.opened:
            return
        first = verdict.fitted.position[0, :, 0] * sign
        middle = np.array([first[verdict.label == g].mean() for g in range(verdict.k)])
        label = verdict.label.astype(np.int64)
        names = group_names(label, votes.voice_ids[part.rows], middle, previous)
        order = sorted(range(verdict.k), key=lambda g: int(names[g]))
        label = np.argsort(order)[label]
        labels = tuple(names[g] for g in order)
        of_voice = np.full(votes.n_voices, -1)
        of_voice[part.rows] = label
        self.of_voice = frozen(of_voice)
        of = cells(votes, of_voice, labels, name="group", smallest=smallest)
        tested = cross_fitted(
            votes,
            part.table,
            part.seen,
            part.rows,
            part.columns,
            label.astype(np.int8),
            labels,
            seed,
        )
        self.division = Division(of, bridging(of), spread(of.agreement), tested)

    def _orient(self, votes: Votes, part: Part, verdict: Verdict, previous: Before | None) -> float:
        """Make the plane; return the sign given to the first axis."""
        fitted, n_axes = verdict.fitted, 2 if verdict.opened else 1
        ids = votes.statement_ids[part.columns]
        old = previous.anchors if previous is not None else ()
        slope = fitted.directions[0, :, :n_axes] * fitted.strength[0, :n_axes]
        anchors = [
            anchor(slope[:, axis], ids, old[axis] if axis < len(old) else None)
            for axis in range(n_axes)
        ]
        sign = np.array([1.0 if slope[a, axis] >= 0 else -1.0 for axis, a in enumerate(anchors)])
        loading = np.full((votes.n_statements, n_axes), np.nan)
        loading[part.columns] = _rounded(slope * sign)
        position = lower = upper = None
        if len(part.rows) >= FEWEST_ON_A_MAP:
            place = fitted.position[0, :, :n_axes] * sign
            margin = Z_90 * fitted.deviation[0, :, :n_axes]
            position, lower, upper = (
                self._of_voices(votes, part, values)
                for values in (place, place - margin, place + margin)
            )
        self.plane = Plane(
            n_axes,
            tuple(ids[a].item() for a in anchors),
            frozen(loading),
            position,
            lower,
            upper,
        )
        return float(sign[0])

    @staticmethod
    def _of_voices(votes: Votes, part: Part, values: FloatArray) -> FloatArray:
        table = np.full((votes.n_voices, values.shape[1]), np.nan)
        table[part.rows] = _rounded(values)
        return frozen(table)


def _rounded(values: FloatArray) -> FloatArray:
    """Cut sums a last bit apart to the same digits; nine decimals of a stance."""
    return np.asarray(np.round(values, DECIMALS) + 0.0)
