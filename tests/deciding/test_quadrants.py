"""Impact against feasibility: medians on cut-offs that were stated before."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deciding import ABSTAIN, BadRule, ImpactFeasibility, Rule, decide
from deciding.quadrants import QUADRANTS

pairs = st.lists(st.tuples(st.integers(1, 9), st.integers(1, 9)), min_size=1, max_size=12)


def placed(*pairs, **settings):
    rule = Rule(method=ImpactFeasibility(**settings), options=("a",))
    ballots = {
        f"p{i}": {"a": {"impact": one, "feasibility": other}}
        for i, (one, other) in enumerate(pairs)
    }
    return decide(rule, ballots)["a"]


@pytest.mark.parametrize(
    ("pair", "quadrant"),
    [((8, 8), "do_first"), ((8, 2), "prepare"), ((2, 8), "easy_extra"), ((2, 2), "leave")],
)
def test_four_quadrants(pair, quadrant):
    found = placed(pair)

    assert found.details.quadrant == quadrant
    assert found.reason.code == f"quadrant_{quadrant}"
    assert (found.verdict.value, found.place) == ("unasked", None)


def test_a_median_on_the_line_is_high_and_told():
    found = placed((5, 9), (4, 9), (6, 9), passes=("do_first",)).details

    assert (found.quadrant, found.on_line) == ("do_first", True)
    assert placed((9, 5)).details.on_line
    assert not placed((9, 9)).details.on_line
    assert placed((5, 9), (4, 9), passes=("do_first",)).verdict.value == "not_met"


def test_disagreement_stays_visible():
    """METHOD 1.3: the matrix hides disagreement if only means are shown."""
    found = placed((1, 9), (9, 9), (1, 9), (9, 9)).details

    assert found.impact.iqr == 8
    assert found.by_rater == {"do_first": 2, "prepare": 0, "easy_extra": 2, "leave": 0}


def test_a_rating_in_part_counts_for_neither():
    rule = Rule(method=ImpactFeasibility(), options=("a",))
    found = decide(
        rule,
        {
            "whole": {"a": {"impact": 7, "feasibility": 6}},
            "half": {"a": {"impact": 7}},
            "unsure": {"a": {"impact": 1, "feasibility": ABSTAIN}},
            "without": {"a": {"impact": ABSTAIN, "feasibility": ABSTAIN}},
            "silent": {"a": {}},
        },
    )["a"]

    assert (found.n, found.partial, found.abstained, found.empty) == (1, 2, 1, 1)
    assert found.distribution["impact"][7] == 1
    assert found.distribution["impact"][1] == 0


@given(pairs, st.integers(2, 9), st.integers(2, 9))
def test_every_rater_stands_in_one_quadrant(several, impact_from, feasibility_from):
    found = placed(*several, impact_from=impact_from, feasibility_from=feasibility_from).details

    assert sum(found.by_rater.values()) == len(several)
    assert (
        found.impact.median >= impact_from,
        found.feasibility.median >= feasibility_from,
    ) == next(high for high, name in QUADRANTS.items() if name == found.quadrant)


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        (
            {"impact_from": 1},
            "“impact_from” must be a number on the scale, above its lowest point.",
        ),
        ({"low": 9}, "“low” must be under “high”."),
        ({"passes": ("soon",)}, "there is no quadrant soon."),
    ],
)
def test_cut_offs_outside_the_scale_are_refused(settings, said):
    with pytest.raises(BadRule) as refused:
        ImpactFeasibility(**settings)
    assert str(refused.value) == said


def test_a_cut_off_may_lie_between_two_points():
    assert ImpactFeasibility(impact_from=5.5).impact_from == Fraction(11, 2)
