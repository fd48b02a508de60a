"""A person's place at an edition, and the voice it speaks and votes with."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from majlis.kernel.clock import now
from majlis.kernel.codes import CodeField, new_key
from majlis.kernel.constraints import one_of
from majlis.kernel.errors import RuleBroken, WrongMove
from majlis.people.models import Organisation, Person
from majlis.people.states import Constituency, Family
from majlis.registration.states import (
    REGISTRATION_MOVES,
    Capacity,
    ConsentKind,
    RegistrationState,
    RoleKind,
)
from majlis.series.models import Edition


class Registration(models.Model):
    """A person's place at an edition. A method changes the row in memory, or refuses."""

    code = CodeField()
    edition = models.ForeignKey(Edition, models.CASCADE, related_name="registrations")
    person = models.ForeignKey(Person, models.PROTECT, related_name="registrations")
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
    confirmed_at = models.DateTimeField(null=True, blank=True)
    arrived_at = models.DateTimeField(_("arrived on"), null=True, blank=True)
    reason = models.TextField(_("reason given by the organiser"), blank=True)

    class Privacy:
        public: set[str] = set()
        personal = {
            "organisation", "constituency", "country", "capacity", "languages", "state",
            "asked_at", "arrived_at", "reason",
        }  # fmt: skip
        internal = {
            "code", "edition", "person", "is_walk_in", "is_simulated", "address_confirmed_at",
            "confirmed_at",
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


class Role(models.Model):
    """What a colleague may do at an edition."""

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="roles")
    person = models.ForeignKey(Person, models.CASCADE, related_name="roles")
    kind = models.CharField(_("role"), max_length=12, choices=RoleKind.pairs)
    given_at = models.DateTimeField(_("given on"), default=now)
    revoked_at = models.DateTimeField(_("removed on"), null=True, blank=True)

    class Privacy:
        public: set[str] = set()
        personal = {"kind", "given_at", "revoked_at"}
        internal = {"edition", "person"}

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "person", "kind"],
                condition=Q(revoked_at__isnull=True),
                name="role_once_per_person",
            ),
            models.CheckConstraint(name="role_kind_known", condition=one_of("kind", RoleKind)),
        ]

    def __str__(self) -> str:
        return f"{self.kind} at {self.edition.slug}"


class Voice(models.Model):
    """The pseudonym a participant speaks and votes with.

    It keeps its own copy of constituency, country and capacity, taken at confirmation, so that
    *sealing* the edition can cut `registration` for good. `link_serial` makes a reissued link
    refuse the old one and keep the voice. Keys are random: numbers in the order of confirmation
    would lead from a voice back to its person after the cut.
    """

    id = models.BigIntegerField(primary_key=True, default=new_key, editable=False)
    code = CodeField()
    edition = models.ForeignKey(Edition, models.CASCADE, related_name="voices")
    registration = models.OneToOneField(
        Registration, models.SET_NULL, null=True, blank=True, related_name="voice"
    )
    constituency = models.CharField(
        _("stakeholder group"), max_length=20, choices=Constituency.pairs, blank=True
    )
    country = models.CharField(_("country"), max_length=2, blank=True)
    capacity = models.CharField(_("capacity"), max_length=10, choices=Capacity.pairs, blank=True)
    language = models.CharField(_("language"), max_length=2, blank=True)
    link_serial = models.PositiveIntegerField(default=1)
    revoked_at = models.DateTimeField(null=True, blank=True)
    is_imported = models.BooleanField(default=False)

    class Privacy:
        public: set[str] = set()
        personal = {"constituency", "country", "capacity", "language"}
        internal = {
            "code", "edition", "registration", "link_serial", "revoked_at", "is_imported",
        }  # fmt: skip

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="voice_constituency_known",
                condition=Q(constituency="") | one_of("constituency", Constituency),
            )
        ]

    def __str__(self) -> str:
        return f"voice {self.code}"

    @property
    def doer(self) -> str:
        return f"voice:{self.code}"

    @property
    def family(self) -> Family | None:
        return Constituency(self.constituency).family if self.constituency else None

    def take_snapshot(self, registration: Registration) -> None:
        """Keep a copy of what counts are broken down by."""
        self.constituency = registration.constituency
        self.country = registration.country
        self.capacity = registration.capacity

    def revoke(self, *, at: datetime) -> None:
        if self.revoked_at is not None:
            raise RuleBroken(_("This personal link has already been disabled."))
        self.revoked_at = at

    def reissue(self) -> None:
        """A new link for the same voice; the old one no longer opens anything."""
        self.link_serial += 1
        self.revoked_at = None


class Invitation(models.Model):
    """A link by which a colleague takes up roles. Only the digest of its token is kept."""

    code = CodeField()
    edition = models.ForeignKey(Edition, models.CASCADE, related_name="invitations")
    email = models.EmailField(_("email address"))
    name = models.CharField(_("name"), max_length=120, blank=True)
    kinds = models.JSONField(_("roles"), default=list)
    token_digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(default=now)
    expires_at = models.DateTimeField()
    taken_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Privacy:
        public: set[str] = set()
        personal = {"email", "name", "kinds"}
        internal = {
            "code", "edition", "token_digest", "made_at", "expires_at", "taken_at", "revoked_at",
        }  # fmt: skip

    class Meta:
        ordering = ["made_at", "pk"]

    def __str__(self) -> str:
        return f"invitation {self.code}"

    @property
    def kind_labels(self) -> list[str | Promise]:
        """The roles, each in the language of whoever reads it: a letter's may be another."""
        return [RoleKind(kind).label for kind in self.kinds]

    def is_open(self, *, at: datetime) -> bool:
        return self.taken_at is None and self.revoked_at is None and at < self.expires_at

    def require_open(self, *, at: datetime) -> None:
        if not self.is_open(at=at):
            raise RuleBroken(
                _(
                    "This invitation has already been accepted, has been cancelled or has "
                    "expired. Nothing was changed. Ask the organiser for a new one."
                )
            )
