#!/usr/bin/env python3
"""Run every test on every database that is there, and say last what was left out.

    python scripts/test.py [--journeys] [pytest's own arguments]

SQLite always. PostgreSQL where one answers: `MAJLIS_TEST_DATABASE_URL`, else
postgres://postgres@127.0.0.1:5432/majlis. Browser journeys where Chromium is found:
`MAJLIS_CHROMIUM`, else on the path. `MAJLIS_REQUIRE="postgresql chromium pdftotext"` makes
a missing one a failure instead of a line.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import psycopg

ROOT = Path(__file__).resolve().parent.parent
LOCAL_POSTGRESQL = "postgres://postgres@127.0.0.1:5432/majlis"
WORKERS = os.environ.get("MAJLIS_TEST_WORKERS", "2")
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


def pytest(args: list[str], environment: dict[str, str]) -> tuple[int, str]:
    """Run pytest, passing its words through; return its exit code and its closing line."""
    command = [sys.executable, "-m", "pytest", "-n", WORKERS, *args]
    closing = "pytest did not come to an end"
    with subprocess.Popen(
        command,
        cwd=ROOT,
        env=os.environ | environment,
        stdout=subprocess.PIPE,
        text=True,
        errors="replace",
    ) as running:
        assert running.stdout is not None
        for line in running.stdout:
            sys.stdout.write(line)
            sys.stdout.flush()
            if CLOSING.match(line):
                closing = line.strip()
    return running.returncode, closing


def main(args: list[str]) -> int:
    if "--journeys" in args:
        args = [a for a in args if a != "--journeys"] + ["tests/journeys"]
    postgresql, why_not = find_postgresql()
    chromium = find_chromium()
    lacking = {}
    if not postgresql:
        lacking["postgresql"] = f"all tests on PostgreSQL: {why_not}"
    if not chromium:
        lacking["chromium"] = "the browser journeys: no Chromium on the path (MAJLIS_CHROMIUM)"
    if not shutil.which("pdftotext"):
        lacking["pdftotext"] = "reading PDFs as others do: no pdftotext (poppler-utils)"
    required = [name for name in os.environ.get("MAJLIS_REQUIRE", "").split() if name in lacking]
    if required:
        print("Required here, and missing:", *(lacking[r] for r in required), sep="\n  ")
        return 1

    common = {"MAJLIS_CHROMIUM": chromium}
    runs = {"SQLite": {"MAJLIS_TEST_DATABASE_URL": "", **common}}
    if postgresql:
        runs["PostgreSQL"] = {"MAJLIS_TEST_DATABASE_URL": postgresql, **common}
    results = {}
    for name, environment in runs.items():
        print(f"\n──── {name} ────", flush=True)
        results[name] = pytest(args, environment)

    print()
    for what in lacking.values():
        print(f"Left out: {what}.")
    if not lacking:
        print("Left out: nothing.")
    for name, (_, closing) in results.items():
        print(f"{name + ':':12}{closing}")
    nothing_ran = 5  # pytest's code when a selection is empty
    return max(0 if code == nothing_ran and args else code for code, _ in results.values())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
