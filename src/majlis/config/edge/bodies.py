"""The body of a request, whole, before a thread is given to it.

A thread that waits for a socket is a thread that serves nobody: eight slow senders would stop the
site. So a body is collected here, where waiting costs nothing, within a time and a size, and all
bodies together within a memory.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable

from majlis.kernel.hosts import network_of
from majlis.kernel.live import Receive, Scope

SECONDS = 20.0
MOST = 1_000_000  # of everybody
MOST_OF_KNOWN = 10_000_000  # of whoever the server knows: participants, colleagues
SMALL = 16_384  # a vote, a form: never waits for memory that others hold
MEMORY = 64_000_000  # of all larger bodies that are under way
PASSED_OVER = 32_000_000  # read and dropped, so that the sender gets to read the answer

Knows = Callable[[Scope], Awaitable[bool]]


class Refused(Exception):
    """The request is answered without Django, with this status."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


class Gone(Exception):
    """The sender has left."""


class Bodies:
    """Collects bodies, and knows how much memory they take together."""

    def __init__(self, knows: Knows, *, seconds: float = SECONDS, memory: int = MEMORY) -> None:
        self.knows, self.seconds, self.memory = knows, seconds, memory
        self.held: Counter[str] = Counter()  # bytes of large bodies, by network

    async def whole(self, scope: Scope, receive: Receive) -> bytes:
        """The whole body, or `Refused`, or `Gone`."""
        try:
            async with asyncio.timeout(self.seconds):
                return await self._collected(scope, receive)
        except TimeoutError:
            raise Refused(408) from None

    async def _collected(self, scope: Scope, receive: Receive) -> bytes:
        announced = announced_length(scope)
        if announced is None:
            return b""
        most = await self.most_of(scope) if announced > MOST else MOST
        if announced > PASSED_OVER:
            raise Refused(413)
        network, body, held = network_of(client_of(scope)), bytearray(), 0
        try:
            while True:
                message = await receive()
                if message["type"] != "http.request":
                    raise Gone
                body += message.get("body", b"")
                if len(body) > most and not announced:
                    announced, most = len(body), await self.most_of(scope)
                if len(body) > most:
                    await pass_over(receive, message, len(body))
                    raise Refused(413)
                if len(body) > SMALL:
                    held += self._hold(network, len(body) - held)
                if not message.get("more_body"):
                    return bytes(body)
        finally:
            self.held[network] -= held
            if not self.held[network]:
                del self.held[network]

    def _hold(self, network: str, more: int) -> int:
        """Take more of the memory; one network takes at most half of it."""
        if self.held.total() + more > self.memory or self.held[network] + more > self.memory // 2:
            raise Refused(503)
        self.held[network] += more
        return more

    async def most_of(self, scope: Scope) -> int:
        """How much this sender may send; asked only of those who send much."""
        return MOST_OF_KNOWN if await self.knows(scope) else MOST


async def pass_over(receive: Receive, message: object, seen: int) -> None:
    """Read on and drop: who is still sending would not see an answer, only a broken line."""
    while isinstance(message, dict) and message.get("more_body") and seen < PASSED_OVER:
        message = await receive()
        seen += len(message.get("body", b"")) if isinstance(message, dict) else 0


def announced_length(scope: Scope) -> int | None:
    """What `Content-Length` says, 0 for a body in pieces, None where none will come.

    The parser has checked that it is one number.
    """
    for name, value in scope["headers"]:
        if name == b"content-length":
            return int(value)
        if name == b"transfer-encoding":
            return 0
    return None


def client_of(scope: Scope) -> str:
    """The sender's address; a trusted proxy has said it."""
    client = scope.get("client")
    return str(client[0]) if client else ""
