"""What has been shown of the counts of statements."""

from __future__ import annotations

from django.db import models

from majlis.dialogue.models.statements import Statement
from majlis.kernel.clock import now
from majlis.kernel.disclosure import Cell, Counts


class Showing(models.Model):
    """The counts of one statement as its round showed them. Made once, never changed.

    `revision` is the number of the round's vote events at that time. `counts` holds the answers
    of each constituency and country; `ways` says for each audience how finely it may see them:
    a level of the round's breakdown, `"room"` for the whole only, None for not at all. Nothing
    else may be shown of a vote.
    """

    statement = models.OneToOneField(Statement, models.CASCADE, related_name="showing")
    revision = models.PositiveBigIntegerField()
    counts = models.JSONField()
    ways = models.JSONField()
    made_at = models.DateTimeField(default=now)

    class Privacy:
        public: set[str] = set()
        personal: set[str] = set()
        internal = {"statement", "revision", "counts", "ways", "made_at"}

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"showing of statement {self.statement_id} at {self.revision}"

    def table(self) -> dict[Cell, Counts]:
        """The answers of each constituency and country."""
        return {(row[0], row[1]): Counts(*row[2:]) for row in self.counts}
