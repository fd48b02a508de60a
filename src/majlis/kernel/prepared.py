"""Queries that are asked many times a second: Django puts their SQL together once.

    OPEN = Prepared(lambda codes: Round.objects.filter(code__in=codes).values_list("pk", "code"))

    OPEN.rows(["ab12", "cd34"])       # [(1, "ab12"), (2, "cd34")]

For a query that finds a row or two, putting the SQL together takes ten times as long as running it.
What was put together is a text: nothing of an answer is kept.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

_MARK = re.compile(r"\(\(list (\d)\)\)")


@dataclass(frozen=True, slots=True)
class _Text:
    """The SQL in pieces, between them the places of lists, and what else it is given."""

    pieces: list[str]
    lists: list[int]  # which list stands behind each piece but the last
    fixed: list[list[Any]]  # what each piece is given
    converters: list[tuple[int, list[Any], Any]]  # by the column's place

    def filled(self, lists: tuple[Collection[Any], ...]) -> tuple[str, list[Any]]:
        words, values = [self.pieces[0]], [*self.fixed[0]]
        for piece, fixed, which in zip(self.pieces[1:], self.fixed[1:], self.lists, strict=True):
            words += ["(", ",".join(["%s"] * len(lists[which])), ")", piece]
            values += [*lists[which], *fixed]
        return "".join(words), values


class Prepared:
    """A query for plain values by lists of what is looked up, each as `…__in`, five at most.

    `make` takes a stand-in for each list, to be given to `__in` as it is. The values of a list are
    what the database compares with: numbers and strings.
    """

    def __init__(self, make: Callable[..., QuerySet[Any, Any]]) -> None:
        self.make = make
        self.known: dict[str, _Text] = {}  # by the kind of database

    def rows(self, *lists: Collection[Any]) -> list[tuple[Any, ...]]:
        """The rows; none where a list is empty."""
        if not all(lists):
            return []
        text = self.known.get(connection.vendor)
        if text is None:
            text = self.known[connection.vendor] = self._put_together(len(lists))
        with connection.cursor() as cursor:
            cursor.execute(*text.filled(lists))
            rows = cursor.fetchall()
        return list(_converted(rows, text.converters)) if text.converters else rows

    def _put_together(self, n: int) -> _Text:
        asked = self.make(*([RawSQL(f"(list {place})", ())] for place in range(n)))  # noqa: S611
        compiler = asked.query.get_compiler(connection=connection)
        sql, given = compiler.as_sql()
        converters = compiler.get_converters([column for column, *_ in compiler.select])
        pieces, left = _MARK.split(sql), list(given)
        fixed = []
        for piece in pieces[::2]:
            n_here = piece.count("%s")
            fixed.append(left[:n_here])
            left = left[n_here:]
        # The mark stood in the parentheses of IN, with its own around it.
        trimmed = [piece.removesuffix("(").removeprefix(")") for piece in pieces[::2]]
        return _Text(
            trimmed, [int(place) for place in pieces[1::2]], fixed,
            [(at, of, column) for at, (of, column) in converters.items()],
        )  # fmt: skip


def _converted(
    rows: list[tuple[Any, ...]], converters: list[tuple[int, list[Any], Any]]
) -> Iterator[tuple[Any, ...]]:
    for row in rows:
        values = list(row)
        for at, of, column in converters:
            for convert in of:
                values[at] = convert(values[at], column, connection)
        yield tuple(values)
