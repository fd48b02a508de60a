"""Sealing an edition: after it nobody can tell who said or voted what (DECISIONS 11, ADR 0049).

Every app does its part in one transaction, so a process that is killed midway changes nothing.
Afterwards the database forgets the rows that were deleted, and earlier backups are deleted: the
tick goes on where that was interrupted.
"""

from __future__ import annotations

import json
import logging
import zipfile
from functools import partial
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.utils.translation import gettext_lazy as _

from majlis.front.states import Verb
from majlis.kernel import ledger
from majlis.kernel.clock import now
from majlis.kernel.errors import RuleBroken
from majlis.kernel.ledger import CLOCK, Doer
from majlis.kernel.locks import hold_alone
from majlis.kernel.models import Act, Press
from majlis.kernel.presses import take
from majlis.series.models import Edition
from majlis.series.sealing import EditionSealed, SealingPart, parts
from majlis.series.states import Moment

log = logging.getLogger("majlis.sealing")


@transaction.atomic
def seal_edition(edition: Edition, *, by: Doer) -> Edition:
    """Cut words and votes from people, for good; what was shown stays as it is.

    Raises `RuleBroken` before the seminar, for an edition sealed already, and while a round that
    was opened has not shown its results. One that 0.1 sealed is sealed once more.
    """
    take()
    hold_alone(edition)
    edition = Edition.objects.select_for_update().get(pk=edition.pk)
    if is_final(edition):
        raise EditionSealed
    if edition.moment(now()) == Moment.BEFORE:
        raise RuleBroken(
            _(
                "The seminar has not taken place yet. Make an edition anonymous when no one needs"
                " a new link."
            )
        )
    for part in parts():
        part.require(edition)
    for part in parts():
        part.seal(edition)
    Press.objects.exclude(leads_to=None).delete()  # when which browser sent a form
    edition.is_sealed, edition.registration_open = True, False
    edition.save(update_fields=["is_sealed", "registration_open"])
    ledger.record(Verb.SEALED, edition, by=by, backups=len(earlier_backups()))
    transaction.on_commit(partial(sweep, edition), robust=True)
    return edition


def is_final(edition: Edition) -> bool:
    """Whether nothing more can be cut: 0.1 cut one link and left times, keys and orders."""
    lines = Act.objects.filter(edition=edition.slug, verb=Verb.SEALED)
    return edition.is_sealed and any("backups" in line.facts for line in lines)


def sweep_sealed() -> None:
    """Sweep after editions whose sealing was interrupted; for the tick."""
    lines = Act.objects.filter(verb__in=[Verb.SEALED, Verb.SWEPT]).order_by("pk")
    open_: dict[str, bool] = {}
    for verb, slug, facts in lines.values_list("verb", "edition", "facts"):
        open_[slug] = verb == Verb.SEALED and "backups" in facts  # 0.1 sealed without
    for slug in [slug for slug, is_open in open_.items() if is_open]:
        for edition in Edition.objects.filter(slug=slug):
            sweep(edition)


def sweep(edition: Edition) -> bool:
    """Delete earlier backups and the traces of deleted rows; return whether that is done.

    Not in a transaction: a database cannot be rewritten inside one.
    """
    for path in earlier_backups():
        path.unlink(missing_ok=True)
    try:
        _forget_deleted_rows()
    except DatabaseError as error:  # somebody reads or writes just now; the tick tries again
        log.warning("not swept", extra={"facts": {"edition": edition.slug, "why": str(error)}})
        return False
    ledger.record(Verb.SWEPT, edition, by=CLOCK)
    return True


def _forget_deleted_rows() -> None:
    """Write the database anew, without what was deleted."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("VACUUM")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            if cursor.fetchone()[0]:
                raise DatabaseError("the log is being read")
            return
        quote = connection.ops.quote_name
        cursor.execute("SET lock_timeout = '5s'")
        try:
            for table in connection.introspection.table_names(cursor):
                cursor.execute(f"VACUUM FULL {quote(table)}")
        finally:
            cursor.execute("RESET lock_timeout")


def earlier_backups() -> list[Path]:
    """Backups and copies of the database in our folder; they still hold what sealing cuts."""
    database = str(settings.DATABASES["default"]["NAME"])
    found = []
    for path in sorted(settings.VAR.rglob("*")):
        is_live = settings.IS_SQLITE and str(path).startswith(database)
        if path.is_file() and not is_live and _is_copy(path):
            found.append(path)
    return found


def _is_copy(path: Path) -> bool:
    is_database = ".sqlite3" in path.name
    return is_database or path.is_relative_to(settings.VAR / "backups") or _is_backup(path)


def _is_backup(path: Path) -> bool:
    if path.suffix != ".zip":
        return False
    try:
        with zipfile.ZipFile(path) as archive:
            return "migrations" in json.loads(archive.read("manifest.json"))
    except (KeyError, OSError, ValueError, zipfile.BadZipFile):
        return False


PART = SealingPart(changed=(Edition, Press))
