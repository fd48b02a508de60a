"""Django as WSGI behind ASGI: the whole body goes in, pieces of the answer come out.

A thread works only while Django does. It has the whole body from the beginning, and what it made
is sent by the loop while the thread serves the next; a file is read on, a piece at a time, when
the socket has taken the last one.
"""

from __future__ import annotations

import asyncio
import contextvars
import io
import sys
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import unquote_to_bytes

from majlis.config.edge.bodies import client_of
from majlis.kernel.live import Scope, Send, part

PIECE = 65_536
Environ = dict[str, Any]  # PEP 3333: strings, and a few `wsgi.…` of other types
Application = Callable[..., Iterable[bytes]]


class Bridge:
    """An ASGI application, but for the body, which it is given whole.

    `brings` goes along with each request, for whoever knows its name.
    """

    def __init__(
        self, application: Application, *, threads: int, brings: Environ | None = None
    ) -> None:
        self.application, self.brings = application, brings or {}
        self.pool = ThreadPoolExecutor(max_workers=threads, thread_name_prefix="page")

    async def __call__(self, scope: Scope, body: bytes, send: Send) -> None:
        answer = Answer(self.application, environ_of(scope, body) | self.brings)
        within = contextvars.Context().run  # nothing of one request is left for the next
        run = asyncio.get_running_loop().run_in_executor
        try:
            piece = await run(self.pool, within, answer.begin)
            await send(answer.head)
            while True:
                for at in range(0, len(piece), PIECE):
                    await part(send, piece[at : at + PIECE])
                if answer.is_whole:
                    break
                piece = await run(self.pool, within, answer.next_piece)
            await send({"type": "http.response.body", "body": b""})
        finally:
            if not answer.is_whole:
                self.pool.submit(within, answer.close)


class Answer:
    """One run of the WSGI application. Its methods are called in a thread."""

    def __init__(self, application: Application, environ: Environ) -> None:
        self.application, self.environ = application, environ
        self.head: dict[str, Any] = {}
        self.pieces: Iterable[bytes] = ()
        self.left: Iterator[bytes] = iter(())
        self.is_whole = False

    def begin(self) -> bytes:
        """Run the view; return the answer's body, or the first piece of a long one."""
        self.pieces = self.application(self.environ, self.start)
        self.left = iter(self.pieces)
        return self.next_piece()

    def start(self, status: str, headers: list[tuple[str, str]], _fault: object = None) -> None:
        self.head = {
            "type": "http.response.start",
            "status": int(status.split(" ", 1)[0]),
            "headers": [(n.lower().encode("latin-1"), v.encode("latin-1")) for n, v in headers],
        }

    def next_piece(self) -> bytes:
        """The next few kilobytes; after the last, the answer is closed."""
        taken: list[bytes] = []
        size = 0
        try:
            for piece in self.left:
                taken.append(piece)
                size += len(piece)
                if size >= PIECE:
                    return b"".join(taken)
        except BaseException:
            self.close()
            raise
        self.close()
        return b"".join(taken)

    def close(self) -> None:
        self.is_whole = True
        getattr(self.pieces, "close", lambda: None)()


def environ_of(scope: Scope, body: bytes) -> Environ:
    """What WSGI says of a request. Its length is what came, whatever was announced."""
    server = scope.get("server") or ("localhost", 80)
    environ: Environ = {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote_to_bytes(scope["raw_path"]).decode("latin-1"),
        "QUERY_STRING": scope["query_string"].decode("latin-1"),
        "SERVER_NAME": str(server[0]),
        "SERVER_PORT": str(server[1] or 0),
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "REMOTE_ADDR": client_of(scope),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope["scheme"],
        "wsgi.input": io.BytesIO(body),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    for raw_name, raw_value in scope["headers"]:
        name, value = raw_name.decode("latin-1"), raw_value.decode("latin-1")
        if "_" in name:  # it would pass for the header with a dash, which a proxy may have set
            continue
        key = name.upper().replace("-", "_")
        key = key if key in {"CONTENT_TYPE", "CONTENT_LENGTH"} else f"HTTP_{key}"
        between = "; " if key == "HTTP_COOKIE" else ","
        environ[key] = f"{environ[key]}{between}{value}" if key in environ else value
    environ["CONTENT_LENGTH"] = str(len(body))
    return environ
