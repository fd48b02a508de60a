"""The recommendations matrix: one row each, as METHOD 1.11 asks, as a file for any spreadsheet."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils import translation

from majlis.kernel.disclosure import Audience
from majlis.kernel.texts import Text
from majlis.kernel.words import Language
from majlis.recommendations.models import Recommendation
from majlis.recommendations.queries.brief import citations_of_all
from majlis.recommendations.queries.sources import support_of
from majlis.recommendations.states import TextState
from majlis.series.models import Edition
from majlis.ui.files import csv_of

MATRIX_COLUMNS = (
    "rec_id",
    "state",
    "theme",
    "challenges",
    "level",
    "countries",
    "value_chains",
    *(f"title_{lang}" for lang in Language.values),
    *(f"text_{lang}" for lang in Language.values),
    *(f"status_{lang}" for lang in Language.values),
    "original_language",
    "problem",
    "rationale",
    "addressee_unit",
    "addressee_body",
    "addressee_country",
    "co_actors",
    "instrument",
    "legal_basis",
    "decision_needed",
    "first_action",
    "due_on",
    "cost_range",
    "cost_note",
    "funding_source",
    "indicator",
    "indicator_baseline",
    "indicator_target",
    "equity",
    "risks",
    "certainty",
    "n_statements",
    "n_evidence",
    "no_evidence_found",
    "support",
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
        .select_related("edition", "theme", "addressee")
        .prefetch_related("challenges", "adoptions", citations_of_all())
        .order_by("rec_id")
    )
    if published_only:
        found = found.filter(state=TextState.PUBLISHED)
    audience = Audience.PUBLIC if published_only else Audience.ROOM
    return [_row(rec, audience) for rec in found]


def matrix_csv(rows: Iterable[dict[str, Any]], *, bom: bool = False) -> str:
    """The rows as a file for a spreadsheet."""
    return csv_of(MATRIX_COLUMNS, rows, bom=bom)


def _row(rec: Recommendation, audience: Audience) -> dict[str, Any]:
    last = list(rec.adoptions.all())[-1:]
    decision = last[0] if last else None
    citations = list(rec.citations.all())
    addressee = rec.addressee
    row: dict[str, Any] = {
        "rec_id": rec.rec_id,
        "state": rec.state,
        "theme": rec.theme.code if rec.theme else "",
        "challenges": " ".join(c.code for c in rec.challenges.all()),
        "level": rec.level,
        "countries": " ".join(rec.countries),
        "value_chains": " ".join(rec.value_chains),
        "original_language": rec.text.original,
        "addressee_unit": _plain(addressee.unit) if addressee else "",
        "addressee_body": _plain(addressee.body) if addressee else "",
        "addressee_country": addressee.country if addressee else "",
        "legal_basis": "none needed" if rec.no_legal_basis_needed else _plain(rec.legal_basis),
        "due_on": rec.due_on.isoformat() if rec.due_on else "",
        "n_statements": sum(1 for c in citations if c.statement_id),
        "n_evidence": sum(1 for c in citations if c.link_id),
        "support": "; ".join(_support(c, audience) for c in citations if c.statement_id),
    }
    for name in ("instrument", "cost_range", "cost_note", "funding_source", "indicator_baseline",
                 "indicator_target", "certainty", "no_evidence_found"):  # fmt: skip
        row[name] = getattr(rec, name)
    for name in ("problem", "rationale", "co_actors", "decision_needed", "first_action",
                 "indicator", "equity", "risks"):  # fmt: skip
        row[name] = _plain(getattr(rec, name))
    for lang in Language.values:
        row[f"title_{lang}"] = rec.title.words(lang)
        row[f"text_{lang}"] = rec.text.words(lang)
        row[f"status_{lang}"] = str(rec.text[lang].status.value) if lang in rec.text else ""
    if decision is not None:
        row |= {
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


def _plain(text: Text) -> str:
    """The words in the original language: a matrix is worked on, not admired."""
    return text.shown(text.original).text


def _support(citation: Any, audience: Audience) -> str:
    """`S12: agree 41, disagree 8, pass 3`, or that it may not be shown."""
    name = f"S{citation.excerpt.get('number', '')}"
    support = support_of(citation, audience)
    if support is None:
        return f"{name}: no closed round"
    if support.total is None:
        return f"{name}: too few answers to show"
    total = support.total
    with translation.override("en"):
        return f"{name}: agree {total.agree}, disagree {total.disagree}, pass {total.passed}"
