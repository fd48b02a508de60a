"""What was made of an edition as it stands, kept until the edition changes.

The one place where the server keeps what it could make again: whole pages (`config.kept`), and
what is the same in pages of many people (`ui.kept`). A change is seen by the next who asks
(`kernel.revisions`); while changes cannot be heard, nothing is kept. Used by many threads.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Any, TypeVar

from majlis.kernel.clock import now
from majlis.kernel.revisions import Changes

Thing = TypeVar("Thing")

MOST_BYTES = 64_000_000


@dataclass(frozen=True, slots=True)
class Kept:
    """A thing, the edition that it was made of and the number that this had, and until when."""

    thing: Any
    edition: str
    number: int
    size: int
    until: float | None


class Shelf:
    """Things by key, within a memory; what was asked for longest ago makes room."""

    def __init__(self, begin: Callable[[], Changes], *, most: int = MOST_BYTES) -> None:
        self.begin, self.most = begin, most
        self.changes: Changes | None = None
        self.is_closed = False
        self.kept: OrderedDict[Hashable, Kept] = OrderedDict()  # the one used last comes last
        self.size = 0
        self.lock = threading.RLock()

    def number(self, edition: str) -> int | None:
        """Another number after each change of the edition. Ask it before what is to be kept."""
        with self.lock:
            if self.is_closed:  # the server ends, and answers what is under way
                return None
            self.changes = self.changes or self.begin()
            return self.changes.of(edition)

    def find(self, key: Hashable) -> Any | None:
        """The thing, if it still says how things are."""
        with self.lock:
            kept = self.kept.get(key)
            if kept is None:
                return None
            is_over = kept.until is not None and now().timestamp() >= kept.until
            if is_over or self.number(kept.edition) != kept.number:
                self._forget(key)
                return None
            self.kept.move_to_end(key)
            return kept.thing

    def keep(
        self,
        key: Hashable,
        thing: object,
        *,
        edition: str,
        number: int | None,
        size: int,
        until: float | None = None,
    ) -> None:
        """Keep a thing that was made after `number` was asked; None keeps nothing."""
        if number is None:
            return
        with self.lock:
            if key in self.kept:
                self._forget(key)
            self.kept[key] = Kept(thing, edition, number, size, until)
            self.size += size
            while self.size > self.most:
                self._forget(next(iter(self.kept)))

    def got(
        self,
        key: Hashable,
        make: Callable[[], Thing],
        *,
        edition: str,
        size: Callable[[Thing], int],
    ) -> Thing:
        """What is kept under this key, or else what `make` makes."""
        found: Thing | None = self.find(key)
        if found is not None:
            return found
        number = self.number(edition)
        made = make()
        self.keep(key, made, edition=edition, number=number, size=size(made))
        return made

    def close(self) -> None:
        """Keep nothing from now on; a server says it at a signal and again when it has ended."""
        with self.lock:
            self.is_closed = True
            changes, self.changes = self.changes, None
            if changes:
                changes.close()

    def _forget(self, key: Hashable) -> None:
        self.size -= self.kept.pop(key).size
