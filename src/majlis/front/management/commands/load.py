"""`majlis load DIR`: check an edition pack and load it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from majlis.front import packs
from majlis.kernel.ledger import CONSOLE
from majlis.registration.actions import ensure_organiser
from majlis.registration.states import RoleKind


class Command(BaseCommand):
    help = (
        "Check an edition pack and load it. "
        "If there is a fault, all are listed and nothing is written."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, metavar="DIR", help="folder of the pack")
        parser.add_argument(
            "--overwrite", action="store_true",
            help="take the pack's rows even if edited in the workspace since the last load",
        )  # fmt: skip

    def handle(self, *args: Any, **options: Any) -> None:
        folder: Path = options["folder"]
        if not folder.is_dir():
            raise CommandError(f"There is no folder {folder}; name that of a pack.", returncode=2)
        loaded = packs.load(folder, overwrite=options["overwrite"])
        if not loaded.edition.roles.filter(kind=RoleKind.ORGANISER, revoked_at=None).exists():
            ensure_organiser(settings.ORGANISER_EMAIL, [loaded.edition], by=CONSOLE)
        counts = ", ".join(f"{n} {fate}" for fate, n in loaded.counts.items() if n)
        self.stdout.write(f"{loaded.edition.slug}: {counts}.")
        for change in loaded.kept:
            self.stdout.write(f"  {change}")
        if loaded.kept:
            self.stdout.write("  (with --overwrite the rows of the pack are taken)")
        if loaded.lacking:
            self.stdout.write(
                f"  The edition has no text of the kind {', '.join(loaded.lacking)} yet."
            )
