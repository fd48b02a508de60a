"""How often something may be tried: a counter in the cache, per window of time.

    GUESSES = Limit("voice link", times=30, seconds=600)

    with GUESSES.guessing(address):    # refuses when spent; those who are right pay nothing
        thing = thing_by_token(token)

Everybody at a seminar may share one address (a hotel's network), so count what failed,
not what succeeded, and leave room for three hundred clumsy thumbs.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from majlis.kernel.clock import now
from majlis.kernel.errors import MajlisError


class TooMany(MajlisError):
    """Too many tries in too short a time."""

    status = 429


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `times` in each window of `seconds`, counted per `who`."""

    name: str
    times: int
    seconds: int

    def require(self, *who: str) -> None:
        """Refuse when the window's tries are spent."""
        if cache.get(self._key(who), 0) >= self.times:
            raise TooMany(
                _("There were too many attempts. Nothing was changed. Try again in a few minutes.")
            )

    def spend(self, *who: str) -> None:
        """Count one try."""
        key = self._key(who)
        if not cache.add(key, 1, timeout=self.seconds):
            try:
                cache.incr(key)
            except ValueError:  # it ran out between the two lines
                cache.set(key, 1, timeout=self.seconds)

    @contextmanager
    def guessing(self, *who: str) -> Iterator[None]:
        """Refuse when the tries are spent; a refusal inside is a wrong guess and counts."""
        self.require(*who)
        try:
            yield
        except MajlisError:
            self.spend(*who)
            raise

    def _key(self, who: tuple[str, ...]) -> str:
        """A key from which neither an address nor a link can be read."""
        window = int(now().timestamp() // self.seconds)
        return salted_hmac("ratelimit", f"{self.name} {window} {' '.join(who)}").hexdigest()


def address_of(request: HttpRequest) -> str:
    """Where a request comes from, as far as the server can tell."""
    return str(request.META.get("REMOTE_ADDR", ""))
