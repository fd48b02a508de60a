"""Surveys of an edition, the links that let people answer once, and answers that nobody gave.

An answer has no time, no order and no link to a person or to another row: who reads the whole
database cannot tell whose it is. What is said in words stands apart from the grades given with it.
"""

from __future__ import annotations

from django.db import models

from majlis.evaluation.fields import CORE, FEATURES, SCALE, Item
from majlis.evaluation.states import QuestionKind, Wave, YesNo
from majlis.kernel.codes import CodeField, new_code, new_key
from majlis.kernel.texts import TextField
from majlis.kernel.words import Language
from majlis.series.models import Edition


class Survey(models.Model):
    """What one edition asks at one moment: prepared, open, then closed for good.

    `most_open` is how many answers the open link takes, `n_open` how many it took. `n_people` is
    how many could have answered, counted at the close.
    """

    code = CodeField()
    edition = models.ForeignKey(Edition, models.CASCADE, related_name="surveys")
    wave = models.CharField(max_length=8, choices=Wave.pairs)
    key = models.CharField(max_length=24, default=new_code)
    most_open = models.PositiveIntegerField(default=0)
    n_open = models.PositiveIntegerField(default=0)
    n_sent = models.PositiveIntegerField(default=0)
    n_people = models.PositiveIntegerField(default=0)
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Privacy:
        public = {"code", "edition", "wave", "n_people", "opened_at", "closed_at"}
        personal: set[str] = set()
        internal = {"key", "most_open", "n_open", "n_sent"}

    class Meta:
        ordering = ("edition", "wave")
        constraints = [
            models.UniqueConstraint(fields=["edition", "wave"], name="evaluation_one_a_wave")
        ]

    def __str__(self) -> str:
        return f"{self.edition.slug}: {self.wave}"

    @property
    def is_open(self) -> bool:
        return self.opened_at is not None and self.closed_at is None

    @property
    def is_draft(self) -> bool:
        return self.opened_at is None

    @property
    def takes_open_answers(self) -> bool:
        """Whether the open link still takes an answer."""
        return self.is_open and self.n_open < self.most_open

    def features(self) -> tuple[Item, ...]:
        return FEATURES if self.wave == Wave.DAY else ()

    def core(self) -> tuple[Item, ...]:
        return CORE[self.wave]


class OwnQuestion(models.Model):
    """A question of the edition's own, fixed once the survey is open."""

    code = CodeField()
    survey = models.ForeignKey(Survey, models.CASCADE, related_name="questions")
    kind = models.CharField(max_length=8, choices=QuestionKind.pairs)
    words = TextField()

    class Privacy:
        public = {"code", "survey", "kind", "words"}
        personal: set[str] = set()
        internal: set[str] = set()

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return str(self.words)

    @property
    def item(self) -> Item:
        """The question as the form asks it; one in words is no item of the results."""
        choices = YesNo if self.kind == QuestionKind.YES_NO else None
        return Item(self.code, str(self.words), choices)


class Ticket(models.Model):
    """A personal link that was not used yet, as a digest. Using it deletes it."""

    id = models.BigIntegerField(primary_key=True, default=new_key, editable=False)
    survey = models.ForeignKey(Survey, models.CASCADE, related_name="tickets")
    digest = models.CharField(max_length=64, unique=True)

    class Privacy:
        public: set[str] = set()
        personal: set[str] = set()
        internal = {"survey", "digest"}

    def __str__(self) -> str:
        return f"ticket {self.pk}"


class Reply(models.Model):
    """What somebody chose: a grade or a word for each key."""

    id = models.BigIntegerField(primary_key=True, default=new_key, editable=False)
    survey = models.ForeignKey(Survey, models.CASCADE, related_name="replies")
    values = models.JSONField(default=dict)

    class Privacy:
        public: set[str] = set()
        personal: set[str] = set()  # nobody knows whose it is, to give it back or to erase it
        internal = {"survey", "values"}

    def __str__(self) -> str:
        return f"reply {self.pk}"

    def grade(self, key: str) -> int | None:
        """The grade given under a key, if one was."""
        value = self.values.get(key)
        return value if isinstance(value, int) and value in SCALE else None


class Remark(models.Model):
    """What somebody answered in words to one question, joined to no other answer."""

    id = models.BigIntegerField(primary_key=True, default=new_key, editable=False)
    survey = models.ForeignKey(Survey, models.CASCADE, related_name="remarks")
    question = models.CharField(max_length=12)
    language = models.CharField(max_length=2, choices=Language.pairs)
    words = models.TextField()

    class Privacy:
        public: set[str] = set()
        personal: set[str] = set()  # as above
        internal = {"survey", "question", "language", "words"}

    def __str__(self) -> str:
        return f"remark {self.pk}"
