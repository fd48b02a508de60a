"""The errors this package raises on purpose.

::

    TradeError (ValueError)
    ├── BadFile      a file of trade is broken; says file and line
    └── BadTable     numbers that an indicator cannot be taken of

`str(error)` says what is wrong, where, and what would be right.
"""

from __future__ import annotations

from pathlib import Path


class TradeError(ValueError):
    """Base of every deliberate error of this package."""

    def __init__(self, message: str) -> None:
        shown = " ".join(message.split())  # it may quote a file, and end on a terminal
        super().__init__("".join(sign if sign.isprintable() else "\ufffd" for sign in shown))


class BadTable(TradeError):
    """Tables whose shapes do not fit, or numbers that are no trade."""


class BadFile(TradeError):
    """A file of trade cannot be read; `path` and `line` say where."""

    def __init__(self, message: str, *, path: Path, line: int | None = None) -> None:
        self.path = path
        self.line = line
        where = f"{path}, line {line}" if line is not None else f"{path}"
        super().__init__(f"{where}: {message}")
