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
        self.waiting: list[tuple[Item, asyncio.Future[Outcome | None]]] = []
        self.writing: asyncio.Task[None] | None = None
        self.thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix=name)

    async def put(self, item: Item) -> Outcome | None:
        """Have the item written; return its answer once it is committed."""
        if len(self.waiting) >= MOST_WAITING:
            raise Full
        answered: asyncio.Future[Outcome | None] = asyncio.get_running_loop().create_future()
        self.waiting.append((item, answered))
        if self.writing is None:
            self.writing = asyncio.create_task(self.write_all())
        return await answered

    async def write_all(self) -> None:
        loop = asyncio.get_running_loop()
        while self.waiting:
            batch, self.waiting = self.waiting[:MOST_AT_ONCE], self.waiting[MOST_AT_ONCE:]
            items = [item for item, _ in batch]
            answers: Sequence[Outcome | None]
            try:
                answers = await loop.run_in_executor(self.thread, self.write, items)
            except Exception:
                log.exception("a batch could not be written")
                answers = [None] * len(batch)
            for (_, answered), answer in zip(batch, answers, strict=True):
                if not answered.done():
                    answered.set_result(answer)
            await asyncio.sleep(GAP_SECONDS)
        self.writing = None
