"""`majlis dump EDITION DIR`: write the pack of an edition."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from majlis.front import packs
from majlis.series.management.commands._editions import edition_typed


class Command(BaseCommand):
    help = (
        "Write the pack of an edition: its editorial content, never people, votes or the audit log "
        "(that is what backup is for)."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("edition", metavar="EDITION", help="the edition's word in addresses")
        parser.add_argument("folder", type=Path, metavar="DIR", help="an empty or a new folder")
        parser.add_argument(
            "--overwrite", action="store_true", help="write over the pack that the folder holds"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        edition = edition_typed(options["edition"])
        names = packs.dump(edition, options["folder"], overwrite=options["overwrite"])
        self.stdout.write(f"{len(names)} files written to {options['folder']}.")
