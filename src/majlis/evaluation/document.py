"""Results as a table: one line for each answer that a question can have."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from majlis.evaluation.queries import SurveyRead
from majlis.ui.tables import Column


@dataclass(frozen=True, slots=True)
class Line:
    """One answer to one question: how many gave it, out of how many; a remark counts none."""

    question: str
    answer: str
    n: int | None = None
    answers: int | None = None
    mean: float | None = None
    spread: float | None = None
    rate: float | None = None


COLUMNS: list[Column[Line]] = [
    Column("question", _("Question"), lambda one: one.question),
    Column("answer", _("Answer"), lambda one: one.answer),
    Column("n", _("People"), lambda one: one.n),
    Column("answers", _("Answers to this question"), lambda one: one.answers),
    Column("mean", _("Mean"), lambda one: one.mean),
    Column("spread", _("Standard deviation"), lambda one: one.spread),
    Column("rate", _("Answer rate"), lambda one: one.rate),
]


def rows_of(found: SurveyRead) -> Iterator[Line]:
    """What the page shows, line by line."""
    rate = None if found.rate is None else round(found.rate, 3)
    for item in found.items:
        if item.n is None:
            yield Line(str(item.label), str(_("fewer answers than may be shown")), rate=rate)
        for _code, label, n in item.counts:
            mean, spread = (None if v is None else round(v, 2) for v in (item.mean, item.spread))
            yield Line(str(item.label), str(label), n, item.n, mean, spread, rate)
    for label, remarks in found.remarks:
        for remark in remarks:
            yield Line(str(label), remark.words)
