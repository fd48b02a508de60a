"""The server process: its socket, its signals, what it prints."""

from __future__ import annotations

import asyncio
import errno
import logging
import os
import socket
import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import IO

import uvicorn
from django.conf import settings
from django.core.management.base import CommandError

log = logging.getLogger("majlis.server")

STOPS_WITHIN_SECONDS = 2  # for requests under way; streams are ended at once


def claim(var: Path) -> IO[str]:
    """Hold this folder for one server. Two would write one SQLite file by turns, and tick twice.

    The lock dies with the process, however it dies. Keep what is returned.
    """
    file = (var / "server.lock").open("a+", encoding="utf-8")
    if not _lock(file):
        file.seek(0)
        running = file.read().strip() or "another process"
        raise CommandError(
            f"Majlis is already running on this folder ({var}): {running}.\n"
            "Stop it first, or use another folder: MAJLIS_VAR=/path/to/folder."
        )
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


def bind(host: str, port: int) -> socket.socket:
    """Take the port, or say who has it and what to do."""
    try:
        family, kind, _, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
    except socket.gaierror:
        raise CommandError(
            f"HOST={host} is no address of this machine. Use HOST=127.0.0.1 for this machine "
            "alone or HOST=0.0.0.0 for the local network."
        ) from None
    taken = socket.socket(family, kind)
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
    return taken


class Server(uvicorn.Server):
    """uvicorn, which also ends the open streams on a signal and says when it is ready."""

    def __init__(
        self, config: uvicorn.Config, *, on_ready: Callable[[], None], on_stop: Callable[[], None]
    ) -> None:
        super().__init__(config)
        self.on_ready, self.on_stop = on_ready, on_stop

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self.on_ready()

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        super().handle_exit(sig, frame)
        asyncio.get_running_loop().call_soon_threadsafe(self.on_stop)


def serve(taken: socket.socket, *, on_ready: Callable[[], None]) -> None:
    """Serve until a signal; return once requests under way had their two seconds."""
    from majlis.config.asgi import application

    config = uvicorn.Config(
        application,
        lifespan="on",
        ws="none",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=True,
        forwarded_allow_ips=settings.TRUSTED_PROXIES,
        timeout_keep_alive=30,
        timeout_graceful_shutdown=STOPS_WITHIN_SECONDS,
    )
    Server(config, on_ready=on_ready, on_stop=application.stop).run(sockets=[taken])


def leave() -> None:
    """End the process now. A thread still at work is cut off; nothing half is kept."""
    logging.shutdown()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(0)
