"""Who may stay connected: a head within ten seconds, and room made when it is full.

uvicorn gives a connection all the time in the world to say what it wants. Here each has a
deadline for its head, a size for it, and a deadline for taking the answer. When all places are
taken, the network with the most connections gives one up, first one that is asking nothing:
whoever opens thousands closes their own.

What can be answered at once (a page that is kept, a vote) is, without a task and without the
application, when all of it has come in one piece.
"""

from __future__ import annotations

import logging
import time
from typing import Any, cast

from uvicorn.protocols.http.httptools_impl import (
    STATUS_LINE,
    HttpToolsProtocol,
    RequestResponseCycle,
)

from majlis.config.edge import answers
from majlis.config.edge.proxies import Proxies
from majlis.kernel.answers import Answer, AtOnce
from majlis.kernel.hosts import network_of
from majlis.kernel.live import Scope

log = logging.getLogger("majlis.edge")

HEAD_SECONDS = 10.0
TAKING_SECONDS = 60.0  # for 64 KB of an answer
HEARING_SECONDS = 2.0  # for a refusal: closed at once, a sender who is still sending loses it
MOST_HEAD = 32_768


class Crowd:
    """Every open connection, by network, each in order of coming."""

    def __init__(self, *, most: int) -> None:
        self.most = most
        self.count = 0
        self.networks: dict[str, dict[Connection, None]] = {}

    def enter(self, one: Connection) -> None:
        """Take a connection in; when it is one too many, somebody leaves."""
        self.networks.setdefault(one.network, {})[one] = None
        self.count += 1
        if self.count > self.most:
            log.warning("too many connections", extra={"facts": {"most": self.most}})
            self.dispensable().leave()

    def dispensable(self) -> Connection:
        """One of the network that has most: the oldest that asks nothing, else the newest."""
        largest = max(self.networks.values(), key=len)
        return next((one for one in largest if one.is_idle), next(reversed(largest)))

    def left(self, one: Connection) -> None:
        network = self.networks.get(one.network, {})
        if one in network:
            del network[one]
            self.count -= 1
        if not network:
            self.networks.pop(one.network, None)

    def end_overdue(self) -> None:
        """End what is late; the server calls this every second."""
        at = time.monotonic()
        overdue = [one for n in self.networks.values() for one in n if one.is_overdue(at)]
        for one in overdue:
            one.end()


class Connection(HttpToolsProtocol):
    """uvicorn's connection, with deadlines and a size for what is asked."""

    def __init__(
        self,
        *args: Any,
        crowd: Crowd,
        proxies: Proxies | None = None,
        at_once: AtOnce = lambda *_: False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.crowd, self.proxies, self.at_once = crowd, proxies, at_once
        self.is_proxy = False
        self.is_reading = False
        self.begun: tuple[RequestResponseCycle, Any] | None = None  # in what is being read
        self.network = ""
        self.asking_since: float | None = None  # until the head of a request is whole
        self.stalled_since: float | None = None  # while the socket takes no more of the answer
        self.refused_at: float | None = None
        self.has_begun = False  # to say what is asked
        self.head_size = 0

    @property
    def is_idle(self) -> bool:
        """True while nothing that was asked for is under way."""
        return self.cycle is None or self.cycle.response_complete

    def is_overdue(self, at: float) -> bool:
        return any(
            since is not None and at - since > seconds
            for since, seconds in (
                (self.asking_since, HEAD_SECONDS),
                (self.stalled_since, TAKING_SECONDS),
                (self.refused_at, HEARING_SECONDS),
            )
        )

    # What ends a connection.

    def end(self) -> None:
        """End a late connection, in words if it had begun to ask."""
        if self.has_begun and self.is_idle and self.refused_at is None:
            self.refuse(408)
        else:
            self.leave()

    def leave(self) -> None:
        self.crowd.left(self)
        self.transport.abort()

    def refuse(self, status: int) -> None:
        """Answer what is no request, or no whole one, unless an answer is on its way already."""
        if self.transport.is_closing():
            return
        self.asking_since, self.refused_at = None, time.monotonic()
        if self.cycle is not None and not self.cycle.response_complete:
            self.cycle.disconnected = True
            self.cycle.message_event.set()
            if self.cycle.response_started:
                self.leave()
                return
        self.transport.write(answers.raw(status))
        self.transport.write_eof()

    def send_400_response(self, msg: str) -> None:  # noqa: ARG002 - in English only
        self.refuse(431 if self.head_size > MOST_HEAD else 400)

    # What the event loop calls.

    def connection_made(self, transport: Any) -> None:
        super().connection_made(transport)
        host = self.client[0] if self.client else ""
        self.network = network_of(host)
        self.is_proxy = self.proxies is not None and self.proxies.has(host)
        self.asking_since = time.monotonic()
        self.crowd.enter(self)

    def connection_lost(self, exc: Exception | None) -> None:
        self.crowd.left(self)
        self._unset_keepalive_if_required()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        if self.refused_at is not None:
            return
        if self.asking_since is None and self.is_idle:
            self.asking_since = time.monotonic()
        if self.asking_since is not None:
            self.head_size += len(data)
        self.is_reading = True
        super().data_received(data)
        self.is_reading = False
        if self.begun is not None:
            self.begin(*self.begun)
        if self.asking_since is not None and self.head_size > MOST_HEAD:
            self.refuse(431)

    # What answers.

    def _start_asgi_task(self, cycle: RequestResponseCycle, app: Any) -> None:
        """uvicorn's word for having a request answered; its body may be in what is being read."""
        if self.is_proxy and self.proxies is not None:
            self.proxies.tell(cast("Scope", cycle.scope))
        if self.is_reading:
            self.begun = cycle, app
        else:
            super()._start_asgi_task(cycle, app)

    def begin(self, cycle: RequestResponseCycle, app: Any) -> None:
        """Answer at once, or have the application answer."""
        self.begun = None

        def give(answer: Answer | None) -> None:
            if answer is None:
                super(Connection, self)._start_asgi_task(cycle, app)
            else:
                self.give(cycle, answer)

        is_whole = not (cycle.more_body or cycle.disconnected or cycle.waiting_for_100_continue)
        scope = cast("Scope", cycle.scope)
        may_write = is_whole and not self.flow.write_paused
        if not (may_write and self.at_once(scope, bytes(cycle.body), give)):
            give(None)

    def give(self, cycle: RequestResponseCycle, answer: Answer) -> None:
        """Write an answer, whole."""
        if cycle.disconnected:
            return
        headers = [*cycle.default_headers, *answer.headers]
        if not cycle.keep_alive:
            headers.append((b"connection", b"close"))
        head = b"".join([b"%s: %s\r\n" % header for header in headers])
        self.transport.write(b"%s%s\r\n%s" % (STATUS_LINE[answer.status], head, answer.body))
        cycle.response_started = cycle.response_complete = True
        if not cycle.keep_alive:
            self.transport.close()
        cycle.on_response()

    def pause_writing(self) -> None:
        self.stalled_since = time.monotonic()
        super().pause_writing()

    def resume_writing(self) -> None:
        self.stalled_since = None
        super().resume_writing()

    # What the parser calls.

    def on_message_begin(self) -> None:
        if self.asking_since is None:
            self.asking_since = time.monotonic()
        self.has_begun = True
        self.head_size = 0
        super().on_message_begin()

    def on_header(self, name: bytes, value: bytes) -> None:
        """Also called for what follows a body in pieces: it counts as well."""
        self.head_size += len(name) + len(value)
        if self.head_size > MOST_HEAD:
            raise ValueError("too large")
        super().on_header(name, value)

    def on_headers_complete(self) -> None:
        self.asking_since = None
        self.has_begun = False
        if len(self.url) > MOST_HEAD:
            self.head_size = len(self.url)
            raise ValueError("too large")
        super().on_headers_complete()
