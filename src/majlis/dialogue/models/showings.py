"""What has been shown of the counts of statements, moment by moment."""

from __future__ import annotations

from django.db import models

from majlis.dialogue.models.statements import Statement
from majlis.kernel.clock import now
from majlis.kernel.disclosure import Cell, Counts


class Showing(models.Model):
    """The counts of one statement as they became visible at one moment. Appended, never changed.

    `horizon` is the key of the newest vote event it counts and `revision` the number of the
    round's events at that time, so that the same counts can be made again. `counts` holds the
    answers of each constituency and country; `ways` says how finely each audience may see them,
    beside all earlier showings; None stands for not at all. Nothing else may be shown of a vote.
    """

    statement = models.ForeignKey(Statement, models.CASCADE, related_name="showings")
    horizon = models.BigIntegerField()
    revision = models.PositiveBigIntegerField()
    counts = models.JSONField()
    ways = models.JSONField()
    made_at = models.DateTimeField(default=now)

    class Privacy:
        public: set[str] = set()
        personal: set[str] = set()
        internal = {"statement", "horizon", "revision", "counts", "ways", "made_at"}

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["statement", "horizon"], name="showing_once_per_statement_and_horizon"
            )
        ]

    def __str__(self) -> str:
        return f"showing of statement {self.statement_id} at {self.revision}"

    def table(self) -> dict[Cell, Counts]:
        """The answers of each constituency and country."""
        return {(row[0], row[1]): Counts(*row[2:]) for row in self.counts}
