"""What must be true before the server answers: a database of today, an edition, an organiser."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core.management import call_command, get_commands
from django.core.management.base import CommandError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from majlis.config import backup
from majlis.kernel.clock import now
from majlis.kernel.files import remove_orphans
from majlis.kernel.ledger import CLOCK
from majlis.people import actions as people
from majlis.people.models import Person
from majlis.registration import actions as registration
from majlis.registration.models import Role
from majlis.registration.states import RoleKind
from majlis.series.models import Edition

log = logging.getLogger("majlis.server")

PREPARING = 0x6D616A6C6973  # “majlis”, the name of the lock
FIRST_EDITION = settings.ROOT / "editions" / "tunis-2026"


def require_database() -> None:
    """Refuse at once, in a sentence, when PostgreSQL is not there; the pool would wait for it."""
    if settings.IS_SQLITE:
        return
    import psycopg

    known = {k: v for k, v in connection.get_connection_params().items() if k != "pool"}
    try:
        psycopg.connect(**{**known, "connect_timeout": 5}).close()
    except psycopg.OperationalError as error:
        raise CommandError(
            f"The database does not answer: {str(error).strip().splitlines()[0]}\n"
            f"Check MAJLIS_DATABASE_URL; the database has to exist:  createdb {known['dbname']}"
        ) from None


@dataclass(frozen=True, slots=True)
class Prepared:
    """What was done: where an older database was backed up; whether an edition was loaded."""

    backed_up: Path | None
    was_loaded: bool
    organiser: Person


def prepare() -> Prepared:
    """Do all that is done once before anybody is served, one server at a time."""
    require_database()
    with _alone():
        kept = bring_database_up_to_date()
        was_loaded = load_first_edition()
        remove_orphans()
        return Prepared(kept, was_loaded, welcome_organiser())


@contextlib.contextmanager
def _alone() -> Iterator[None]:
    """Let one of several servers that start together prepare the database, the others wait."""
    if settings.IS_SQLITE:  # one server at a time holds the folder
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [PREPARING])
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [PREPARING])


def bring_database_up_to_date() -> Path | None:
    """Migrate; an older database is backed up first. Return where, if it was."""
    executor = MigrationExecutor(connection)
    if not executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return None
    kept = None
    if backup.is_lived_in():
        kept = settings.VAR / "backups" / f"before-migration-{now():%Y%m%d-%H%M%S}.zip"
        kept.parent.mkdir(parents=True, exist_ok=True)
        backup.write(kept)
    call_command("migrate", verbosity=0, interactive=False)
    log.info("database migrated", extra={"facts": {"backed_up": kept is not None}})
    return kept


def load_first_edition() -> bool:
    """Load the first edition's pack into an empty database that is to have it; say if so."""
    if settings.STARTS_EMPTY or Edition.objects.exists():
        return False
    if not FIRST_EDITION.is_dir() or "load" not in get_commands():
        return False
    call_command("load", str(FIRST_EDITION), verbosity=0)
    return True


def welcome_organiser() -> Person:
    """The organiser of this server, who organises every edition that has none."""
    email = settings.ORGANISER_EMAIL
    person = people.welcome_person(email, name="Organiser", by=CLOCK)
    organised = Role.objects.filter(kind=RoleKind.ORGANISER, revoked_at__isnull=True)
    for edition in Edition.objects.exclude(pk__in=organised.values("edition")):
        registration.give_role(edition, person=person, kind=RoleKind.ORGANISER, by=CLOCK)
    return person


def somebody_signed_in() -> bool:
    """Whether anybody of a team ever did: from then on people have a way in of their own."""
    return Role.objects.filter(
        revoked_at__isnull=True, person__is_active=True, person__last_login__isnull=False
    ).exists()


def sign_in_address(person: Person) -> str:
    """A fresh address that signs this person in once."""
    token = people.make_sign_in_link(person, by=CLOCK)
    return f"{settings.PUBLIC_URL}/{person.language}/sign-in/{token}/"
