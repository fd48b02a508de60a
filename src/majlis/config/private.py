"""Keeping the folder of data readable by its owner only.

It holds votes, names, links that sign in and the key to all links. `settings` sets the umask, so
that everything made from then on is private; what older versions or other programs left open is
closed by the first command that runs.
"""

from __future__ import annotations

import contextlib
import os
import stat
from collections.abc import Iterator
from pathlib import Path

UMASK = 0o077
OTHERS = 0o077


def everything_in(var: Path) -> Iterator[Path]:
    """The folder and all that is in it; links are left alone and not followed."""
    if var.is_dir():
        yield var
    for folder, folders, names in os.walk(var):
        for name in (*folders, *names):
            path = Path(folder) / name
            if not path.is_symlink():
                yield path


def open_to_others(var: Path) -> Iterator[Path]:
    """What others than its owner may read, write or enter."""
    for path in everything_in(var):
        with contextlib.suppress(FileNotFoundError):  # removed meanwhile
            if path.stat().st_mode & OTHERS:
                yield path


def of_somebody_else(var: Path) -> Iterator[Path]:
    """What belongs to another user: a server started once as root leaves such files."""
    for path in everything_in(var):
        with contextlib.suppress(FileNotFoundError):
            if path.stat().st_uid != os.geteuid():
                yield path


def close(var: Path) -> None:
    """Take the rights of others away wherever this user can; `majlis check` names the rest."""
    if var.is_dir() and var.stat().st_mode & stat.S_ISVTX:
        return  # a folder for everybody, such as /tmp itself, was named
    for path in open_to_others(var):
        with contextlib.suppress(OSError):
            path.chmod(stat.S_IMODE(path.stat().st_mode) & ~OTHERS)
