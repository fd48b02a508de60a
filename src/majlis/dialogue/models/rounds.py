"""Rounds: when statements are open to stances."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from majlis.dialogue.states import ROUND_MOVES, BrokenDownBy, RoundState
from majlis.kernel.clock import now
from majlis.kernel.codes import CodeField
from majlis.kernel.constraints import one_of
from majlis.kernel.errors import RuleBroken, WrongMove
from majlis.kernel.texts import TextField
from majlis.series.models import Edition, Session

CLOSED = [RoundState.CLOSED, RoundState.SHOWING, RoundState.SHOWN]


class RoundClosed(RuleBroken):
    """The round takes no votes now."""

    def __init__(self, round: Round) -> None:
        super().__init__(
            _(
                "You cannot vote in “%(round)s” at the moment. Votes cast while it was open still"
                " count."
            ),
            round=round,
        )


class ResultsBeingPrepared(RuleBroken):
    """The round shows its results in a moment; until then nothing can be done with it."""

    def __init__(self, round: Round) -> None:
        super().__init__(
            _(
                "The results of “%(round)s” are being prepared and will be shown in a moment. "
                "Nothing was changed. Please wait until they are shown."
            ),
            round=round,
        )


class Round(models.Model):
    """A window of time in which participants vote on a set of statements.

    Its counts are shown once, for all statements together; from then on it stays closed.
    `breakdown` says which groups they tell apart, and `shows_at_close` that closing shows them.
    `turnout` keeps what the edition's sealing froze of it, `n_read_once` how many voices were known
    by one person's reading of a sheet alone when results were shown.
    """

    code = CodeField()
    edition = models.ForeignKey(Edition, models.CASCADE, related_name="rounds")
    session = models.ForeignKey(
        Session, models.PROTECT, null=True, blank=True, related_name="rounds"
    )
    title = TextField()
    state = models.CharField(max_length=10, choices=RoundState.pairs, default=RoundState.DRAFT)
    breakdown = models.CharField(
        max_length=12, choices=BrokenDownBy.pairs, default=BrokenDownBy.CONSTITUENCY
    )
    shows_at_close = models.BooleanField(default=False)
    is_imported = models.BooleanField(default=False)
    made_at = models.DateTimeField(default=now)
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    turnout = models.JSONField(null=True, blank=True)
    n_read_once = models.PositiveIntegerField(default=0)

    class Privacy:
        public: set[str] = {
            "code", "edition", "session", "title", "state", "breakdown", "shows_at_close",
            "is_imported", "opened_at", "closed_at",
        }  # fmt: skip
        personal: set[str] = set()
        internal = {"made_at", "turnout", "n_read_once"}

    class Meta:
        ordering = ["made_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="round_closed_at_iff_closed",
                condition=Q(state__in=CLOSED, closed_at__isnull=False)
                | (~Q(state__in=CLOSED) & Q(closed_at__isnull=True)),
            ),
            models.CheckConstraint(name="round_state_known", condition=one_of("state", RoundState)),
            models.CheckConstraint(
                name="round_breakdown_known", condition=one_of("breakdown", BrokenDownBy)
            ),
        ]

    def __str__(self) -> str:
        return str(self.title) or self.code

    @property
    def is_open(self) -> bool:
        return self.state == RoundState.OPEN

    @property
    def is_showing(self) -> bool:
        """Whether its results are being prepared: they will be shown, and nobody sees them yet."""
        return self.state == RoundState.SHOWING

    @property
    def is_shown(self) -> bool:
        """Whether its results may be seen."""
        return self.state == RoundState.SHOWN

    def open(self, *, at: datetime) -> None:
        """Take votes, for the first time or again; never again once it shows its results."""
        self.require_not_shown()
        self._move_to(RoundState.OPEN)
        self.opened_at = self.opened_at or at
        self.closed_at = None

    def close(self, *, at: datetime) -> None:
        if not self.is_open:
            raise self._wrong_move(RoundState.CLOSED)
        self._move_to(RoundState.CLOSED)
        self.closed_at = at

    def prepare_results(self) -> None:
        """Have the results made; until they are, nobody sees any, and no answers are taken."""
        self._move_to(RoundState.SHOWING)

    def give_results_up(self) -> None:
        """Be closed as before: the results could not be made, and nobody has seen any."""
        self._move_to(RoundState.CLOSED)

    def show(self) -> None:
        """Let everybody see the results. There is no way back."""
        self._move_to(RoundState.SHOWN)

    def require_open(self) -> None:
        if not self.is_open:
            raise RoundClosed(self)

    def require_paper(self) -> None:
        """Refuse paper ballots before the round opens and once it shows its results."""
        self.require_not_shown()
        if self.state == RoundState.DRAFT:
            raise RoundClosed(self)

    def require_shown(self) -> None:
        self.require_not_showing()
        if not self.is_shown:
            raise RuleBroken(
                _(
                    "The results of “%(round)s” have not been shown, so its statements cannot be "
                    "asked again yet. Reopen it for more answers."
                ),
                round=self,
            )

    def require_draft(self) -> None:
        if self.state != RoundState.DRAFT:
            raise RuleBroken(
                _(
                    "“%(round)s” has been opened, so its statements cannot be changed. Prepare "
                    "another round to make changes."
                ),
                round=self,
            )

    def require_not_showing(self) -> None:
        if self.is_showing:
            raise ResultsBeingPrepared(self)

    def require_not_shown(self) -> None:
        self.require_not_showing()
        if self.is_shown:
            raise RuleBroken(
                _(
                    "The results of “%(round)s” have been shown, so it stays closed and takes no "
                    "more answers. To ask again, use its statements in a new round."
                ),
                round=self,
            )

    def _move_to(self, wanted: RoundState) -> None:
        now_ = RoundState(self.state)
        if wanted not in ROUND_MOVES[now_]:
            raise self._wrong_move(wanted)
        self.state = wanted

    def _wrong_move(self, wanted: RoundState) -> WrongMove:
        return WrongMove(self, now=RoundState(self.state).label, wanted=wanted.label)
