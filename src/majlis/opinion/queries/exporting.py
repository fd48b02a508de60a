"""Results of a round as rows of a file. A file can go anywhere, so they are those of the public."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from majlis.dialogue.models import Round, Statement
from majlis.kernel.disclosure import Audience
from majlis.kernel.words import Language
from majlis.opinion.queries.shown import (
    GroupRead,
    Reading,
    StatementRead,
    WholeRead,
    reading_of,
)
from majlis.ui.files import csv_of

SIDES = ("agree", "disagree")
COLUMNS = [
    "number", "code", *[f"wording_{lang}" for lang in Language.values], "table", "group",
    "answers", "agree", "disagree", "pass",
    *[f"{side}_{what}" for side in SIDES for what in ("from", "to", "word", "low", "high")],
    "bridging", "spread", "divisiveness",
]  # fmt: skip
"""Counts are of all participants; a group has `from` and `to` and the word between them. `low` and
`high` are the widest 90 % interval of the share."""


def results_as_dict(round: Round) -> dict[str, Any]:
    """Everything the public may see of a round's results, with what it was made from."""
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
        "whole": _whole(read.whole) if read.whole else None,
        "level": read.level,
        "groups": {cell.key: _group(cell) for cell in read.cells},
        "bridging": read.bridging,
        "spread": read.spread,
        "divisiveness": read.divisiveness,
    }


def _whole(whole: WholeRead) -> dict[str, Any]:
    counts = whole.counts
    return {
        "answers": counts.answers,
        "agree": counts.agree,
        "disagree": counts.disagree,
        "pass": counts.passed,
        **{
            f"{side}_{end}": getattr(of, end)
            for side, of in zip(SIDES, (whole.agree, whole.disagree), strict=True)
            if of is not None
            for end in ("low", "high")
        },
    }


def _group(group: GroupRead) -> dict[str, Any]:
    told: dict[str, Any] = {"answers": group.answers}
    for side, of in zip(SIDES, (group.agree, group.disagree), strict=True):
        told |= {f"{side}_from": of.counts.low, f"{side}_to": of.counts.high}
        told[f"{side}_word"] = of.counts.word or ""
        if of.likely is not None:
            told |= {f"{side}_low": of.likely[0], f"{side}_high": of.likely[1]}
    return told


def results_as_csv(round: Round) -> str:
    """The same as a table: one row for the whole and one for each group that is shown."""
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
        yield first | {"table": "room", "group": ""} | _whole(read.whole) | facts
        for group in read.cells:
            yield first | {"table": read.level, "group": group.key} | _group(group)
