"""What people offer, in their own words."""

from __future__ import annotations

from django.db import models

from majlis.dialogue.states import ContributionKind, ContributionState
from majlis.kernel.clock import now
from majlis.kernel.codes import CodeField
from majlis.kernel.constraints import one_of
from majlis.kernel.words import Language
from majlis.registration.models import Voice
from majlis.series.models import Challenge, Edition, Session, Theme


class Contribution(models.Model):
    """What someone offered, in their own words and language. Its words are never edited."""

    code = CodeField()
    edition = models.ForeignKey(Edition, models.CASCADE, related_name="contributions")
    voice = models.ForeignKey(
        Voice, models.SET_NULL, null=True, blank=True, related_name="contributions"
    )
    session = models.ForeignKey(
        Session, models.PROTECT, null=True, blank=True, related_name="contributions"
    )
    theme = models.ForeignKey(
        Theme, models.PROTECT, null=True, blank=True, related_name="contributions"
    )
    challenge = models.ForeignKey(
        Challenge, models.PROTECT, null=True, blank=True, related_name="contributions"
    )
    kind = models.CharField(max_length=12, choices=ContributionKind.pairs)
    words = models.TextField()
    language = models.CharField(max_length=2, choices=Language.pairs)
    only_statement = models.BooleanField(default=False)
    state = models.CharField(
        max_length=12, choices=ContributionState.pairs, default=ContributionState.CAPTURED
    )
    reason = models.TextField(blank=True)
    offered_at = models.DateTimeField(default=now)
    key = models.CharField(max_length=40)

    class Privacy:
        public: set[str] = {"session", "theme", "challenge", "kind"}
        personal = {"words", "language", "only_statement", "reason", "offered_at"}
        internal = {"code", "edition", "voice", "state", "key"}

    class Meta:
        ordering = ["offered_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["voice", "key"], name="contribution_once_per_key"),
            models.CheckConstraint(
                name="contribution_kind_known", condition=one_of("kind", ContributionKind)
            ),
        ]

    def __str__(self) -> str:
        return f"contribution {self.code}"
