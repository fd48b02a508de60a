"""The tick: a loop that asks the apps what is due.

What is due stands in the database (a round that should close, a map that is stale), so a crash
loses nothing and a second run does nothing twice. An app's failure is logged and does not keep
the others from theirs. Of several processes on one PostgreSQL one has the turn to ask; when it
ends or dies, another one takes it within seconds.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from django.db import close_old_connections, connections

log = logging.getLogger("majlis.tick")

_last_beat: float | None = None


def seconds_of_silence() -> float | None:
    """How long ago a tick of this process last came round; None when none runs here."""
    return None if _last_beat is None else time.monotonic() - _last_beat


@dataclass(slots=True)
class Task:
    """One thing to ask for: what to call, and every how many seconds at most.

    `after` seconds from the start it is asked for the first time: until then whoever was waiting
    for the server comes first. What waits for somebody else, such as a mail server, runs `apart`,
    in a thread of its own, so that the rest is not late.
    """

    name: str
    do: Callable[[], object]
    every: float = 1.0
    apart: bool = False
    after: float = 0.0
    next_at: float = field(default=0.0)


class Tick:
    """Does what is due, in order, until told to stop, as long as this process has the turn."""

    def __init__(
        self,
        dues: Sequence[Task],
        *,
        pause: float = 1.0,
        has_turn: Callable[[], bool] = lambda: True,
    ) -> None:
        self.dues = dues
        self.pause = pause
        self.has_turn = has_turn
        self.stopping = threading.Event()

    def once(self, *, at: float | None = None) -> list[str]:
        """Ask each app whose time has come; return the names of those that failed."""
        return self._ask(self.dues, time.monotonic() if at is None else at)

    def _ask(self, dues: Sequence[Task], at: float) -> list[str]:
        failed = []
        for due in dues:
            if at < due.next_at or self.stopping.is_set():
                continue
            due.next_at = at + due.every
            try:
                due.do()
            except Exception:
                failed.append(due.name)
                due.next_at = at + max(due.every, 10.0)  # a broken one is not asked in a frenzy
                log.exception("tick failed", extra={"facts": {"asked": due.name}})
        return failed

    def begin(self) -> None:
        """Tick in a thread of its own; from now on this process counts as one that ticks."""
        global _last_beat
        _last_beat = time.monotonic()
        threading.Thread(target=self.run, name="tick", daemon=True).start()

    def run(self) -> None:
        """Tick until `stop`, in this thread."""
        global _last_beat
        for due in self.dues:
            due.next_at = time.monotonic() + due.after
            if due.apart:
                threading.Thread(
                    target=lambda dues=[due]: list(self._rounds(dues)), name=due.name, daemon=True
                ).start()
        _last_beat = time.monotonic()
        for _round in self._rounds([due for due in self.dues if not due.apart]):
            _last_beat = time.monotonic()
        _last_beat = None

    def _rounds(self, dues: Sequence[Task]) -> Iterator[None]:
        """Ask again and again until `stop`, yielding after each round."""
        while not self.stopping.wait(self.pause):
            if self.has_turn():
                self._ask(dues, time.monotonic())
            close_old_connections()
            yield
        connections.close_all()

    def stop(self) -> None:
        self.stopping.set()
