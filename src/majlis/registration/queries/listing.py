"""The list of registrations as a table: which columns there are, and in which order."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from majlis.kernel.analysis import sort_key
from majlis.kernel.punctuation import joined
from majlis.people.territories import country_name
from majlis.registration.models import FormAnswer, Registration
from majlis.registration.queries import keys_by_name
from majlis.series.models import Edition, Question
from majlis.series.states import QuestionKind
from majlis.ui.languages import facts
from majlis.ui.tables import Column

ORDERS: dict[str, Any] = {
    "": _("first come first"),
    "newest": _("newest first"),
    "name": _("by name"),
    "organisation": _("by organisation"),
    "country": _("by country"),
}

COLUMNS: tuple[Column[Registration], ...] = (
    Column("name", _("Name"), lambda r: r.full_name),
    Column("email", _("Email address"), lambda r: r.person.email or ""),
    Column(
        "organisation",
        _("Organisation"),
        lambda r: r.organisation.name if r.organisation else "",
    ),
    Column("constituency", _("Stakeholder group"), lambda r: r.get_constituency_display()),
    Column("country", _("Country"), lambda r: country_name(r.country)),
    Column("capacity", _("Capacity"), lambda r: r.get_capacity_display()),
    Column(
        "languages",
        _("Languages"),
        lambda r: joined(facts(lang).name for lang in r.languages),
    ),
    Column("state", _("State"), lambda r: r.get_state_display()),
    Column("asked", pgettext_lazy("column", "Registered on"), lambda r: r.asked_at),
    Column("listed", _("On the waiting list since"), lambda r: r.listed_at),
    Column("confirmed", pgettext_lazy("column", "Confirmed on"), lambda r: r.confirmed_at),
    Column("arrived", _("Checked in"), lambda r: r.arrived_at),
)
FIXED = ("name", "organisation", "constituency", "country", "state")  # the list shows them anyway


def columns_of(edition: Edition) -> list[Column[Registration]]:
    """Every column that a list of registrations can have: the usual ones, then the questions."""
    return [*COLUMNS, *answer_columns(edition.questions.all())]


def sensitive_columns(edition: Edition) -> list[str]:
    """Columns that are left out unless somebody chooses them."""
    return [_name(q) for q in edition.questions.filter(is_sensitive=True)]


def answer_columns(questions: Iterable[Question]) -> list[Column[Registration]]:
    """A column for each question; the answers come with the rows (`with_answers`)."""
    return [Column(_name(one), str(one.prompt), _answer(one)) for one in questions]


def _name(question: Question) -> str:
    return f"asked_{question.code}"


def _answer(question: Question) -> Callable[[Registration], Any]:
    def value(registration: Registration) -> Any:
        answers: dict[int, FormAnswer] = getattr(registration, "answers_by_question", {})
        answer = answers.get(question.pk)
        if answer is None:
            return None
        if question.kind == QuestionKind.DATE:
            return date.fromisoformat(answer.value)
        return answer.shown.replace("\n", "; ") if question.has_options else answer.shown

    return value


def with_answers(rows: Iterable[Registration]) -> list[Registration]:
    """The rows with their answers to the edition's questions, in one query."""
    found = list(rows)
    by_place: dict[int, dict[int, FormAnswer]] = {}
    for answer in FormAnswer.objects.filter(registration__in=[row.pk for row in found]):
        by_place.setdefault(answer.registration_id, {})[answer.question_id] = answer
    for row in found:
        row.answers_by_question = by_place.get(row.pk, {})  # type: ignore[attr-defined]
    return found


def in_order(found: QuerySet[Registration], order: str) -> QuerySet[Registration] | list[int]:
    """The registrations in this order; keys alone where the reader's language sorts words."""
    if order == "name":
        return keys_by_name(found)
    if order == "newest":
        return found.order_by("-asked_at", "-pk")
    if order == "organisation":
        return _sorted(found.values_list("pk", "organisation__name"))
    if order == "country":
        named = found.values_list("pk", "country")
        return _sorted((pk, country_name(code)) for pk, code in named)
    return found


def _sorted(rows: Iterable[tuple[int, str | None]]) -> list[int]:
    ordered = sorted(rows, key=lambda row: (not row[1], sort_key(row[1] or "")))
    return [pk for pk, _words in ordered]
