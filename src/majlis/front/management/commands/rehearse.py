"""`majlis rehearse EDITION --voices 60 --seed 1`: a rehearsal with invented people and votes."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from majlis.front.rehearsal import make_rehearsal, remove_rehearsal
from majlis.kernel.ledger import CONSOLE
from majlis.registration.actions import ensure_organiser
from majlis.registration.models import Role
from majlis.registration.states import RoleKind
from majlis.series.management.commands._editions import edition_typed


class Command(BaseCommand):
    help = "Make a rehearsal of an edition, with invented people, words and votes; or remove one."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("edition", metavar="EDITION", help="the edition's name in its address")
        parser.add_argument("--voices", type=int, default=60, help="how many participants (60)")
        parser.add_argument("--seed", type=int, default=1, help="decides all that is drawn (1)")
        parser.add_argument("--no-camps", action="store_true", help="nobody leans to a side")
        parser.add_argument("--remove", action="store_true", help="remove this rehearsal")

    def handle(self, *args: Any, **options: Any) -> None:
        edition = edition_typed(options["edition"])
        if options["remove"]:
            remove_rehearsal(edition, by=CONSOLE)
            self.stdout.write(f"Removed the rehearsal {options['edition']}.")
            return
        made = make_rehearsal(
            edition,
            voices=options["voices"],
            seed=options["seed"],
            camps=not options["no_camps"],
            by=CONSOLE,
        )
        organisers = Role.objects.filter(
            edition=edition, kind=RoleKind.ORGANISER, revoked_at=None
        ).select_related("person")
        for role in organisers:
            ensure_organiser(role.person.email or "", [made])
        self.stdout.write(f"Made {made.slug}: {made.voices.count()} voices, today.")
