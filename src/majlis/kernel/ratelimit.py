"""How often something may be tried: counters per window of time, of a target or of a network.

    GUESSES = Limit("voice link", times=300, seconds=600)

    with GUESSES.guessing(network_of(request)):    # who is right comes in, whatever was spent
        thing = thing_by_token(token)

    LETTERS.take(email)                            # refuses what is one too many

Everybody at a seminar may share one address (a hotel's network). So what is right is never refused
because somebody else was wrong: a secret is compared first, and only a wrong one is counted and
may be refused. That protects long secrets, which nobody guesses. A short one is bound to whoever
asked for it, and ends after a few wrong guesses of theirs.
"""

from __future__ import annotations

import secrets
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b, sha256

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from majlis.kernel import hosts
from majlis.kernel.clock import now
from majlis.kernel.errors import MajlisError
from majlis.kernel.line import LINE, Line

MOST_KEYS = 100_000
CHANNEL = "majlis_counts"
KEYS_OF_A_MESSAGE = 150  # of 32 letters, a count and a time each
STEPS = 10  # in which the whole of a limit is told
TOO_MANY = _("There were too many attempts. Nothing was changed. Try again in a few minutes.")


class TooMany(MajlisError):
    """Too many tries in too short a time."""

    status = 429


class Counters:
    """Counts by key, each until its time is over, within a memory.

    When there are too many keys, those that counted least go: a flood of other keys, each tried
    once, makes nobody forget who has tried often.

    Several processes tell each other what they counted (`kernel.line`), once a second and in steps:
    what is less than a step stays untold, so that what people do in the ordinary way is told by
    nobody. Nobody waits for it, and where nothing can be told each counts for itself.
    """

    def __init__(self, most: int = MOST_KEYS) -> None:
        self.most = most
        self.counts: dict[bytes, tuple[int, float]] = {}  # how many, and until when they count
        self.untold: dict[bytes, int] = {}  # how many of them only this process knows
        self.to_tell: set[bytes] = set()  # keys with a step or more
        self.name = secrets.token_hex(4)  # of this process among others
        self.lock = threading.Lock()

    def of(self, key: bytes) -> int:
        """How often it was counted."""
        return self.counts.get(key, (0, 0.0))[0]

    def add(self, key: bytes, *, until: float, step: int = 1) -> int:
        """Count once more; return how often it is now."""
        with self.lock:
            self.untold[key] = self.untold.get(key, 0) + 1
            if self.untold[key] >= step:
                self.to_tell.add(key)
            return self._add(key, 1, until)

    def take_back(self, key: bytes) -> None:
        """Count once less what was counted."""
        with self.lock:
            if key in self.counts:
                n, until = self.counts[key]
                self.counts[key] = n - 1, until
                self.untold[key] = self.untold.get(key, 0) - 1

    def clear(self) -> None:
        for kept in (self.counts, self.untold, self.to_tell):
            kept.clear()

    def told(self) -> list[str]:
        """What others are to hear: each message at most 8,000 bytes, as PostgreSQL has it."""
        with self.lock:
            counted = [
                f"{key.hex()} {self.untold.pop(key, 0)} {self.counts[key][1]:.0f}"
                for key in self.to_tell
            ]
            self.to_tell.clear()
        return [
            f"{self.name} {' '.join(counted[at : at + KEYS_OF_A_MESSAGE])}"
            for at in range(0, len(counted), KEYS_OF_A_MESSAGE)
        ]

    def heard(self, message: str) -> None:
        """Add what another process has counted."""
        name, *words = message.split(" ")
        if name == self.name:
            return
        with self.lock:
            for key, n, until in zip(words[::3], words[1::3], words[2::3], strict=True):
                self._add(bytes.fromhex(key), int(n), float(until))

    def _add(self, key: bytes, more: int, until: float) -> int:
        n = self.of(key) + more
        self.counts[key] = n, until
        if len(self.counts) > self.most:
            self._make_room()
        return n

    def _make_room(self) -> None:
        at = now().timestamp()
        left = {key: kept for key, kept in self.counts.items() if kept[1] > at}
        if len(left) > self.most // 2:
            by_count = sorted(left, key=lambda key: left[key][0], reverse=True)
            left = {key: left[key] for key in by_count[: self.most // 2]}
        self.counts = left
        self.untold = {key: n for key, n in self.untold.items() if key in left}
        self.to_tell.intersection_update(left)


COUNTERS = Counters()  # of this process


def share(line: Line = LINE) -> None:
    """Count together with the other processes, as long as there is a line to them."""
    line.hear(CHANNEL, COUNTERS.heard)
    line.tell(CHANNEL, COUNTERS.told)


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `times` in each window of `seconds`, counted per `who`; `said` refuses more."""

    name: str
    times: int
    seconds: int
    said: str | Promise = TOO_MANY

    def require(self, *who: str) -> None:
        """Refuse when the window's tries are spent."""
        if COUNTERS.of(self._key(who)) >= self.times:
            raise TooMany(self.said)

    def spend(self, *who: str) -> None:
        """Count one try."""
        self._count(who)

    def take(self, *who: str) -> None:
        """Count one try, and refuse it when it is one too many."""
        if self._count(who) > self.times:
            raise TooMany(self.said)

    def give_back(self, *who: str) -> None:
        """Count one try less: what was taken was not used, or will be counted elsewhere."""
        COUNTERS.take_back(self._key(who))

    @contextmanager
    def guessing(self, *who: str) -> Iterator[None]:
        """Count what is refused inside as a wrong guess; nobody who is right is refused.

        When the guesses are spent, a wrong one is told so in place of what is wrong.
        """
        try:
            yield
        except MajlisError:
            self.take(*who)
            raise

    def _count(self, who: tuple[str, ...]) -> int:
        window = self._window()
        until = (window + 1.0) * self.seconds
        return COUNTERS.add(self._key(who, window), until=until, step=max(1, self.times // STEPS))

    def _window(self) -> int:
        return int(now().timestamp() // self.seconds)

    def _key(self, who: tuple[str, ...], window: int | None = None) -> bytes:
        """A key from which neither an address nor a link can be read."""
        window = self._window() if window is None else window
        counted = f"ratelimit {self.name} {window} {' '.join(who)}"
        return blake2b(counted.encode(), key=_secret(settings.SECRET_KEY), digest_size=16).digest()


@lru_cache(maxsize=1)
def _secret(key: str) -> bytes:
    """The server's secret, in the length that BLAKE2 takes."""
    return sha256(key.encode()).digest()


def address_of(request: HttpRequest) -> str:
    """The network a request comes from, as far as the server can tell."""
    return hosts.network_of(str(request.META.get("REMOTE_ADDR", "")))
