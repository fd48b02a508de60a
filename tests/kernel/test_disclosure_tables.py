"""What is shown of tables, alone and together: nothing depends on fewer voices than the smallest.

The proof does not use the rule's own reasoning: it builds the matrix of everything shown, one
column for each voice and answer, and asks for every small set of voices whether some combination
of rows depends on them alone.
"""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from majlis.kernel.disclosure import Counts, Earlier, Way, broken_down, ways_to_show
from tests.conftest import examples
from tests.house.spans import rests_on_fewer

GROUP = Way("group", lambda cell: cell[0])
FAMILY = Way("family", lambda cell: cell[0][0])
COUNTRY = Way("country", lambda cell: cell[1])
HIERARCHIES = [[GROUP, FAMILY], [COUNTRY]]
BY_NAME = {way.name: way for way in (GROUP, FAMILY, COUNTRY)}

CELLS = [(group, country) for group in ("A1", "A2", "B1") for country in ("MA", "TN")]
SIZES = st.sampled_from([0, 0, 1, 2, 3, 4, 5, 6, 9])


def rows_shown(cells, ways):
    """One row for each number shown: 1 where the voice's answer is in its sum."""
    if ways is None:
        return []
    rows = [np.array([cell is not None for cell in cells], float)]
    for name in ways:
        labels = [None if cell is None else BY_NAME[name].label(cell) for cell in cells]
        rows += [
            np.array([one == label for one in labels], float)
            for label in sorted({one for one in labels if one is not None})
        ]
    return rows


@given(st.tuples(*[SIZES] * len(CELLS)), st.sampled_from([3, 5]))
@settings(max_examples=examples(150))
def test_tables_of_one_moment_rest_on_the_smallest_cell_or_more(sizes, smallest):
    answers = dict(zip(CELLS, sizes, strict=True))
    ways = ways_to_show(answers, HIERARCHIES, smallest=smallest)
    cells = [cell for cell, n in answers.items() for _ in range(n)]

    rows = rows_shown(cells, ways)

    assert (ways is None) == (sum(sizes) < smallest)
    if rows:
        assert not rests_on_fewer(rows, range(len(cells)), smallest)


@given(
    st.tuples(*[st.sampled_from([0, 2, 3, 5, 6]) for _ in CELLS]),
    st.lists(
        st.tuples(*[st.tuples(st.integers(0, 4), st.integers(0, 4)) for _ in CELLS]),
        min_size=1,
        max_size=2,
    ),
)
@settings(max_examples=examples(200))
def test_tables_of_two_and_three_moments_rest_on_the_smallest_cell_or_more(sizes, changes):
    smallest = 4
    voices = [[cell, 0] for cell, n in zip(CELLS, sizes, strict=True) for _ in range(n)]
    moments: list[tuple[tuple[str, ...], list]] = []
    for moment, change in enumerate([None, *changes]):
        if change is not None:
            for cell, (others, new) in zip(CELLS, change, strict=True):
                old = [voice for voice in voices if voice[0] == cell]
                for voice in old[:others]:
                    voice[1] = moment
                voices += [[cell, moment] for _ in range(new)]
        state = [tuple(voice) for voice in voices]
        earlier = [since(ways, then, state) for ways, then in moments]
        ways = ways_to_show(count(state), HIERARCHIES, smallest=smallest, earlier=earlier)
        if ways is not None:
            moments.append((ways, state))

    columns = sorted(
        {(n, answer) for _ways, state in moments for n, (_, answer) in enumerate(state)}
    )
    rows = []
    for ways, state in moments:
        held = {(n, answer): cell for n, (cell, answer) in enumerate(state)}
        rows += rows_shown([held.get(column) for column in columns], ways)

    if rows:
        assert not rests_on_fewer(rows, [voice for voice, _answer in columns], smallest)


def count(state):
    found = dict.fromkeys(CELLS, 0)
    for cell, _answer in state:
        found[cell] += 1
    return found


def since(ways, then, now):
    tables = [{}, {}, {}]
    for n, (cell, answer) in enumerate(now):
        place = 2 if n >= len(then) else 0 if then[n][1] == answer else 1
        tables[place][cell] = tables[place].get(cell, 0) + 1
    return Earlier(frozenset(ways), *tables)


@pytest.mark.parametrize(
    ("answers", "ways"),
    [
        pytest.param({("A1", "TN"): 4}, None, id="too few"),
        pytest.param({("A1", "TN"): 5}, (), id="one cell is the whole"),
        pytest.param({("A1", "TN"): 5, ("B1", "TN"): 5}, ("group",), id="two groups"),
        pytest.param(
            {("A1", "TN"): 5, ("A2", "TN"): 4, ("B1", "TN"): 5}, ("family",), id="roll-up"
        ),
        pytest.param({("A1", "TN"): 5, ("B1", "MA"): 4}, (), id="a small family"),
        pytest.param(
            {("A1", "TN"): 10, ("B1", "TN"): 10, ("A1", "MA"): 10, ("B1", "MA"): 10},
            ("group", "country"),
            id="both ways",
        ),
        pytest.param(
            {("A1", "TN"): 10, ("B1", "MA"): 10, ("A1", "MA"): 2},
            ("group",),
            id="countries less groups leave two people",
        ),
        pytest.param(
            {("A1", "TN"): 10, ("B1", "MA"): 10}, ("group", "country"), id="the same twice"
        ),
    ],
)
def test_ways_to_show(answers, ways):
    assert ways_to_show(answers, HIERARCHIES, smallest=5) == ways


def test_one_changed_answer_is_not_shown():
    answers = {("A1", "TN"): 20, ("B1", "TN"): 20}
    earlier = [Earlier(frozenset({"group"}), answers, {("A1", "TN"): 1}, {})]

    assert ways_to_show(answers, HIERARCHIES, smallest=5, earlier=earlier) is None


def test_one_new_answer_is_not_shown_where_groups_and_countries_were():
    answers = {("A1", "TN"): 20, ("B1", "MA"): 20}
    earlier = [Earlier(frozenset({"group", "country"}), answers, {}, {("A1", "TN"): 1})]

    assert ways_to_show(answers, HIERARCHIES, smallest=5, earlier=earlier) is None


def test_few_changes_in_each_of_two_groups_are_shown_for_the_whole_only():
    answers = {("A1", "TN"): 20, ("B1", "TN"): 20}
    earlier = [Earlier(frozenset({"group"}), answers, {("A1", "TN"): 3, ("B1", "TN"): 3}, {})]

    assert ways_to_show(answers, HIERARCHIES, smallest=5, earlier=earlier) == ()


def test_what_was_shown_by_group_is_not_crossed_with_countries_later():
    answers = {("A1", "TN"): 20, ("A2", "TN"): 3, ("B1", "MA"): 20}

    alone = ways_to_show(answers, HIERARCHIES, smallest=5)
    later = ways_to_show(
        answers, HIERARCHIES, smallest=5, earlier=[Earlier(frozenset({"group"}), answers, {}, {})]
    )

    assert (alone, later) == (("family", "country"), ("family",))


def test_a_whole_of_few_is_not_broken_down_when_few_have_come_since():
    """Two of A and three of B were shown together; A of later less then leaves three voices."""
    then, new = {("A1", "TN"): 2, ("B1", "TN"): 3}, {("A1", "TN"): 4, ("B1", "TN"): 1}
    earlier = [Earlier(frozenset(), then, {}, new)]
    answers = {("A1", "TN"): 6, ("B1", "TN"): 4}

    assert ways_to_show(answers, HIERARCHIES, smallest=4, earlier=earlier) == ()


def test_a_whole_of_few_is_broken_down_when_many_have_come_since():
    then, new = {("A1", "TN"): 2, ("B1", "TN"): 3}, {("A1", "TN"): 9, ("B1", "TN"): 9}
    earlier = [Earlier(frozenset(), then, {}, new)]
    answers = {("A1", "TN"): 11, ("B1", "TN"): 12}

    assert ways_to_show(answers, HIERARCHIES, smallest=5, earlier=earlier) == ("group",)


def test_broken_down_shows_the_ways_asked_for():
    table = {("A1", "TN"): Counts(3, 1, 1), ("A2", "TN"): Counts(1, 0, 4), ("A2", "MA"): Counts()}

    shown = broken_down(table, ("family",), HIERARCHIES)

    assert (shown.level, shown.cells, shown.countries) == ("family", {"A": Counts(4, 1, 5)}, {})
    assert broken_down(table, None, HIERARCHIES).total is None
