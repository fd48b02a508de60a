"""Majority judgement against the authors' table, another program, and what its rule promises."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deciding import BadRatings, BadRule, MajorityJudgement, Rule, decide
from deciding.arithmetic import places
from deciding.majority import gauge, gauge_order, majority_grade, majority_order, majority_value

GRADES = 6
counts = st.lists(st.integers(0, 9), min_size=GRADES, max_size=GRADES).filter(sum)
#: Orsay 2007, three precincts (Balinski & Laraki 2011, Majority Judgment, chapters 1 and 6).
#: Tenths of a percent, from “to reject” (with “no grade”) to “excellent”; p, grade and q as
#: printed. Known of the book, which was not at hand; each row adds up to 100 %, and two q are one
#: tenth off by the authors' rounding.
ORSAY = {
    "Bayrou": ([74, 84, 148, 251, 307, 136], ("443", "good", "+", "306")),
    "Royal": ([126, 122, 168, 191, 227, 167], ("394", "good", "-", "415")),
    "Sarkozy": ([282, 71, 115, 143, 198, 191], ("389", "good", "-", "469")),
}
WORDS = ("to reject", "poor", "acceptable", "good", "very good", "excellent")


def tallies(least=2, most=5):
    """Draw tallies of several options by as many raters."""
    return st.integers(1, 12).flatmap(
        lambda n: st.lists(
            st.lists(st.integers(0, GRADES - 1), min_size=n, max_size=n).map(
                lambda grades: [grades.count(grade) for grade in range(GRADES)]
            ),
            min_size=least,
            max_size=most,
        )
    )


def test_the_election_of_orsay_comes_out_as_printed():
    for name, (tally, printed) in ORSAY.items():
        found = gauge(tally, WORDS)
        above, grade, sign, below = printed
        assert (found.grade, found.sign.replace("−", "-")) == (grade, sign), name
        assert round(found.above * 1000) == int(above)
        assert abs(round(found.below * 1000) - int(below)) <= 1
    place = places(majority_order({name: tally for name, (tally, _) in ORSAY.items()}))
    assert list(place) == ["Bayrou", "Royal", "Sarkozy"]


def test_another_program_orders_alike_and_takes_the_same_medians(peers):
    for case in peers["majority_value"]:
        assert [list(majority_value(one)) for one in case["counts"]] == case["values"]
        place = places(majority_order({str(i): one for i, one in enumerate(case["counts"])}))
        assert [place[str(i)] for i in range(len(case["counts"]))] == case["places"]


def test_another_program_finds_the_same_winners_by_gauge(peers):
    for case in peers["majority_gauge"]:
        place = places({i: gauge_order(one) for i, one in enumerate(case["counts"])})
        assert [i for i in sorted(place) if place[i] == 1] == case["winners"]


@given(tallies())
def test_keys_order_as_majority_values_do(several):
    keys = majority_order({str(i): one for i, one in enumerate(several)})
    by_value = {str(i): majority_value(one) for i, one in enumerate(several)}

    assert places(keys) == places(by_value)


@given(tallies(), st.integers(2, 4))
def test_repeating_every_ballot_changes_no_order(several, times):
    once = majority_order({str(i): one for i, one in enumerate(several)})
    more = majority_order({str(i): [n * times for n in one] for i, one in enumerate(several)})

    assert places(once) == places(more)


@given(counts, st.integers(1, 5))
def test_an_option_with_the_same_shares_of_fewer_raters_is_level(tally, times):
    keys = majority_order({"few": tally, "many": [n * times for n in tally]})

    assert keys["few"] == keys["many"]


@given(tallies(2, 2))
def test_where_the_gauge_decides_the_value_says_the_same(two):
    one, other = two
    if gauge_order(one) > gauge_order(other):
        assert majority_value(one) > majority_value(other)


@given(counts, st.data())
def test_a_better_grade_never_harms(tally, data):
    at = data.draw(st.sampled_from([grade for grade in range(GRADES) if tally[grade]]))
    to = data.draw(st.integers(at, GRADES - 1))
    raised = list(tally)
    raised[at] -= 1
    raised[to] += 1
    keys = majority_order({"before": tally, "after": raised})

    assert keys["after"] >= keys["before"]
    assert majority_value(raised) >= majority_value(tally)
    assert gauge_order(raised) >= gauge_order(tally)


@given(counts)
def test_more_than_half_give_the_majority_grade_or_better(tally):
    grade, n = majority_grade(tally), sum(tally)

    assert 2 * sum(tally[grade:]) >= n
    assert 2 * sum(tally[grade + 1 :]) <= n  # of an even number, the lower middle one


def test_the_demo_of_the_method_reaches_good():
    """METHOD 1.9: 24 raters, median “good”."""
    rule = Rule(method=MajorityJudgement(passes="good"), options=("DEMO26-T1-002",), least=10)
    grades = ["fair"] * 7 + ["good"] * 9 + ["very_good"] * 6 + ["excellent"] * 2
    found = decide(rule, {f"p{i}": {"DEMO26-T1-002": one} for i, one in enumerate(grades)})

    outcome = found["DEMO26-T1-002"]
    assert (outcome.n, outcome.details.grade, outcome.verdict.value) == (24, "good", "met")
    assert (outcome.details.above, outcome.details.below) == (Fraction(1, 3), Fraction(7, 24))


def test_the_gauge_leaves_ties_that_the_original_rule_breaks():
    ballots = {
        "p1": {"a": "poor", "b": "fair"},
        "p2": {"a": "good", "b": "good"},
        "p3": {"a": "good", "b": "good"},
    }
    valued = Rule(method=MajorityJudgement(), options=("a", "b"))
    gauged = Rule(method=MajorityJudgement(ties="majority_gauge"), options=("a", "b"))

    assert decide(valued, ballots)["a"].place == 2
    assert decide(gauged, ballots)["a"].level_with == ("b",)
    assert gauged.digest != valued.digest  # so the result names its own


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"grades": ("good",)}, "a scale needs two grades or more."),
        ({"grades": ("good", "good")}, "a grade stands on the scale twice."),
        ({"grades": ("abstain", "good")}, "“abstain” is no grade: it stands outside the scale."),
        ({"passes": "superb"}, "the threshold “superb” is not a grade of the scale."),
        ({"ties": "lots"}, "“ties” must be one of majority_value, majority_gauge."),
    ],
)
def test_a_scale_that_cannot_be_is_refused(settings, said):
    with pytest.raises(BadRule) as refused:
        MajorityJudgement(**settings)
    assert str(refused.value) == said


def test_without_a_grade_there_is_no_median():
    for function in (majority_grade, lambda tally: majority_order({"a": tally})):
        with pytest.raises(BadRatings, match="no grade was given"):
            function([0, 0])
