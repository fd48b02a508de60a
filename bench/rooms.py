"""Measure both modes on rooms of known and of real votes: false alarms, power, stability.

    OMP_NUM_THREADS=1 python bench/rooms.py [PART ...] [--share 0.1]

Parts: alarms beyond power real again stability coverage discoveries time. Each writes
`bench/results/rooms-PART.csv`; then figures and tables of `docs/explanation/algorithms/` are
made from all files that are there. All parts take about an hour and a half of one core, an hour
of it for `alarms`; `--share` draws fewer rooms. How many stand behind a stored number is written
beside it. `--more SECONDS` runs no part but adds rooms to the stored table of false alarms.
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
from room_gate import Row, again, alarms, beyond, interval, look, more_alarms, power, rand, real

from opinionspace import Votes, polis
from opinionspace.room import analyse, axes, between, grouping
from opinionspace.room import cells as of_cells
from opinionspace.room.crossfit import cross_fitted
from opinionspace.room.placed import Placed, placed

RESULTS = Path(__file__).resolve().parent / "results"
SIZES = (20, 40, 100)


def _median(values: list[float]) -> float:
    return float(np.median(values)) if values else np.nan


def _cells(votes: Votes, of_voice: np.ndarray, labels: str) -> of_cells.Cells:
    return of_cells.cells("side", of_cells.table(votes, of_voice, tuple(labels)), votes.counts())


def stability(share: float) -> Iterator[Row]:
    """Rooms drawn from real conversations: what is shown, and does a bootstrap agree?"""
    for name, conversation in draws.conversations().items():
        for n in SIZES:
            told, why, ours, theirs = Counter[str](), Counter[str](), list[float](), list[float]()
            rooms = max(int(12 * share), 2)
            for room in range(rooms):
                rng = np.random.default_rng([n, room])
                table = draws.real_room(rng, conversation, n)
                _, _, verdict = look(table, room)
                theirs.append(_polis_bootstrap(table, rng))
                if verdict is None:
                    continue
                told[verdict.answer] += 1
                told["axis"] += verdict.axis_is_real
                if verdict.opened:
                    ours.append(verdict.checks[2].value)
                else:
                    why[next(c.name for c in verdict.checks if not c.passed)] += 1
            yield {
                "conversation": name,
                "people": n,
                "rooms": rooms,
                "first axis real": told["axis"] / rooms,
                "groups shown by room mode": told["groups"] / rooms,
                "borderline": told["borderline"] / rooms,
                "rand of groups shown": _median(ours),
                "rand of polis mode": _median(theirs),
                "closed by": ", ".join(f"{key} {count}" for key, count in why.most_common()),
            }


def _polis_bootstrap(table: draws.Table, rng: np.random.Generator) -> float:
    """Median agreement of the recipe's groups with those of 8 bootstraps of voices."""
    whole = polis.analyse(Votes.from_matrix(table)).group_of_voice
    found = []
    for _ in range(8):
        drawn = rng.integers(0, len(table), len(table))
        group = polis.analyse(Votes.from_matrix(table[drawn])).group_of_voice
        people, place = np.unique(drawn, return_index=True)
        inside = (whole[people] >= 0) & (group[place] >= 0)
        found.append(rand(whole[people][inside], group[place][inside]))
    return float(np.median(found))


def coverage(share: float) -> Iterator[Row]:
    """Constituencies of known agreement: how often does the 90 % interval hold it?"""
    for kind in ("alike", "moderately different", "a small one dissents", "its flipped statements"):
        for n in (12, 20, 40, 100):
            rng = np.random.default_rng([5, n])
            held, widths = list[bool](), list[float]()
            for _ in range(max(int(6000 / n * share), 2)):
                answers, of_voice, theta, flipped = draws.constituencies(rng, n, kind)
                labels = "abcdefghijklmnop"[: len(theta)]
                of = _cells(Votes.from_matrix(answers), of_voice, labels).agreement
                asked = of.claimed & (flipped if kind == "its flipped statements" else True)
                held += ((of.lower <= theta) & (theta <= of.upper))[asked].tolist()
                widths += (of.upper - of.lower)[asked].tolist()
            low, high = interval(int(np.sum(held)), len(held))
            yield {
                "constituencies": kind,
                "people": n,
                "intervals": len(held),
                "holding the truth": float(np.mean(held)),
                "low": low,
                "high": high,
                "mean width": float(np.mean(widths)),
            }


def _forced(part: Placed, rng: np.random.Generator) -> np.ndarray:
    """Two groups, whether there are any or not."""
    start = rng.standard_normal((part.table.shape[1], 4))
    first = axes.fit(part.table[None], part.seen, start).position[..., 0]
    return np.asarray(grouping.halves(first, fewest=grouping.FEWEST_PEOPLE)[0], np.int64)


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
            part = placed(votes)
            found_by = _forced(part, rng)
            crossfit += bool(cross_fitted(votes, part, found_by, 2, room))
            group = np.full(votes.n_voices, -1)
            group[part.rows] = found_by
            found = between.standing(_cells(votes, group, "12"), votes.counts())
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
            low, high = interval(hits, of_rooms)
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
    "real": real,
    "again": again,
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
    parser.add_argument("--more", type=float, help="seconds of further rooms without groups")
    given = parser.parse_args()
    if given.more:
        path = RESULTS / "rooms-alarms.csv"
        with path.open(newline="", encoding="utf-8") as file:
            stored = list(csv.DictReader(file))
        _write(path, more_alarms(stored, given.more))
    for name in [] if given.page_only or given.more else given.parts or PARTS:
        begin, rows = time.process_time(), []
        for row in PARTS[name](given.share):
            rows.append(row)
            _write(RESULTS / f"rooms-{name}.csv", rows)
            print(name, row, flush=True)
        print(f"{name}: {time.process_time() - begin:.0f} s of CPU", flush=True)
    write_page(RESULTS)


if __name__ == "__main__":
    main()
