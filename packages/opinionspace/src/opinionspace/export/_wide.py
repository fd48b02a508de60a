"""Read votes from participants-votes alone: a column for each statement, a row for each person."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np

from opinionspace._tables import frozen
from opinionspace.errors import BadExport
from opinionspace.export._csv import MOST, NOTHING, checked_header, rows, whole_number, wrong_width
from opinionspace.export.tables import VoteLog


def votes_by_person(path: Path) -> VoteLog:
    """Return the votes of `participants-votes.csv`, of which no order is known.

    Raises
    ------
    BadExport
        When there is no column of a statement, or a vote is none of the three.
    """
    records = rows(path)
    line, spelled = next(records, (1, []))
    header = checked_header(spelled, ("participant",), path, line)
    places = {at: _statement(name, path) for at, name in enumerate(header) if is_number(name)}
    if not places:
        raise BadExport("no column holds the votes on a statement", path=path, line=line)
    if len(set(places.values())) < len(places):
        raise BadExport("two columns are of one statement", path=path, line=line)
    who = header.index("participant")
    found: list[tuple[int, int, int]] = []
    for line, record in records:
        if len(record) != len(header):
            raise wrong_width(record, len(header), path, line)
        voter = whole_number(record[who], "participant", path, line)
        for at, statement in places.items():
            if record[at].strip().lower() in NOTHING:
                continue
            vote = whole_number(record[at], "vote", path, line)
            if vote not in (-1, 0, 1):
                said = f"vote must be 1 (agree), 0 (pass) or -1 (disagree), not {vote}"
                raise BadExport(said, path=path, line=line)
            found.append((statement, voter, vote))
    columns = np.array(found, np.int64).reshape(-1, 3).T
    return VoteLog(
        frozen(columns[0].copy()),
        frozen(columns[1].copy()),
        frozen(columns[2].astype(np.int8)),
        is_ordered=False,
    )


def is_number(name: str) -> bool:
    """Return whether a column is named after a statement."""
    return re.fullmatch("[0-9]+", name) is not None


def _statement(name: str, path: Path) -> int:
    number = whole_number(name, "a statement", path, 1)
    if number > MOST:
        raise BadExport("the id of a statement is too large", path=path, line=1)
    return number
