"""The errors this package raises on purpose.

::

    DecidingError (ValueError)
    ├── BadRule         the rule contradicts itself, or its file cannot be read
    ├── RuleChanged     the rule is not the one that was stored before the ratings
    ├── BadRatings      a rating or a ballot is not what the rule asks for
    └── BadFile         a file of ratings is broken; says file and line

`str(error)` is one sentence: what is wrong, where, and what would be right.
"""

from __future__ import annotations

from pathlib import Path

#: Signs that are not to be seen and yet are part of words: joiners and marks of direction.
JOINING = frozenset("\u200c\u200d\u200e\u200f\u2066\u2067\u2068\u2069\u00ad")


def printable(text: str) -> str:
    """Return the text in one line, with a � for what a terminal would act on.

    Examples
    --------
    >>> printable("ports\\x1b[2J and\\nroads")
    'ports�[2J and roads'
    """
    return "".join(
        sign if sign.isprintable() or sign in JOINING else "\N{REPLACEMENT CHARACTER}"
        for sign in " ".join(text.split())
    )


class DecidingError(ValueError):
    """Base of every deliberate error of this package."""

    def __init__(self, message: str) -> None:
        super().__init__(printable(message))  # it may quote a file, and end on a terminal


class BadRule(DecidingError):
    """The rule cannot be applied as it is written."""


class RuleChanged(DecidingError):
    """The rule has another digest than the one stored before the ratings opened."""


class BadRatings(DecidingError):
    """A rating does not follow the rule."""


class BadFile(DecidingError):
    """A file of ratings cannot be read; `path` and `line` say where."""

    def __init__(self, message: str, *, path: Path, line: int | None = None) -> None:
        self.path = path
        self.line = line
        where = f"{path}, line {line}" if line is not None else f"{path}"
        super().__init__(f"{where}: {message}")
