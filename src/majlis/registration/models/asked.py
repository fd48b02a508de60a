"""What somebody answered to a question that the organisers of an edition put on the form."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from majlis.kernel.words import Language
from majlis.registration.models.registrations import Registration
from majlis.series.models import Question


class FormAnswer(models.Model):
    """One answer, with the question as it was asked: a later wording changes no answer.

    `value` is for choosing and counting, `shown` is what the person read and wrote. Of a document,
    `value` is the ending of its name, `shown` the name it came with, and `file` what was handed in.
    """

    registration = models.ForeignKey(Registration, models.CASCADE, related_name="form_answers")
    question = models.ForeignKey(Question, models.PROTECT, related_name="answers")
    prompt = models.CharField(_("question"), max_length=300)
    value = models.JSONField()
    shown = models.TextField(_("answer"))
    language = models.CharField(_("language"), max_length=2, choices=Language.pairs)
    file = models.FileField(upload_to="answers/", blank=True)

    class Privacy:
        public: set[str] = set()
        personal = {"prompt", "shown", "language"}
        internal = {"registration", "question", "value", "file"}

    class Meta:
        ordering = ["question__position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["registration", "question"], name="answer_once_per_question"
            )
        ]

    def __str__(self) -> str:
        return f"answer to {self.question_id}"
