"""How often the gate of room mode opens: in rooms without groups, in rooms of groups, again."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator

import numpy as np
import room_draws as draws
import room_nulls as nulls
from scipy import stats

from opinionspace import Votes, polis
from opinionspace.room import Answer, gate, groups
from opinionspace.room.grouping import adjusted_rand, crossed
from opinionspace.room.placed import Placed, placed

SIZES = (20, 40, 60, 100)
HALVES = (0.5, 0.5)
Row = dict[str, object]
Draw = Callable[[np.random.Generator, int], draws.Table]
KIND = "rooms without groups"
#: Rooms without groups, with two peaks at the ends, with clusters of style.
KINDS: dict[str, Draw] = {**nulls.NULLS, **nulls.ENDS, **nulls.STYLES}


def interval(hits: int, of: int) -> tuple[float, float]:
    """95 % interval of Clopper and Pearson."""
    found = stats.binomtest(hits, of).proportion_ci(0.95, "exact")
    return float(found.low), float(found.high)


def look(table: draws.Table, seed: int) -> tuple[Placed, groups.Looked, gate.Verdict | None]:
    """Ask the gate about a room, manners of voting set aside."""
    part = placed(Votes.from_matrix(table))
    return part, *groups.look(part, seed)


def answer(table: draws.Table, seed: int) -> Answer:
    """The answer alone; none where there are too few to ask."""
    verdict = look(table, seed)[2]
    return Answer.NONE if verdict is None else verdict.answer


def shares(told: Counter[Answer]) -> Row:
    """In how many rooms groups were shown, with its interval, and in how many it was open."""
    rooms = told.total()
    low, high = interval(told[Answer.GROUPS], rooms)
    return {
        "rooms": rooms,
        "shown": told[Answer.GROUPS] / rooms,
        "low": low,
        "high": high,
        "borderline": told[Answer.BORDERLINE] / rooms,
    }


def rand(one: np.ndarray, other: np.ndarray) -> float:
    """Adjusted Rand index of two groupings."""
    k = int(max(one.max(), other.max())) + 1
    table = crossed(one.astype(np.int8), other.astype(np.int8)[None], np.ones((1, len(one))), k)
    return float(adjusted_rand(table)[0])


def alarms(share: float) -> Iterator[Row]:
    """Rooms without groups, with two peaks at the ends, with clusters of style."""
    for number, (kind, draw) in enumerate(KINDS.items()):
        for n in SIZES:
            yield _alarm(kind, n, answers(draw, n, number, range(max(int(1000 * share), 2))))


def answers(draw: Draw, n: int, number: int, rooms: range) -> Counter[Answer]:
    """Ask the gate about some rooms of a kind; `number` is that of the kind."""
    return Counter(
        answer(draw(np.random.default_rng([n, number, room]), n), room) for room in rooms
    )


def _alarm(kind: str, n: int, told: Counter[Answer]) -> Row:
    return {"people": n, KIND: kind, **shares(told)}


def more_alarms(rows: list[dict[str, str]], seconds: float) -> list[Row]:
    """Add rooms to a table of false alarms, each cell from where it stands, for so long.

    The next rooms go to the cell with the fewest for its weight: kinds near the limit weigh
    three times as much among 40 people and more, those that are not bound to it a quarter.
    """
    told = {(row[KIND], int(row["people"])): _told(row) for row in rows}
    cells = [(kind, n) for kind in KINDS for n in SIZES]
    numbers = {kind: number for number, kind in enumerate(KINDS)}
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        kind, n = min(cells, key=lambda cell: told[cell].total() / _weight(*cell))
        begin = told[kind, n].total()
        told[kind, n] += answers(KINDS[kind], n, numbers[kind], range(begin, begin + 4))
    return [_alarm(*cell, told[cell]) for cell in cells]


def _told(row: dict[str, str]) -> Counter[Answer]:
    rooms = int(row["rooms"])
    groups, open_ = (round(rooms * float(row[name])) for name in ("shown", "borderline"))
    return Counter(
        {Answer.GROUPS: groups, Answer.BORDERLINE: open_, Answer.NONE: rooms - groups - open_}
    )


def _weight(kind: str, n: int) -> float:
    if kind not in nulls.NULLS:
        return 0.25
    return 3.0 if kind in nulls.NEAR_THE_LIMIT and n >= 40 else 1.0


def beyond(share: float) -> Iterator[Row]:
    """Rooms without groups that are made from real ones."""
    real = list(draws.conversations().values())
    if not real:
        return

    def drawn(rng: np.random.Generator, n: int) -> draws.Table:
        return draws.real_room(rng, real[rng.integers(len(real))], n)

    kinds: dict[str, Draw] = {
        "real votes, permuted": lambda rng, n: draws.permuted(rng, drawn(rng, n)),
        "one trait fitted to real votes": lambda rng, n: draws.trait_like(rng, drawn(rng, n)),
    }
    for number, (kind, draw) in enumerate(kinds.items(), 50):
        for n in SIZES:
            yield _alarm(kind, n, answers(draw, n, number, range(max(int(100 * share), 2))))


def power(share: float) -> Iterator[Row]:
    """Rooms of groups: how often does the gate open, and are the groups the right ones?"""
    plans: list[tuple[int, int, float, tuple[float, ...]]] = []
    plans += [(n, 50, gap, HALVES) for n in SIZES for gap in (0.45, 0.6, 0.8)]
    plans += [(20, 20, 0.95, HALVES), (40, 20, 0.95, HALVES), (60, 20, 0.8, HALVES)]
    plans += [(100, 20, gap, HALVES) for gap in (0.6, 0.8)]
    plans += [(40, 60, 0.8, (0.5, 0.3, 0.2)), (100, 60, 0.6, (0.5, 0.3, 0.2))]
    plans += [(100, 60, 0.6, (0.85, 0.15))]
    for n, m, gap, parts in plans:
        told, right, recipe, each = Counter[Answer](), [], [], []
        rooms = max(int(200 * share), 2)
        for room in range(rooms):
            table, truth = draws.split(np.random.default_rng([n, m, room]), n, m, gap, parts)
            part, looked, verdict = look(table, room)
            each.append(float(part.seen.sum(axis=1).mean()))
            found = Answer.NONE if verdict is None else verdict.answer
            told[found] += 1
            if verdict is not None and found is Answer.GROUPS:
                label = looked.of_everybody(verdict.label.astype(np.int64))
                right.append(rand(label[label >= 0], truth[part.rows][label >= 0]))
            if room < 8:
                group = polis.analyse(Votes.from_matrix(table)).group_of_voice
                recipe.append(rand(group[group >= 0], truth[group >= 0]))
        yield {
            "people": n,
            "statements": m,
            "votes each": float(np.mean(each)),
            "groups": " / ".join(f"{one:.0%}" for one in parts),
            "gap": gap,
            **shares(told),
            "rand when shown": float(np.mean(right)) if right else np.nan,
            "rand of polis mode": float(np.mean(recipe)),
        }


def real(share: float) -> Iterator[Row]:
    """Rooms of equal halves from the two largest published groups of a conversation."""
    for name, (table, group) in draws.published().items():
        largest = np.argsort(-np.bincount(group[group >= 0]), kind="stable")[:2]
        for n in SIZES:
            told, right = Counter[Answer](), []
            rooms = max(int(100 * share), 2)
            for room in range(rooms):
                rng = np.random.default_rng([n, room])
                halves = [
                    rng.permutation(np.flatnonzero(group == one))[: n // 2] for one in largest
                ]
                rows = np.concatenate(halves)
                part, looked, verdict = look(table[rows], room)
                found = Answer.NONE if verdict is None else verdict.answer
                told[found] += 1
                if verdict is not None and found is Answer.GROUPS:
                    label = looked.of_everybody(verdict.label.astype(np.int64))
                    right.append(rand(label[label >= 0], group[rows][part.rows][label >= 0]))
            yield {
                "conversation": name,
                "people": n,
                **shares(told),
                "rand when shown": float(np.mean(right)) if right else np.nan,
            }


def again(share: float) -> Iterator[Row]:
    """Rooms of nothing, of a gap of 0.45 and of 0.6: other seeds, and one person who leaves."""
    for n in (20, 40, 100):
        for kind in ("eight seeds", "one person leaves"):
            rooms = max(int(90 * share), 3)
            flips = changes = 0
            for room in range(rooms):
                rng = np.random.default_rng([n, 7, room])
                if room % 3 == 0:
                    table = nulls.normal(rng, n)
                else:
                    table, _ = draws.split(rng, n, 50, (0.45, 0.6)[room % 3 - 1])
                if kind == "eight seeds":
                    told = {answer(table, seed) for seed in range(8)}
                else:
                    left = np.delete(table, np.random.default_rng([n, 8, room]).integers(n), axis=0)
                    told = {answer(table, 1), answer(left, 1)}
                flips += {Answer.NONE, Answer.GROUPS} <= told
                changes += len(told) > 1
            low, high = interval(flips, rooms)
            yield {
                "people": n,
                "changed": kind,
                "rooms": rooms,
                "none to groups or back": flips / rooms,
                "low": low,
                "high": high,
                "any change of answer": changes / rooms,
            }
