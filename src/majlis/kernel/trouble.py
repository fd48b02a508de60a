"""Faults of the surroundings: a full disk, a folder that may not be written, a database away.

They are nobody's bug, so they are told apart from bugs: a page says what to do, a command says it
in a sentence, and nothing that was refused is half kept.
"""

from __future__ import annotations

import errno
from collections.abc import Iterator
from enum import Enum


class Trouble(Enum):
    """What is wrong with the machine."""

    FULL = "full"
    READ_ONLY = "read only"
    BUSY = "busy"
    AWAY = "away"
    DAMAGED = "damaged"


_OF_THE_SYSTEM = {
    errno.ENOSPC: Trouble.FULL,
    errno.EDQUOT: Trouble.FULL,
    errno.EFBIG: Trouble.FULL,
    errno.EROFS: Trouble.READ_ONLY,
    errno.EACCES: Trouble.READ_ONLY,
    errno.EPERM: Trouble.READ_ONLY,
}
_OF_SQLITE = {  # https://www.sqlite.org/rescode.html, the lowest eight bits
    3: Trouble.READ_ONLY,
    5: Trouble.BUSY,
    6: Trouble.BUSY,
    8: Trouble.READ_ONLY,
    10: Trouble.FULL,  # an input or output error; a full disk often shows as one
    11: Trouble.DAMAGED,
    13: Trouble.FULL,
    14: Trouble.READ_ONLY,
    26: Trouble.DAMAGED,
}
_OF_POSTGRESQL = {  # https://www.postgresql.org/docs/current/errcodes-appendix.html
    "08": Trouble.AWAY,
    "57P": Trouble.AWAY,
    "53300": Trouble.AWAY,  # more connections than it takes
    "53100": Trouble.FULL,
    "25006": Trouble.READ_ONLY,
    "55P03": Trouble.BUSY,
    "XX001": Trouble.DAMAGED,
}
_WITHOUT_CODE = dict.fromkeys(("OperationalError", "InterfaceError", "PoolTimeout"), Trouble.AWAY)


def trouble_of(error: BaseException | None) -> Trouble | None:
    """Which trouble stands behind an error, if one does."""
    return next((found for one in _causes(error) if (found := _trouble(one))), None)


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        yield error
        seen.add(id(error))
        error = error.__cause__ or error.__context__


def _trouble(error: BaseException) -> Trouble | None:
    if isinstance(error, OSError):
        return _OF_THE_SYSTEM.get(error.errno or 0)
    if (code := getattr(error, "sqlite_errorcode", None)) is not None:
        return _OF_SQLITE.get(code & 0xFF)
    if not type(error).__module__.startswith("psycopg"):
        return None
    state = getattr(error, "sqlstate", None) or ""
    starts = (t for start, t in _OF_POSTGRESQL.items() if state.startswith(start))
    # without a code the connection itself failed, or the pool had none to give
    return next(starts, None if state else _WITHOUT_CODE.get(type(error).__name__))


def first_line(error: BaseException) -> str:
    """What an error says first, which fits on a line."""
    return next(iter(str(error).strip().splitlines()), type(error).__name__)
