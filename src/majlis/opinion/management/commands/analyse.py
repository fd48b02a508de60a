"""`majlis analyse DIR`: the analysis of a Polis export, with no database."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from opinionspace import OpinionError
from opinionspace.__main__ import add_options, analysed


class Command(BaseCommand):
    help = "Print the analysis of a Polis export; nothing is stored."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        add_options(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            self.stdout.write(analysed(Namespace(**options)))
        except (OpinionError, OSError) as error:
            code = 1 if Path(options["folder"]).is_dir() else 2
            raise CommandError(str(error), returncode=code) from None
