"""Measure `opinionspace` in CPU time and memory, beside red-dwarf on the same votes.

    python bench/opinion.py                     every row; the peer where it is quick
    python bench/opinion.py --rows room,1k      some rows
    python bench/opinion.py --slow-peer         the peer on slow rows too (up to an hour)
    python bench/opinion.py --no-peer           the peer only from stored results

Each row runs in a process of its own on one thread. What is timed begins with the log of
votes in memory and ends with the whole analysis: folding is included, on both sides. Medians
of CPU time; memory is the peak of the process, input included. The peer lives in its own
environment, var/bench/red-dwarf, made on first use from bench/red-dwarf.txt; the compiled extra
in var/bench/opinionspace-fast, where there is a compiler. Results go to
bench/results/opinion.json and opinion.md; a row that is not run keeps its stored result.
"""

from __future__ import annotations

import argparse
import functools
import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import venv
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
RESULTS = HERE / "results" / "opinion.json"
PEER = ROOT / "var" / "bench" / "red-dwarf"
EXTRA = ROOT / "var" / "bench" / "opinionspace-fast"
SHARED = Path(os.environ.get("MAJLIS_SHARED", ROOT.parent / "shared")) / "data" / "opinion"
ONE_THREAD = dict.fromkeys(
    ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "LOKY_MAX_CPU_COUNT"), "1"
)

#: A room of 150 people in two halves on 100 statements, whose gate is asked to its end.
HALVES = "halves"


@dataclass(frozen=True)
class Row:
    """One line of the table: where votes come from, how often to run, what to reach."""

    name: str
    source: str | tuple[int, int, int]
    repeats: int
    peer_repeats: int
    slow_peer: bool = False
    faster: float | None = None
    most_seconds: float | None = None
    most_gb: float | None = None
    #: How often each tool is started, in turn.
    turns: int = 1


ROWS = (
    Row("seattle", "15-per-hour-seattle", 101, 5, faster=30, turns=7),
    Row("brexit", "brexit-consensus", 101, 5, faster=30, turns=7),
    Row("london", "london.youth.policing", 101, 5, faster=30, turns=7),
    Row("ubi", "scoop-hivemind.ubi", 101, 5, faster=30, turns=7),
    Row("1k", (1_000, 200, 20_000), 41, 3, faster=25, turns=7),
    Row("10k", (10_000, 1_000, 800_000), 9, 1, faster=150, most_gb=0.25, turns=5),
    Row("50k", (50_000, 2_000, 6_000_000), 5, 1, slow_peer=True, faster=220),
    Row("100k", (100_000, 2_000, 10_000_000), 5, 1, True, faster=500, most_seconds=1, most_gb=1),
    Row("1m", (1_000_000, 5_000, 100_000_000), 1, 0, most_seconds=20, most_gb=5),
    Row("one-more", (10_000, 1_000, 800_000), 31, 0, most_seconds=0.005),
    Row("room", HALVES, 7, 0, most_seconds=0.3),
)


def main() -> int:
    """Run what was asked for, store it, print the table; 1 when a target is missed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", help="names of rows, with commas between")
    parser.add_argument("--slow-peer", action="store_true")
    parser.add_argument("--no-peer", action="store_true")
    options = parser.parse_args()
    wanted = options.rows.split(",") if options.rows else [row.name for row in ROWS]
    stored = json.loads(RESULTS.read_text()) if RESULTS.exists() else {"rows": {}}
    for row in ROWS:
        if row.name not in wanted:
            continue
        with tempfile.TemporaryDirectory() as folder:
            votes = Path(folder) / "votes.npz"
            if not _save_votes(row, votes):
                print(f"{row.name}: left out, {SHARED} is not there")
                continue
            result = stored["rows"].setdefault(row.name, {})
            with_peer = bool(row.peer_repeats) and not options.no_peer
            with_peer &= options.slow_peer or not row.slow_peer
            result |= _measured(row, votes, with_peer=with_peer)
        print(f"{row.name}: {json.dumps(result)}", flush=True)
        stored["machine"] = _machine()
        RESULTS.parent.mkdir(exist_ok=True)
        RESULTS.write_text(json.dumps(stored, indent=1) + "\n")
    table, missed = _table(stored)
    RESULTS.with_suffix(".md").write_text(table)
    print(table)
    return 1 if missed else 0


def _save_votes(row: Row, path: Path) -> bool:
    sys.path[:0] = [str(HERE), str(ROOT / "packages/opinionspace/src")]
    if row.source == HALVES:
        from room_draws import split

        table = split(np.random.default_rng(1), 150, 100, 0.6)[0]
        voice, statement = np.nonzero(~np.isnan(table))
        arrays = voice, statement, table[voice, statement].astype(np.int8)
    elif isinstance(row.source, str):
        from opinionspace.export import read_export

        folder = SHARED / "openData" / row.source
        if not folder.exists():
            return False
        log = read_export(folder).log
        assert log.timestamp is not None
        order = np.argsort(log.timestamp, kind="stable")
        arrays = (log.voter[order], log.comment[order], log.stance[order])
    else:
        # in a process of its own, so that its memory is not handed down
        subprocess.run(
            [sys.executable, HERE / "conversations.py", *map(str, row.source), path], check=True
        )
        return True
    np.savez(path, voice=arrays[0], statement=arrays[1], stance=arrays[2])
    return True


def _measured(row: Row, votes: Path, *, with_peer: bool) -> dict[str, Any]:
    """Run the two tools in turn, so that what else the machine does meets both alike."""
    sides: dict[str, tuple[str | Path, str, int]] = {
        "ours": (sys.executable, "opinion_ours.py", row.repeats)
    }
    if _extra_is_built():
        sides["extra"] = (sys.executable, "opinion_ours.py", row.repeats)
    if with_peer:
        sides["peer"] = (_peer_python(), "opinion_peer.py", row.peer_repeats)
    found: dict[str, list[dict[str, Any]]] = {side: [] for side in sides}
    for _ in range(row.turns):
        for side, (python, script, repeats) in sides.items():
            found[side].append(_run(python, HERE / script, row, votes, repeats, side == "extra"))
    return {side: _pooled(turns) for side, turns in found.items()}


def _pooled(turns: list[dict[str, Any]]) -> dict[str, Any]:
    seconds = sorted(one for turn in turns for one in turn["seconds"])
    return turns[0] | {
        "seconds": statistics.median(seconds),
        "fastest": seconds[0],
        "gb": max(turn["gb"] for turn in turns),
        "runs": len(seconds),
    }


def _run(
    python: Path | str, script: Path, row: Row, votes: Path, repeats: int, extra: bool
) -> dict[str, Any]:
    path = os.pathsep.join(map(str, [ROOT / "packages/opinionspace/src", *[EXTRA] * extra]))
    done = subprocess.run(
        [python, script, votes, str(repeats), row.name],
        env=os.environ | ONE_THREAD | {"PYTHONPATH": path, "OPINIONSPACE_FAST": str(int(extra))},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise SystemExit(f"{script.name} failed on {row.name}:\n{done.stderr[-2000:]}")
    return dict(json.loads(done.stdout.splitlines()[-1]))


@functools.cache
def _extra_is_built() -> bool:
    """Build the compiled loops as they are now; without a compiler their columns stay empty."""
    shutil.rmtree(EXTRA, ignore_errors=True)
    given = ROOT / "packages/opinionspace/fast"
    pip = [sys.executable, "-m", "pip", "install", "-q", "--no-deps"]
    return subprocess.run([*pip, "--target", str(EXTRA), str(given)], check=False).returncode == 0


def _peer_python() -> Path:
    python = PEER / "bin" / "python"
    if not python.exists():
        venv.create(PEER, with_pip=True)
        subprocess.run(
            [python, "-m", "pip", "install", "-q", "-r", HERE / "red-dwarf.txt"], check=True
        )
    return python


def _machine() -> dict[str, str]:
    cpu = platform.processor()
    info = Path("/proc/cpuinfo")
    if info.exists():
        lines = [line for line in info.read_text().splitlines() if line.startswith("model name")]
        cpu = lines[0].split(":", 1)[1].strip() if lines else cpu
    return {"cpu": cpu, "cores": str(os.cpu_count()), "system": platform.platform(terse=True)}


def _table(stored: dict[str, Any]) -> tuple[str, list[str]]:
    head = "row | votes | ours | extra | peak | red-dwarf | peak | times faster | fastest"
    lines = [
        "# Speed of opinion analysis",
        "",
        "Written by `make bench-opinion`; one thread, medians of CPU time, whole way from the log",
        "of votes to the result, peak memory of the process with its input. The tools are started",
        "in turn; *fastest* compares the fastest run of each. *Extra* is opinionspace with its",
        "compiled loops (`opinionspace[fast]`), which give the same digests.",
        "",
        f"| {head} | extra | fastest | asked | there |",
        "|---|---|---|---|---|---|---|---|---|---|---|---|---|",
    ]
    missed = []
    for row in ROWS:
        result = stored["rows"].get(row.name)
        if not result:
            continue
        ours, extra, peer = result["ours"], result.get("extra"), result.get("peer")
        targets = [f"{row.faster:g} times"] if row.faster else []
        targets += [f"{row.most_seconds:g} s"] if row.most_seconds else []
        targets += [f"{row.most_gb:g} GB"] if row.most_gb else []
        there = "yes" if _reached(row, ours, peer) else "no"
        if there == "no" and extra and _reached(row, extra, peer):
            there = "with the extra"
        if there == "no":
            missed.append(row.name)
        size = " × ".join(f"{part:,}" for part in ours["shape"])
        cells = [
            f"{row.name}: {size}",
            f"{ours['votes']:,}",
            _time(ours["seconds"]),
            _time(extra["seconds"]) if extra else "–",
            f"{ours['gb']:.2f} GB",
            _time(peer["seconds"]) if peer else "–",
            f"{peer['gb']:.2f} GB" if peer else "–",
            *_times(ours, peer),
            *_times(extra, peer),
            ", ".join(targets),
            there + (", as far as measured" if row.faster and not peer else ""),
        ]
        lines.append(f"| {' | '.join(cells)} |")
    versions = sorted(
        {
            f"{name} {version}"
            for result in stored["rows"].values()
            for side in result.values()
            for name, version in side["versions"].items()
        }
    )
    machine = stored.get("machine", {})
    lines += [
        "",
        f"Machine: {', '.join(machine.values())}.",
        f"Versions: {', '.join(versions)}.",
        "",
    ]
    notes = HERE / "results" / "opinion-notes.md"
    if notes.exists():
        lines += [notes.read_text().rstrip(), ""]
    return "\n".join(lines), missed


def _reached(row: Row, ours: dict[str, Any], peer: dict[str, Any] | None) -> bool:
    return (
        (not row.faster or not peer or peer["seconds"] / ours["seconds"] >= row.faster)
        and (not row.most_seconds or ours["seconds"] <= row.most_seconds)
        and (not row.most_gb or ours["gb"] <= row.most_gb)
    )


def _times(ours: dict[str, Any] | None, peer: dict[str, Any] | None) -> tuple[str, str]:
    """Return how many times faster it is than the peer, by medians and by the fastest runs."""
    if not ours or not peer:
        return "–", "–"
    fastest = peer.get("fastest", peer["seconds"])
    return f"{peer['seconds'] / ours['seconds']:.0f}", f"{fastest / ours['fastest']:.0f}"


def _time(seconds: float) -> str:
    return f"{1000 * seconds:.3g} ms" if seconds < 1 else f"{seconds:.3g} s"


if __name__ == "__main__":
    raise SystemExit(main())
