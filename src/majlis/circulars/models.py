"""Emails to many people of an edition."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from majlis.circulars.states import CircularState
from majlis.kernel.clock import now
from majlis.kernel.codes import CodeField
from majlis.kernel.constraints import one_of
from majlis.kernel.errors import RuleBroken
from majlis.kernel.texts import TextField
from majlis.series.models import Edition


class Circular(models.Model):
    """One email to many people: the words in each language, and whom it is for.

    `audience` is what the form of the audience was answered with. What is not strictly about the
    readers' own place (`is_about_place`) goes to nobody who ended such emails. `template` names
    the standard letter that it began with.
    """

    code = CodeField()
    edition = models.ForeignKey(Edition, models.CASCADE, related_name="circulars")
    template = models.CharField(max_length=80, blank=True)
    heading = TextField()
    words = TextField()
    audience = models.JSONField(default=dict)
    is_about_place = models.BooleanField(default=False)
    state = models.CharField(
        max_length=10, choices=CircularState.pairs, default=CircularState.DRAFT
    )
    made_at = models.DateTimeField(default=now)
    begun_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Privacy:
        public: set[str] = set()
        personal: set[str] = set()
        internal = {
            "code", "edition", "template", "heading", "words", "audience", "is_about_place",
            "state", "made_at", "begun_at", "ended_at",
        }  # fmt: skip

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="circular_state_known", condition=one_of("state", CircularState)
            )
        ]

    def __str__(self) -> str:
        return f"circular {self.code}"

    @property
    def is_draft(self) -> bool:
        return self.state == CircularState.DRAFT

    @property
    def is_under_way(self) -> bool:
        return self.state == CircularState.SENDING

    def require_draft(self) -> None:
        if not self.is_draft:
            raise RuleBroken(
                _("This email has been sent or is being sent, so it cannot be changed any more.")
            )

    def begin(self, *, at: datetime) -> None:
        self.require_draft()
        self.state, self.begun_at = CircularState.SENDING, at

    def end(self, *, at: datetime, is_stopped: bool = False) -> None:
        self.state = CircularState.STOPPED if is_stopped else CircularState.DONE
        self.ended_at = at
