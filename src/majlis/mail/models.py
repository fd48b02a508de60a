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
from majlis.kernel.seal import locked, unlocked
from majlis.kernel.words import Language, direction_of
from majlis.mail.states import PORTS, MessageState, Security

FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=10), timedelta(hours=1)
TRIED_FOR = timedelta(days=2)
STRUCK = "•••••"
CLAIM_LASTS = timedelta(minutes=5)  # longer than a mail server may take to answer everything


class Message(models.Model):
    """One email to one address.

    `edition` is the slug of the edition it belongs to, if any. `attachments` holds objects with
    `name`, `type` and `content` in base64. A waiting message is due at `next_at`. `secrets` are the
    parts of it that let somebody in: they are for the reader alone, and go once it is sent, once
    they were used, or when they open nothing any more, at `secrets_end_at`. `template` names the
    letter it is. Those written to many people share a `batch`; nobody gets two of one.
    `stop_address` is the page on which the reader ends such letters.
    """

    code = CodeField()
    recipient = models.CharField(_("to"), max_length=254, db_index=True)
    edition = models.CharField(max_length=60, blank=True)
    template = models.CharField(max_length=80, blank=True)
    batch = models.CharField(max_length=12, blank=True, db_index=True)
    stop_address = models.TextField(blank=True)
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
            "code", "edition", "template", "batch", "stop_address", "secrets", "secrets_end_at",
            "state", "attempts", "next_at", "last_answer",
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
            models.UniqueConstraint(
                fields=["batch", "recipient"],
                name="message_once_per_batch",
                condition=~Q(batch=""),
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

    @property
    def can_go_again(self) -> bool:
        """Whether it says what it said when it was written, and is not on its way."""
        return self.html != "" and self.state != MessageState.WAITING

    def go_again(self, *, at: datetime) -> None:
        """Let it be sent once more, with all the time that a new one has."""
        self.state, self.created_at, self.next_at = MessageState.WAITING, at, at
        self.attempts, self.last_answer, self.sent_at = 0, "", None

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


class LetterWording(models.Model):
    """Words of an edition for one of the letters that the software writes, in one language.

    `template` names the letter. Places such as `{name}` are filled for each reader.
    """

    edition = models.CharField(max_length=60)
    template = models.CharField(max_length=80)
    language = models.CharField(max_length=2, choices=Language.pairs)
    heading = models.CharField(max_length=200)
    words = models.TextField()
    changed_at = models.DateTimeField(default=now)

    class Privacy:
        public: set[str] = set()
        personal: set[str] = set()
        internal = {"edition", "template", "language", "heading", "words", "changed_at"}

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "template", "language"], name="wording_once_per_letter"
            )
        ]

    def __str__(self) -> str:
        return f"{self.template} in {self.language}"


class MailServer(models.Model):
    """The server that takes messages, as it was set in the workspace: the one row of its table.

    It holds in place of the settings of the installation. The password is locked with the server's
    key, so that the database alone does not give it away.
    """

    ONLY = 1
    id = models.PositiveSmallIntegerField(primary_key=True, default=ONLY, editable=False)
    host = models.CharField(_("server"), max_length=200)
    port = models.PositiveIntegerField(_("port"), default=PORTS[Security.STARTTLS])
    security = models.CharField(
        _("encryption"), max_length=10, choices=Security.pairs, default=Security.STARTTLS
    )
    user = models.CharField(_("user name"), max_length=200, blank=True)
    password_locked = models.TextField(blank=True)
    sender = models.EmailField(_("sender’s address"))
    sender_name = models.CharField(_("sender’s name"), max_length=120, blank=True)
    changed_at = models.DateTimeField(default=now)

    class Privacy:
        public: set[str] = set()
        personal: set[str] = set()
        internal = {
            "host", "port", "security", "user", "password_locked", "sender", "sender_name",
            "changed_at",
        }  # fmt: skip

    class Meta:
        constraints = [
            models.CheckConstraint(name="mail_server_is_one", condition=Q(id=1)),
            models.CheckConstraint(
                name="mail_server_security_known", condition=one_of("security", Security)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.host}:{self.port}"

    @property
    def password(self) -> str:
        """The password, or nothing where the server's key has changed since it was set."""
        return unlocked(self.password_locked, "mail server") if self.password_locked else ""

    @password.setter
    def password(self, words: str) -> None:
        self.password_locked = locked(words, "mail server") if words else ""

    @property
    def has_lost_password(self) -> bool:
        return bool(self.password_locked) and not self.password
