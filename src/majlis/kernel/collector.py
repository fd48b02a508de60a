"""Writing what many send at once: one batch, one transaction, an answer for each."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Generic, TypeVar

log = logging.getLogger("majlis.collector")

Item = TypeVar("Item")
Outcome = TypeVar("Outcome")

MOST_AT_ONCE = 500
MOST_WAITING = 20_000  # what a room of phones has kept while the server was away
GAP_SECONDS = 0.002  # between batches, for others who want to write to the same SQLite file


class Full(Exception):
    """More waits than can be written soon: the sender should try again."""


class Collector(Generic[Item, Outcome]):
    """Collects what arrives while one batch is written, and writes it as the next.

    `write` runs in a thread of its own and answers every item of a batch, in order; it commits
    before it returns. If it raises, each item of the batch is answered with None.
    """

    def __init__(self, write: Callable[[Sequence[Item]], Sequence[Outcome]], *, name: str) -> None:
        self.write = write
        self.waiting: list[tuple[Sequence[Item], Callable[[list[Outcome | None]], None]]] = []
        self.n_waiting = 0
        self.writing: asyncio.Task[None] | None = None
        self.thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix=name)

    def put(self, items: Sequence[Item], told: Callable[[list[Outcome | None]], None]) -> None:
        """Have items written together; `told` is called with their answers once it is committed."""
        if self.n_waiting >= MOST_WAITING:
            raise Full
        self.waiting.append((items, told))
        self.n_waiting += len(items)
        if self.writing is None:
            self.writing = asyncio.get_running_loop().create_task(self.write_all())

    async def write_all(self) -> None:
        loop = asyncio.get_running_loop()
        while self.waiting:
            senders = self._next_batch()
            batch = [item for items, _ in senders for item in items]
            answers: list[Outcome | None]
            try:
                answers = list(await loop.run_in_executor(self.thread, self.write, batch))
            except Exception:
                log.exception("a batch could not be written")
                answers = [None] * len(batch)
            at = 0
            for items, told in senders:
                try:
                    told(answers[at : at + len(items)])
                except Exception:  # of one connection: the others are told, and the next written
                    log.exception("a sender could not be told")
                at += len(items)
            await asyncio.sleep(GAP_SECONDS)
        self.writing = None

    def _next_batch(self) -> list[tuple[Sequence[Item], Callable[[list[Outcome | None]], None]]]:
        """Take those who came first, until it is enough for once."""
        size = taken = 0
        for items, _ in self.waiting:
            size += len(items)
            taken += 1
            if size >= MOST_AT_ONCE:
                break
        senders, self.waiting = self.waiting[:taken], self.waiting[taken:]
        self.n_waiting -= size
        return senders
