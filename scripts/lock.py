#!/usr/bin/env python3
"""Lock the dependencies: `requirements/{uv,run,dev}.txt`, with hashes and without addresses.

python scripts/lock.py             keep what is locked, add what is new
python scripts/lock.py --upgrade   take the newest of everything
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCKS = {
    "requirements/uv.txt": ["requirements/uv.in"],
    "requirements/run.txt": ["pyproject.toml", "requirements/build.in"],
    "requirements/dev.txt": ["pyproject.toml", "requirements/build.in", "--group", "dev"],
}
PACKAGES = sorted(path.name for path in (ROOT / "packages").iterdir())
HOW = ["--quiet", "--universal", "--generate-hashes", "--no-header", "--no-annotate"]
HOW += [word for name in PACKAGES for word in ("--no-emit-package", name)]


def main(extra: list[str]) -> int:
    uv = str(Path(sys.executable).with_name("uv"))
    for lock, sources in LOCKS.items():
        command = [
            uv,
            "pip",
            "compile",
            *HOW,
            "--python-version",
            "3.11",
            *extra,
            *sources,
        ]
        if subprocess.run([*command, "--output-file", lock], cwd=ROOT).returncode:
            return 1
        if "://" in (ROOT / lock).read_text(encoding="utf-8"):
            print(f"{lock} holds an address; a lock must work from any index.", file=sys.stderr)
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
