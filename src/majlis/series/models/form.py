"""What an edition asks on its registration form, beside name, organisation, group and country."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from majlis.kernel.constraints import one_of
from majlis.kernel.texts import Text, TextField
from majlis.series.models.editions import Edition
from majlis.series.states import QuestionKind, Readers

YES_NO: tuple[tuple[str, Any], ...] = (("yes", _("yes")), ("no", _("no")))


class Question(models.Model):
    """One question. Answers keep it as it was asked, so it can be changed and retired.

    `asked_if` is empty, or the code of an earlier question (or `capacity`, which every form asks),
    `=`, and the answer to it that makes this one asked. `until` is the day until which an answer
    may be given after registering.
    """

    MOST = 40  # in one edition

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="questions")
    code = models.CharField(max_length=24)
    position = models.PositiveSmallIntegerField(default=0)
    kind = models.CharField(max_length=8, choices=QuestionKind.pairs, default=QuestionKind.TEXT)
    prompt = TextField()
    hint = TextField()
    options = TextField()  # one answer on each line, as many in every language
    is_required = models.BooleanField(default=False)
    until = models.DateField(null=True, blank=True)
    asked_if = models.CharField(max_length=240, blank=True)
    readers = models.CharField(max_length=12, choices=Readers.pairs, default=Readers.ORGANISERS)
    is_sensitive = models.BooleanField(default=False)
    purge_on = models.DateField(null=True, blank=True)
    is_retired = models.BooleanField(default=False)

    class Privacy:
        public: set[str] = {
            "edition", "code", "position", "kind", "prompt", "hint", "options", "is_required",
            "until", "asked_if", "readers", "is_sensitive", "purge_on", "is_retired",
        }  # fmt: skip
        personal: set[str] = set()
        internal: set[str] = set()

    class Meta:
        ordering = ["position", "code"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "code"], name="question_code_once_per_edition"
            ),
            models.CheckConstraint(
                name="question_kind_known", condition=one_of("kind", QuestionKind)
            ),
            models.CheckConstraint(
                name="question_sensitive_has_purge_date",
                condition=Q(is_sensitive=False) | Q(purge_on__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return str(self.prompt)

    @property
    def has_options(self) -> bool:
        return self.kind in {QuestionKind.CHOICE, QuestionKind.SEVERAL}

    def choices(self, lang: str) -> list[tuple[str, str]]:
        """The answers to choose from: as stored, in the original language, and in this one."""
        stored = lines_of(self.options, self.options.original) if self.options else []
        shown = lines_of(self.options, lang) if self.options else []
        return list(zip(stored, shown if len(shown) == len(stored) else stored, strict=True))

    @property
    def is_file(self) -> bool:
        """Whether a document answers it, which is handed in once the address is confirmed."""
        return self.kind == QuestionKind.FILE

    @property
    def can_decide(self) -> bool:
        """Whether another question can depend on the answer."""
        return self.has_options or self.kind == QuestionKind.YES_NO

    def deciding_answers(self, lang: str) -> list[tuple[str, Any]]:
        """The answers on which another question can depend: as stored, and in words."""
        return self.choices(lang) if self.has_options else list(YES_NO)

    @property
    def condition(self) -> tuple[str, str] | None:
        """The code of the question that decides whether this one is asked, and the answer."""
        code, sign, answer = self.asked_if.partition("=")
        return (code, answer) if sign else None

    def is_asked(self, given: dict[str, Any]) -> bool:
        """Whether it is asked of somebody who gave these answers, by code."""
        if self.condition is None:
            return True
        code, answer = self.condition
        said = given.get(code)
        return answer in said if isinstance(said, list) else said == answer

    def shown(self, value: Any, lang: str) -> str:
        """An answer in the words of a language, each on its line."""
        words = {stored: str(label) for stored, label in self.deciding_answers(lang)}
        said = value if isinstance(value, list) else [value]
        return "\n".join(words.get(one, str(one)) if self.can_decide else str(one) for one in said)

    def is_needed(self, on: date) -> bool:
        """Whether nobody registers without an answer on this day; with a date it may come later."""
        return self.is_required and (self.until is None or on > self.until)


def lines_of(text: Text, lang: str) -> list[str]:
    """The lines of a text in one language that say anything."""
    return [line.strip() for line in text.words(lang).split("\n") if line.strip()]
