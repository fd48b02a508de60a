"""`majlis sign-in-link`."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from majlis.config import preparation
from majlis.people.queries import person_by_email


class Command(BaseCommand):
    help = "Print an address that signs in a member of the team, once, within a day."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", metavar="EMAIL", help="the person's email address")

    def handle(self, *args: Any, email: str, **options: Any) -> None:
        person = person_by_email(email)
        if person is None:
            raise CommandError(
                f"Nobody here has the address {email}. An organiser invites colleagues at the "
                f"desk; the organiser of this server is {settings.ORGANISER_EMAIL}.",
                returncode=2,
            )
        self.stdout.write(preparation.sign_in_address(person))
