"""How finely counts are shown: a level of which every group is large enough and whose ranges obey
the law, and no finer."""

from __future__ import annotations

from itertools import product

import pytest

from majlis.kernel.disclosure import (
    Breakdown,
    Counts,
    Detail,
    Way,
    broken_down,
    detail_to_show,
    separable,
)
from majlis.kernel.disclosure.ranges import ranges_of

GROUP = Way("group", lambda cell: cell[0])
FAMILY = Way("family", lambda cell: cell[0][0])
WAYS = [GROUP, FAMILY]
HALVES = Counts(4, 3, 0)


def never():
    return False


def shown(table, passes_over=never):
    return detail_to_show(table, WAYS, smallest=5, passes_over=passes_over)


@pytest.mark.parametrize(
    ("answers", "level"),
    [
        pytest.param({}, None, id="no answers"),
        pytest.param({("A1", "TN"): (1, 3)}, None, id="too few"),
        pytest.param({("A1", "TN"): (1, 4)}, "room", id="one group is the whole"),
        pytest.param({("A1", "TN"): (7, 1), ("B1", "TN"): (2, 6)}, "group", id="two groups"),
        pytest.param(
            {("A1", "TN"): (4, 1), ("A2", "TN"): (3, 1), ("B1", "TN"): (2, 6)},
            "family",
            id="roll-up",
        ),
        pytest.param({("A1", "TN"): (4, 1), ("B1", "MA"): (2, 2)}, "room", id="a small family"),
        pytest.param(
            {("A1", "TN"): (4, 0), ("A1", "MA"): (2, 2), ("B1", "MA"): (2, 6)},
            "group",
            id="two cells of a group",
        ),
        pytest.param({("A1", "TN"): (5, 5), ("B1", "TN"): (5, 5)}, "room", id="ranges that tell"),
    ],
)
def test_detail_to_show(answers, level):
    table = {cell: Counts(*counts) for cell, counts in answers.items()}
    detail = shown(table)
    assert (detail.level if detail else None) == level


def test_two_words_are_taken_where_more_would_tell():
    table = {("A1", "TN"): Counts(9, 6, 0), ("B1", "TN"): Counts(10, 15, 0)}
    assert shown(table) == Detail("group", two_words=True)


def test_the_lot_passes_over_one_detail_after_the_other():
    table = {("A1", "TN"): Counts(9, 1, 0), ("B1", "TN"): Counts(2, 7, 0)}
    drawn = iter([True, False])
    assert shown(table, lambda: next(drawn)) == Detail("group", two_words=True)
    assert shown(table, lambda: True) == Detail("room")


def test_what_is_not_shown_of_groups_leaves_every_table_possible():
    """Whatever is chosen, no table that fits what is then shown is ruled out by the choice."""
    cells = [("A1", "TN"), ("B1", "TN")]
    fitting = [Counts(a, 7 - a, 0) for a in range(8)]
    tables = [
        dict(zip(cells, pair, strict=True))
        for pair in product(fitting, repeat=2)
        if pair[0].agree + pair[1].agree == 8
    ]
    outcomes = {}
    for table in tables:
        for draws in product([False, True], repeat=4):
            lot = iter(draws)
            detail = shown(table, lambda lot=lot: next(lot))
            told = broken_down(table, detail, WAYS, smallest=5)
            outcome = told.level, tuple(told.cells.items())
            outcomes.setdefault(outcome, set()).add(tuple(table.values()))

    for (level, _cells), able in outcomes.items():
        if level == "room":
            assert able == {tuple(table.values()) for table in tables}
        else:
            some = next(iter(able))
            ranges = [ranges_of(one) for one in some]
            assert able == {
                tuple(table.values())
                for table in tables
                if [ranges_of(one) for one in table.values()] == ranges
            }


def test_broken_down_shows_exact_counts_of_all_and_ranges_of_groups():
    table = {("A1", "TN"): Counts(7, 1, 0), ("A2", "TN"): Counts(1, 0, 4), ("B1", "MA"): HALVES}

    told = broken_down(table, Detail("family"), WAYS, smallest=5)

    assert told.total == Counts(12, 4, 4)
    assert told.cells == {"A": ranges_of(Counts(8, 1, 4)), "B": ranges_of(HALVES)}


@pytest.mark.parametrize(
    ("detail", "smallest", "expected"),
    [
        (None, 5, Breakdown()),
        (Detail("group"), 20, Breakdown()),
        (Detail("group"), 8, Breakdown(total=Counts(11, 4, 0))),
        (Detail(), 5, Breakdown(total=Counts(11, 4, 0))),
    ],
)
def test_broken_down_shows_the_detail_or_nothing_finer_than_the_whole(detail, smallest, expected):
    table = {("A1", "TN"): Counts(7, 1, 0), ("B1", "MA"): HALVES}
    assert broken_down(table, detail, WAYS, smallest=smallest) == expected


@pytest.mark.parametrize(
    ("sizes", "told"),
    [
        pytest.param({"A": 5, "B": 9}, {"A", "B"}, id="all large"),
        pytest.param({"A": 5, "B": 9, "C": 1}, {"B"}, id="one alone hides with the smallest"),
        pytest.param({"A": 5, "B": 9, "C": 3, "D": 2}, {"A", "B"}, id="small ones together"),
        pytest.param({"A": 5, "": 2}, set(), id="unknown ones are people too"),
        pytest.param({"A": 4}, set(), id="none"),
    ],
)
def test_groups_are_told_apart_only_where_those_left_over_are_enough(sizes, told):
    assert separable(sizes, 5) == told


def test_ballots_that_one_person_alone_has_read_fill_no_group():
    table = {("A1", "TN"): Counts(6, 0, 0, unread=2), ("B1", "TN"): Counts(4, 3, 0)}
    assert shown(table) == Detail()
    assert shown({("A1", "TN"): Counts(6, 0, 0, unread=2)}) is None
