"""The process beside the server that does long work (ADR 0064)."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from typing import IO

from majlis.kernel import jobs
from majlis.kernel.codes import new_code
from majlis.kernel.jobs import Kind

log = logging.getLogger("majlis.jobs")

COMMAND = (sys.executable, "-c", "import sys; from majlis.config.cli import main; sys.exit(main())")
LINGER = 10.0  # seconds a worker waits for more: starting one takes a second of a processor
NICENESS = 10  # votes and pages come first
PAUSE = 5.0  # seconds after a worker that has ended badly


class Worker:
    """Starts a worker when something is due, and takes back what it held when it has ended.

    It holds the worker by a pipe: however this process ends, the worker ends with it, so that no
    one writes to a database which another server, or a restore, takes over.
    """

    def __init__(self, kinds: Sequence[Kind], *, command: Sequence[str] = COMMAND) -> None:
        self.kinds, self.command = kinds, command
        self.process: subprocess.Popen[bytes] | None = None
        self.runner = ""
        self.not_before = 0.0

    def look_after(self) -> None:
        """What the tick asks for, twice a second."""
        if self.process is not None and self.process.poll() is not None:
            self._ended(self.process)
        if not jobs.is_any_unfinished():
            return
        jobs.reap(self.kinds)
        if self.process is None and time.monotonic() >= self.not_before and jobs.is_any_due():
            self.start()

    def start(self) -> None:
        """Start a worker, which takes whatever is due."""
        self.runner = new_code(16)
        self.process = subprocess.Popen(  # noqa: S603 - our own program
            [*self.command, "work", "--leash", "--runner", self.runner],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        log.info("worker started", extra={"facts": {"process": self.process.pid}})

    def _ended(self, process: subprocess.Popen[bytes]) -> None:
        jobs.reap(self.kinds, ended=self.runner)
        if process.returncode:
            self.not_before = time.monotonic() + PAUSE
            facts = {"process": process.pid, "code": process.returncode}
            log.error("worker ended badly", extra={"facts": facts})
        if process.stdin is not None:
            process.stdin.close()
        self.process = None


def be_modest() -> None:
    """Give way to the server wherever both want the processor."""
    if hasattr(os, "nice"):
        os.nice(NICENESS)


def end_with(parent: IO[bytes]) -> None:
    """End this process as soon as the one that holds the other end of the pipe has ended."""

    def wait() -> None:
        parent.read()
        os._exit(1)

    threading.Thread(target=wait, name="leash", daemon=True).start()
