"""RAND/UCLA against what is printed, another program, and what its rules promise."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deciding import Appropriateness, BadRatings, BadRule, Rule, decide
from deciding.appropriateness import RULES, counts_for_panel, interpercentile_ranges, judge_panel

panels = st.lists(st.integers(1, 9), min_size=1, max_size=30)


@pytest.mark.parametrize("three", [(4, 5, 6), (1, 2, 3), (1, 4, 6)])
def test_the_printed_example_of_ipras_comes_out(three):
    """BMJ Open 2:e001431 (PMC3467596), table 1: one panellist on each of three lower points,
    five on 7, five on 8, two on 9. Printed: median 7, percentiles 7 and 8, IPR 1, IPRAS 6.1,
    no disagreement, accepted since four or fewer are outside 7-9.
    """
    ratings = [*three, *[7] * 5, *[8] * 5, 9, 9]
    found = judge_panel(ratings, rule="ipras")

    assert len(ratings) == 15
    assert (found.median, found.ipr, found.ipras) == (7, 1, Fraction("6.1"))
    assert (found.disagreement, found.agreement, found.category) == (False, True, "appropriate")
    assert found.outside == 3 <= counts_for_panel(15)[1] == 4


def test_the_printed_table_of_panel_sizes_comes_out():
    """BMC Medical Informatics and Decision Making 12:93, table 7."""
    printed = {range(8, 11): (3, 2), range(11, 14): (4, 3), range(14, 17): (5, 4)}
    for sizes, (disagreement, agreement) in printed.items():
        for n in sizes:
            assert counts_for_panel(n) == (disagreement, agreement)


def test_thirds_and_the_table_part_at_ten_raters():
    ratings = [1, 2, 3, 5, 5, 5, 5, 7, 8, 9]

    assert judge_panel(ratings, rule="panel").disagreement
    assert not judge_panel(ratings, rule="thirds").disagreement
    assert judge_panel([1, 2, 3, 5, 5, 5, 7, 8, 9], rule="thirds").disagreement
    outside = [[5] * 8 + [9] * 2, [5] * 7 + [9] * 3]  # two of ten may be outside, three not
    assert [judge_panel(one, rule="panel").agreement for one in outside] == [True, False]
    assert [judge_panel(one, rule="thirds").agreement for one in outside] == [True, True]


@pytest.mark.parametrize(
    ("ratings", "category"),
    [
        ([3, 4], "uncertain"),  # 3.5 and 6.5 belong to the class above
        ([6, 7], "appropriate"),
        ([3, 3], "inappropriate"),
        ([1, 1, 1, 9, 9, 9, 9], "uncertain"),
        ([9] * 9, "appropriate"),
    ],
)
def test_the_median_gives_the_class_unless_there_is_disagreement(ratings, category):
    assert judge_panel(ratings).category == category


def test_numpy_finds_the_same_percentiles(peers):
    for case in peers["panels"]:
        found = judge_panel(case["ratings"], rule="ipras")
        assert float(found.median) == case["median"]
        assert float(found.ipr) == pytest.approx(case["ipr"], abs=1e-12)
        assert float(found.ipras) == pytest.approx(case["ipras"], abs=1e-12)


@given(panels, st.sampled_from(RULES))
def test_turning_the_scale_round_turns_the_class_round(ratings, rule):
    """Except at 3.5 and 6.5, which both go up."""
    one, other = (judge_panel(each, rule=rule) for each in (ratings, [10 - r for r in ratings]))

    assert one.disagreement == other.disagreement
    assert (one.ipr, one.ipras, one.low) == (other.ipr, other.ipras, other.high)
    if one.median not in (Fraction(7, 2), Fraction(13, 2)):
        turned = {"appropriate": "inappropriate", "inappropriate": "appropriate"}
        assert other.category == turned.get(one.category, one.category)


@given(panels)
def test_the_index_is_over_one_where_ipras_sees_disagreement(ratings):
    found = judge_panel(ratings, rule="ipras")

    assert found.disagreement == (found.index > 1)
    assert found.ipras >= Fraction("2.35")
    assert interpercentile_ranges(ratings) == interpercentile_ranges(ratings[::-1])


@given(st.lists(st.integers(1, 9), min_size=8, max_size=30))
def test_no_panel_agrees_and_disagrees(ratings):
    for rule in ("thirds", "panel"):
        found = judge_panel(ratings, rule=rule)
        assert not (found.agreement and found.disagreement)


def test_a_panel_says_why_an_option_does_not_pass():
    rule = Rule(method=Appropriateness(), options=("a", "b", "c"), least=8)
    rows = zip([7, 8, 9] * 3, [1, 1, 1, 5, 5, 5, 9, 9, 9], [5] * 9, strict=True)
    found = decide(
        rule, {f"p{i}": dict(zip("abc", row, strict=True)) for i, row in enumerate(rows)}
    )

    said = [(one.verdict.value, one.reason.code, one.place) for one in found.outcomes]
    assert said == [
        ("met", "appropriate", None),
        ("not_met", "disagreement", None),
        ("not_met", "uncertain", None),
    ]


def test_what_is_no_panel_is_refused():
    with pytest.raises(BadRatings, match="a panel without ratings has no median"):
        judge_panel([])
    with pytest.raises(BadRatings, match="“10” is not a whole number from 1 to 9"):
        judge_panel([10])
    with pytest.raises(BadRule, match="“disagreement” must be one of thirds, panel, ipras"):
        Appropriateness(disagreement="half")
