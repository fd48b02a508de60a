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

import hmac
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from majlis.kernel import hosts
from majlis.kernel.clock import now
from majlis.kernel.errors import MajlisError

MOST_KEYS = 100_000
TOO_MANY = _("There were too many attempts. Nothing was changed. Try again in a few minutes.")


class TooMany(MajlisError):
    """Too many tries in too short a time."""

    status = 429


class Counters:
    """Counts by key, each until its time is over, within a memory.

    When there are too many keys, those that counted least go: a flood of other keys, each tried
    once, makes nobody forget who has tried often.
    """

    def __init__(self, most: int = MOST_KEYS) -> None:
        self.most = most
        self.counts: dict[bytes, tuple[int, float]] = {}  # how many, and until when they count
        self.lock = threading.Lock()

    def of(self, key: bytes) -> int:
        """How often it was counted."""
        return self.counts.get(key, (0, 0.0))[0]

    def add(self, key: bytes, *, until: float) -> int:
        """Count once more; return how often it is now."""
        with self.lock:
            n = self.of(key) + 1
            self.counts[key] = n, until
            if len(self.counts) > self.most:
                self._make_room()
            return n

    def clear(self) -> None:
        self.counts.clear()

    def _make_room(self) -> None:
        at = now().timestamp()
        left = {key: kept for key, kept in self.counts.items() if kept[1] > at}
        if len(left) > self.most // 2:
            by_count = sorted(left, key=lambda key: left[key][0], reverse=True)
            left = {key: left[key] for key in by_count[: self.most // 2]}
        self.counts = left


COUNTERS = Counters()  # of this process


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
        window = int(now().timestamp() // self.seconds)
        return COUNTERS.add(self._key(who), until=float((window + 1) * self.seconds))

    def _key(self, who: tuple[str, ...]) -> bytes:
        """A key from which neither an address nor a link can be read."""
        window = int(now().timestamp() // self.seconds)
        counted = f"ratelimit {self.name} {window} {' '.join(who)}"
        return hmac.digest(settings.SECRET_KEY.encode(), counted.encode(), "sha256")


def address_of(request: HttpRequest) -> str:
    """The network a request comes from, as far as the server can tell."""
    return hosts.network_of(str(request.META.get("REMOTE_ADDR", "")))
