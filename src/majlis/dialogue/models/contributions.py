"""What people offer, in their own words."""

from __future__ import annotations

import unicodedata

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from majlis.dialogue.states import Channel, ContributionKind, ContributionState
from majlis.kernel.clock import now
from majlis.kernel.codes import CodeField
from majlis.kernel.constraints import one_of
from majlis.kernel.disclosure import AttributionRule
from majlis.kernel.errors import RuleBroken
from majlis.kernel.words import Language, direction_of, language_now
from majlis.registration.models import Registration, Voice
from majlis.series.models import Challenge, Edition, Session, Theme

MOST_LETTERS = 600  # of one contribution


def as_said(words: str) -> str:
    """The words as they are kept: one kind of line end, composed letters, no blanks around."""
    return unicodedata.normalize("NFC", words.replace("\r\n", "\n").replace("\r", "\n")).strip()


class AlreadyDealtWith(RuleBroken):
    """Somebody else has meanwhile done something with this contribution."""

    def __init__(self, contribution: Contribution) -> None:
        super().__init__(
            _(
                "Someone else has already dealt with “%(words)s”: it is now “%(state)s”. Nothing "
                "was changed. See “Recent actions” for details."
            ),
            words=contribution.excerpt,
            state=ContributionState(contribution.state).label,
        )


class Contribution(models.Model):
    """What someone offered, in their own words and language. Its words are never edited.

    `key` is drawn by the page that sends it, so that sending again after a dropped connection
    adds nothing. What was typed in from a paper card has no voice.

    Sealing the edition cuts `voice` and keeps what is told of the speaker: `told` holds group and
    country for each audience, and `named` leads to the registration where the person allowed their
    name to be shown beside it, so that they can still take that back.
    """

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
    reason_language = models.CharField(max_length=2, choices=Language.pairs, blank=True)
    channel = models.CharField(max_length=8, choices=Channel.pairs, default=Channel.PHONE)
    card_number = models.CharField(max_length=12, blank=True)
    offered_at = models.DateTimeField(default=now)
    key = models.CharField(max_length=40)
    named = models.ForeignKey(
        Registration, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    told = models.JSONField(default=dict, blank=True)

    class Privacy:
        public: set[str] = {"session", "theme", "challenge", "kind"}
        personal = {"words", "language", "only_statement", "reason", "offered_at"}
        internal = {"reason_language",
            "code", "edition", "voice", "state", "channel", "card_number", "key", "named", "told",
        }  # fmt: skip

    class Meta:
        ordering = ["offered_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "key"], name="contribution_once_per_key"),
            models.UniqueConstraint(
                fields=["session", "card_number"],
                condition=~Q(card_number=""),
                name="contribution_card_once_per_session",
            ),
            models.CheckConstraint(
                name="contribution_state_known", condition=one_of("state", ContributionState)
            ),
            models.CheckConstraint(
                name="contribution_kind_known", condition=one_of("kind", ContributionKind)
            ),
        ]

    def __str__(self) -> str:
        return f"contribution {self.code}"

    @property
    def is_waiting(self) -> bool:
        return self.state == ContributionState.CAPTURED

    @property
    def excerpt(self) -> str:
        """The first words, for a message or a title."""
        return self.words if len(self.words) <= 60 else f"{self.words[:59].rstrip()}…"

    @property
    def dir(self) -> str:
        return direction_of(self.language)

    @property
    def rule(self) -> AttributionRule:
        """What may be told of who said it; outside any session, the Chatham House Rule."""
        if self.session is None:
            return AttributionRule.CHATHAM_HOUSE
        return AttributionRule(self.session.attribution_rule)

    @property
    def is_guarded(self) -> bool:
        """Whether the words themselves are for moderators only."""
        return self.only_statement or self.rule == AttributionRule.CLOSED

    def take_up(self) -> None:
        self._leave_waiting(ContributionState.TAKEN_UP)

    def merge(self) -> None:
        self._leave_waiting(ContributionState.MERGED)

    def decline(self, *, reason: str) -> None:
        self._leave_waiting(ContributionState.DECLINED)
        self.reason, self.reason_language = reason, language_now()

    def withdraw(self) -> None:
        if not self.is_waiting:
            raise RuleBroken(
                _(
                    "This contribution is already “%(state)s”, so it can no longer be withdrawn. "
                    "Contact the organiser if it must not be used."
                ),
                state=ContributionState(self.state).label,
            )
        self.state = ContributionState.WITHDRAWN

    def wait_again(self) -> None:
        """Back to the queue, when the step that dealt with it is undone."""
        self.state = ContributionState.CAPTURED
        self.reason = self.reason_language = ""

    def _leave_waiting(self, wanted: ContributionState) -> None:
        if not self.is_waiting:
            raise AlreadyDealtWith(self)
        self.state = wanted
