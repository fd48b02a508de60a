"""Who works at an edition: roles, and the invitations that give them."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from majlis.kernel.clock import now
from majlis.kernel.codes import CodeField
from majlis.kernel.constraints import one_of
from majlis.kernel.errors import RuleBroken
from majlis.people.models import Person
from majlis.registration.states import RoleKind
from majlis.series.models import Edition


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
