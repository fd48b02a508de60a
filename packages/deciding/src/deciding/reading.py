"""Read a rule and ratings from files as people have them: JSON, and CSV from a spreadsheet.

A table of ratings has a column `rater` and either one column for each option, or a column
`option` and one for each thing asked (`rating`; or `impact` and `feasibility`; or the names of
the criteria). A column `round` keeps the rounds of a Delphi apart. An empty cell is no rating;
`abstain`, `-` or `–` is an abstention.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from deciding.decide import Ballots, read_ballot
from deciding.errors import BadFile, BadRatings, BadRule
from deciding.methods import ABSTAIN
from deciding.rules import Rule

ABSTENTIONS = frozenset({"abstain", "-", "–", "—"})
SEPARATORS = ",;\t"
#: The ballots of one round while they are read, and the line on which each rater stood last.
Table = dict[str, dict[str, Any]]


def read_rule(path: Path | str) -> Rule:
    """Read a rule from a JSON file.

    Raises
    ------
    BadFile
        When it cannot be read, or is no rule.
    """
    try:
        return Rule.from_json(_text(Path(path)))
    except BadRule as error:
        raise BadFile(str(error), path=Path(path)) from None


def read_ballots(path: Path | str, rule: Rule) -> list[Ballots]:
    """Read ratings from a CSV file, each checked against the rule; return them by round.

    Separators are commas, semicolons or tabs.

    Raises
    ------
    BadFile
        With the line, at the first that does not fit.
    """
    path = Path(path)
    rounds: dict[int, Table] = {}
    last: dict[tuple[int, str], int] = {}
    for line, row in _rows(path, rule):
        try:
            number, rater, said = _entry(rule, row)
            table = rounds.setdefault(number, {}).setdefault(rater, {})
            for option, given in said.items():
                if option in table:
                    raise BadRatings(f"rater {rater} has rated {option} already, further up.")
                table[option] = rule.check(option, given, rater=rater)
            last[number, rater] = line
        except BadRatings as error:
            raise BadFile(str(error), path=path, line=line) from None
    for (number, rater), line in last.items():
        try:
            read_ballot(rule, rater, rounds[number][rater])
        except BadRatings as error:
            raise BadFile(str(error), path=path, line=line) from None
    if not rounds:
        raise BadFile("there is no rating below the head of the table.", path=path)
    return [rounds[number] for number in sorted(rounds)]


def _entry(rule: Rule, row: dict[str, str]) -> tuple[int, str, dict[str, Any]]:
    """Return the round, the rater, and the ratings of one line."""
    number = row.pop("round", "1")
    if not (number.isascii() and number.isdigit() and len(number) < 4):
        raise BadRatings(f"“{number}” is not the number of a round.")
    rater = row.pop("rater", "")
    if not rater:
        raise BadRatings("the line names no rater.")
    if "option" not in row:
        return int(number), rater, {option: _cell(cell) for option, cell in row.items()}
    option = row.pop("option")
    cells = {asked: _cell(row[asked]) for asked in rule.method.asks}
    if len(cells) == 1:
        return int(number), rater, {option: next(iter(cells.values()))}
    given = {asked: one for asked, one in cells.items() if one is not None}
    return int(number), rater, {option: given or None}


def _cell(cell: str) -> Any:
    if not cell:
        return None
    return ABSTAIN if cell.casefold() in ABSTENTIONS else cell


def _rows(path: Path, rule: Rule) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield each line that holds something, as a dict by the head of the table."""
    text = _text(path)
    head_line = text.split("\n", 1)[0]
    separator = max(SEPARATORS, key=head_line.count)
    reader = csv.reader(text.splitlines(keepends=True), delimiter=separator, strict=True)
    head: list[str] = []
    try:
        for row in reader:
            cells = [cell.strip() for cell in row]
            if not any(cells):
                continue
            if not head:
                head = _head(cells)
                try:
                    _check_head(head, rule)
                except BadRatings as error:
                    raise BadFile(str(error), path=path, line=reader.line_num) from None
                continue
            if any(cells[len(head) :]):
                raise BadFile(
                    f"{len(cells)} cells where the head has {len(head)}.",
                    path=path,
                    line=reader.line_num,
                )
            cells += [""] * (len(head) - len(cells))
            yield reader.line_num, dict(zip(head, cells, strict=False))
    except csv.Error as error:
        raise BadFile(f"{error}.", path=path, line=reader.line_num) from None


def _head(cells: list[str]) -> list[str]:
    known = {"rater", "option", "round"}
    head = [cell.casefold() if cell.casefold() in known else cell for cell in cells]
    while not head[-1]:
        head.pop()
    return head


def _check_head(head: list[str], rule: Rule) -> None:
    """Refuse a head that has not just the columns that the rule needs."""
    if len(set(head)) < len(head) or not all(head):
        raise BadRatings("a column has no name, or the name of another.")
    asks = rule.method.asks
    if "option" in head or len(asks) > 1:
        needed = ["rater", "option", *asks]
    else:
        needed = ["rater", *rule.options]
    if missing := [name for name in needed if name not in head]:
        raise BadRatings(f"the table has no column “{missing[0]}”.")
    if unknown := [name for name in head if name not in (*needed, "round")]:
        raise BadRatings(f"the rule asks for no column “{unknown[0]}”.")


def _text(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise BadFile("this is not UTF-8: save it as “CSV UTF-8”.", path=path) from None
