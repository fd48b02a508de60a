"""Where each pair of a recommendation and an addressee stands, and how it came there.

A pair without a `Follow` was not sent and not started. `Entry` rows are added and never changed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from majlis.followup.states import (
    OPEN,
    PROGRESS_MOVES,
    REASONED,
    RESPONSE_MOVES,
    STORED_RESPONSES,
    Axis,
    Channel,
    Flag,
    Progress,
    Response,
)
from majlis.kernel.clock import now
from majlis.kernel.codes import CodeField
from majlis.kernel.constraints import one_of
from majlis.kernel.errors import NotAllowed, RuleBroken, WrongMove
from majlis.kernel.words import Language, language_now
from majlis.recommendations.models import Addressee, Pair
from majlis.ui.documents import Document

SOON = timedelta(days=30)
STALE_AFTER = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Proof:
    """What shows it: a web address, a file, or both; `is_public` when everybody may see it."""

    url: str = ""
    document: Document | None = None
    is_public: bool = False

    def __bool__(self) -> bool:
        return bool(self.url or self.document)


NO_PROOF = Proof()


@dataclass(frozen=True, slots=True)
class Note:
    """What is told with a move: the day it speaks of, words, proof, and if a letter said it."""

    on: date
    words: str = ""
    proof: Proof = NO_PROOF
    is_letter: bool = False


class FocalLink(models.Model):
    """A personal link by which somebody answers for an addressee, without an account.

    Only the digest of its secret is kept. A successor gets a link of their own, `after` this one.
    """

    code = CodeField()
    addressee = models.ForeignKey(Addressee, models.CASCADE, related_name="links")
    name = models.CharField(_("name"), max_length=120)
    email = models.EmailField(_("email address"))
    language = models.CharField(_("language"), max_length=2, choices=Language.pairs)
    secret_digest = models.CharField(max_length=64, unique=True)
    after = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField(default=now)
    opened_at = models.DateTimeField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Privacy:
        public: set[str] = set()
        personal = {"name", "email", "language"}
        internal = {
            "code", "addressee", "secret_digest", "after", "made_at", "opened_at", "reminded_at",
            "ended_at",
        }  # fmt: skip

    class Meta:
        ordering = ["made_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["addressee"],
                condition=Q(ended_at__isnull=True),
                name="focal_link_one_open",
            )
        ]

    def __str__(self) -> str:
        return f"link {self.code}"

    @property
    def doer(self) -> str:
        """How the audit log names whoever holds it."""
        return f"link:{self.code}"

    def require_open(self) -> None:
        if self.ended_at is not None:
            raise RuleBroken(
                _("This link has been ended. Nothing was saved. Ask the organiser for a new one.")
            )


class Follow(models.Model):
    """Where one pair stands: its answer, and how far it is carried out."""

    pair = models.OneToOneField(Pair, models.CASCADE, related_name="follow")
    response = models.CharField(max_length=20, choices=Response.pairs, default=Response.NOT_SENT)
    progress = models.CharField(max_length=22, choices=Progress.pairs, default=Progress.NOT_STARTED)
    sent_on = models.DateField(null=True, blank=True)
    answer_due_on = models.DateField(null=True, blank=True)
    answered_on = models.DateField(null=True, blank=True)
    updated_on = models.DateField(null=True, blank=True)
    redirected_to = models.ForeignKey(
        Pair, models.SET_NULL, null=True, blank=True, related_name="redirected_from"
    )
    declared_by = models.CharField(max_length=40, blank=True)
    verified_by = models.CharField(max_length=40, blank=True)

    class Privacy:
        public: set[str] = {
            "pair", "response", "progress", "sent_on", "answer_due_on", "answered_on",
            "updated_on", "redirected_to",
        }  # fmt: skip
        personal = {"declared_by", "verified_by"}
        internal: set[str] = set()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="follow_response_stored", condition=Q(response__in=sorted(STORED_RESPONSES))
            ),
            models.CheckConstraint(
                name="follow_progress_known", condition=one_of("progress", Progress)
            ),
            models.CheckConstraint(
                name="follow_awaiting_has_dates",
                condition=~Q(response=Response.AWAITING)
                | Q(sent_on__isnull=False, answer_due_on__isnull=False),
            ),
            models.CheckConstraint(
                name="follow_verified_by_another",
                condition=Q(verified_by="") | ~Q(verified_by=F("declared_by")),
            ),
            models.CheckConstraint(
                name="follow_verified_has_verifier",
                condition=~Q(progress=Progress.VERIFIED) | ~Q(verified_by=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pair}: {self.response}, {self.progress}"

    def respond(self, wanted: Response) -> None:
        """Change the answer, or refuse."""
        now_ = Response(self.response)
        if wanted not in RESPONSE_MOVES[now_]:
            raise WrongMove(_("This response"), now=now_.label, wanted=wanted.label)
        self.response = wanted

    def require_reason(self, wanted: Progress, reason: str) -> None:
        if wanted in REASONED and not reason.strip():
            raise RuleBroken(_("Give the reason, for the record. Nothing was saved."))

    def progress_to(self, wanted: Progress, *, by: str, has_proof: bool) -> None:
        """Change how far it is, or refuse. Whoever declared it never verifies it."""
        now_ = Progress(self.progress)
        if wanted == now_ and wanted in {Progress.PLANNED, Progress.IN_PROGRESS, Progress.BLOCKED}:
            return  # one more note on the same state
        if wanted not in PROGRESS_MOVES[now_]:
            raise WrongMove(_("The implementation"), now=now_.label, wanted=wanted.label)
        if wanted == Progress.DECLARED:
            if not has_proof:
                raise RuleBroken(_("Add a proof: a file, or the web address where it can be seen."))
            self.declared_by, self.verified_by = by, ""
        if wanted == Progress.VERIFIED:
            if by == self.declared_by:
                raise NotAllowed(
                    _(
                        "Whoever declared that it is implemented cannot verify it. Ask a colleague "
                        "to check the proof. Nothing was saved."
                    )
                )
            self.verified_by = by
        self.progress = wanted

    def response_on(self, today: date) -> Response:
        """The answer as the clock knows it."""
        if self.response == Response.AWAITING and self.answer_due_on and self.answer_due_on < today:
            return Response.NO_ANSWER
        return Response(self.response)

    def flags_on(self, today: date, due_on: date | None) -> list[Flag]:
        """What the clock says, when the recommendation is due on this day."""
        found = []
        if self.response_on(today) == Response.NO_ANSWER:
            found.append(Flag.NO_ANSWER)
        if self.progress not in OPEN:
            return found
        if due_on is not None and due_on < today:
            found.append(Flag.OVERDUE)
        elif due_on is not None and due_on <= today + SOON:
            found.append(Flag.DUE_SOON)
        last = self.updated_on or self.sent_on
        if last is not None and last < today - STALE_AFTER:
            found.append(Flag.STALE)
        return found


class PlannedAction(models.Model):
    """One step that an addressee has planned: what, who, from when, until when."""

    code = CodeField()
    pair = models.ForeignKey(Pair, models.CASCADE, related_name="planned")
    what = models.CharField(_("what"), max_length=300)
    who = models.CharField(_("who"), max_length=200)
    language = models.CharField(
        max_length=2, choices=Language.pairs, blank=True, default=language_now
    )
    starts_on = models.DateField(null=True, blank=True)
    due_on = models.DateField()
    done_on = models.DateField(null=True, blank=True)
    made_at = models.DateTimeField(default=now)

    class Privacy:
        public: set[str] = {
            "code", "pair", "what", "who", "language", "starts_on", "due_on", "done_on",
        }  # fmt: skip
        personal: set[str] = set()
        internal = {"made_at"}

    class Meta:
        ordering = ["due_on", "pk"]

    def __str__(self) -> str:
        return self.what

    def is_overdue(self, today: date) -> bool:
        return self.done_on is None and self.due_on < today


class Entry(models.Model):
    """One line of the history of a pair: what was answered or noted, when, with which proof.

    `on` is the day it speaks of, `at` the instant it was entered. A proof is shown to everybody
    only where `is_proof_public`.
    """

    code = CodeField()
    pair = models.ForeignKey(Pair, models.CASCADE, related_name="entries")
    axis = models.CharField(max_length=8, choices=Axis.pairs)
    state = models.CharField(max_length=22)
    on = models.DateField()
    at = models.DateTimeField(default=now)
    note = models.TextField(blank=True)
    language = models.CharField(
        max_length=2, choices=Language.pairs, blank=True, default=language_now
    )
    channel = models.CharField(max_length=6, choices=Channel.pairs)
    by = models.CharField(max_length=40)
    proof_url = models.URLField(max_length=400, blank=True)
    proof = models.FileField(upload_to="proofs/", blank=True)
    proof_ending = models.CharField(max_length=5, blank=True)
    is_proof_public = models.BooleanField(default=False)

    class Privacy:
        public: set[str] = {
            "code", "pair", "axis", "state", "on", "note", "language", "channel", "proof_ending",
            "is_proof_public",
        }  # fmt: skip
        personal = {"by"}
        internal = {"at", "proof_url", "proof"}

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(name="entry_axis_known", condition=one_of("axis", Axis)),
            models.CheckConstraint(
                name="entry_channel_known", condition=one_of("channel", Channel)
            ),
        ]

    def __str__(self) -> str:
        return f"entry {self.code}"

    @property
    def state_label(self) -> str:
        """The state it entered, in words."""
        words = Response if self.axis == Axis.RESPONSE else Progress
        return str(words(self.state).label)
