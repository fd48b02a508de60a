"""Questions that are answered with a number: what a rating or a quick question asks."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from majlis.dialogue.states import ABSTAIN, ROUND_MOVES, RoundState
from majlis.kernel.clock import now
from majlis.kernel.codes import CodeField
from majlis.kernel.constraints import one_of
from majlis.kernel.errors import RuleBroken, WrongMove
from majlis.kernel.texts import TextField
from majlis.series.models import Edition


class QuestionsClosed(RuleBroken):
    """The questions take no answers now."""

    def __init__(self, asked: QuestionSet) -> None:
        super().__init__(
            _(
                "“%(title)s” takes no answers at the moment. Answers given while it was open still"
                " count."
            ),
            title=asked,
        )


class QuestionSet(models.Model):
    """Questions that open, close and show their results together, as a round does.

    What they are about is said by whoever asks them, an app above this one. With `takes_phones`
    every participant may answer on their own phone; otherwise whoever the app above lets in.
    """

    code = CodeField()
    edition = models.ForeignKey(Edition, models.CASCADE, related_name="question_sets")
    title = TextField()
    takes_phones = models.BooleanField(default=True)
    state = models.CharField(max_length=10, choices=RoundState.pairs, default=RoundState.DRAFT)
    made_at = models.DateTimeField(default=now)
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Privacy:
        public: set[str] = {
            "code", "edition", "title", "takes_phones", "state", "opened_at", "closed_at",
        }  # fmt: skip
        personal: set[str] = set()
        internal = {"made_at"}

    class Meta:
        ordering = ["made_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="question_set_state_known", condition=one_of("state", RoundState)
            ),
        ]

    def __str__(self) -> str:
        return str(self.title) or self.code

    @property
    def is_draft(self) -> bool:
        return self.state == RoundState.DRAFT

    @property
    def is_open(self) -> bool:
        return self.state == RoundState.OPEN

    @property
    def is_shown(self) -> bool:
        """Whether its results may be seen."""
        return self.state == RoundState.SHOWN

    def open(self, *, at: datetime) -> None:
        """Take answers, for the first time or again; never again once results are shown."""
        self._move_to(RoundState.OPEN)
        self.opened_at, self.closed_at = self.opened_at or at, None

    def close(self, *, at: datetime) -> None:
        self._move_to(RoundState.CLOSED)
        self.closed_at = at

    def show(self) -> None:
        """Let everybody see the results. There is no way back."""
        if self.state != RoundState.CLOSED:
            raise self._wrong_move(RoundState.SHOWN)
        self._move_to(RoundState.SHOWN)

    def require_draft(self) -> None:
        if not self.is_draft:
            raise RuleBroken(
                _(
                    "“%(title)s” has been opened, so its rule and its questions stay as they are. "
                    "Nothing was changed."
                ),
                title=self,
            )

    def require_open(self) -> None:
        if not self.is_open:
            raise QuestionsClosed(self)

    def require_paper(self) -> None:
        """Refuse paper ballots before it opens and once it shows its results."""
        if self.state not in {RoundState.OPEN, RoundState.CLOSED}:
            raise QuestionsClosed(self)

    def _move_to(self, wanted: RoundState) -> None:
        if wanted not in ROUND_MOVES[RoundState(self.state)]:
            raise self._wrong_move(wanted)
        self.state = wanted

    def _wrong_move(self, wanted: RoundState) -> WrongMove:
        return WrongMove(self, now=RoundState(self.state).label, wanted=wanted.label)


class Question(models.Model):
    """One thing asked: a whole number from `low` to `high`, or `ABSTAIN`.

    `name` is what it is called by whoever asks it, for instance the option and the criterion.
    """

    code = CodeField()
    asked_in = models.ForeignKey(QuestionSet, models.CASCADE, related_name="questions")
    name = models.CharField(max_length=60)
    low = models.PositiveSmallIntegerField()
    high = models.PositiveSmallIntegerField()

    class Privacy:
        public: set[str] = {"code", "asked_in", "name", "low", "high"}
        personal: set[str] = set()
        internal: set[str] = set()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["asked_in", "name"], name="question_name_once_in_its_set"
            ),
            models.CheckConstraint(
                name="question_low_under_high", condition=Q(low__lt=F("high"), high__lt=1000)
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def allows(self, number: int) -> bool:
        return number == ABSTAIN or self.low <= number <= self.high
