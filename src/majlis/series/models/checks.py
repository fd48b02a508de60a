"""What the team of an edition has done of its check list, and what it answers before inviting."""

from __future__ import annotations

from django.db import models

from majlis.kernel.clock import now
from majlis.kernel.constraints import one_of
from majlis.series.models.editions import Edition
from majlis.series.states import Check, Question


class Tick(models.Model):
    """A step of the check list that somebody has ticked; the audit log says who."""

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="ticks")
    code = models.CharField(max_length=16, choices=Check.pairs)
    ticked_at = models.DateTimeField(default=now)

    class Privacy:
        public: set[str] = set()
        personal: set[str] = set()
        internal = {"edition", "code", "ticked_at"}

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["edition", "code"], name="tick_once_per_edition"),
            models.CheckConstraint(name="tick_known", condition=one_of("code", Check)),
        ]

    def __str__(self) -> str:
        return f"{self.code} of {self.edition.slug}"


class Readiness(models.Model):
    """What the team answers to one of the questions before invitations leave."""

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="readiness")
    code = models.CharField(max_length=16, choices=Question.pairs)
    answer = models.TextField()

    class Privacy:
        public: set[str] = set()
        personal: set[str] = set()
        internal = {"edition", "code", "answer"}

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["edition", "code"], name="readiness_once_per_edition"),
            models.CheckConstraint(name="readiness_known", condition=one_of("code", Question)),
        ]

    def __str__(self) -> str:
        return f"{self.code} of {self.edition.slug}"
