"""`majlis work`."""

from __future__ import annotations

import signal
import sys
import threading
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from majlis.config import due, worker
from majlis.kernel import jobs
from majlis.kernel.codes import new_code


class Command(BaseCommand):
    help = "Do the long work that waits (results of large rounds), then end; the tick starts it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--leash", action="store_true", help="end when the standard input is closed"
        )
        parser.add_argument("--runner", default="", help="the name under which it claims jobs")

    def handle(self, *args: Any, **options: Any) -> None:
        ending = threading.Event()
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, lambda *_: ending.set())
        if options["leash"]:
            worker.end_with(sys.stdin.buffer)
        worker.be_modest()
        n_done = jobs.work(
            due.KINDS,
            runner=options["runner"] or new_code(16),
            linger=worker.LINGER if options["leash"] else 0.0,
            ending=ending,
        )
        self.stdout.write(f"Done: {n_done}.")
