#!/usr/bin/env python3
"""How long `make run` takes until Majlis is ready, and the first page after it.

    python bench/start.py [--runs 5] [--installed]

Clones this repository, starts it there for the first time (which installs what the lock says) and
then some times more, asking for the edition page as soon as it is ready; and as often again for
somebody who reads the address first: the edition page, another page in Arabic, and the first
again. `--installed` starts this working copy instead, on a folder of its own.
Writes bench/results/start.md.
"""

from __future__ import annotations

import argparse
import os
import platform
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from urllib.request import urlopen

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "bench")]

from kill import free_port  # noqa: E402
from load import middle  # noqa: E402

EDITION = "/en/e/tunis-2026/"
TO_THE_BROWSER = 1.0  # until somebody who reads that it is ready has opened the address
OTHER = "/ar/e/tunis-2026/programme/"


@dataclass(frozen=True, slots=True)
class Start:
    """One start, in seconds until ready, and the milliseconds of the pages after it."""

    ready: float
    processor: float
    first: float
    other: float
    again: float


def start(folder: Path, var: Path, pause: float = 0.0) -> Start:
    port = free_port()
    environment = {k: v for k, v in os.environ.items() if not k.startswith("MAJLIS_")} | {
        "MAJLIS_VAR": str(var), "PORT": str(port),
    }  # fmt: skip
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # who develops may; who starts it does not
    began = time.perf_counter()
    process = subprocess.Popen(
        ["make", "run"], cwd=folder, env=environment, text=True, start_new_session=True,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip
    assert process.stdout is not None
    said = []
    for line in process.stdout:
        said.append(line)
        if "Majlis is ready" in line:
            break
    else:
        raise SystemExit("".join(said))
    ready = time.perf_counter() - began
    processor = spent_by(process.pid)
    time.sleep(pause)
    first, other, again = (took(port, path) for path in (EDITION, OTHER, EDITION))
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGTERM)
    process.wait(10)
    return Start(ready, processor, first, other, again)


def spent_by(session: int) -> float:
    """Seconds of processor time that the processes of a session have used, and their children."""
    ticks = 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            fields = stat.read_text().rsplit(")", 1)[1].split()
            if int(fields[3]) == session:
                ticks += sum(map(int, fields[11:15]))
    return ticks / os.sysconf("SC_CLK_TCK")


def took(port: int, path: str) -> float:
    began = time.perf_counter()
    with urlopen(f"http://127.0.0.1:{port}{path}") as answer:
        answer.read()
    return 1000 * (time.perf_counter() - began)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--installed", action="store_true")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        clone = ROOT if chosen.installed else Path(folder) / "majlis"
        if not chosen.installed:
            subprocess.run(["git", "clone", "--quiet", ROOT, clone], check=True)
        var = Path(folder) / "var"
        first = start(clone, var)
        later = [start(clone, var) for _ in range(chosen.runs)]
        read = [start(clone, var, pause=TO_THE_BROWSER) for _ in range(chosen.runs)]
    rows = [
        ("first start, until ready, s", f"{first.ready:.1f}"),
        ("later start, until ready, s", middle([one.ready for one in later], 2)),
        ("its processor time, s", middle([one.processor for one in later], 2)),
        ("edition page, asked at once, ms", middle([one.first for one in later], 0)),
        (
            f"edition page, asked {TO_THE_BROWSER:.0f} s after it, ms",
            middle([one.first for one in read], 0),
        ),
        ("programme in Arabic, next, ms", middle([one.other for one in read], 0)),
        ("edition page again, ms", middle([one.again for one in read], 1)),
    ]
    how = (
        f"{datetime.now(UTC):%Y-%m-%d}, {platform.machine()}, {os.cpu_count()} cores. `make run` "
        f"{'of an installed copy' if chosen.installed else 'on a fresh clone'}; median of "
        f"{chosen.runs} later starts (minimum–maximum)."
    )
    lines = ["# Start", "", how, "", "| | |", "|---|---|", *(f"| {a} | {b} |" for a, b in rows)]
    text = "\n".join(lines)
    (ROOT / "bench" / "results" / "start.md").write_text(f"{text}\n", encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
