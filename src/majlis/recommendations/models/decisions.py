"""What readers judged and what was decided."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from majlis.kernel.clock import now
from majlis.kernel.codes import CodeField
from majlis.kernel.words import Language, language_now
from majlis.ratings.models import Rating
from majlis.recommendations.models.recommendations import Recommendation
from majlis.recommendations.states import DECISIONS, TextState


class Review(models.Model):
    """One reader's judgement on a recommendation under review."""

    code = CodeField()
    recommendation = models.ForeignKey(Recommendation, models.CASCADE, related_name="reviews")
    by = models.CharField(max_length=40)
    at = models.DateTimeField(default=now)
    is_ready = models.BooleanField(_("ready for the final list"), default=False)
    note = models.TextField(blank=True)
    language = models.CharField(
        max_length=2, choices=Language.pairs, blank=True, default=language_now
    )
    wording_revision = models.PositiveIntegerField(default=1)

    class Privacy:
        public: set[str] = set()
        personal = {"by", "note"}
        internal = {"code", "recommendation", "at", "is_ready", "language", "wording_revision"}

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"review {self.code}"


class Adoption(models.Model):
    """How a decision on a recommendation was taken: rule, body, date, counts, dissent.

    `count_note` says why there are no counts where none were taken. `language` is that of all its
    words; empty where nobody noted it. `rating` is the one whose result the decision rests on.
    """

    code = CodeField()
    recommendation = models.ForeignKey(Recommendation, models.CASCADE, related_name="adoptions")
    outcome = models.CharField(max_length=26, choices=TextState.pairs)
    rule = models.TextField()
    body = models.CharField(max_length=200)
    decided_on = models.DateField()
    n_for = models.PositiveIntegerField(null=True, blank=True)
    n_against = models.PositiveIntegerField(null=True, blank=True)
    n_abstaining = models.PositiveIntegerField(null=True, blank=True)
    rating = models.ForeignKey(
        Rating, models.SET_NULL, null=True, blank=True, related_name="adoptions"
    )
    count_note = models.CharField(max_length=300, blank=True)
    dissent = models.TextField(blank=True)
    no_dissent_recorded = models.BooleanField(default=False)
    reservation = models.TextField(blank=True)
    reason = models.TextField(blank=True)
    next_on = models.DateField(null=True, blank=True)
    language = models.CharField(
        max_length=2, choices=Language.pairs, blank=True, default=language_now
    )
    recorded_by = models.CharField(max_length=40)
    recorded_at = models.DateTimeField(default=now)

    class Privacy:
        public: set[str] = {
            "recommendation", "outcome", "rule", "body", "decided_on", "n_for", "n_against",
            "n_abstaining", "rating", "count_note", "dissent", "no_dissent_recorded", "reservation",
            "reason", "next_on", "language",
        }  # fmt: skip
        personal = {"recorded_by"}
        internal = {"code", "recorded_at"}

    class Meta:
        ordering = ["recorded_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="adoption_outcome_is_a_decision",
                condition=Q(outcome__in=sorted(DECISIONS)),
            )
        ]

    def __str__(self) -> str:
        return f"{self.outcome} on {self.decided_on}"

    @property
    def n_voting(self) -> int | None:
        """How many voices were counted; None where nobody counted."""
        counts = [self.n_for, self.n_against, self.n_abstaining]
        return None if None in counts else sum(n or 0 for n in counts)
