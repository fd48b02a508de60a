"""`majlis backup`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from majlis.config import backup


class Command(BaseCommand):
    help = "Write the database and the files into one zip file, while the server runs or not."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FILE", type=Path, help="the file to write")

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        if file.exists():
            raise CommandError(f"{file} exists already; a backup is never written over another.")
        if not file.parent.is_dir():
            raise CommandError(
                f"There is no folder {file.parent}. Make it, or attach the disk that holds it.",
                returncode=2,
            )
        place = file.parent.resolve()
        if place.is_relative_to(settings.VAR) and place != settings.VAR / "backups":
            raise CommandError(
                f"{file} would lie among what is backed up, and be in the next backup. Name a file "
                f"elsewhere, or in {settings.VAR / 'backups'}."
            )
        counts = backup.write(file)
        self.stdout.write(
            f"{file}: {sum(counts.values())} rows of {len(counts)} tables, and the files. "
            "It holds people's data and the signing key: keep it as safe as the server."
        )
