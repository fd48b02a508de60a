"""What the room says and how it votes.

A method here changes its row in memory and refuses what the rules forbid. It never saves.
"""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from majlis.dialogue.states import (
    ROUND_MOVES,
    Channel,
    ContributionKind,
    ContributionState,
    Grounding,
    LineageKind,
    ResultsShown,
    RoundState,
    Stance,
    StatementOrigin,
    StatementState,
)
from majlis.kernel.clock import now
from majlis.kernel.codes import CodeField
from majlis.kernel.constraints import exactly_one, one_of
from majlis.kernel.errors import RuleBroken, WrongMove
from majlis.kernel.texts import TextField
from majlis.kernel.words import Language
from majlis.registration.models import Voice
from majlis.series.models import Challenge, Edition, Session, Theme


class RoundClosed(RuleBroken):
    """The round takes no votes now."""

    def __init__(self, round: Round) -> None:
        super().__init__(
            _(
                "“%(round)s” is not taking votes now. "
                "Votes given while it was open are kept and still count."
            ),
            round=round,
        )


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


class Round(models.Model):
    """A window of time in which participants vote on a set of statements."""

    code = CodeField()
    edition = models.ForeignKey(Edition, models.CASCADE, related_name="rounds")
    session = models.ForeignKey(
        Session, models.PROTECT, null=True, blank=True, related_name="rounds"
    )
    title = TextField()
    state = models.CharField(max_length=10, choices=RoundState.pairs, default=RoundState.DRAFT)
    results_shown = models.CharField(
        max_length=16, choices=ResultsShown.pairs, default=ResultsShown.AFTER_CLOSE
    )
    is_imported = models.BooleanField(default=False)
    made_at = models.DateTimeField(default=now)
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Privacy:
        public: set[str] = {
            "code", "edition", "session", "title", "state", "results_shown", "is_imported",
            "opened_at", "closed_at",
        }  # fmt: skip
        personal: set[str] = set()
        internal = {"made_at"}

    class Meta:
        ordering = ["made_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="round_closed_at_iff_closed",
                condition=Q(state=RoundState.CLOSED, closed_at__isnull=False)
                | (~Q(state=RoundState.CLOSED) & Q(closed_at__isnull=True)),
            ),
            models.CheckConstraint(name="round_state_known", condition=one_of("state", RoundState)),
        ]

    def __str__(self) -> str:
        return str(self.title) or self.code

    @property
    def is_open(self) -> bool:
        return self.state == RoundState.OPEN

    def open(self, *, at: datetime) -> None:
        self._move_to(RoundState.OPEN)
        self.opened_at = self.opened_at or at
        self.closed_at = None

    def close(self, *, at: datetime) -> None:
        self._move_to(RoundState.CLOSED)
        self.closed_at = at

    def require_open(self) -> None:
        if not self.is_open:
            raise RoundClosed(self)

    def require_draft(self) -> None:
        if self.state != RoundState.DRAFT:
            raise RuleBroken(
                _(
                    "“%(round)s” has been opened, so its statements stand as they are. "
                    "Prepare another round for changes."
                ),
                round=self,
            )

    def _move_to(self, wanted: RoundState) -> None:
        now_ = RoundState(self.state)
        if wanted not in ROUND_MOVES[now_]:
            raise WrongMove(self, now=now_.label, wanted=wanted.label)
        self.state = wanted


class Statement(models.Model):
    """One votable sentence. Its original wording is immutable; a new wording is a new statement.

    A statement stands in one round at most. To put it to another round is to *carry* it: a new
    statement with a lineage edge, so that votes never move.
    """

    code = CodeField()
    edition = models.ForeignKey(Edition, models.CASCADE, related_name="statements")
    round = models.ForeignKey(
        Round, models.SET_NULL, null=True, blank=True, related_name="statements"
    )
    position = models.PositiveSmallIntegerField(default=0)
    number = models.PositiveIntegerField()
    theme = models.ForeignKey(
        Theme, models.PROTECT, null=True, blank=True, related_name="statements"
    )
    challenge = models.ForeignKey(
        Challenge, models.PROTECT, null=True, blank=True, related_name="statements"
    )
    kind = models.CharField(max_length=12, choices=ContributionKind.pairs)
    wording = TextField()
    origin = models.CharField(
        max_length=8, choices=StatementOrigin.pairs, default=StatementOrigin.ROOM
    )
    state = models.CharField(
        max_length=12, choices=StatementState.pairs, default=StatementState.CAPTURED
    )
    pack_id = models.CharField(max_length=24, blank=True)
    grounding = models.CharField(max_length=10, choices=Grounding.pairs, blank=True)
    source_note = models.TextField(blank=True)
    source_url = models.URLField(max_length=400, blank=True)
    further_url = models.URLField(max_length=400, blank=True)
    is_moderated_out = models.BooleanField(default=False)
    made_at = models.DateTimeField(default=now)

    class Privacy:
        public: set[str] = {
            "code", "edition", "round", "position", "number", "theme", "challenge", "kind",
            "wording", "origin", "state", "grounding", "source_note", "source_url", "further_url",
        }  # fmt: skip
        personal: set[str] = set()
        internal = {"pack_id", "is_moderated_out", "made_at"}

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "number"], name="statement_number_once_per_edition"
            ),
            models.UniqueConstraint(
                fields=["edition", "pack_id"],
                condition=~Q(pack_id=""),
                name="statement_pack_id_once_per_edition",
            ),
            models.CheckConstraint(
                name="statement_state_known", condition=one_of("state", StatementState)
            ),
        ]

    def __str__(self) -> str:
        return str(self.wording)


class LineageStep(models.Model):
    """A step at the moderation desk: who did what to which sources, when, why. Can be undone."""

    code = CodeField()
    edition = models.ForeignKey(Edition, models.CASCADE, related_name="lineage_steps")
    kind = models.CharField(max_length=12, choices=LineageKind.pairs)
    by = models.CharField(max_length=40)
    at = models.DateTimeField(default=now)
    why = models.TextField(blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.CharField(max_length=40, blank=True)

    class Privacy:
        public: set[str] = {"kind", "why"}
        personal = {"by", "undone_by"}
        internal = {"code", "edition", "at", "undone_at"}

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.kind} {self.code}"


class LineageEdge(models.Model):
    """From one source to one statement made of it; `made` is empty when the source was declined."""

    step = models.ForeignKey(LineageStep, models.CASCADE, related_name="edges")
    contribution = models.ForeignKey(
        Contribution, models.PROTECT, null=True, blank=True, related_name="edges_out"
    )
    statement = models.ForeignKey(
        Statement, models.PROTECT, null=True, blank=True, related_name="edges_out"
    )
    made = models.ForeignKey(
        Statement, models.PROTECT, null=True, blank=True, related_name="edges_in"
    )

    class Privacy:
        public: set[str] = set()
        personal: set[str] = set()
        internal = {"step", "contribution", "statement", "made"}

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="lineage_edge_has_exactly_one_source",
                condition=exactly_one("contribution", "statement"),
            )
        ]

    def __str__(self) -> str:
        return f"edge of {self.step_id}"


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
