"""A flood is said once: one line of a kind in a minute, and later how many more there were."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable


class OncePerMinute(logging.Filter):
    """Lets a kind of line through once in a minute; the next one tells how many were left out.

    A kind is the logger and the sentence before its facts are filled in.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic, *, seconds: float = 60) -> None:
        super().__init__()
        self.clock, self.seconds = clock, seconds
        self.said: dict[tuple[str, str], tuple[float, int]] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        kind = (record.name, str(record.msg)[:80])
        at, left_out = self.said.get(kind, (float("-inf"), 0))
        if self.clock() - at < self.seconds:
            self.said[kind] = at, left_out + 1
            return False
        if len(self.said) > 1000:  # sentences that are never the same twice
            self.said.clear()
        self.said[kind] = self.clock(), 0
        if left_out:
            record.facts = {**getattr(record, "facts", {}), "left_out": left_out}
        return True
