"""Messages: email as rows, from the act that causes them to the mail server's answer."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from majlis.kernel.clock import now
from majlis.kernel.codes import CodeField
from majlis.kernel.constraints import one_of
from majlis.kernel.words import Language, direction_of
from majlis.mail.states import MessageState

FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=10), timedelta(hours=1)
TRIED_FOR = timedelta(days=2)
STRUCK = "•••••"
CLAIM_LASTS = timedelta(minutes=5)  # longer than a mail server may take to answer everything


class Message(models.Model):
    """One email to one address.

    `edition` is the slug of the edition it belongs to, if any. `attachments` holds objects with
    `name`, `type` and `content` in base64. A waiting message is due at `next_at`. `secrets` are the
    parts of it that let somebody in: they are for the reader alone, and go once it is sent, once
    they were used, or when they open nothing any more, at `secrets_end_at`.
    """

    code = CodeField()
    recipient = models.CharField(_("to"), max_length=254, db_index=True)
    edition = models.CharField(max_length=60, blank=True)
    language = models.CharField(_("language"), max_length=2, choices=Language.pairs)
    subject = models.TextField(_("subject"))
    text = models.TextField(_("text"))
    html = models.TextField()
    secrets = models.JSONField(default=list)
    secrets_end_at = models.DateTimeField(null=True, blank=True)
    attachments = models.JSONField(_("attachments"), default=list, blank=True)
    state = models.CharField(max_length=10, choices=MessageState.pairs)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField(default=now)
    last_answer = models.TextField(blank=True)
    created_at = models.DateTimeField(_("written"), default=now)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)

    class Privacy:
        public: set[str] = set()
        personal = {
            "recipient", "language", "subject", "text", "html", "attachments", "created_at",
            "sent_at",
        }  # fmt: skip
        internal = {
            "code", "edition", "secrets", "secrets_end_at", "state", "attempts", "next_at",
            "last_answer",
        }  # fmt: skip

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="message_state_known", condition=one_of("state", MessageState)
            ),
            models.CheckConstraint(
                name="message_sent_at_iff_sent",
                condition=Q(state=MessageState.SENT, sent_at__isnull=False)
                | (~Q(state=MessageState.SENT) & Q(sent_at__isnull=True)),
            ),
        ]
        indexes = [
            models.Index(
                fields=["next_at"],
                name="message_due",
                condition=Q(state=MessageState.WAITING),
            )
        ]

    def __str__(self) -> str:
        return f"message {self.code}"

    @property
    def dir(self) -> str:
        return direction_of(self.language)

    @property
    def shown_text(self) -> str:
        """The text as others may read it: whole links are struck out, so that none is pressed."""
        words = self.text
        for secret in self.secrets:
            words = re.sub(rf"\S*{re.escape(secret)}\S*", STRUCK, words)
        return words

    def strike(self) -> None:
        """Forget what lets somebody in: nobody will be sent it any more."""
        if self.secrets:
            self.text, self.html, self.secrets = self.shown_text, "", []

    def claim(self, *, at: datetime) -> None:
        """Count an attempt. No other process tries before the claim ends, even if this one dies."""
        self.attempts += 1
        self.next_at = at + CLAIM_LASTS

    def mark_sent(self, *, at: datetime) -> None:
        self.state, self.sent_at, self.last_answer = MessageState.SENT, at, ""
        self.strike()

    def refuse(self, answer: str) -> None:
        """The server refuses this message for good."""
        self.state, self.last_answer = MessageState.REFUSED, answer
        self.strike()

    def give_up(self) -> None:
        """The server was asked for long enough."""
        self.state = MessageState.GIVEN_UP
        self.strike()

    def postpone(self, answer: str, *, at: datetime) -> None:
        """Try again after a pause, three times as long as the one before, an hour at most."""
        self.last_answer = answer
        pause: timedelta = FIRST_PAUSE * 3 ** min(self.attempts - 1, 6)
        self.next_at = at + min(pause, LONGEST_PAUSE)
