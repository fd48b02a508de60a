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

#: Signs that are not to be seen and yet are part of words: joiners and marks of direction.
JOINING = frozenset("\u200c\u200d\u200e\u200f\u2066\u2067\u2068\u2069\u00ad")


def printable(text: str) -> str:
    """Return the text with a � for what a terminal would act on: line ends, escapes, overrides.

    Examples
    --------
    >>> printable("ports\\x1b[2J")
    'ports�[2J'
    """
    return "".join(
        sign if sign.isprintable() or sign in JOINING else "\N{REPLACEMENT CHARACTER}"
        for sign in text
    )


def in_one_line(text: str) -> str:
    """Return people's words for a page, a picture or a terminal: in one line, without control
    signs."""
    return printable(" ".join(text.split()))


class OpinionError(ValueError):
    """Base of every deliberate error of this package."""

    def __init__(self, message: str) -> None:
        super().__init__(printable(message))  # it may quote a file, and end on a terminal


class BadVotes(OpinionError):
    """What was given is not a table of agree, pass and disagree."""


class BadExport(OpinionError):
    """A file of an export cannot be read; `path` and `line` say where."""

    def __init__(self, message: str, *, path: Path, line: int | None = None) -> None:
        self.path = path
        self.line = line
        where = f"{path}, line {line}" if line is not None else f"{path}"
        super().__init__(f"{where}: {message}")


class TooLittle(OpinionError):
    """The votes are sound but hold nothing this analysis could work on."""
