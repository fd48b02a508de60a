"""Live hints: “revision N” to whoever listens to an edition, and nothing else.

A page that shows something living opens a channel: `/live/<edition>/` on a phone, which tells of
what phones show, or `/live/<edition>/all/` for the screen and the desk, which tells of everything,
votes too. When the number differs from the one it has, the page asks for its own piece again, with
its own right to see it. So the stream itself needs no right: a number tells a stranger nothing, not
even whether the edition exists, since another edition gives a number too, one that never changes.

A few queries in half a second per process answer for every channel somebody listens to, whoever
wrote the change; a storm of votes costs the screen two hints a second, and phones none. Where
streams do not arrive (a proxy that buffers, too many listeners), pages ask by themselves every few
seconds.
"""

from __future__ import annotations

import asyncio
import hmac
import logging
import re
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Collection, Mapping, MutableMapping
from concurrent.futures import ThreadPoolExecutor
from secrets import randbelow
from typing import Any

from majlis.kernel.hosts import network_of

log = logging.getLogger("majlis.live")

# The three shapes of ASGI; its messages are dictionaries of anything by definition.
Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
Ask = Callable[[Collection[str]], Mapping[str, str]]

ADDRESS = re.compile(r"/live/(?P<channel>[-a-zA-Z0-9_]{1,60}(?:/all)?)/")
STREAM = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),
    (b"x-content-type-options", b"nosniff"),
]
RETRY_AFTER = 1000  # milliseconds, and up to 2,000 more, so that not all come back at once
CROWD = 500  # listeners, up to which a change is told within half a second
AT_ONCE = 100  # listeners told before other requests get a turn


class LiveChannel:
    """A channel with listeners, its number now, and when they last heard something."""

    def __init__(self) -> None:
        self.listeners: dict[Send, None] = {}
        self.revision: int | None = None
        self.told_at = time.monotonic()

    @property
    def hint(self) -> bytes:
        return b"data: revision %d\n\n" % self.revision if self.revision is not None else b""

    async def tell(self, words: bytes, *, more: bool = True) -> None:
        """Say something to every listener. One whose socket is full is waited for by nobody."""
        self.told_at = time.monotonic()
        message = {"type": "http.response.body", "body": words, "more_body": more}
        for n, send in enumerate(list(self.listeners)):
            if send in self.listeners and not say(send, message):
                del self.listeners[send]
            if n % AT_ONCE == AT_ONCE - 1:
                await asyncio.sleep(0)


class LiveHints:
    """The ASGI callable behind `/live/`, and the one loop that asks the database for all.

    `most` streams are open at a time, `most_each` from one network.
    """

    def __init__(
        self,
        ask: Ask,
        *,
        key: str,
        every: float = 0.5,
        beat: float = 15.0,
        most: int = 10_000,
        most_each: int = 2_500,
    ) -> None:
        self.ask, self.key, self.every, self.beat = ask, key.encode(), every, beat
        self.most, self.most_each = most, most_each
        self.open: Counter[str] = Counter()  # streams by network
        self.channels: dict[str, LiveChannel] = {}
        self.poller: asyncio.Task[None] | None = None
        self.closing: asyncio.Task[None] | None = None
        self.is_closed = False
        self.thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="live")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        found = ADDRESS.fullmatch(scope["path"])
        client = scope.get("client")
        network = network_of(client[0]) if client else ""
        if not found or scope["method"] != "GET":
            await refuse(send, 404)
        elif self.is_closed or self.is_full_for(network):
            await refuse(send, 503)
        else:
            self.open[network] += 1
            try:
                await self.stream(found["channel"], receive, send)
            finally:
                self.open[network] -= 1
                if not self.open[network]:
                    del self.open[network]

    def is_full_for(self, network: str) -> bool:
        """True when one more stream is one too many; the page then asks by itself."""
        is_full = self.open.total() >= self.most or self.open[network] >= self.most_each
        if is_full:
            log.warning("too many streams", extra={"facts": {"open": self.open.total()}})
        return is_full

    async def stream(self, name: str, receive: Receive, send: Send) -> None:
        """Send the number at once and at each change, until the listener or the server goes."""
        channel = self.channels.setdefault(name, LiveChannel())
        try:
            await send({"type": "http.response.start", "status": 200, "headers": STREAM})
            await part(send, b"retry: %d\n\n%s" % (RETRY_AFTER + randbelow(2000), channel.hint))
            channel.listeners[send] = None
            self.poller = self.poller or asyncio.create_task(self.poll())
            while (await receive())["type"] != "http.disconnect":
                pass
        finally:
            channel.listeners.pop(send, None)
            if not channel.listeners and self.channels.get(name) is channel:
                del self.channels[name]

    async def poll(self) -> None:
        """Ask for every channel somebody listens to, at most twice a second, while anybody does."""
        loop = asyncio.get_running_loop()
        while self.channels:
            names = list(self.channels)
            try:
                states = await loop.run_in_executor(self.thread, self.ask, names)
            except Exception:
                log.exception("live hints could not ask for revisions")
            else:
                for name in names:
                    if channel := self.channels.get(name):
                        await self.hint(channel, self.hidden(name, states.get(name, "")))
            await asyncio.sleep(self.pause)
        self.poller = None

    @property
    def pause(self) -> float:
        """Until the database is asked again: longer where very many would ask after each hint."""
        return self.every * max(1.0, self.open.total() / CROWD)

    async def hint(self, channel: LiveChannel, revision: int) -> None:
        """Tell the number where it has changed, and else now and then that the stream lives."""
        if revision != channel.revision:
            channel.revision = revision
            await channel.tell(channel.hint)
        elif time.monotonic() - channel.told_at > self.beat:
            await channel.tell(b": still here\n\n")

    def hidden(self, name: str, state: str) -> int:
        """Another number for another state, from which neither order nor amount can be read."""
        digest = hmac.digest(self.key, f"live {name} {state}".encode(), "sha256")
        return int.from_bytes(digest[:6])

    def close(self) -> None:
        """End every stream; their pages come back by themselves when the server does."""
        if not self.is_closed and self.channels:
            self.closing = asyncio.get_running_loop().create_task(self.end_all())
        self.is_closed = True

    async def end_all(self) -> None:
        for channel in list(self.channels.values()):
            await channel.tell(b"", more=False)


def say(send: Send, message: MutableMapping[str, Any]) -> bool:
    """Send without waiting; False where the socket is full, since its listener does not read."""
    step = send(message).__await__()
    try:
        next(step)
    except StopIteration:
        return True
    getattr(step, "close", lambda: None)()
    return False


async def part(send: Send, body: bytes) -> None:
    await send({"type": "http.response.body", "body": body, "more_body": True})


async def refuse(send: Send, status: int) -> None:
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"retry-after", b"30")]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": b""})
