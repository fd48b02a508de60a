"""`majlis analyse DIR`: the analysis of a Polis export, with no database."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from opinionspace import OpinionError
from opinionspace.export import read_export
from opinionspace.polis import analyse
from opinionspace.report import as_html, as_json, as_table


class Command(BaseCommand):
    help = "Print the analysis of a Polis export; nothing is stored."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "folder", metavar="DIR", help="folder with votes.csv and, if there, the other files"
        )
        dress = parser.add_mutually_exclusive_group()
        dress.add_argument("--json", action="store_true", help="print everything as JSON")
        dress.add_argument("--html", action="store_true", help="print one HTML page")

    def handle(self, *args: Any, **options: Any) -> None:
        write = as_json if options["json"] else as_html if options["html"] else as_table
        try:
            export = read_export(options["folder"])
            self.stdout.write(write(analyse(export.votes()), export))
        except OpinionError as error:
            raise CommandError(str(error)) from None
