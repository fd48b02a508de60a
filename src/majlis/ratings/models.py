"""Ratings: what is rated, by which rule, and what came out.

The answers stand in the log of `dialogue`; a rating holds the questions, the rule that was stored
before they opened, and the result as it was shown.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from majlis.dialogue.models import QuestionSet
from majlis.kernel.clock import now
from majlis.kernel.codes import CodeField
from majlis.kernel.errors import RuleBroken
from majlis.kernel.texts import Text, TextField
from majlis.kernel.words import Language, language_now
from majlis.ratings.states import MethodKind
from majlis.registration.models import Voice
from majlis.series.models import Edition


class Rating(models.Model):
    """Some recommendations, rated by one method.

    `settings` is what the organiser chose for the method. Opening turns it into `rule`, the
    canonical JSON of a `deciding.Rule`, and `digest`, its SHA-256; from then on both stay. `least`
    is how many ratings a recommendation needs. A round of Delphi `follows` the one before it.
    `result` is what the rule made of the ratings when results were shown, `groups` the counts of
    declared groups with the detail in which they may be shown.
    """

    code = CodeField()
    edition = models.ForeignKey(Edition, models.CASCADE, related_name="ratings")
    asked = models.OneToOneField(QuestionSet, models.CASCADE, related_name="rating")
    method = models.CharField(max_length=20, choices=MethodKind.pairs)
    settings = models.JSONField(default=dict)
    least = models.PositiveSmallIntegerField(default=5)
    follows = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="followed_by"
    )
    rule = models.TextField(blank=True)
    digest = models.CharField(max_length=64, blank=True)
    result = models.JSONField(null=True, blank=True)
    groups = models.JSONField(default=dict, blank=True)
    shown_at = models.DateTimeField(null=True, blank=True)

    class Privacy:
        public: set[str] = {
            "code", "edition", "asked", "method", "settings", "least", "follows", "rule", "digest",
            "shown_at",
        }  # fmt: skip
        personal: set[str] = set()
        internal = {"result", "groups"}

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="rating_rule_with_its_digest",
                condition=Q(rule="", digest="") | (~Q(rule="") & ~Q(digest="")),
            ),
        ]

    def __str__(self) -> str:
        return str(self.asked)

    @property
    def title(self) -> Text:
        title: Text = self.asked.title
        return title

    @property
    def kind(self) -> MethodKind:
        return MethodKind(self.method)

    @property
    def is_shown(self) -> bool:
        return self.asked.is_shown

    @property
    def number(self) -> int:
        """Which round of a Delphi it is, from 1."""
        return 1 + (self.follows.number if self.follows else 0)

    def require_shown(self) -> None:
        if not self.is_shown:
            raise RuleBroken(
                _("The results of “%(title)s” have not been shown. Nothing was changed."),
                title=self,
            )


class Option(models.Model):
    """One recommendation as it is rated: its words stay as they were when the rating opened.

    `subject` is its identifier, which whoever writes recommendations knows.
    """

    code = CodeField()
    rating = models.ForeignKey(Rating, models.CASCADE, related_name="options")
    subject = models.CharField(max_length=32)
    position = models.PositiveSmallIntegerField()
    title = TextField()
    text = TextField()

    class Privacy:
        public: set[str] = {"code", "rating", "subject", "position", "title", "text"}
        personal: set[str] = set()
        internal: set[str] = set()

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["rating", "subject"], name="option_once_per_rating")
        ]

    def __str__(self) -> str:
        return f"{self.subject} {self.title}"


class Sheet(models.Model):
    """One rating on paper, typed in: whose it counts as, who typed it, who read it again."""

    code = CodeField()
    rating = models.ForeignKey(Rating, models.CASCADE, related_name="sheets")
    voice = models.ForeignKey(Voice, models.CASCADE, related_name="rating_sheets")
    number = models.PositiveIntegerField()
    is_anonymous = models.BooleanField(default=True)
    typed_by = models.CharField(max_length=40)
    typed_at = models.DateTimeField(default=now)
    checked_by = models.CharField(max_length=40, blank=True)
    checked_at = models.DateTimeField(null=True, blank=True)

    class Privacy:
        public: set[str] = set()
        personal = {"typed_by", "typed_at", "checked_by", "checked_at"}
        internal = {"code", "rating", "voice", "number", "is_anonymous"}

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["rating", "number"], name="sheet_number_once"),
            models.UniqueConstraint(fields=["rating", "voice"], name="sheet_once_per_voice"),
        ]

    def __str__(self) -> str:
        return f"sheet {self.number}"

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


class MinorityStatement(models.Model):
    """Why some do not go along with a result, in their own words; shown wherever the result is."""

    code = CodeField()
    rating = models.ForeignKey(Rating, models.CASCADE, related_name="minority_statements")
    option = models.ForeignKey(
        Option, models.CASCADE, null=True, blank=True, related_name="minority_statements"
    )
    words = models.TextField()
    signed = models.CharField(max_length=200, blank=True)
    language = models.CharField(
        max_length=2, choices=Language.pairs, blank=True, default=language_now
    )
    filed_by = models.CharField(max_length=40)
    filed_at = models.DateTimeField(default=now)

    class Privacy:
        public: set[str] = {"code", "rating", "option", "words", "signed", "language"}
        personal = {"filed_by"}
        internal = {"filed_at"}

    class Meta:
        ordering = ["filed_at", "pk"]

    def __str__(self) -> str:
        return f"minority statement {self.code}"


Plain = dict[str, Any]
"""A part of a stored result: plain JSON."""
