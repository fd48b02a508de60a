"""Rehearsals: what each app copies into one, and what it removes of it.

A rehearsal is an edition of its own with invented people. The module `rehearsal` of each app says
its part:

    PART = RehearsalPart(copied=(Round, VoteEvent), copy=hold_rounds, remove=remove_votes)
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from importlib import import_module
from importlib.util import find_spec

from django.apps import apps
from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from majlis.kernel.clock import now
from majlis.kernel.errors import RuleBroken
from majlis.kernel.files import delete_files
from majlis.kernel.ledger import Doer
from majlis.kernel.pack import PackRow, PackTable
from majlis.series.actions import publish_programme
from majlis.series.models import (
    Challenge,
    Edition,
    EditionLink,
    GlossaryTerm,
    PackUpload,
    Partner,
    ProgrammeVersion,
    PublicText,
    Question,
    Readiness,
    Session,
    SessionFile,
    Speaker,
    Theme,
    Tick,
)


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """One that is being made; `voices`, `seed` and `camps` decide all that is drawn."""

    edition: Edition
    voices: int
    seed: int
    camps: bool
    by: Doer

    def has(self, table: PackTable) -> bool:
        return table.file in self.edition.rehearsal

    def row(self, table: PackTable) -> PackRow:
        """What the pack says in a file of one row, or `RuleBroken`."""
        if not self.has(table):
            raise RuleBroken(
                _(
                    "“%(edition)s” does not say how to rehearse it: add %(file)s to its pack "
                    "and load it again."
                ),
                edition=self.edition,
                file=table.file,
            )
        return table.parsed(self.edition.rehearsal[table.file], list(self.edition.languages))


def _nothing(_what: object) -> None:
    return


@dataclass(frozen=True, slots=True)
class RehearsalPart:
    """What one app does for rehearsals.

    copied      models of which a rehearsal gets rows
    left_out    the app's other models below an edition: a rehearsal begins without rows
    tables      files of the pack, of one row each, from which the copy is made
    copy        makes the copy's rows; the apps below have made theirs
    remove      deletes what keeps the edition from being deleted; the apps above have done it
    """

    copied: tuple[type[Model], ...] = ()
    left_out: tuple[type[Model], ...] = ()
    tables: tuple[PackTable, ...] = ()
    copy: Callable[[Rehearsal], None] = _nothing
    remove: Callable[[Edition], None] = _nothing


def parts() -> list[RehearsalPart]:
    """Every app's part, in the order of `INSTALLED_APPS`: the highest app first."""
    names = [f"{app.name}.rehearsal" for app in apps.get_app_configs()]
    modules = [import_module(name) for name in names if find_spec(name)]
    return [module.PART for module in modules if hasattr(module, "PART")]


def tables() -> list[PackTable]:
    """The files of a pack that speak of rehearsals."""
    return [table for part in parts() for table in part.tables]


def _move_to_today(rehearsal: Rehearsal) -> None:
    edition = rehearsal.edition
    shift: timedelta = now().astimezone(edition.zone).date() - edition.starts_on
    edition.is_rehearsal, edition.is_demo = True, False
    edition.starts_on, edition.ends_on = edition.starts_on + shift, edition.ends_on + shift
    edition.save()
    for session in edition.sessions.all():
        session.on_date += shift
        session.save(update_fields=["on_date"])
    publish_programme(edition, by=rehearsal.by)


def _remove(edition: Edition) -> None:
    delete_files([partner.emblem for partner in edition.partners.all() if partner.emblem])
    delete_files([speaker.photo for speaker in edition.speakers.all() if speaker.photo])
    delete_files(
        [document.file for document in SessionFile.objects.filter(session__edition=edition)]
    )
    edition.sessions.all().delete()
    edition.delete()


PART = RehearsalPart(
    copied=(
        Challenge, EditionLink, GlossaryTerm, Partner, ProgrammeVersion, PublicText,
        Question, Session, Speaker, Theme,
    ),
    left_out=(PackUpload, Readiness, SessionFile, Tick),
    copy=_move_to_today,
    remove=_remove,
)  # fmt: skip
