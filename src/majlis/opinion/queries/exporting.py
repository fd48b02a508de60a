"""Results of a round as rows of a file. A file can go anywhere, so they are those of the public."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from majlis.dialogue.models import Round, Statement
from majlis.kernel.disclosure import Audience
from majlis.kernel.words import Language
from majlis.opinion.queries.shown import CellRead, Estimate, Reading, StatementRead, reading_of
from majlis.ui.files import csv_of

COLUMNS = [
    "number", "code", *[f"wording_{lang}" for lang in Language.values], "table", "group",
    "agree", "disagree", "pass", "answers", "agreement", "agreement_low", "agreement_high",
    "disagreement", "disagreement_low", "disagreement_high", "bridging", "spread", "divisiveness",
]  # fmt: skip


def results_as_dict(round: Round) -> dict[str, Any]:
    """Everything the public may see of a closed round, with what it was made from."""
    reading = reading_of(round, Audience.PUBLIC)
    told: dict[str, Any] = {
        "edition": round.edition.slug,
        "round": round.code,
        "title": {lang: words.text for lang, words in round.title.items()},
        "smallest_cell": round.edition.smallest(Audience.PUBLIC),
        "made": None,
        "sentences": [],
        "statements": [],
    }
    if reading is None:
        return told
    result = reading.result
    made = ("mode", "package_version", "seed", "revision", "digest")
    return told | {
        "made": {name: getattr(result, name) for name in made},
        "sentences": [{"code": one.code, "numbers": dict(one.numbers)} for one in reading.said],
        "statements": [_statement(s, read) for s, read in reading.lines],
    }


def _statement(statement: Statement, read: StatementRead) -> dict[str, Any]:
    return {
        "number": statement.number,
        "code": statement.code,
        "wording": {lang: words.text for lang, words in statement.wording.items()},
        "whole": _cell(read.whole) if read.whole else None,
        "level": read.level,
        "cells": {cell.key: _cell(cell) for cell in read.cells},
        "bridging": read.bridging,
        "spread": read.spread,
        "divisiveness": read.divisiveness,
    }


def _cell(cell: CellRead) -> dict[str, Any]:
    counts = cell.counts
    return {
        "agree": counts.agree,
        "disagree": counts.disagree,
        "pass": counts.passed,
        "answers": counts.answers,
        "agreement": _estimate(cell.agree),
        "disagreement": _estimate(cell.disagree),
    }


def _estimate(of: Estimate | None) -> list[float] | None:
    return None if of is None else [of.share, of.low, of.high]


def results_as_csv(round: Round) -> str:
    """The same as a table: one row for the whole room and one for each group that may be shown."""
    reading = reading_of(round, Audience.PUBLIC)
    return csv_of(COLUMNS, _rows(reading) if reading else [], bom=True)


def _rows(reading: Reading) -> Iterator[dict[str, Any]]:
    for statement, read in reading.lines:
        wordings = {f"wording_{lang}": words.text for lang, words in statement.wording.items()}
        first = {"number": statement.number, "code": statement.code, **wordings}
        if read.whole is None:
            yield first | {"table": "too few answers"}
            continue
        facts = {
            "bridging": read.bridging, "spread": read.spread, "divisiveness": read.divisiveness
        }  # fmt: skip
        yield first | _row("room", read.whole) | facts
        for cell in read.cells:
            yield first | _row(read.level, cell)


def _row(table: str, cell: CellRead) -> dict[str, Any]:
    counts = cell.counts
    row = {
        "table": table,
        "group": cell.key,
        "agree": counts.agree,
        "disagree": counts.disagree,
        "pass": counts.passed,
        "answers": counts.answers,
    }
    for name, of in (("agreement", cell.agree), ("disagreement", cell.disagree)):
        if of is not None:
            row |= {name: of.share, f"{name}_low": of.low, f"{name}_high": of.high}
    return row
