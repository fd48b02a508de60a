"""What has been shown of the counts of statements."""

from __future__ import annotations

from django.db import models

from majlis.dialogue.models.statements import Statement
from majlis.kernel.clock import now
from majlis.kernel.disclosure import Cell, Counts, Detail


class Showing(models.Model):
    """The counts of one statement as its round showed them. Made once, never changed.

    `revision` is the number of the round's vote events at that time. `counts` holds the answers
    of each constituency and country; `level` and `two_words` say how finely they are shown: the
    level of the round's breakdown, `"room"` for the whole only. The public sees the same, or only
    the whole. Nothing else may be shown of a vote.
    """

    statement = models.OneToOneField(Statement, models.CASCADE, related_name="showing")
    revision = models.PositiveBigIntegerField()
    counts = models.JSONField()
    level = models.CharField(max_length=12)
    two_words = models.BooleanField(default=False)
    made_at = models.DateTimeField(default=now)

    class Privacy:
        public: set[str] = set()
        personal: set[str] = set()
        internal = {"statement", "revision", "counts", "level", "two_words", "made_at"}

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"showing of statement {self.statement_id} at {self.revision}"

    def table(self) -> dict[Cell, Counts]:
        """The answers of each constituency and country."""
        return {(row[0], row[1]): Counts(*row[2:]) for row in self.counts}

    @property
    def detail(self) -> Detail:
        return Detail(self.level, self.two_words)
