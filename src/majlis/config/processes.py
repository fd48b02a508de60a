"""Several processes that serve one address: children of one that serves nothing itself.

The parent holds the address and prepares everything once; each child listens on a socket of its
own at the same address (`SO_REUSEPORT`), and the system gives every new connection to one of them.
The parent has no thread and no connection to the database when it forks, so that no two processes
share one. A child that ends is replaced, after a pause that grows while children end early. A
child whose parent has died ends as on a signal.
"""

from __future__ import annotations

import contextlib
import logging
import os
import select
import signal
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from django.db import connections

log = logging.getLogger("majlis.server")

STOPS = (signal.SIGINT, signal.SIGTERM)
LONG_SECONDS = 60.0  # a child that served so long did not end early
MOST_PAUSE_SECONDS = 30.0
GIVES_UP_AFTER_SECONDS = 2.6  # children have two seconds for requests under way

Serve = Callable[[Callable[[], None]], None]  # serves until a signal; calls when it is ready


@dataclass(slots=True)
class Place:
    """A place for a child: which one is there since when, or when the next may begin."""

    pid: int = 0
    since: float = 0.0
    ended_early: int = 0  # children, one after the other
    not_before: float = 0.0

    def left(self, at: float) -> float:
        """The child has ended; return after how many seconds the next one begins."""
        self.ended_early = self.ended_early + 1 if at - self.since < LONG_SECONDS else 1
        pause: float = min(0.25 * 2.0 ** (self.ended_early - 1), MOST_PAUSE_SECONDS)
        self.pid, self.not_before = 0, at + pause
        return pause


class Processes:
    """So many children, until a signal."""

    def __init__(self, n: int, *, serve: Serve, on_ready: Callable[[], None]) -> None:
        self.places = [Place() for _ in range(n)]
        self.serve, self.on_ready = serve, on_ready
        self.n_ready = 0
        self.stopping_since: float | None = None
        self.ready, self.is_ready = os.pipe()  # a child that is ready writes a byte
        self.lives, self.life = os.pipe()  # closed when the parent dies, however it dies
        self.woken, self.wake = os.pipe()
        os.set_blocking(self.wake, False)

    def run(self) -> None:
        """Return when every child has ended after a signal."""
        let_go_of_databases()
        for name in (*STOPS, signal.SIGCHLD):
            signal.signal(name, self.heed)
        signal.set_wakeup_fd(self.wake)
        while self.stopping_since is None or any(place.pid for place in self.places):
            self.begin_due()
            self.wait()
            self.bury()
            self.press_on()

    def heed(self, number: int, _frame: object) -> None:
        """Pass a signal on; a second one does not wait."""
        if number not in STOPS:
            return
        if self.stopping_since is None:
            self.stopping_since = time.monotonic()
            self.send(signal.SIGTERM)
        else:
            self.send(signal.SIGKILL)

    def send(self, number: signal.Signals) -> None:
        for place in self.places:
            if place.pid:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(place.pid, number)

    def begin_due(self) -> None:
        at = time.monotonic()
        for place in self.places:
            signal.pthread_sigmask(signal.SIG_BLOCK, STOPS)  # each is for one process or the other
            if not place.pid and place.not_before <= at and self.stopping_since is None:
                place.pid, place.since = self.fork(), at
            signal.pthread_sigmask(signal.SIG_UNBLOCK, STOPS)

    def wait(self) -> None:
        """Until something happens, or a quarter of a second."""
        for pipe in select.select([self.ready, self.woken], [], [], 0.25)[0]:
            told = os.read(pipe, 1024)
            if pipe == self.ready:
                before, self.n_ready = self.n_ready, self.n_ready + len(told)
                if before < len(self.places) <= self.n_ready:
                    self.on_ready()

    def bury(self) -> None:
        """Note which children have ended, and say it where nobody asked them to."""
        for place in self.places:
            if not place.pid or not (ended := os.waitpid(place.pid, os.WNOHANG))[0]:
                continue
            pid, pause = place.pid, place.left(time.monotonic())
            if self.stopping_since is None:
                facts = {
                    "process": pid,
                    "code": os.waitstatus_to_exitcode(ended[1]),
                    "next_after_s": pause,
                }
                log.warning("a process ended; another one takes its place", extra={"facts": facts})

    def press_on(self) -> None:
        since = self.stopping_since
        if since is not None and time.monotonic() - since > GIVES_UP_AFTER_SECONDS:
            self.send(signal.SIGKILL)

    def fork(self) -> int:
        """Begin a child; return its number, in the parent only."""
        if pid := os.fork():
            return pid
        code = 1
        try:
            signal.set_wakeup_fd(-1)
            for name in (*STOPS, signal.SIGCHLD):
                signal.signal(name, signal.SIG_DFL)
            signal.pthread_sigmask(signal.SIG_UNBLOCK, STOPS)
            for pipe in (self.life, self.ready, self.woken, self.wake):
                os.close(pipe)
            threading.Thread(target=self.end_with_parent, name="parent", daemon=True).start()
            self.serve(self.tell_parent)
            code = 0
        except Exception:
            log.exception("a process could not serve")
        finally:
            logging.shutdown()
            os._exit(code)

    def tell_parent(self) -> None:
        os.write(self.is_ready, b".")

    def end_with_parent(self) -> None:
        os.read(self.lives, 1)
        os.kill(os.getpid(), signal.SIGTERM)


def let_go_of_databases() -> None:
    """Close every connection and every pool of this process, whose threads end with them."""
    connections.close_all()
    for connection in connections.all():
        if hasattr(connection, "close_pool"):
            connection.close_pool()
