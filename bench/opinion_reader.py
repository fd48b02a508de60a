"""Read a long export, sound and with one broken line: is the line named, and at what cost?

    python bench/opinion_reader.py [ROWS]

Writes `bench/results/opinion-reader.md`. Each case runs in a process of its own, so that the
peak of its memory is its own.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parents[1]
RESULTS = ROOT / "bench" / "results" / "opinion-reader.md"
#: Where, as a share of the file, the broken line stands.
PLACE = 0.95
CASES = {
    "sound": None,
    "a field too few": "1403054214196,17,4",
    "a vote of 7": "1403054214196,17,4,7",
    "a voice in words": "1403054214196,17,ada,1",
    "bytes that are not UTF-8": "1403054214196,17,\udcff,1",
}


def main(rows: int) -> None:
    """Measure every case and write the table."""
    lines = [
        "# Reading a long export",
        "",
        f"Written by `python bench/opinion_reader.py`: {rows:,} votes in four columns, one line",
        f"broken at {PLACE:.0%} of the file; CPU time and peak memory of a process of its own.",
        "",
        "| file | CPU time | peak memory | said |",
        "|---|---|---|---|",
    ]
    with tempfile.TemporaryDirectory() as folder:
        for name, broken in CASES.items():
            _write(Path(folder) / "votes.csv", rows, broken)
            size = (Path(folder) / "votes.csv").stat().st_size / 2**20
            done = subprocess.run(
                [sys.executable, __file__, "--read", folder],
                env={"PYTHONPATH": str(ROOT / "src"), "OMP_NUM_THREADS": "1"},
                capture_output=True,
                text=True,
                check=True,
            )
            found = json.loads(done.stdout)
            said = found["said"].replace(folder + "/", "")
            lines.append(f"| {name} | {found['seconds']:.1f} s | {found['gb']:.2f} GB | {said} |")
            print(lines[-1], flush=True)
    lines += [
        "",
        f"The file has {size:.0f} MB; the votes of the sound one are not folded here.",
        "",
    ]
    RESULTS.write_text("\n".join(lines))


def _write(path: Path, rows: int, broken: str | None) -> None:
    rng = np.random.default_rng(1)
    at = int(rows * PLACE)
    with path.open("w", encoding="utf-8", errors="surrogateescape") as stream:
        stream.write("timestamp,comment-id,voter-id,vote\n")
        for begin in range(0, rows, 500_000):
            n = min(500_000, rows - begin)
            columns = (
                np.arange(begin, begin + n) + 1403054214196,
                rng.integers(0, 2000, n),
                np.arange(begin, begin + n) // 100,
                rng.integers(-1, 2, n),
            )
            part = [
                ",".join(map(str, one)) for one in zip(*(c.tolist() for c in columns), strict=True)
            ]
            if broken is not None and begin <= at < begin + n:
                part[at - begin] = broken
            stream.write("\n".join(part) + "\n")


def _read(folder: str) -> None:
    from opinionspace import BadExport
    from opinionspace.export import read_export

    begin = time.process_time()
    try:
        said = f"{len(read_export(folder).log):,} votes"
    except BadExport as error:
        said = str(error)
    seconds = time.process_time() - begin
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    print(json.dumps({"seconds": seconds, "gb": memory, "said": said}))


if __name__ == "__main__":
    if sys.argv[1:2] == ["--read"]:
        _read(sys.argv[2])
    else:
        main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000_000)
