"""The law of ranges, checked by writing down every table that fits what is shown."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from majlis.kernel.disclosure import Counts
from majlis.kernel.disclosure.ranges import Amount, Range, leaves_open, ranges_of, words_for


def splits(answers):
    """Every way in which so many answers can be agree, disagree and pass."""
    return [
        (agree, disagree, answers - agree - disagree)
        for agree in range(answers + 1)
        for disagree in range(answers + 1 - agree)
    ]


def counts_of(answers):
    return st.sampled_from(splits(answers)).map(lambda split: Counts(*split))


groups = st.lists(st.integers(5, 8), min_size=1, max_size=3).flatmap(
    lambda sizes: st.tuples(*map(counts_of, sizes))
)
AMPLE = (Counts(4, 4, 4), Counts(3, 4, 5))
TWO_LARGER = (Counts(14, 3, 3), Counts(5, 9, 0))
DISSENTER = (Counts(5, 0, 0), Counts(4, 1, 0))
CORNER = (Counts(3, 2, 0), Counts(3, 2, 0))


def fitting(tables, *, two=False, ranges=True):
    """Every table with the same answers of each group, the same sums, and the same ranges."""
    wanted = sum(tables, Counts())
    told = [ranges_of(one, two=two) for one in tables]
    free = [
        [s for s in splits(one.answers) if not ranges or ranges_of(Counts(*s), two=two) == one_told]
        for one, one_told in zip(tables, told, strict=True)
    ]
    last = {sum(s) and s for s in free[-1]}
    for head in product(*free[:-1]):
        sums = [sum(row[stance] for row in head) for stance in range(3)]
        rest = (wanted.agree - sums[0], wanted.disagree - sums[1], wanted.passed - sums[2])
        if rest in last:
            yield (*head, rest)


def obeys_the_law(found, by_sums):
    """Whether every reader of these tables finds two counts possible, or one by the sums alone."""
    cells = list(product(range(len(found[0])), range(3)))
    for own in [None, *cells]:
        seen = [t for t in found if own is None or t[own[0]][own[1]]]
        before = [t for t in by_sums if own is None or t[own[0]][own[1]]]
        for group, stance in cells:
            possible = {t[group][stance] for t in seen}
            if len(possible) == 1 and len({t[group][stance] for t in before}) > 1:
                return False
    return True


@given(groups, st.booleans())
@example(AMPLE, False)
@example(TWO_LARGER, False)
@example(TWO_LARGER, True)
@example(DISSENTER, False)
@example(CORNER, False)
@settings(max_examples=150)
def test_leaves_open_says_what_every_fitting_table_says(tables, two):
    found = list(fitting(tables, two=two))
    named = {str(n): one for n, one in enumerate(tables)}

    expected = obeys_the_law(found, list(fitting(tables, ranges=False)))

    assert leaves_open(named, two=two) == expected


@pytest.mark.parametrize(
    ("tables", "expected"),
    [
        pytest.param([(10, 0, 0), (0, 10, 0)], True, id="one group all for, one all against"),
        pytest.param([(5, 5, 0), (5, 5, 0)], False, id="the most that two halves can be"),
        pytest.param([(3, 2, 0), (3, 2, 0)], False, id="the least that two majorities can be"),
        pytest.param([(5, 0, 0), (4, 1, 0)], True, id="the one who disagrees knows it anyhow"),
        pytest.param([(4, 1, 0), (2, 3, 0)], False, id="a reader's own answer decides"),
        pytest.param([(9, 0, 0), (7, 0, 0)], True, id="everybody agrees, which the whole says"),
        pytest.param([(9, 0, 0)], True, id="one group, of which the whole says all"),
    ],
)
def test_leaves_open_by_hand(tables, expected):
    assert leaves_open({str(n): Counts(*t) for n, t in enumerate(tables)}) is expected


@given(st.integers(5, 400), st.booleans())
def test_words_cover_every_count_once_and_span_three_or_more(answers, two):
    words = words_for(answers, two=two)

    assert [n for one in words for n in range(one.low, one.high + 1)] == list(range(answers + 1))
    assert all(one.high - one.low >= 2 for one in words)
    assert len(words) == (2 if two or answers < 14 else 3 if answers < 20 else 5)


@pytest.mark.parametrize(
    ("answers", "starts"),
    [(5, [0, 3]), (13, [0, 7]), (14, [0, 6, 9]), (19, [0, 8, 12]), (20, [0, 3, 8, 12, 18]),
     (100, [0, 11, 40, 60, 90])],
)  # fmt: skip
def test_words_begin_at_the_printed_shares(answers, starts):
    assert [one.low for one in words_for(answers)] == starts


@given(groups)
def test_ranges_added_hold_the_counts_added(tables):
    ranges = [ranges_of(one) for one in tables]

    total, whole = sum(tables, Counts()), ranges[0]
    for one in ranges[1:]:
        whole += one

    assert whole.answers == total.answers
    assert whole.agree.low <= total.agree <= whole.agree.high
    assert whole.disagree.low <= total.disagree <= whole.disagree.high


def test_ranges_added_bear_a_word_only_where_all_of_it_fits():
    most = ranges_of(Counts(9, 1, 0))

    assert (most + most).agree == Range(12, 20)
    assert (most + most).disagree == Range(0, 10)
    assert most.agree == Range(6, 10, Amount.MORE_THAN_HALF)
