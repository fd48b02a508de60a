"""Emails that tell people how the programme has changed."""

from __future__ import annotations

from datetime import datetime

from django.db import models

from majlis.kernel.clock import now
from majlis.kernel.codes import CodeField
from majlis.kernel.constraints import one_of
from majlis.registration.states import Told
from majlis.series.models import ProgrammeVersion


class ProgrammeNotice(models.Model):
    """That people are told of a version of the programme: how many of them, and until when.

    The emails are messages whose batch is the `code` of this row.
    """

    code = CodeField()
    version = models.OneToOneField(ProgrammeVersion, models.CASCADE, related_name="notice")
    told = models.CharField(max_length=12, choices=Told.pairs)
    begun_at = models.DateTimeField(default=now)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Privacy:
        public: set[str] = set()
        personal: set[str] = set()
        internal = {"code", "version", "told", "begun_at", "ended_at"}

    class Meta:
        ordering = ["begun_at", "pk"]
        constraints = [
            models.CheckConstraint(name="notice_told_known", condition=one_of("told", Told))
        ]

    def __str__(self) -> str:
        return f"emails about {self.version}"

    @property
    def is_under_way(self) -> bool:
        return self.ended_at is None

    def end(self, *, at: datetime) -> None:
        self.ended_at = at
