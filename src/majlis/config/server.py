"""The server process: its socket, its signals, what it prints."""

from __future__ import annotations

import asyncio
import errno
import gc
import logging
import os
import socket
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import FrameType
from typing import IO, Any, cast

import uvicorn
from django.conf import settings
from django.core.management.base import CommandError

from majlis.config.edge.connections import Connection, Crowd
from majlis.config.edge.proxies import Proxies

log = logging.getLogger("majlis.server")

IDLE_SECONDS = 30  # of a connection between two requests
BESIDE_STREAMS = 2_000  # connections for everything else: a stream is one each
MOST_FILES = 65_536
FILES_BESIDE = 150  # the database, the log, documents
STOPS_WITHIN_SECONDS = 2  # for requests under way; streams are ended at once


def claim(var: Path) -> IO[str]:
    """Hold this folder for one server. Two would write one SQLite file by turns, and tick twice.

    The lock dies with the process, however it dies. Keep what is returned.
    """
    if held := try_claim(var):
        return held
    running = (var / "server.lock").read_text(encoding="utf-8").strip() or "another process"
    raise CommandError(
        f"Majlis is already running on this folder ({var}): {running}.\n"
        "Stop it first, or use another folder: MAJLIS_VAR=/path/to/folder."
    )


def try_claim(var: Path) -> IO[str] | None:
    """As `claim`, or None where another process holds the folder."""
    file = (var / "server.lock").open("a+", encoding="utf-8")
    if not _lock(file):
        file.close()
        return None
    file.truncate(0)
    file.write(f"process {os.getpid()}")
    file.flush()
    return file


def is_claimed(var: Path) -> bool:
    """True while a server runs on this folder."""
    path = var / "server.lock"
    if not path.exists():
        return False
    with path.open("a+", encoding="utf-8") as file:
        return not _lock(file)


def _lock(file: IO[str]) -> bool:
    try:
        import fcntl
    except ImportError:  # not a Unix: nothing to hold
        return True
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def bind(host: str, port: int, *, for_children: bool = False) -> socket.socket:
    """Take the port, or say who has it and what to do.

    `for_children` is the address of several processes, which listen each on a socket `beside` it.
    """
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, proto=socket.IPPROTO_TCP, flags=socket.AI_PASSIVE
        )[0]
    except socket.gaierror:
        raise CommandError(
            f"HOST={host} is no address of this machine. Use HOST=127.0.0.1 for this machine "
            "alone or HOST=0.0.0.0 for the local network."
        ) from None
    # asyncio knows TCP by its protocol only; else a body waits 40 ms until its head was received.
    taken = socket.socket(family, kind, protocol)
    taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        taken.bind(address)
    except OSError as error:
        taken.close()
        if error.errno == errno.EADDRINUSE:
            raise CommandError(
                f"Port {port} is taken by another program. Stop that one, or choose another "
                f"port:  make run PORT={port + 1}"
            ) from None
        if error.errno == errno.EACCES:
            raise CommandError(
                f"Port {port} is reserved for the system's administrator. Choose one above "
                "1023:  make run PORT=8000"
            ) from None
        if error.errno == errno.EADDRNOTAVAIL:
            raise CommandError(
                f"HOST={host} is no address of this machine. Use HOST=127.0.0.1 for this "
                "machine alone or HOST=0.0.0.0 for the local network."
            ) from None
        raise
    taken.set_inheritable(True)
    give_up_the_unreachable(taken)
    if for_children:
        taken.close()  # nobody has it; now as one of several
        return _bound_among_several(family, address)
    return taken


def beside(taken: socket.socket) -> socket.socket:
    """One more socket at the same address; the system gives each connection to one of them."""
    return _bound_among_several(taken.family, taken.getsockname())


def _bound_among_several(family: int, address: Any) -> socket.socket:
    made = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    made.bind(address)
    give_up_the_unreachable(made)
    return made


def give_up_the_unreachable(taken: socket.socket) -> None:
    """Let the system end a connection whose other side has not answered for a minute."""
    if option := getattr(socket, "TCP_USER_TIMEOUT", None):
        taken.setsockopt(socket.IPPROTO_TCP, option, 60_000)


@dataclass(frozen=True, slots=True)
class Room:
    """How many connections fit, as the system's limit of open files has it."""

    files: int
    waiting: int  # that the system may hold for us before we take them
    connections: int

    @classmethod
    def made(cls) -> Room:
        """Raise the limit of open files as far as the system lets us, and count what fits."""
        files = raise_limit_of_files()
        waiting = min(1024, files // 4)
        most = files - waiting - FILES_BESIDE
        return cls(files, waiting, min(settings.STREAMS + BESIDE_STREAMS, most))

    @property
    def is_tight(self) -> bool:
        return bool(self.connections < settings.STREAMS + BESIDE_STREAMS)


def raise_limit_of_files() -> int:
    """Raise the process's own limit to what the system grants it; return what it is then."""
    try:
        import resource
    except ImportError:  # not a Unix
        return 1024
    now, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = MOST_FILES if most == resource.RLIM_INFINITY else min(most, MOST_FILES)
    if now < wanted:
        try:
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, most))
        except (OSError, ValueError):  # a system that grants less than it says
            return now
    return max(now, wanted)


class Server(uvicorn.Server):
    """uvicorn, which also ends the open streams on a signal and says when it is ready."""

    def __init__(
        self,
        config: uvicorn.Config,
        *,
        crowd: Crowd,
        on_ready: Callable[[], None],
        on_stop: Callable[[], None],
    ) -> None:
        super().__init__(config)
        self.crowd, self.on_ready, self.on_stop = crowd, on_ready, on_stop

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        leave_alone_what_stays()
        if self.started:
            self.on_ready()

    async def on_tick(self, counter: int) -> bool:
        if counter % 10 == 0:  # every second
            self.crowd.end_overdue()
        return await super().on_tick(counter)

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        super().handle_exit(sig, frame)
        asyncio.get_running_loop().call_soon_threadsafe(self.on_stop)


def leave_alone_what_stays() -> None:
    """Look for rubbish among what requests make, and not among code, templates and words.

    Looking through all of it stops every thread for a tenth of a second, now and then.
    """
    gc.freeze()
    gc.set_threshold(5_000, 20, 20)


def load() -> None:
    """Have all modules, pages and words loaded."""
    from majlis.config import asgi

    asgi.warm_up()


def serve_beside(taken: socket.socket, room: Room, on_ready: Callable[[], None]) -> None:
    """Serve in a process of several."""
    own = beside(taken)
    taken.close()  # the parent's
    serve(own, room=room, on_ready=on_ready)


def serve(taken: socket.socket, *, room: Room, on_ready: Callable[[], None]) -> None:
    """Serve until a signal; return once requests under way had their two seconds."""
    from majlis.config.asgi import application

    # The loop gives the interpreter away at each socket; while the tick counts votes it would wait
    # five milliseconds to get it back, for each of thousands of listeners.
    sys.setswitchinterval(0.0005)
    crowd = Crowd(most=room.connections)
    log.info("serving", extra={"facts": {"files": room.files, "connections": room.connections}})
    proxies = Proxies(settings.TRUSTED_PROXIES)
    connection = partial(Connection, crowd=crowd, proxies=proxies, at_once=application.at_once)
    config = uvicorn.Config(
        application,
        http=cast("type[asyncio.Protocol]", connection),
        lifespan="on",
        ws="none",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,  # each connection knows whether it is a proxy's
        backlog=room.waiting,
        timeout_keep_alive=IDLE_SECONDS,
        timeout_graceful_shutdown=STOPS_WITHIN_SECONDS,
    )
    server = Server(config, crowd=crowd, on_ready=on_ready, on_stop=application.stop)
    server.run(sockets=[taken])


def leave() -> None:
    """End the process now. A thread still at work is cut off; nothing half is kept."""
    logging.shutdown()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(0)
