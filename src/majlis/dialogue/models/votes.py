"""Votes as they arrived."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from majlis.dialogue.models.statements import Statement
from majlis.dialogue.states import Channel, Stance
from majlis.kernel.clock import now
from majlis.registration.models import Voice


class VoteEvent(models.Model):
    """One vote as it arrived. Appended, never changed; the highest `seq` is the stance."""

    voice = models.ForeignKey(Voice, models.PROTECT, related_name="votes")
    statement = models.ForeignKey(Statement, models.PROTECT, related_name="votes")
    stance = models.SmallIntegerField(choices=Stance.choices)
    seq = models.PositiveIntegerField()
    key = models.CharField(max_length=40)
    channel = models.CharField(max_length=8, choices=Channel.pairs, default=Channel.PHONE)
    at = models.DateTimeField(default=now)

    class Privacy:
        public: set[str] = set()
        personal = {"stance", "at", "channel"}
        internal = {"voice", "statement", "seq", "key"}

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["voice", "statement", "seq"], name="vote_seq_once_per_voice_and_statement"
            ),
            models.UniqueConstraint(fields=["voice", "key"], name="vote_key_once_per_voice"),
            models.CheckConstraint(
                name="vote_stance_known", condition=Q(stance__in=[int(s) for s in Stance])
            ),
        ]

    def __str__(self) -> str:
        return f"vote {self.pk}"
