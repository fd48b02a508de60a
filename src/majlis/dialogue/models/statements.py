"""Votable sentences, and what each was made of."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from majlis.dialogue.models.contributions import Contribution
from majlis.dialogue.models.rounds import Round
from majlis.dialogue.states import (
    ContributionKind,
    Grounding,
    LineageKind,
    RoundState,
    StatementOrigin,
    StatementState,
)
from majlis.kernel.clock import now
from majlis.kernel.codes import CodeField
from majlis.kernel.constraints import exactly_one, one_of
from majlis.kernel.errors import RuleBroken
from majlis.kernel.texts import Text, TextField, in_one_language
from majlis.kernel.words import Language, language_now
from majlis.series.models import Challenge, Edition, Theme


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

    @property
    def is_standing(self) -> bool:
        """Whether it can be put to a round, cited, or made into something else."""
        return self.state == StatementState.CAPTURED

    @property
    def was_opened(self) -> bool:
        """Whether it stands in a round that has been opened, so that people may have voted."""
        return self.round is not None and (
            self.round.opened_at is not None or self.round.state != RoundState.DRAFT
        )

    def require_standing(self) -> None:
        if not self.is_standing:
            raise RuleBroken(
                _(
                    "Statement %(number)s is now “%(state)s”, so it cannot be used. Nothing was "
                    "changed."
                ),
                number=self.number,
                state=StatementState(self.state).label,
            )

    def give_way(self, state: StatementState) -> None:
        """Leave the list of standing statements, and a round that is still in preparation."""
        self.require_standing()
        self.state = state
        if not self.was_opened:
            self.round = None

    def withdraw(self) -> None:
        """Go out of use. In a round that was opened it stays, and nobody is asked any more."""
        if self.is_moderated_out:
            raise RuleBroken(
                _("Statement %(number)s was rejected in the conversation it was imported from."),
                number=self.number,
            )
        self.give_way(StatementState.WITHDRAWN)
        self.is_moderated_out = self.round is not None

    def stand_again(self, *, round: Round | None) -> None:
        """Back to the list, when the step that took it away is undone."""
        if self.state == StatementState.WITHDRAWN:
            self.is_moderated_out = False
        self.state = StatementState.CAPTURED
        if round is not None and round.state == RoundState.DRAFT:
            self.round = round

    def undo(self) -> None:
        """Out of the way: the step that made it is undone."""
        self.state = StatementState.UNDONE
        self.round = None


class LineageStep(models.Model):
    """A step at the moderation desk: who did what to which sources, when, why. Can be undone."""

    code = CodeField()
    edition = models.ForeignKey(Edition, models.CASCADE, related_name="lineage_steps")
    kind = models.CharField(max_length=12, choices=LineageKind.pairs)
    by = models.CharField(max_length=40)
    at = models.DateTimeField(default=now)
    why = models.TextField(blank=True)
    language = models.CharField(
        max_length=2, choices=Language.pairs, blank=True, default=language_now
    )
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.CharField(max_length=40, blank=True)

    class Privacy:
        public: set[str] = {"kind", "why", "language"}
        personal = {"by", "undone_by"}
        internal = {"code", "edition", "at", "undone_at"}

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.kind} {self.code}"

    @property
    def reason(self) -> Text | str:
        """Why it was done, in the language of whoever wrote it."""
        return in_one_language(self.why, self.language)

    @property
    def is_undone(self) -> bool:
        return self.undone_at is not None

    def undo(self, *, at: datetime, by: str) -> None:
        if self.is_undone:
            raise RuleBroken(_("This action has already been undone. Nothing was changed."))
        self.undone_at = at
        self.undone_by = by


class LineageEdge(models.Model):
    """From one source to one statement made of it.

    `made` is empty when the source was declined or withdrawn. `was_state` keeps the state the
    source had when the step changed it (empty when the source stayed as it was, because people
    had voted on it), and `was_round` the round in preparation it left: undoing gives both back.
    """

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
    was_state = models.CharField(max_length=12, blank=True)
    was_round = models.ForeignKey(
        Round, models.SET_NULL, null=True, blank=True, related_name="edges_left"
    )

    class Privacy:
        public: set[str] = set()
        personal: set[str] = set()
        internal = {"step", "contribution", "statement", "made", "was_state", "was_round"}

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="lineage_edge_has_exactly_one_source",
                condition=exactly_one("contribution", "statement"),
            )
        ]

    def __str__(self) -> str:
        return f"edge of {self.step_id}"
