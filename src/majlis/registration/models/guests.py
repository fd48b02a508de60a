"""Guests, invited by a personal email, and the lists that people are imported from."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from majlis.kernel.clock import now
from majlis.kernel.codes import CodeField
from majlis.kernel.constraints import one_of
from majlis.kernel.words import Language
from majlis.people.states import Constituency
from majlis.registration.models.registrations import Registration
from majlis.registration.states import GuestAnswer, ImportKind, ImportState
from majlis.series.models import Edition

UNDO_LIVES = timedelta(hours=1)


class PeopleImport(models.Model):
    """A list of people as it was uploaded, what its columns hold, and what became of each row.

    Nothing is written for a draft. The list is forgotten when the import can no longer be undone,
    or a day after it was uploaded.
    """

    code = CodeField()
    edition = models.ForeignKey(Edition, models.CASCADE, related_name="imports")
    kind = models.CharField(max_length=8, choices=ImportKind.pairs)
    state = models.CharField(max_length=8, choices=ImportState.pairs, default=ImportState.DRAFT)
    name = models.CharField(max_length=120)
    made_by = models.CharField(max_length=40)
    made_at = models.DateTimeField(default=now)
    ended_at = models.DateTimeField(null=True, blank=True)
    table = models.JSONField(default=dict)  # {"headings": […], "rows": [[number, cells], …]}
    fields = models.JSONField(default=list)  # of each column
    defaults = models.JSONField(default=dict)
    n_all = models.PositiveIntegerField(default=0)
    outcome = models.JSONField(default=list)  # of each person: row, name, fate, why, code, before

    class Privacy:
        public: set[str] = set()
        personal: set[str] = set()
        internal = {
            "code", "edition", "kind", "state", "name", "made_by", "made_at", "ended_at", "table",
            "fields", "defaults", "n_all", "outcome",
        }  # fmt: skip

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="people_import_kind_known", condition=one_of("kind", ImportKind)
            ),
            models.CheckConstraint(
                name="people_import_state_known", condition=one_of("state", ImportState)
            ),
        ]

    def __str__(self) -> str:
        return f"import {self.code}"

    @property
    def rows(self) -> dict[int, list[str]]:
        return dict(self.table.get("rows", []))

    @property
    def n_done(self) -> int:
        return len(self.outcome)

    def can_be_undone(self, *, at: datetime) -> bool:
        is_over = self.ended_at is None or at >= self.ended_at + UNDO_LIVES
        return self.state == ImportState.DONE and not is_over

    def finish(self, state: ImportState, *, at: datetime) -> None:
        self.state, self.ended_at = state, at

    def forget_rows(self) -> None:
        """Keep how many people were imported, and nothing about them."""
        self.table, self.outcome = {}, []


class Guest(models.Model):
    """Somebody whom the organisers invite. The answer comes by the link of a personal email.

    With `instead_of`, they are named by a participant, or for one, and take over that place.
    """

    code = CodeField()
    edition = models.ForeignKey(Edition, models.CASCADE, related_name="guests")
    email = models.EmailField(_("email address"))
    name = models.CharField(_("name"), max_length=120)
    organisation = models.CharField(_("organisation"), max_length=200, blank=True)
    constituency = models.CharField(
        _("stakeholder group"), max_length=20, choices=Constituency.pairs, blank=True
    )
    country = models.CharField(_("country"), max_length=2, blank=True)
    languages = models.JSONField(_("languages"), default=list)
    language = models.CharField(_("language of emails"), max_length=2, choices=Language.pairs)
    added_at = models.DateTimeField(_("added on"), default=now)
    wanted_at = models.DateTimeField(null=True, blank=True)  # the tick writes the email
    sent_at = models.DateTimeField(_("invited on"), null=True, blank=True)
    n_sent = models.PositiveSmallIntegerField(default=0)
    answer = models.CharField(_("answer"), max_length=4, choices=GuestAnswer.pairs, blank=True)
    answered_at = models.DateTimeField(_("answered on"), null=True, blank=True)
    note = models.TextField(_("message"), blank=True)
    registration = models.OneToOneField(
        Registration, models.SET_NULL, null=True, blank=True, related_name="guest"
    )

    instead_of = models.ForeignKey(
        Registration, models.SET_NULL, null=True, blank=True, related_name="substitutes"
    )

    class Privacy:
        public: set[str] = set()
        personal = {
            "email", "name", "organisation", "constituency", "country", "languages", "language",
            "added_at", "sent_at", "answer", "answered_at", "note",
        }  # fmt: skip
        internal = {"code", "edition", "wanted_at", "n_sent", "registration", "instead_of"}

    class Meta:
        ordering = ["added_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "email"], name="guest_once_per_address"),
            models.CheckConstraint(
                name="guest_answer_known", condition=one_of("answer", GuestAnswer)
            ),
            models.CheckConstraint(
                name="guest_constituency_known",
                condition=Q(constituency="") | one_of("constituency", Constituency),
            ),
        ]

    def __str__(self) -> str:
        return f"guest {self.code}"

    def say(self, answer: GuestAnswer, *, note: str = "", at: datetime) -> None:
        """Note the answer; the newest counts."""
        self.answer, self.note, self.answered_at = answer, note, at
        self.wanted_at = None

    def facts(self) -> dict[str, Any]:
        """What a list can say of a guest, beside the address."""
        return {name: getattr(self, name) for name in GUEST_FACTS}


GUEST_FACTS = ("name", "organisation", "constituency", "country", "languages", "language")
