#!/usr/bin/env python3
"""Make `.venv` hold exactly what the lock says, and build what the server needs.

    python3 scripts/setup.py run     what serving needs
    python3 scripts/setup.py dev     what testing needs as well

Written for the standard library alone, because it runs before anything is installed.
A second run finds the stamp of the lock's hash and the built files in place, touches no
network and takes a few hundredths of a second.
"""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
SRC = ROOT / "src"
PACKAGES = ROOT / "packages"
STATIC = ROOT / "static-built"
OLDEST = (3, 11)


class SetupRefused(Exception):
    """Something is missing that this script cannot bring; the message says what to do."""


def bin_of(venv: Path) -> Path:
    return venv / ("Scripts" if os.name == "nt" else "bin")


def require_python() -> None:
    """Refuse an old Python, or one without `venv`, and say what brings it."""
    if sys.version_info < OLDEST:
        found = ".".join(map(str, sys.version_info[:3]))
        raise SetupRefused(
            f"Majlis needs Python 3.11 or newer; {sys.executable} is {found}.\n"
            "Name a newer one:  make run PYTHON=python3.12"
        )
    try:
        import ensurepip  # noqa: F401
        import venv  # noqa: F401
    except ImportError:
        raise SetupRefused(
            "This Python cannot make a virtual environment. On Debian or Ubuntu, this brings it:\n"
            "    sudo apt-get install python3-venv"
        ) from None


def run(*command: str | Path, quiet: bool = False) -> bool:
    """Run a command, its words going to the terminal unless `quiet`; say whether it succeeded."""
    out = subprocess.DEVNULL if quiet else None
    done = subprocess.run([str(c) for c in command], cwd=ROOT, stdout=out, stderr=out)
    return done.returncode == 0


def works(python: Path) -> bool:
    """Say whether the environment's Python still starts: it may have been upgraded away."""
    return python.exists() and run(python, "-c", "import sys", quiet=True)


def digest(*parts: bytes) -> str:
    return hashlib.sha256(b"\0".join(parts)).hexdigest()[:16]


def hashed_lock(level: str = "run") -> str:
    lock = (ROOT / "requirements" / f"{level}.txt").read_bytes()
    return digest(lock, str(ROOT).encode(), *(str(path).encode() for path in packages()))


def packages() -> list[Path]:
    """Return the folders of the project's pure packages."""
    return sorted(path.parent for path in PACKAGES.glob("*/pyproject.toml"))


def stamp_of(level: str) -> Path:
    return VENV / f".locked-{level}-{hashed_lock(level)}"


def install(level: str) -> None:
    """Bring `.venv` to the lock of this level, unless its stamp says that it is there."""
    python = bin_of(VENV) / "python"
    if stamp_of("dev").exists() and level == "run":
        level = "dev"  # it holds all that serving needs
    if stamp_of(level).exists() and python.exists():
        return
    if level == "run" and any(VENV.glob(".locked-dev-*")):
        level = "dev"  # keep the tools of whoever develops here
    require_python()
    if not os.access(VENV if VENV.exists() else ROOT, os.W_OK):
        raise PermissionError(errno.EACCES, "not writable", str(ROOT))
    if not works(python):
        print("Making .venv …", flush=True)
        shutil.rmtree(VENV, ignore_errors=True)
        if not run(sys.executable, "-m", "venv", VENV):
            shutil.rmtree(VENV, ignore_errors=True)
            raise SetupRefused(
                "The virtual environment could not be made. On Debian or Ubuntu, try first:\n"
                "    sudo apt-get install python3-venv"
            )
    print("Installing the locked dependencies …", flush=True)
    lock = ROOT / "requirements" / f"{level}.txt"
    pip = (python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check")
    hashed = (*pip, "--require-hashes", "-r")
    fast = run(*hashed, ROOT / "requirements" / "uv.txt") and run(
        bin_of(VENV) / "uv", "pip", "sync", "--quiet", "--python", python, "--require-hashes", lock
    )
    if not fast:
        print("uv could not do it; pip will, more slowly …", flush=True)
        if not run(*hashed, lock):
            raise SetupRefused(
                "The dependencies could not be installed: see the lines above. Without a network, "
                "run this once where there is one, or point pip at a mirror (pip config set "
                "global.index-url …)."
            )
    link_sources(python)
    for old in VENV.glob(".locked-*"):
        old.unlink()
    stamp_of(level).touch()


def link_sources(python: Path) -> None:
    """Install the project itself with its command and packages; sources stay where they are."""
    pip = (python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check")
    ours = [word for path in (*packages(), ROOT) for word in ("--editable", path)]
    if not run(*pip, "--no-deps", "--no-build-isolation", *ours):
        raise SetupRefused("Majlis itself could not be installed: see the lines above.")


def compile_catalogues() -> None:
    """Compile the catalogues that are newer than what was made of them."""
    stale = [
        po
        for po in SRC.rglob("locale/*/LC_MESSAGES/*.po")
        if not (mo := po.with_suffix(".mo")).exists() or mo.stat().st_mtime < po.stat().st_mtime
    ]
    if stale and not run(bin_of(VENV) / "python", ROOT / "scripts" / "messages.py", "compile"):
        raise SetupRefused("The message catalogues could not be compiled: see the lines above.")


def collect_static() -> None:
    """Copy, name by content and compress the static files, when one of them changed."""
    files = sorted(p for p in SRC.glob("majlis/*/static/**/*") if p.is_file())
    seen = [f"{p.relative_to(SRC)} {p.stat().st_size} {p.stat().st_mtime_ns}" for p in files]
    seen.append(hashed_lock())
    stamp = STATIC / f".stamp-{digest(*(line.encode() for line in seen))}"
    if stamp.exists():
        return
    shutil.rmtree(STATIC, ignore_errors=True)
    os.environ["MAJLIS_STATIC"] = "built"  # name them by content although none are there yet
    quiet = ("--noinput", "--verbosity", "0")
    ours = ("--ignore", "django_htmx")  # htmx is vendored; the package's own copies are not served
    if not run(bin_of(VENV) / "majlis", "collectstatic", *quiet, *ours):
        raise SetupRefused("The static files could not be collected: see the lines above.")
    STATIC.mkdir(exist_ok=True)
    stamp.touch()


def main(argv: list[str]) -> int:
    level = argv[1] if len(argv) > 1 else "run"
    if level not in ("run", "dev"):
        print(__doc__, file=sys.stderr)
        return 2
    try:
        install(level)
        compile_catalogues()
        collect_static()
    except SetupRefused as refused:
        print(f"\n{refused}", file=sys.stderr)
        return 1
    except PermissionError as error:
        print(f"\nThis folder cannot be written to: {error.filename}.", file=sys.stderr)
        print("Clone Majlis into a folder of your own.", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv))
