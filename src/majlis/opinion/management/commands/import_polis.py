"""`majlis import-polis DIR --edition SLUG --round TITLE`: take in a conversation held elsewhere."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from majlis.kernel.ledger import CLOCK
from majlis.kernel.words import Language
from majlis.opinion.actions import keep_map, keep_reading
from majlis.opinion.imports import import_export
from majlis.series.management.commands._editions import edition_typed
from opinionspace import BadExport


class Command(BaseCommand):
    help = "Import a Polis export as a voting round of pseudonyms, with its results shown."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "folder", metavar="DIR", type=Path, help="folder with votes.csv and comments.csv"
        )
        parser.add_argument("--edition", required=True, help="the edition's name in its address")
        parser.add_argument("--round", required=True, help="title of the round")
        parser.add_argument(
            "--language",
            choices=Language.values,
            default="en",
            help="language of the title and the statements",
        )
        parser.add_argument(
            "--again", action="store_true", help="import it although the edition has it already"
        )

        parser.add_argument(
            "--agree",
            type=int,
            choices=(1, -1),
            help="the number that means agree, where the votes and their counts do not fit",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        edition = edition_typed(options["edition"])
        try:
            imported = import_export(
                edition,
                options["folder"],
                title=options["round"],
                language=options["language"],
                again=options["again"],
                agree=options["agree"],
                by=CLOCK,
            )
        except BadExport as error:
            code = 1 if options["folder"].is_dir() else 2
            raise CommandError(f"{error}. Nothing was imported.", returncode=code) from None
        round = imported.round
        keep_map(round)
        keep_reading(round)
        self.stdout.write(
            f"Imported “{round}” as round {round.code}: "
            f"{round.statements.count()} statements, closed."
        )
        if imported.n_blank:
            self.stdout.write(
                f"Passed over, having no words: {imported.n_blank} comments, with "
                f"{imported.n_votes_on_blank} votes on them."
            )
