"""Statements as rows of a file. What is told of their sources has passed disclosure."""

from __future__ import annotations

from typing import Any

from majlis.dialogue.queries.lineage import Lineage, lineages_of
from majlis.dialogue.queries.sources import sources_of_all
from majlis.dialogue.queries.statements import statements_of
from majlis.kernel.disclosure import Audience, Source, shown_source
from majlis.kernel.words import Language
from majlis.series.models import Edition
from majlis.ui.files import csv_of


def statements_as_dicts(edition: Edition) -> dict[str, Any]:
    """Every statement with wordings, lineage counts and what may be told of its sources.

    A file can go anywhere, so sources are shown as in public.
    """
    statements = list(statements_of(edition))
    lineages = lineages_of(edition, statements)
    sources = sources_of_all(edition, lineages.values(), Audience.PUBLIC)
    return {
        "edition": edition.slug,
        "statements": [
            {
                "number": s.number,
                "code": s.code,
                "state": s.state,
                "origin": s.origin,
                "kind": s.kind,
                "theme": s.theme.code if s.theme else None,
                "challenge": s.challenge.code if s.challenge else None,
                "round": s.round.code if s.round else None,
                "wording": {
                    lang: {"text": w.text, "status": str(w.status)} for lang, w in s.wording.items()
                },
                "original_language": s.wording.original,
                "grounding": s.grounding or None,
                "source_url": s.source_url or None,
                **_counts(lineages[s.pk]),
                "sources": [_told(shown_source(source)) for source in sources[s.pk]],
            }
            for s in statements
        ],
    }


def _counts(lineage: Lineage) -> dict[str, Any]:
    return {
        "made_by": lineage.step.kind if lineage.step else None,
        "n_contributions": lineage.n_contributions,
        "made_of_statements": [s.number for s in lineage.statements],
    }


def _told(source: Source) -> dict[str, Any]:
    """Of one source, what passed disclosure; nothing stands for what did not."""
    told = {
        "rule": str(source.rule),
        "words": source.words,
        "language": source.language,
        "kind": source.kind,
        "theme": source.theme,
        "session": source.session,
        "person": source.person,
        "organisation": source.organisation,
        "constituency": source.constituency,
        "country": source.country,
    }
    return {name: value for name, value in told.items() if value}


def statements_as_csv(edition: Edition) -> str:
    """The same as a table in CSV."""
    columns, rows = statements_as_table(edition)
    return csv_of(columns, rows, bom=True)


def statements_as_table(edition: Edition) -> tuple[list[str], list[dict[str, Any]]]:
    """The same as columns and rows: counts of sources, no words of theirs."""
    fixed = ["number", "code", "state", "origin", "kind", "theme", "challenge", "round"]
    lineage = ["original_language", "made_by", "n_contributions", "made_of_statements"]
    wordings = [f"{part}_{lang}" for lang in Language.values for part in ("wording", "status")]
    rows = []
    for row in statements_as_dicts(edition)["statements"]:
        cells = {name: row[name] for name in (*fixed, *lineage)}
        cells["made_of_statements"] = " ".join(str(n) for n in row["made_of_statements"])
        for lang, wording in row["wording"].items():
            cells[f"wording_{lang}"], cells[f"status_{lang}"] = wording["text"], wording["status"]
        rows.append(cells)
    return [*fixed, *wordings, *lineage], rows
