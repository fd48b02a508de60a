"""The law of ranges: what may be said of a declared group beside the exact counts of all.

Of everybody a reader has exact counts. Of a group a reader has the number of answers and, for
agree and disagree, a word that stands for a range of counts. The law: whoever puts together all of
it and their own answer still finds at least two counts possible for every stance of every group,
unless the exact counts of everybody and that answer leave only one by themselves.

The tables that fit what is shown have fixed sums of rows (answers of a group) and of columns
(counts of everybody), and bounds on each cell. Between two such tables lie exchanges: one group
moves a voice from stance s to t, and others move one back, at once (t to s) or by way of the third
stance (t to u, u to s). With three stances there is no other elementary exchange, so a cell has a
second possible count exactly if some exchange passes through it. `leaves_open` asks for that.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise, permutations
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from majlis.kernel.disclosure.counts import Counts
from majlis.kernel.lazily import lazily
from majlis.kernel.words import Words

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Table = npt.NDArray[np.int64]
    Flags = npt.NDArray[np.bool_]
else:
    np = lazily("numpy")


class Amount(Words):
    """How many of a group: the words that stand for a range of counts."""

    NEARLY_NONE = "nearly_none", _("almost nobody")
    FEW = "few", _("few")
    DIVIDED = "divided", _("divided")
    MOST = "most", _("most")
    NEARLY_ALL = "nearly_all", _("nearly everyone")
    HALF_OR_FEWER = "half_or_fewer", _("half or fewer")
    MORE_THAN_HALF = "more_than_half", _("more than half")


@dataclass(frozen=True, slots=True)
class Range:
    """Counts from `low` to `high`, both included; `word` is None where no single word fits."""

    low: int
    high: int
    word: Amount | None = None


@dataclass(frozen=True, slots=True)
class Ranges:
    """What is shown of one group on one statement; `answers` is exact, passes included."""

    answers: int
    agree: Range
    disagree: Range

    def __add__(self, other: Ranges) -> Ranges:
        """Both groups as one: what follows from their ranges, and no more."""
        answers = self.answers + other.answers
        return Ranges(
            answers,
            _sum(self.agree, other.agree, answers),
            _sum(self.disagree, other.disagree, answers),
        )


@lru_cache(maxsize=4096)
def words_for(answers: int, *, two: bool = False) -> tuple[Range, ...]:
    """The words a group of this size may have, each with its range.

    Under 14 answers, or where `two` asks for it, there are two words, under 20 three, then five:
    up to 10 %, under 40 %, under 60 %, under 90 %, and more. From five answers on each spans at
    least three counts.
    """
    if two or answers < 14:
        starts = {Amount.HALF_OR_FEWER: 0, Amount.MORE_THAN_HALF: answers // 2 + 1}
    else:
        starts = {
            Amount.FEW: 0,
            Amount.DIVIDED: -(-2 * answers // 5),
            Amount.MOST: -(-3 * answers // 5),
        }
        if answers >= 20:
            starts = {Amount.NEARLY_NONE: 0} | starts | {Amount.FEW: answers // 10 + 1}
            starts[Amount.NEARLY_ALL] = -(-9 * answers // 10)
    ends = [*list(starts.values())[1:], answers + 1]
    return tuple(
        Range(start, end - 1, word) for (word, start), end in zip(starts.items(), ends, strict=True)
    )


def ranges_of(counts: Counts, *, two: bool = False) -> Ranges:
    """A group's counts as they are shown."""
    words = words_for(counts.answers, two=two)
    agree, disagree = (
        next(one for one in words if one.low <= count <= one.high)
        for count in (counts.agree, counts.disagree)
    )
    return Ranges(counts.answers, agree, disagree)


def leaves_open(groups: Mapping[str, Counts], *, two: bool = False) -> bool:
    """Whether the ranges of these groups, beside the exact counts of all, obey the law of ranges.

    The answer follows from what would be shown alone: all tables with the same ranges and sums
    have the same.
    """
    return _leaves_open(tuple(counts for counts in groups.values() if counts.answers), two)


@lru_cache(maxsize=4096)  # the same counts are asked about for each audience
def _leaves_open(tables: tuple[Counts, ...], two: bool) -> bool:
    shown = [ranges_of(counts, two=two) for counts in tables]
    held = _array([(one.agree, one.disagree, one.passed) for one in tables])
    low = _array([(one.agree.low, one.disagree.low, 0) for one in shown])
    high = _array([(one.agree.high, one.disagree.high, one.answers) for one in shown])
    if len(tables) > 1 and min((held - low).min(), (high - held).min()) >= 2:
        return True  # every group can move a voice either way, whatever a reader knows of one
    readers = [(held, np.zeros_like(held))]  # one without an answer, and one for each answer
    for own in np.ndindex(held.shape):
        fitting = _with_own(held, low, high, own)
        if fitting is not None:
            least = np.zeros_like(held)
            least[own] = 1
            readers.append((fitting, least))
    fits, least = (np.stack(part) for part in zip(*readers, strict=True))
    answers = np.broadcast_to(held.sum(axis=1)[:, None], held.shape)
    before = _open(fits, least, answers)
    return not (before & ~_open(fits, np.maximum(low, least), high)).any()


def _array(rows: Sequence[tuple[int, int, int]]) -> Table:
    return np.array(rows, dtype=np.int64).reshape(-1, 3)


def _with_own(held: Table, low: Table, high: Table, own: tuple[int, ...]) -> Table | None:
    """A table that fits what is shown and holds the reader's own answer; None if there is none."""
    if held[own]:
        return held
    group, stance = own
    moves = _moves(held, low, high)
    others = moves.copy()
    others[group] = False
    for start in {0, 1, 2} - {stance}:
        third = 3 - start - stance
        for path in ((stance, start), (stance, third, start)):
            steps = list(pairwise(path))
            movers = [np.flatnonzero(others[:, s, t]) for s, t in steps]
            if moves[group, start, stance] and all(map(len, movers)):
                moved = held.copy()
                moved[group, [start, stance]] += (-1, 1)
                for mover, step in zip(movers, steps, strict=True):
                    moved[mover[0], step] += (-1, 1)
                return moved
    return None


def _moves(held: Table, low: Table, high: Table) -> Flags:
    """Whether group g may move a voice from stance s to another one t, at [..., g, s, t]."""
    moves = (held > low)[..., :, None] & (held < high)[..., None, :]
    moves[..., range(3), range(3)] = False
    return np.asarray(moves)


def _open(held: Table, low: Table, high: Table) -> Flags:
    """Whether the count of a group's stance may be another one, at [..., group, stance]."""
    moves = _moves(held, low, high)
    others = moves.sum(axis=-3, keepdims=True) - moves > 0
    back = others.copy()  # [..., g, t, s]: groups other than g can move a voice from t to s
    for t, u, s in permutations(range(3)):
        back[..., t, s] |= others[..., t, u] & others[..., u, s]
    exchanges = moves & back.swapaxes(-1, -2)  # g moves one from s to t, others from t to s
    return np.asarray(exchanges.any(axis=-1) | exchanges.any(axis=-2))


def _sum(one: Range, other: Range, answers: int) -> Range:
    """The range of two counts added, with the word that holds all of it, if one does."""
    low, high = one.low + other.low, one.high + other.high
    fitting = (w.word for w in words_for(answers) if w.low <= low and high <= w.high)
    return Range(low, high, next(fitting, None))
