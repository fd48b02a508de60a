"""Documents and slides of sessions."""

from __future__ import annotations

from django.db import models

from majlis.kernel.clock import now
from majlis.kernel.codes import new_code
from majlis.kernel.constraints import one_of
from majlis.series.models.programme import Session
from majlis.series.states import FileAudience


class SessionFile(models.Model):
    """A document of a session, for everybody, for participants or for the team."""

    session = models.ForeignKey(Session, models.CASCADE, related_name="files")
    code = models.CharField(max_length=12, unique=True, default=new_code)
    title = models.CharField(max_length=200)
    file = models.FileField(upload_to="documents/")
    ending = models.CharField(max_length=5)
    size = models.PositiveIntegerField()
    audience = models.CharField(max_length=12, choices=FileAudience.pairs)
    added_at = models.DateTimeField(default=now)

    class Privacy:
        public: set[str] = {"session", "code", "title", "ending", "size", "audience", "added_at"}
        personal: set[str] = set()
        internal: set[str] = {"file"}

    class Meta:
        ordering = ["added_at", "code"]
        constraints = [
            models.CheckConstraint(
                name="file_audience_known", condition=one_of("audience", FileAudience)
            )
        ]

    def __str__(self) -> str:
        return self.title
