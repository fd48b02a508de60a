"""Measure both modes on rooms of known and of real votes: false alarms, power, stability.

    OMP_NUM_THREADS=1 python bench/rooms.py [PART ...] [--share 0.1]

Parts: alarms beyond power distance stability coverage discoveries time. Each writes
`bench/results/rooms-PART.csv`; then figures and tables of `docs/explanation/algorithms/` are
made from all files that are there. All parts take about twenty minutes of one core;
`--share` draws fewer rooms, or more: `power` was stored with 2, `beyond` with 0.5.
"""

from __future__ import annotations

import argparse
import csv
import platform
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import room_draws as draws
import scipy
from room_figures import write_page
from scipy import stats

from opinionspace import Votes, polis
from opinionspace.room import analyse, between, gate
from opinionspace.room import cells as of_cells
from opinionspace.room.crossfit import cross_fitted
from opinionspace.room.grouping import adjusted_rand, crossed, starts
from opinionspace.room.placed import Placed, placed

RESULTS = Path(__file__).resolve().parent / "results"
SIZES = (20, 40, 100)
Row = dict[str, object]


def _interval(hits: int, of: int) -> tuple[float, float]:
    """95 % interval of Clopper and Pearson."""
    found = stats.binomtest(hits, of).proportion_ci(0.95, "exact")
    return float(found.low), float(found.high)


def _median(values: list[float]) -> float:
    return float(np.median(values)) if values else np.nan


def _ask(table: draws.Table, seed: int) -> tuple[Placed, gate.Verdict | None]:
    part = placed(Votes.from_matrix(table))
    if part.table.shape[0] < gate.FEWEST_PLACED or part.table.shape[1] < gate.FEWEST_STATEMENTS:
        return part, None
    return part, gate.ask(part.table, part.seen, seed)


def _rand(one: np.ndarray, other: np.ndarray) -> float:
    k = int(max(one.max(), other.max())) + 1
    table = crossed(one.astype(np.int8), other.astype(np.int8)[None], np.ones((1, len(one))), k)
    return float(adjusted_rand(table)[0])


def _cells(votes: Votes, of_voice: np.ndarray, labels: str) -> of_cells.Cells:
    return of_cells.cells("side", of_cells.table(votes, of_voice, tuple(labels)), votes.counts())


Draw = Callable[[np.random.Generator, int], draws.Table]


def alarms(share: float) -> Iterator[Row]:
    """Rooms of the two null models: how often does each mode show groups?"""
    kinds: dict[str, Draw] = {
        "independent votes": draws.independent,
        "one normal axis": draws.one_axis,
    }
    for n in SIZES:
        for number, (kind, draw) in enumerate(kinds.items()):
            yield _alarm(kind, draw, n, number, max(int(1000 * share), 2))


def beyond(share: float) -> Iterator[Row]:
    """Rooms without groups that are harder, or made from real ones."""
    real = list(draws.conversations().values())

    def drawn(rng: np.random.Generator, n: int) -> draws.Table:
        return draws.real_room(rng, real[rng.integers(len(real))], n)

    kinds: dict[str, Draw] = {
        "one very strong normal axis": draws.strong_axis,
        "two normal axes": draws.two_axes,
        "one skewed axis": draws.skewed_axis,
    }
    if real:
        kinds["real votes, permuted"] = lambda rng, n: draws.permuted(rng, drawn(rng, n))
        kinds["one axis fitted to real votes"] = lambda rng, n: draws.trait_like(rng, drawn(rng, n))
    for n in SIZES:
        for number, (kind, draw) in enumerate(kinds.items(), 2):
            yield _alarm(kind, draw, n, number, max(int(100 * share), 2))


def _alarm(kind: str, draw: Draw, n: int, number: int, rooms: int) -> Row:
    opened, axis, recipe, asked_recipe = 0, 0, 0, 0
    begin = time.process_time()
    for room in range(rooms):
        table = draw(np.random.default_rng([n, number, room]), n)
        _, verdict = _ask(table, room)
        if verdict is not None:
            opened += verdict.opened
            axis += verdict.axis_is_real
        if room < 30:
            asked_recipe += 1
            recipe += polis.analyse(Votes.from_matrix(table)).k > 1
    low, high = _interval(opened, rooms)
    return {
        "people": n,
        "rooms without groups": kind,
        "rooms": rooms,
        "shown by room mode": opened / rooms,
        "low": low,
        "high": high,
        "first axis called real": axis / rooms,
        "shown by polis mode": recipe / asked_recipe,
        "cpu_s": time.process_time() - begin,
    }


def power(share: float) -> Iterator[Row]:
    """Rooms of groups: how often does the gate open, and are the groups the right ones?"""
    plans: list[tuple[int, int, tuple[float, ...]]] = [
        (n, m, (0.5, 0.5)) for n in SIZES for m in (20, 60)
    ]
    plans += [(n, 60, (0.5, 0.3, 0.2)) for n in (40, 100)] + [(100, 60, (0.85, 0.15))]
    for n, m, parts in plans:
        for gap in (0.4, 0.6, 0.8):
            opened, right, recipe = 0, [], []
            rooms = max(int(40 * share), 2)
            for room in range(rooms):
                table, truth = draws.split(np.random.default_rng([n, m, room]), n, m, gap, parts)
                part, verdict = _ask(table, room)
                if verdict is not None and verdict.opened:
                    opened += 1
                    right.append(_rand(verdict.label, truth[part.rows]))
                if room < 8:
                    group = polis.analyse(Votes.from_matrix(table)).group_of_voice
                    inside = group >= 0
                    recipe.append(_rand(group[inside], truth[inside]))
            low, high = _interval(opened, rooms)
            yield {
                "people": n,
                "statements": m,
                "groups": " / ".join(f"{one:.0%}" for one in parts),
                "gap": gap,
                "rooms": rooms,
                "shown": opened / rooms,
                "low": low,
                "high": high,
                "rand when shown": float(np.mean(right)) if right else np.nan,
                "rand of polis mode": float(np.mean(recipe)),
            }


def distance(share: float) -> Iterator[Row]:
    """Two halves at distances around those of `power.DISTANCE`: how often are they shown?"""
    plans = [(20, 60, 0.9), (20, 100, 0.7), (20, 100, 0.8)]
    plans += [(40, 60, 0.5), (40, 60, 0.55), (100, 60, 0.35)]
    for n, m, gap in plans:
        rooms = max(int(80 * share), 2)
        opened, each = 0, []
        for room in range(rooms):
            table, _ = draws.split(np.random.default_rng([n, m, 9, room]), n, m, gap, (0.5, 0.5))
            part, verdict = _ask(table, room)
            opened += verdict is not None and verdict.opened
            each.append(float(part.seen.sum(axis=1).mean()))
        low, high = _interval(opened, rooms)
        votes = float(np.mean(each))
        yield {
            "people": n,
            "votes each": votes,
            "gap": gap,
            "distance": gap * np.sqrt(votes / 2) / np.sqrt(1 - gap * gap / 2),
            "rooms": rooms,
            "shown": opened / rooms,
            "low": low,
            "high": high,
        }


def stability(share: float) -> Iterator[Row]:
    """Rooms drawn from real conversations: what is shown, and does a bootstrap agree?"""
    for name, conversation in draws.conversations().items():
        for n in SIZES:
            shown, axis, ours, all_ours, theirs = 0, 0, [], [], []
            why: Counter[str] = Counter()
            rooms = max(int(12 * share), 2)
            for room in range(rooms):
                rng = np.random.default_rng([n, room])
                table = draws.real_room(rng, conversation, n)
                part, verdict = _ask(table, room)
                if verdict is None:
                    continue
                shown += verdict.opened
                axis += verdict.axis_is_real
                if not verdict.opened:
                    why[next(c.name for c in verdict.checks if not c.passed)] += 1
                if verdict.k:
                    rand = _room_bootstrap(part, verdict, room)
                    all_ours.append(rand)
                    ours += [rand] if verdict.opened else []
                theirs.append(_polis_bootstrap(table, rng))
            yield {
                "conversation": name,
                "people": n,
                "rooms": rooms,
                "first axis real": axis / rooms,
                "groups shown by room mode": shown / rooms,
                "rand of groups shown": _median(ours),
                "rand of best split, shown or not": _median(all_ours),
                "rand of polis mode": _median(theirs),
                "closed by": ", ".join(f"{key} {count}" for key, count in why.most_common()),
            }


def _room_bootstrap(part: Placed, verdict: gate.Verdict, seed: int) -> float:
    n, m = part.table.shape
    rng = gate.stream(seed, 99)
    begin = starts(n, verdict.k, rng)
    start = rng.standard_normal((m, gate.BUFFER))
    found = gate.stability(
        part.table, part.seen, verdict.label, verdict.k, begin, start, gate.stream(seed, 98)
    )
    return found[0]


def _polis_bootstrap(table: draws.Table, rng: np.random.Generator) -> float:
    """Median agreement of the recipe's groups with those of 8 bootstraps of voices."""
    whole = polis.analyse(Votes.from_matrix(table)).group_of_voice
    found = []
    for _ in range(8):
        drawn = rng.integers(0, len(table), len(table))
        group = polis.analyse(Votes.from_matrix(table[drawn])).group_of_voice
        people, place = np.unique(drawn, return_index=True)
        inside = (whole[people] >= 0) & (group[place] >= 0)
        found.append(_rand(whole[people][inside], group[place][inside]))
    return float(np.median(found))


def coverage(share: float) -> Iterator[Row]:
    """Cells of known agreement: how often does the 90 % interval hold it?"""
    rng = np.random.default_rng(5)
    for alike, name in ((2.0, "far apart"), (8.0, "apart"), (40.0, "alike")):
        hits: dict[str, list[float]] = {"5 to 9": [], "10 to 19": [], "20 to 40": []}
        widths: dict[str, list[float]] = {key: [] for key in hits}
        for _ in range(max(int(40 * share), 2)):
            sizes = rng.choice([6, 8, 12, 16, 25, 35], 6)
            mean = rng.uniform(0.15, 0.85, 40)
            theta = rng.beta(alike * mean, alike * (1 - mean), (6, 40))
            of_voice = np.repeat(np.arange(6), sizes)
            answers = np.where(rng.random((len(of_voice), 40)) < theta[of_voice], 1.0, -1.0)
            of = _cells(Votes.from_matrix(answers), of_voice, "abcdef").agreement
            held = (of.lower <= theta) & (theta <= of.upper)
            for cell, size in enumerate(sizes):
                key = "5 to 9" if size < 10 else "10 to 19" if size < 20 else "20 to 40"
                hits[key] += held[cell].tolist()
                widths[key] += (of.upper - of.lower)[cell].tolist()
        for key, held_of in hits.items():
            low, high = _interval(int(np.sum(held_of)), len(held_of))
            yield {
                "cells": name,
                "answers": key,
                "intervals": len(held_of),
                "holding the truth": float(np.mean(held_of)),
                "low": low,
                "high": high,
                "mean width": float(np.mean(widths[key])),
            }


def discoveries(share: float) -> Iterator[Row]:
    """Votes of chance: in how many rooms is any statement said to stand for a cell or group?"""
    for n in SIZES:
        rooms = max(int(100 * share), 2)
        declared = crossfit = naive = recipe = 0
        naive_share, recipe_share = [], []
        for room in range(rooms):
            rng = np.random.default_rng([n, 7, room])
            votes = Votes.from_matrix(draws.independent(rng, n))
            label = rng.integers(0, 3, n)
            of = _cells(votes, label, "abc")
            declared += bool(between.standing(of, votes.counts()))
            part, verdict = _ask(votes.dense(), room)
            if verdict is not None and verdict.k:
                found_by = verdict.label.astype(np.int64)
                crossfit += bool(cross_fitted(votes, part, found_by, verdict.k, room))
                group = np.full(votes.n_voices, -1)
                group[part.rows] = verdict.label
                of = _cells(votes, group, "12345"[: verdict.k])
                found = between.standing(of, votes.counts())
                naive += bool(found)
                naive_share.append(len({one.statement for one in found}) / votes.n_statements)
            picks = polis.analyse(votes).representative if room < 20 else ()
            recipe += any(picks)
            if picks:
                named = {one.statement for group_picks in picks for one in group_picks}
                recipe_share.append(len(named) / votes.n_statements)
        for kind, hits, of_rooms, mean in (
            ("declared cells drawn by lot", declared, rooms, np.nan),
            ("groups forced on chance, cross-fitted", crossfit, rooms, np.nan),
            ("the same, tested on their own votes", naive, rooms, float(np.mean(naive_share))),
            ("polis mode", recipe, min(rooms, 20), float(np.mean(recipe_share))),
        ):
            low, high = _interval(hits, of_rooms)
            yield {
                "people": n,
                "tested": kind,
                "rooms": of_rooms,
                "rooms with a false claim": hits / of_rooms,
                "low": low,
                "high": high,
                "share of statements claimed": mean,
            }


def cpu(share: float) -> Iterator[Row]:
    """CPU time of `analyse` with four declared attributes."""
    for n, m in ((20, 40), (40, 40), (100, 60), (150, 100), (300, 100)):
        spent: dict[str, list[float]] = {"groups": [], "one axis": []}
        for room in range(max(int(5 * share), 2)):
            rng = np.random.default_rng([n, m, room])
            a = rng.uniform(-0.7, 0.7, m)
            leaning = a * rng.normal(size=(n, 1)) + np.sqrt(1 - a * a) * rng.normal(size=(n, m))
            tables = {
                "groups": draws.split(rng, n, m, 0.7)[0],
                "one axis": np.where(leaning > 0, 1.0, -1.0),
            }
            attributes = {
                name: [f"{name} {i % cells_}" for i in range(n)]
                for name, cells_ in (("constituency", 12), ("family", 4), ("country", 5), ("l", 3))
            }
            for kind, table in tables.items():
                votes = Votes.from_matrix(table)
                begin = time.process_time()
                analyse(votes, attributes, seed=room)
                spent[kind].append(time.process_time() - begin)
        for kind, times in spent.items():
            yield {
                "people": n,
                "statements": m,
                "votes of": kind,
                "median cpu_s": float(np.median(times)),
                "most cpu_s": max(times),
                "machine": f"{platform.machine()}, Python {platform.python_version()}, "
                f"NumPy {np.__version__}, SciPy {scipy.__version__}, one thread",
            }


PARTS: dict[str, Callable[[float], Iterator[Row]]] = {
    "time": cpu,
    "coverage": coverage,
    "alarms": alarms,
    "beyond": beyond,
    "power": power,
    "distance": distance,
    "stability": stability,
    "discoveries": discoveries,
}


def _write(path: Path, rows: list[Row]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        for row in rows:
            writer.writerow({k: f"{v:.4g}" if isinstance(v, float) else v for k, v in row.items()})


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("parts", nargs="*", choices=[*PARTS, []], help="all when none is named")
    parser.add_argument("--share", type=float, default=1.0, help="share of the rooms to draw")
    parser.add_argument("--page-only", action="store_true", help="only write figures and tables")
    given = parser.parse_args()
    for name in [] if given.page_only else given.parts or PARTS:
        begin, rows = time.process_time(), []
        for row in PARTS[name](given.share):
            rows.append(row)
            _write(RESULTS / f"rooms-{name}.csv", rows)
            print(name, row, flush=True)
        print(f"{name}: {time.process_time() - begin:.0f} s of CPU", flush=True)
    write_page(RESULTS)


if __name__ == "__main__":
    main()
