"""Votes as they arrived."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from majlis.dialogue.models.questions import Question
from majlis.dialogue.models.rounds import Round
from majlis.dialogue.models.statements import Statement
from majlis.dialogue.states import Channel, Stance
from majlis.kernel.clock import now
from majlis.kernel.codes import CodeField
from majlis.kernel.constraints import exactly_one
from majlis.kernel.errors import RuleBroken
from majlis.registration.models import Device, Voice


class StaleVote(RuleBroken):
    """A vote that came too late: the same voice has answered this statement since.

    `standing` is the event that counts, so that the phone can show the state as it is.
    """

    def __init__(self, standing: VoteEvent) -> None:
        super().__init__(
            _(
                "You have already answered this statement, perhaps on another phone or page. That"
                " answer counts. To change it, answer again."
            )
        )
        self.standing = standing


class NotThisDevices(RuleBroken):
    """A limited device wanted to change what another device or a paper ballot has answered."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "You have already answered this statement on another device or on paper. That "
                "answer counts, and this device cannot change it. Use the other device, or sign "
                "in by email on this one."
            )
        )


class NotVotedOn(RuleBroken):
    """A vote on a statement that was taken out of the vote since."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "This statement is no longer part of the vote. Your answer was not counted. All "
                "your other answers are."
            )
        )


class VoteEvent(models.Model):
    """One answer as it arrived. Appended, never changed; the one with the highest `seq` counts.

    It is a stance on a statement, or the number that answers a question.
    """

    voice = models.ForeignKey(Voice, models.PROTECT, related_name="votes")
    statement = models.ForeignKey(
        Statement, models.PROTECT, null=True, blank=True, related_name="votes"
    )
    question = models.ForeignKey(
        Question, models.PROTECT, null=True, blank=True, db_index=False, related_name="votes"
    )
    stance = models.SmallIntegerField(choices=Stance.choices)
    seq = models.PositiveIntegerField()
    key = models.CharField(max_length=40)
    channel = models.CharField(max_length=8, choices=Channel.pairs, default=Channel.PHONE)
    device = models.ForeignKey(
        Device, models.SET_NULL, null=True, blank=True, db_index=False, related_name="votes"
    )
    at = models.DateTimeField(default=now)

    class Privacy:
        public: set[str] = set()
        personal = {"stance", "at", "channel"}
        internal = {"voice", "statement", "question", "seq", "key", "device"}

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["voice", "statement", "seq"], name="vote_seq_once_per_voice_and_statement"
            ),
            models.UniqueConstraint(  # of few rows: a vote on a statement is as fast as without it
                fields=["question", "voice", "seq"],
                condition=Q(question__isnull=False),
                name="answer_seq_once_per_voice_and_question",
            ),
            models.UniqueConstraint(fields=["voice", "key"], name="vote_key_once_per_voice"),
            models.CheckConstraint(
                name="vote_has_exactly_one_thing_asked",
                condition=exactly_one("statement", "question"),
            ),
            models.CheckConstraint(
                name="vote_stance_known",
                condition=Q(statement__isnull=True) | Q(stance__in=[int(s) for s in Stance]),
            ),
        ]

    def __str__(self) -> str:
        return f"vote {self.pk}"

    @property
    def asked_code(self) -> str:
        """The code of the statement or the question that it answers."""
        asked = self.statement or self.question
        return asked.code if asked else ""

    def is_open_to(self, device: Device | None) -> bool:
        """Whether the device may see and change this answer: a limited one only its own."""
        return device is None or not device.is_limited or self.device_id == device.pk


class PaperBallot(models.Model):
    """One ballot on paper, typed in: the voice it speaks for, who typed it, who read it again.

    Its stances are vote events of channel `paper`. `number` is written on the sheet, so that the
    second person finds it.
    """

    code = CodeField()
    round = models.ForeignKey(Round, models.CASCADE, related_name="paper_ballots")
    voice = models.ForeignKey(Voice, models.PROTECT, related_name="paper_ballots")
    number = models.PositiveIntegerField()
    is_anonymous = models.BooleanField(default=True)
    typed_by = models.CharField(max_length=40)
    typed_at = models.DateTimeField(default=now)
    checked_by = models.CharField(max_length=40, blank=True)
    checked_at = models.DateTimeField(null=True, blank=True)

    class Privacy:
        public: set[str] = set()
        personal = {"typed_by", "typed_at", "checked_by", "checked_at"}
        internal = {"code", "round", "voice", "number", "is_anonymous"}

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "number"], name="paper_ballot_number_once_per_round"
            ),
            models.UniqueConstraint(
                fields=["round", "voice"], name="paper_ballot_once_per_voice_and_round"
            ),
        ]

    def __str__(self) -> str:
        return f"paper ballot {self.number}"

    def check_by(self, doer: str, *, at: datetime) -> None:
        """Note the second reading; the one who typed the sheet cannot be the second person."""
        if doer == self.typed_by:
            raise RuleBroken(
                _(
                    "A second person enters the ballot again. It cannot be the person who entered"
                    " it first."
                )
            )
        self.checked_by, self.checked_at = doer, at
