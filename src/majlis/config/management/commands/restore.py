"""`majlis restore`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from majlis.config import backup


class Command(BaseCommand):
    help = "Restore what a backup contains, on SQLite or PostgreSQL, whichever wrote it."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FILE", type=Path, help="the backup to read")
        parser.add_argument(
            "--replace",
            action="store_true",
            help="in place of the people and editions that are here (backed up first)",
        )

    def handle(self, *args: Any, file: Path, replace: bool, **options: Any) -> None:
        counts, kept = backup.restore(file, replace=replace)
        if kept:
            self.stdout.write(f"What stood here was backed up to {kept}.")
        self.stdout.write(f"Restored {sum(counts.values())} rows of {len(counts)} tables.")
