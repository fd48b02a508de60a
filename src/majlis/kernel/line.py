"""The line on which the processes of one PostgreSQL are in touch, on whatever host they run.

Each process has one connection for it, in a thread: there it hears what others tell (`NOTIFY`),
tells once a second what it has to tell, and holds the turns that one process among all has at a
time (session advisory locks: they are free again when their holder dies).

    LINE.hear("majlis_changes", heard)      # called with each message, in the line's thread
    LINE.tell("majlis_counts", to_tell)     # asked once a second for messages
    LINE.has_turn("tick")                   # True for one process; asking once is applying

A line on which nothing was answered for three seconds counts as down, although no error was told:
a host that has lost its network knows it before another one takes its turns.
On SQLite there is one process, which needs no line and has every turn.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING
from zlib import crc32

from django.db import connection

if TYPE_CHECKING:
    import psycopg

log = logging.getLogger("majlis.line")

BEAT_SECONDS = 1.0
RECONNECTS_AFTER_SECONDS = 1.0
DOWN_AFTER_SECONDS = 3.0
# We notice within five seconds that the server does not answer, and it within six that we do not.
OURS = {
    "connect_timeout": 5, "keepalives_idle": 3, "keepalives_interval": 1, "keepalives_count": 2,
    "tcp_user_timeout": 5000,
}  # fmt: skip
THEIRS = """
SET application_name = 'majlis line'; SET tcp_keepalives_idle = 3; SET tcp_keepalives_interval = 1;
SET tcp_keepalives_count = 3; SET tcp_user_timeout = 6000
"""

Hear = Callable[[str], None]
ToTell = Callable[[], Iterable[str]]


class Line:
    """The line of one process. It begins when something is first asked of it."""

    def __init__(self) -> None:
        self.hears: dict[str, Hear] = {}
        self.tells: dict[str, ToTell] = {}
        self.wanted: set[str] = set()  # turns
        self.held: set[str] = set()
        self.listening: set[str] = set()
        self.answered_at = float("-inf")
        self.times = 0  # connected; something may have been missed before each
        self.closing = threading.Event()
        self.lock = threading.Lock()
        self.thread: threading.Thread | None = None

    @property
    def is_up(self) -> bool:
        return time.monotonic() - self.answered_at < DOWN_AFTER_SECONDS

    def hear(self, channel: str, do: Hear) -> None:
        """Have `do` called with every message of others, and with those of this process."""
        self.hears[channel] = do
        self.begin()

    def hears_now(self, channel: str) -> bool:
        """Whether nothing on the channel can be missed at the moment."""
        return channel in self.listening and self.is_up

    def tell(self, channel: str, to_tell: ToTell) -> None:
        """Ask `to_tell` once a second what the others are to hear."""
        self.tells[channel] = to_tell
        self.begin()

    def has_turn(self, turn: str) -> bool:
        """Whether the turn is with this process; from the first call on it takes it when free."""
        if connection.vendor != "postgresql":
            return True
        self.wanted.add(turn)
        self.begin()
        return turn in self.held and self.is_up

    def begin(self) -> None:
        with self.lock:
            if self.thread is None and connection.vendor == "postgresql":
                address = {**connection.get_connection_params(), **OURS, "autocommit": True}
                self.closing.clear()
                self.thread = threading.Thread(
                    target=self.run, args=[address], name="line", daemon=True
                )
                self.thread.start()

    def end(self) -> None:
        """Hang up, and let others have the turns."""
        self.closing.set()

    # In the thread.

    def run(self, address: dict[str, object]) -> None:
        import psycopg  # here, since on SQLite no start waits for it

        while not self.closing.is_set():
            try:
                with psycopg.connect(**address) as line:  # type: ignore[arg-type]
                    line.execute(THEIRS)
                    self.times += 1
                    self.stay(line)
            except psycopg.Error:
                log.warning("no line to other processes: limits are counted alone, no page is kept")
            finally:
                self.answered_at = float("-inf")
                for turn in self.held:
                    log.info("gave up a turn", extra={"facts": {"turn": turn}})
                self.held.clear()
                self.listening.clear()
            self.closing.wait(RECONNECTS_AFTER_SECONDS)
        with self.lock:
            self.thread = None

    def stay(self, line: psycopg.Connection) -> None:
        """Beat and hear until told to hang up or until the line breaks."""
        while not self.closing.is_set():
            asked_at = time.monotonic()
            self.beat(line)
            self.answered_at = asked_at
            for told in line.notifies(timeout=BEAT_SECONDS):
                self.hears[told.channel](told.payload)

    def beat(self, line: psycopg.Connection) -> None:
        """Ask something, so that both sides know that the other one lives."""
        for channel in self.hears.keys() - self.listening:
            line.execute(f"LISTEN {channel}".encode())
            self.listening.add(channel)
        for turn in self.wanted - self.held:
            key = crc32(f"turn {turn}".encode())
            if line.execute("SELECT pg_try_advisory_lock(%s)", [key]).fetchone() == (True,):
                self.held.add(turn)
                log.info("took a turn", extra={"facts": {"turn": turn}})
        for channel, to_tell in self.tells.items():
            for message in to_tell():
                line.execute("SELECT pg_notify(%s, %s)", [channel, message])
        line.execute("SELECT 1")


LINE = Line()  # of this process
