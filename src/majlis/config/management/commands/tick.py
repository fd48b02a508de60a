"""`majlis tick`."""

from __future__ import annotations

import signal
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from majlis.config import due


class Command(BaseCommand):
    help = "Do the scheduled work, until Ctrl-C; for servers that run with MAJLIS_TICK=0."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="ask every app once, then end")

    def handle(self, *args: Any, **options: Any) -> None:
        tick = due.tick()
        if options["once"]:
            failed = tick.once()
            self.stdout.write(f"Asked {len(tick.dues)}, failed {len(failed)}.")
            return
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, lambda *_: tick.stop())
        self.stdout.write("The tick runs; Ctrl-C stops it.")
        tick.run()
