"""The errors this package raises on purpose.

::

    OpinionError (ValueError)
    ├── BadVotes        the votes cannot be read as a table of stances
    ├── BadExport       a file of an export is broken; says file and line
    └── TooLittle       the votes are sound, but too few or too uniform for this analysis

`str(error)` says what is wrong, where, and what would be right.
"""

from __future__ import annotations

from pathlib import Path


class OpinionError(ValueError):
    """Base of every deliberate error of this package."""


class BadVotes(OpinionError):
    """What was given is not a table of agree, pass and disagree."""


class BadExport(OpinionError):
    """A file of an export cannot be read; `path` and `line` say where."""

    def __init__(self, message: str, *, path: Path, line: int | None = None) -> None:
        self.path = path
        self.line = line
        where = f"{path}, line {line}" if line is not None else f"{path}"
        said = f"{where}: {message}"  # which may quote the file, and end on a terminal
        super().__init__("".join(sign if sign.isprintable() else "�" for sign in said))


class TooLittle(OpinionError):
    """The votes are sound but hold nothing this analysis could work on."""
