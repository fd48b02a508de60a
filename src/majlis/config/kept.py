"""Pages that are the same for everybody, kept ready as bytes.

A view marked `ui.http.for_everybody` says with its answer what the page depends on. The first
answer is kept, compressed too, and given to every later reader before Django and its threads are
troubled, until the edition changes (`kernel.revisions`) or the page's own next instant comes: a
change is seen by the next reader. What was asked is known by scheme, host, path and those names of
the query that the view reads; a page that is asked for often while it is being made is made once.
"""

from __future__ import annotations

import asyncio
import gzip
import hashlib
import json
from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlencode

from majlis.kernel.answers import Answer, Give, Headers
from majlis.kernel.live import Receive, Scope, Send
from majlis.kernel.shelf import Shelf
from majlis.ui.http import KEPT

App = Callable[[Scope, Receive, Send], Awaitable[None]]
Key = tuple[str, bytes, str, str]

MOST_PATHS = 20_000
MARK = KEPT.lower().encode()
NOT_KEPT = frozenset({MARK, b"content-encoding", b"content-length", b"etag", b"vary"})
OF_THE_READER = frozenset({
    b"accept-encoding", b"cookie", b"hx-request", b"if-modified-since", b"if-none-match", b"range",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Depends:
    """What a page depends on: an edition, or all of them; a time; names of its query."""

    edition: str
    until: float | None
    query: tuple[str, ...]

    @classmethod
    def said_by(cls, headers: Headers) -> Depends | None:
        for name, value in headers:
            if name.lower() == MARK:
                said = json.loads(value)
                return cls(said["edition"], said["until"], tuple(said["query"]))
        return None


@dataclass(frozen=True, slots=True)
class Kept:
    """One page, ready to be given away."""

    etag: bytes
    plain: Answer
    packed: Answer
    unchanged: Answer

    @classmethod
    def of(cls, answer: Answer) -> Kept:
        etag = f'W/"{hashlib.sha256(answer.body).hexdigest()[:32]}"'.encode()
        headers = [(n, v) for n, v in answer.headers if n.lower() not in NOT_KEPT]
        headers += [(b"etag", etag), (b"vary", b"Accept-Encoding")]
        packed = gzip.compress(answer.body, mtime=0)

        def whole(body: bytes, *more: tuple[bytes, bytes]) -> Answer:
            length = (b"content-length", str(len(body)).encode())
            return Answer(200, [*headers, length, *more], body)

        return cls(
            etag=etag,
            plain=whole(answer.body),
            packed=whole(packed, (b"content-encoding", b"gzip")),
            unchanged=Answer(304, headers),
        )

    @property
    def size(self) -> int:
        return len(self.plain.body) + len(self.packed.body)

    def answer_to(self, headers: dict[bytes, bytes]) -> Answer:
        """Nothing new, or the page in a form that the reader takes."""
        if self.etag in headers.get(b"if-none-match", b""):
            return self.unchanged
        return self.packed if b"gzip" in headers.get(b"accept-encoding", b"") else self.plain


class KeptPages:
    """An ASGI application that stands before another one and answers what it has kept."""

    def __init__(self, app: App, shelf: Shelf) -> None:
        self.app, self.shelf = app, shelf
        self.depends: dict[str, Depends] = {}  # paths that can be kept, by what they said last
        self.making: dict[Key, asyncio.Future[None]] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["method"] not in {"GET", "HEAD"}:
            await self.app(scope, receive, send)
            return
        depends = self.depends.get(scope["path"])
        if depends is None:
            await self.app(scope, receive, self.learning(scope["path"], send))
            return
        headers = dict(scope["headers"])
        key = _key(scope, headers, depends.query)
        kept: Kept | None = self.shelf.find(key)
        if kept is None and (made := self.making.get(key)):
            await made
            kept = self.shelf.find(key)
        answer = kept.answer_to(headers) if kept else await self.make(key, scope, headers, receive)
        await answer.give(send, head=scope["method"] == "HEAD")

    def at_once(self, scope: Scope, give: Give) -> bool:
        """Give away what is kept, if it is."""
        depends = self.depends.get(scope["path"])
        if depends is None or scope["method"] != "GET":
            return False
        headers = dict(scope["headers"])
        kept: Kept | None = self.shelf.find(_key(scope, headers, depends.query))
        if kept is None:
            return False
        give(kept.answer_to(headers))
        return True

    def learning(self, path: str, send: Send) -> Send:
        """Pass an answer on, and remember what it says that it depends on."""

        async def sent(message: MutableMapping[str, Any]) -> None:
            if message["type"] == "http.response.start":
                depends = Depends.said_by(list(message["headers"]))
                if depends is not None and len(self.depends) < MOST_PATHS:
                    self.depends[path] = depends
                message["headers"] = _without_mark(message["headers"])
            await send(message)

        return sent

    async def make(
        self, key: Key, scope: Scope, headers: dict[bytes, bytes], receive: Receive
    ) -> Answer:
        """Ask for the page as a stranger would, and keep it if it can be kept."""
        path = scope["path"]
        number = self.shelf.number(
            self.depends[path].edition
        )  # before the page: it may miss a change
        done = self.making[key] = asyncio.get_running_loop().create_future()
        answer = Answer()
        try:
            await self.app(_as_stranger(scope, key), receive, answer.take)
        finally:
            del self.making[key]
            done.set_result(None)
        depends = Depends.said_by(answer.headers)
        if depends is None or answer.status != 200:
            self.depends.pop(path, None)
            return answer
        self.depends[path] = depends
        kept = Kept.of(answer)
        self.shelf.keep(
            key,
            kept,
            edition=depends.edition,
            number=number,
            size=kept.size,
            until=depends.until,
        )
        return kept.answer_to(headers)


def _key(scope: Scope, headers: dict[bytes, bytes], names: tuple[str, ...]) -> Key:
    asked = dict(parse_qsl(scope["query_string"].decode("latin-1"))) if names else {}
    query = urlencode({name: asked[name] for name in names if name in asked})
    return (scope["scheme"], headers.get(b"host", b""), scope["path"], query)


def _as_stranger(scope: Scope, key: Key) -> Scope:
    """The same question, asked by nobody in particular."""
    headers = [(n, v) for n, v in scope["headers"] if n not in OF_THE_READER]
    return {**scope, "method": "GET", "headers": headers, "query_string": key[3].encode()}


def _without_mark(headers: Headers) -> Headers:
    is_marked = any(name.lower() == MARK for name, _ in headers)
    dropped = {MARK, b"content-encoding"} if is_marked else frozenset()
    return [(name, value) for name, value in headers if name.lower() not in dropped]
