#!/usr/bin/env python3
"""Run every test on every database that is there, and say last what was left out.

    python scripts/test.py [--journeys | --long] [pytest's own arguments]

SQLite always, with every test but the long ones. PostgreSQL where one answers
(`MAJLIS_TEST_DATABASE_URL`, else postgres://postgres@127.0.0.1:5432/majlis), with the tests
that touch a database. Browser journeys where Chromium is found: `MAJLIS_CHROMIUM`, else on the
path. Unit tests of the phone's modules where Node is found.
`MAJLIS_REQUIRE="postgresql chromium pdftotext node"` makes a missing one a failure instead of
a line. `--long` runs the long tests as well on SQLite, properties on many more examples and with
coverage, and on PostgreSQL what the short run leaves out.

In the short run, tests that failed are tried once more after it, alone in one process. Those that
pass then are named as unsteady and fail nothing; those that fail again do. More than twelve are
not tried again: that is no accident.
"""

from __future__ import annotations

import json
import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import psycopg

ROOT = Path(__file__).resolve().parent.parent
LOCAL_POSTGRESQL = "postgres://postgres@127.0.0.1:5432/majlis"
WORKERS = os.environ.get("MAJLIS_TEST_WORKERS") or str(os.cpu_count() or 2)
PARALLEL = ["-n", WORKERS, "--dist", "loadgroup", "--durations", "10"]
ALONE = ["-n", "0"]
MOST_TRIED_AGAIN = 12
COVERAGE = ["--cov", "--cov-report=term:skip-covered"]
SQLITE = {False: "not long", True: "long or not long"}
POSTGRESQL = {False: "database and not once and not long", True: "database and (once or long)"}
CLOSING = re.compile(r"^=* ?(\d+ (passed|failed|error|skipped)|no tests ran).* in [\d.]+s")


def find_postgresql() -> tuple[str, str]:
    """Return the address of a PostgreSQL that answers, or "" and why there is none."""
    url = os.environ.get("MAJLIS_TEST_DATABASE_URL") or LOCAL_POSTGRESQL
    server = url.rsplit("/", 1)[0]
    try:
        psycopg.connect(f"{server}/postgres", connect_timeout=3).close()
    except psycopg.Error as error:
        return "", str(error).strip().splitlines()[0]
    return url, ""


def find_chromium() -> str:
    named = os.environ.get("MAJLIS_CHROMIUM")
    return named or shutil.which("chromium") or shutil.which("chromium-browser") or ""


@dataclass
class Result:
    """How a run ended: the exit code, the closing line, and which tests passed only when alone."""

    code: int
    closing: str
    failed: list[str] = field(default_factory=list)
    unsteady: list[str] = field(default_factory=list)


def pytest(args: list[str], environment: dict[str, str]) -> Result:
    """Run pytest in parallel, then alone, for once, the few tests that failed."""
    result = once([*PARALLEL, *args], environment)
    is_tried = result.code == 1 and 0 < len(result.failed) <= MOST_TRIED_AGAIN
    if not is_tried or environment["MAJLIS_TEST_LONG"]:
        return result
    print(f"\n──── Once more, alone: {len(result.failed)} that failed ────", flush=True)
    again = once([*ALONE, *result.failed], environment)
    is_told = again.code == 0 or (again.code == 1 and again.failed)
    return Result(
        again.code,
        f"{result.closing}; then, alone: {again.closing}",
        again.failed,
        sorted(set(result.failed) - set(again.failed)) if is_told else [],
    )


def once(args: list[str], environment: dict[str, str]) -> Result:
    """Run pytest, passing its words through."""
    with tempfile.TemporaryDirectory(prefix="majlis-failed-") as cache:
        command = [sys.executable, "-m", "pytest", "-o", f"cache_dir={cache}", *args]
        code, closing = said(command, environment)
        noted = Path(cache) / "v" / "cache" / "lastfailed"
        failed = json.loads(noted.read_text(encoding="utf-8")) if noted.exists() else {}
    return Result(code, closing, sorted(re.sub(r"@\w+$", "", name) for name in failed))


def said(command: list[str], environment: dict[str, str]) -> tuple[int, str]:
    """Run a command of pytest; return its exit code and its closing line."""
    closing = "pytest did not come to an end"
    # Servers and commands are started a hundred times: compiled once, they start much faster.
    compiled = {"PYTHONDONTWRITEBYTECODE": ""}
    with subprocess.Popen(
        command,
        cwd=ROOT,
        env=os.environ | compiled | environment,
        stdout=subprocess.PIPE,
        text=True,
        errors="replace",
    ) as running:
        assert running.stdout is not None
        for line in running.stdout:
            sys.stdout.write(line)
            sys.stdout.flush()
            if CLOSING.match(line):
                closing = line.strip("= \n")
    return running.returncode, closing


def node() -> Result:
    """Test the phone's modules; print what Node says only where something fails."""
    files = sorted(str(path) for path in (ROOT / "tests" / "js").glob("*.test.mjs"))
    ran = subprocess.run(
        ["node", "--test", *files], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if ran.returncode:
        print(ran.stdout, ran.stderr, sep="\n")
    counts = re.findall(r"^\S (pass|fail) (\d+)$", ran.stdout, re.MULTILINE)
    return Result(ran.returncode, ", ".join(f"{n} {what}ed" for what, n in counts))


def kept(results: dict[str, Result], seconds: float) -> None:
    """Keep what the long tests said, for everybody to read."""
    lines = [f"{name}: {result.closing}" for name, result in results.items()]
    day = f"{datetime.now(UTC):%Y-%m-%d}, {platform.machine()}, {os.cpu_count()} cores"
    text = "\n".join(["# make check-long", "", f"{day}, {seconds:.0f} s.", "", *lines])
    (ROOT / "bench" / "results" / "check-long.md").write_text(f"{text}\n", encoding="utf-8")


def missing(why_no_postgresql: str, chromium: str) -> dict[str, str]:
    """Return what is left out for want of each program that is not here."""
    lacking = {}
    if why_no_postgresql:
        lacking["postgresql"] = f"the tests of the database on PostgreSQL: {why_no_postgresql}"
    if not chromium:
        lacking["chromium"] = "the browser journeys: no Chromium on the path (MAJLIS_CHROMIUM)"
    if not shutil.which("pdftotext"):
        lacking["pdftotext"] = "reading PDFs as others do: no pdftotext (poppler-utils)"
    if not shutil.which("node"):
        lacking["node"] = "the unit tests of the phone's modules: no Node on the path (nodejs)"
    return lacking


def main(args: list[str]) -> int:
    if "--journeys" in args:
        args = [a for a in args if a != "--journeys"] + ["tests/journeys"]
    is_long = "--long" in args
    args = [a for a in args if a != "--long"]
    postgresql, why_not = find_postgresql()
    chromium = find_chromium()
    lacking = missing(why_not, chromium)
    required = [name for name in os.environ.get("MAJLIS_REQUIRE", "").split() if name in lacking]
    if required:
        print("Required here, and missing:", *(lacking[r] for r in required), sep="\n  ")
        return 1

    common = {"MAJLIS_CHROMIUM": chromium, "MAJLIS_TEST_LONG": "1" if is_long else ""}
    runs = {"SQLite": ({"MAJLIS_TEST_DATABASE_URL": "", **common}, SQLITE[is_long])}
    if postgresql:
        on_postgresql = {"MAJLIS_TEST_DATABASE_URL": postgresql, **common}
        runs["PostgreSQL"] = on_postgresql, POSTGRESQL[is_long]
    results: dict[str, Result] = {}
    if not args and not is_long and "node" not in lacking:
        results["JavaScript"] = node()
    began = time.monotonic()
    for name, (environment, which) in runs.items():
        print(f"\n──── {name}: {which} ────", flush=True)
        measured = COVERAGE if is_long and name == "SQLite" and not args else []
        results[name] = pytest(["-m", which, *measured, *args], environment)

    print()
    for what in lacking.values():
        print(f"Left out: {what}.")
    if not lacking:
        print("Left out: nothing.")
    if is_long and not args:
        kept(results, time.monotonic() - began)
    for name, result in results.items():
        print(f"{name + ':':12}{result.closing}")
        for test in result.unsteady:
            print(f"  unsteady: {test}")
        for test in result.failed:
            print(f"  failed: {test}")
    nothing_ran = 5  # pytest's code when a selection is empty
    codes = [result.code for result in results.values()]
    return max(0 if code == nothing_ran and args else code for code in codes)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
