"""Live hints: “revision N” to whoever listens to an edition, and nothing else.

A page that shows something living opens `/live/<edition>/`. When the number differs from the
one it has, it asks for its own piece again, with its own right to see it. So the stream itself
needs no right: a number tells a stranger nothing, not even whether the edition exists, since
another edition gives a number too, one that never changes.

One query in half a second per process answers for every edition somebody listens to, whoever
wrote the change; a storm of votes costs two hints a second. Where streams do not arrive
(a proxy that buffers, too many listeners), pages ask by themselves every few seconds.
"""

from __future__ import annotations

import asyncio
import hmac
import logging
import re
from collections.abc import Awaitable, Callable, Collection, Mapping, MutableMapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

log = logging.getLogger("majlis.live")

# The three shapes of ASGI; its messages are dictionaries of anything by definition.
Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
Ask = Callable[[Collection[str]], Mapping[str, str]]

ADDRESS = re.compile(r"^/live/(?P<edition>[-a-zA-Z0-9_]{1,60})/$")
STREAM = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),
    (b"x-content-type-options", b"nosniff"),
]


class LiveChannel:
    """One edition with listeners: its number now, and the promise of the next one."""

    def __init__(self) -> None:
        self.listeners = 0
        self.revision: int | None = None
        self.next: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def move_to(self, revision: int) -> None:
        if revision == self.revision:
            return
        self.revision = revision
        reached, self.next = self.next, asyncio.get_running_loop().create_future()
        reached.set_result(None)


class LiveHints:
    """The ASGI callable behind `/live/`, and the one loop that asks the database for all."""

    def __init__(
        self, ask: Ask, *, key: str, every: float = 0.5, beat: float = 15.0, most: int = 3000
    ) -> None:
        self.ask, self.key, self.every, self.beat, self.most = ask, key.encode(), every, beat, most
        self.channels: dict[str, LiveChannel] = {}
        self.poller: asyncio.Task[None] | None = None
        self.closing: asyncio.Future[None] | None = None
        self.thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="live")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        found = ADDRESS.match(scope["path"])
        if not found or scope["method"] != "GET":
            await refuse(send, 404)
        elif sum(c.listeners for c in self.channels.values()) >= self.most:
            await refuse(send, 503)
        else:
            await self.stream(found["edition"], receive, send)

    async def stream(self, edition: str, receive: Receive, send: Send) -> None:
        """Send the number at once and at each change, until the listener or the server goes."""
        closing = self.closing = self.closing or asyncio.get_running_loop().create_future()
        channel = self.channels.setdefault(edition, LiveChannel())
        channel.listeners += 1
        self.poller = self.poller or asyncio.create_task(self.poll())
        gone = asyncio.create_task(until_gone(receive))
        try:
            await send({"type": "http.response.start", "status": 200, "headers": STREAM})
            await part(send, b"retry: 3000\n\n")
            told = None
            while not (gone.done() or closing.done()):
                if channel.revision is not None and channel.revision != told:
                    told = channel.revision
                    await part(send, b"data: revision %d\n\n" % told)
                    continue
                awaited: set[asyncio.Future[Any]] = {gone, closing, channel.next}
                done, _ = await asyncio.wait(
                    awaited, timeout=self.beat, return_when=asyncio.FIRST_COMPLETED
                )
                if not done:
                    await part(send, b": still here\n\n")
            if not gone.done():
                await send({"type": "http.response.body", "body": b""})
        finally:
            gone.cancel()
            channel.listeners -= 1
            if not channel.listeners:
                self.channels.pop(edition, None)

    async def poll(self) -> None:
        """Ask for every edition somebody listens to, at most twice a second, while anybody does."""
        loop = asyncio.get_running_loop()
        while self.channels:
            editions = list(self.channels)
            try:
                states = await loop.run_in_executor(self.thread, self.ask, editions)
            except Exception:
                log.exception("live hints could not ask for revisions")
            else:
                for edition in editions:
                    if channel := self.channels.get(edition):
                        channel.move_to(self.hidden(edition, states.get(edition, "")))
            await asyncio.sleep(self.every)
        self.poller = None

    def hidden(self, edition: str, state: str) -> int:
        """Another number for another state, from which neither order nor amount can be read."""
        digest = hmac.digest(self.key, f"live {edition} {state}".encode(), "sha256")
        return int.from_bytes(digest[:6])

    def close(self) -> None:
        """End every stream; their pages come back by themselves when the server does."""
        if self.closing and not self.closing.done():
            self.closing.set_result(None)


async def until_gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def part(send: Send, body: bytes) -> None:
    await send({"type": "http.response.body", "body": body, "more_body": True})


async def refuse(send: Send, status: int) -> None:
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"retry-after", b"30")]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": b""})
