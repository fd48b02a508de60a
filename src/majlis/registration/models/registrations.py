"""A person's registration at an edition, and what they agreed to."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from majlis.kernel.clock import now
from majlis.kernel.codes import CodeField
from majlis.kernel.constraints import one_of
from majlis.kernel.errors import WrongMove
from majlis.kernel.words import Language
from majlis.people.models import Organisation, Person
from majlis.people.states import Constituency
from majlis.registration.states import (
    REGISTRATION_MOVES,
    Capacity,
    ConsentKind,
    RegistrationState,
)
from majlis.series.models import Edition


class Registration(models.Model):
    """A person's place at an edition. A method changes the row in memory, or refuses."""

    code = CodeField()
    edition = models.ForeignKey(Edition, models.CASCADE, related_name="registrations")
    person = models.ForeignKey(Person, models.PROTECT, related_name="registrations")
    name = models.CharField(_("name on the badge"), max_length=120, blank=True)
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="registrations",
        verbose_name=_("organisation"),
    )
    state = models.CharField(
        _("state"),
        max_length=12,
        choices=RegistrationState.pairs,
        default=RegistrationState.ASKED,
    )
    constituency = models.CharField(
        _("stakeholder group"), max_length=20, choices=Constituency.pairs
    )
    country = models.CharField(_("country"), max_length=2)
    capacity = models.CharField(
        _("capacity"), max_length=10, choices=Capacity.pairs, default=Capacity.OFFICIAL
    )
    languages = models.JSONField(_("languages"), default=list)
    is_walk_in = models.BooleanField(default=False)
    is_simulated = models.BooleanField(default=False)
    asked_at = models.DateTimeField(_("registered on"), default=now)
    address_confirmed_at = models.DateTimeField(null=True, blank=True)
    listed_at = models.DateTimeField(_("on the waiting list since"), null=True, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    arrived_at = models.DateTimeField(_("arrived on"), null=True, blank=True)
    emails_ended_at = models.DateTimeField(_("other emails stopped on"), null=True, blank=True)
    chosen = models.JSONField(_("sessions chosen"), default=list, blank=True)
    reason = models.TextField(_("reason given by the organiser"), blank=True)
    reason_language = models.CharField(max_length=2, choices=Language.pairs, blank=True)

    class Privacy:
        public: set[str] = set()
        personal = {
            "name", "organisation", "constituency", "country", "capacity", "languages", "state",
            "asked_at", "listed_at", "arrived_at", "emails_ended_at", "chosen", "reason",
        }  # fmt: skip
        internal = {
            "code", "edition", "person", "is_walk_in", "is_simulated", "address_confirmed_at",
            "confirmed_at", "reason_language",
        }  # fmt: skip

    class Meta:
        ordering = ["asked_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "person"], name="registration_once_per_person"
            ),
            models.CheckConstraint(
                name="registration_state_known", condition=one_of("state", RegistrationState)
            ),
            models.CheckConstraint(
                name="registration_constituency_known",
                condition=one_of("constituency", Constituency),
            ),
            models.CheckConstraint(
                name="registration_confirmed_has_instant",
                condition=~Q(state=RegistrationState.CONFIRMED) | Q(confirmed_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"registration {self.code}"

    @property
    def full_name(self) -> str:
        """The name at this edition: what other editions know of the person is theirs."""
        return self.name or self.person.name

    @property
    def is_confirmed(self) -> bool:
        return self.state == RegistrationState.CONFIRMED

    @property
    def moves(self) -> frozenset[RegistrationState]:
        """The states that may follow now."""
        return REGISTRATION_MOVES[RegistrationState(self.state)]

    def move_to(self, wanted: RegistrationState, *, at: datetime) -> None:
        if wanted not in self.moves:
            now_ = RegistrationState(self.state)
            raise WrongMove(_("This registration"), now=now_.label, wanted=wanted.label)
        self.state = wanted
        self.listed_at = None
        if wanted == RegistrationState.WAITING:
            self.address_confirmed_at = at
        if wanted == RegistrationState.CONFIRMED:
            self.confirmed_at = at


class Consent(models.Model):
    """One choice of one person at one edition, as it stands now; changes are in the audit log."""

    registration = models.ForeignKey(Registration, models.CASCADE, related_name="consents")
    kind = models.CharField(_("choice"), max_length=16, choices=ConsentKind.pairs)
    is_given = models.BooleanField(_("permission given"), default=False)
    at = models.DateTimeField(_("since"), default=now)

    class Privacy:
        public: set[str] = set()
        personal = {"kind", "is_given", "at"}
        internal = {"registration"}

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["registration", "kind"], name="consent_once_per_kind")
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.is_given}"
