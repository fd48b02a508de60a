"""HTTP clients that cost little, and what a server used meanwhile. For the benches of the room."""

from __future__ import annotations

import asyncio
import os
import statistics
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")


class Line(asyncio.Protocol):
    """One connection that is kept open; it asks one thing at a time and reads the answer whole."""

    def __init__(self) -> None:
        self.data = b""
        self.told: Callable[[int, bytes], None] | None = None  # status and body
        self.lost: Callable[[], None] = lambda: None
        self.transport: asyncio.Transport | None = None

    @classmethod
    async def to(cls, port: int, host: str = "127.0.0.1") -> Line:
        _, line = await asyncio.get_running_loop().create_connection(cls, host, port)
        return line

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport

    def send(self, request: bytes, told: Callable[[int, bytes], None]) -> None:
        """Send a request; `told` is called with its status and its body."""
        assert self.transport is not None
        self.told = told
        self.transport.write(request)

    async def ask(self, request: bytes) -> tuple[int, bytes]:
        """Send a request; its status and its body. Raises `OSError` when the line breaks."""
        if self.transport is None or self.transport.is_closing():
            raise ConnectionResetError
        answered: asyncio.Future[tuple[int, bytes]] = asyncio.get_running_loop().create_future()

        def lost() -> None:
            if not answered.done():
                answered.set_exception(ConnectionResetError())

        self.lost = lost
        self.send(request, lambda *said: None if answered.done() else answered.set_result(said))
        return await answered

    def data_received(self, data: bytes) -> None:
        self.data = self.data + data if self.data else data
        head, end, body = self.data.partition(b"\r\n\r\n")
        if not end or self.told is None:
            return
        status = int(head[9:12])
        if (at := head.find(b"\r\ncontent-length: ")) >= 0:
            if len(body) < int(head[at + 18 :].partition(b"\r\n")[0]):
                return
        elif b"transfer-encoding: chunked" in head:
            if not body.endswith(b"0\r\n\r\n"):
                return
        elif status not in {204, 304}:
            return
        told, self.told, self.data = self.told, None, b""
        told(status, body)

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002 - asyncio names it
        self.lost()

    def close(self) -> None:
        if self.transport is not None:
            self.transport.close()


def get(path: str, *, port: int, **headers: str) -> bytes:
    """A request for a page, as it goes over the wire."""
    lines = [f"GET {path} HTTP/1.1", f"Host: 127.0.0.1:{port}", "Accept-Encoding: gzip"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return "\r\n".join([*lines, "", ""]).encode()


@dataclass
class Told:
    """What a run of requests was like: seconds each, and what was not answered as it should be."""

    took: list[float] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def per_second(self) -> float:
        return len(self.took) / self.seconds if self.seconds else 0.0

    def within(self, share: float) -> float:
        """Milliseconds within which this share of the requests was answered."""
        ordered = sorted(self.took)
        return 1000 * ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0.0


async def as_fast_as_answered(
    lines: Sequence[Line], request: Callable[[int], bytes], *, seconds: float, wanted: int = 200
) -> Told:
    """Every line asks again as soon as it is answered."""
    told, began = Told(), time.perf_counter()
    until, left = began + seconds, len(lines)
    all_over = asyncio.get_running_loop().create_future()

    def over(wrong: str = "") -> None:
        nonlocal left
        left -= 1
        if wrong:
            told.wrong.append(wrong)
        if not left:
            all_over.set_result(None)

    def go_on(number: int, line: Line) -> None:
        sent = time.perf_counter()

        def answered(status: int, body: bytes) -> None:
            at = time.perf_counter()
            told.took.append(at - sent)
            if status != wanted:
                told.wrong.append(f"{status} {body[:80]!r}")
            if at < until:
                go_on(number, line)
            else:
                line.lost = lambda: None
                over()

        line.send(request(number), answered)

    for number, line in enumerate(lines):
        line.lost = partial(over, "the line broke")
        go_on(number, line)
    await all_over
    told.seconds = time.perf_counter() - began
    return told


async def every(
    lines: Sequence[Line], request: Callable[[int], bytes], *, pause: float, seconds: float
) -> Told:
    """Every line asks once in `pause` seconds, spread evenly, whether or not it was slow before."""
    told = Told()
    began = time.perf_counter()

    async def go_on(number: int, line: Line) -> None:
        due = began + pause * number / len(lines)
        while due - began < seconds:
            await asyncio.sleep(max(0.0, due - time.perf_counter()))
            await timed(told, line.ask, request(number), 200)
            due += pause

    await asyncio.gather(*(go_on(n, line) for n, line in enumerate(lines)))
    told.seconds = time.perf_counter() - began
    return told


async def timed(
    told: Told, ask: Callable[[bytes], Awaitable[tuple[int, bytes]]], request: bytes, wanted: int
) -> None:
    began = time.perf_counter()
    try:
        status, body = await ask(request)
    except OSError as error:
        told.wrong.append(type(error).__name__)
        await asyncio.sleep(0.1)
        return
    told.took.append(time.perf_counter() - began)
    if status != wanted:
        told.wrong.append(f"{status} {body[:80]!r}")


@dataclass(frozen=True)
class Used:
    """What processes have used so far: seconds of processor time, bytes in memory."""

    processor: float
    memory: int

    @classmethod
    def by(cls, *pids: int) -> Used:
        processor, memory = 0.0, 0
        for pid in pids:
            fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
            processor += (int(fields[11]) + int(fields[12])) / TICKS
            pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
            memory += pages * os.sysconf("SC_PAGE_SIZE")
        return cls(processor, memory)


def middle(numbers: Sequence[float], digits: int = 0) -> str:
    """The median, with minimum and maximum."""
    low, high = min(numbers), max(numbers)
    return f"{statistics.median(numbers):,.{digits}f} ({low:,.{digits}f}–{high:,.{digits}f})"
