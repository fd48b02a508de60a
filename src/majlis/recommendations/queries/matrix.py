"""The recommendations matrix: one row each, as METHOD 1.11 asks, as a file for any spreadsheet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.utils import translation

from majlis.kernel.disclosure import Audience
from majlis.kernel.texts import Text
from majlis.kernel.words import Language
from majlis.recommendations.fields import COLUMNS, FIELDS, Field, Kind, Said, beside
from majlis.recommendations.models import Recommendation
from majlis.recommendations.queries.brief import citations_of_all
from majlis.recommendations.queries.sources import support_of
from majlis.recommendations.states import TextState
from majlis.series.models import Edition
from majlis.ui.files import csv_of

EXTRA = {
    Kind.ADDRESSEES: ("addressee_units", "addressee_bodies", "addressee_countries"),
    Kind.ELSEWHERE: (),
}
"""The columns of a kind that does not have exactly one, under the name of its field."""


def columns_of(field: Field) -> Iterator[str]:
    if field.part == "identity":
        yield from (f"{field.name}_{lang}" for lang in Language.values)
    elif field.in_matrix:
        yield from EXTRA.get(field.kind, (field.name,))


MATRIX_COLUMNS = (
    "rec_id",
    "state",
    *(f"status_{lang}" for lang in Language.values),
    "original_language",
    *(name for field in FIELDS for name in columns_of(field)),
    "n_statements",
    "n_evidence",
    "support",
    "decision_language",
    "adoption_rule",
    "adopted_by",
    "decided_on",
    "n_for",
    "n_against",
    "n_abstaining",
    "dissent",
    "reservation",
)


def matrix_rows(edition: Edition, *, published_only: bool) -> list[dict[str, Any]]:
    """One row per recommendation; in public only the published ones, and public counts."""
    found = (
        Recommendation.objects.filter(edition=edition)
        .select_related("edition", "theme")
        .prefetch_related("challenges", "addressees", "adoptions", citations_of_all())
        .order_by("rec_id")
    )
    if published_only:
        found = found.filter(state=TextState.PUBLISHED)
    audience = Audience.PUBLIC if published_only else Audience.PARTICIPANTS
    return [_row(rec, audience) for rec in found]


def matrix_csv(rows: Iterable[dict[str, Any]], *, bom: bool = False) -> str:
    """The rows as a file for a spreadsheet."""
    return csv_of(MATRIX_COLUMNS, rows, bom=bom)


def _row(rec: Recommendation, audience: Audience) -> dict[str, Any]:
    last = list(rec.adoptions.all())[-1:]
    decision = last[0] if last else None
    citations = list(rec.citations.all())
    row: dict[str, Any] = {
        "rec_id": rec.rec_id,
        "state": rec.state,
        "original_language": rec.text.original,
        "n_statements": sum(1 for c in citations if c.statement_id),
        "n_evidence": sum(1 for c in citations if c.citable.is_evidence),
        "support": "; ".join(_support(c, audience) for c in citations if c.statement_id),
    }
    for field in COLUMNS:
        row |= _cells(rec, field)
    for lang in Language.values:
        row[f"status_{lang}"] = str(rec.text[lang].status.value) if lang in rec.text else ""
    if decision is not None:
        row |= {
            "decision_language": decision.language,
            "adoption_rule": decision.rule,
            "adopted_by": decision.body,
            "decided_on": decision.decided_on.isoformat(),
            "n_for": decision.n_for,
            "n_against": decision.n_against,
            "n_abstaining": decision.n_abstaining,
            "dissent": "none recorded" if decision.no_dissent_recorded else decision.dissent,
            "reservation": decision.reservation,
        }
    return row


def _cells(rec: Recommendation, field: Field) -> dict[str, Any]:
    """What the columns of one field hold: codes and stored words, not labels."""
    value = getattr(rec, field.name)
    if field.part == "identity":
        return {f"{field.name}_{lang}": value.words(lang) for lang in Language.values}
    if not field.in_matrix:
        return {}
    if field.kind == Kind.ADDRESSEES:
        units = list(value.all())
        cells = (
            "; ".join(_plain(one.unit) for one in units),
            "; ".join(_plain(one.body) for one in units),
            " ".join(dict.fromkeys(one.country for one in units if one.country)),
        )
        return dict(zip(EXTRA[field.kind], cells, strict=True))
    for mark in beside(field):
        if mark.instead and getattr(rec, mark.name):
            return {field.name: _english(mark.instead)}
    match field.kind:
        case Kind.WORDS:
            value = _plain(value)
        case Kind.CHOICES | Kind.COUNTRIES:
            value = " ".join(value)
        case Kind.THING:
            value = value.code if value else ""
        case Kind.THINGS:
            value = " ".join(one.code for one in value.all())
        case Kind.DATE:
            value = value.isoformat() if value else ""
    return {field.name: value}


def _english(said: Said) -> str:
    with translation.override("en"):
        return str(said)


def _plain(text: Text) -> str:
    """The words in the original language: a matrix is worked on, not admired."""
    return text.shown(text.original).text


def _support(citation: Any, audience: Audience) -> str:
    """`S12: agree 41, disagree 8, pass 3`, or that it may not be shown."""
    name = f"S{citation.excerpt.get('number', '')}"
    support = support_of(citation, audience)
    if support is None:
        return f"{name}: no results shown"
    if support.total is None:
        return f"{name}: too few answers to show"
    total = support.total
    with translation.override("en"):
        return f"{name}: agree {total.agree}, disagree {total.disagree}, pass {total.passed}"
