"""Ranking by a nominal group and points: printed sums, another program's Borda, and properties."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deciding import ABSTAIN, BadRatings, BudgetPoints, NominalGroup, Rule, decide
from deciding.ranking import ballot_points

OPTIONS = ("A", "B", "C", "D", "E")


def ranked(*ballots, **settings):
    rule = Rule(method=NominalGroup(**settings), options=OPTIONS)
    return decide(rule, {f"p{i}": one for i, one in enumerate(ballots)})


def test_a_printed_table_of_four_people_comes_out():
    """freerangelearner.com/teaming/tools/ngt.html: points 5 to 1 of four people for A to E,
    printed sums 17, 15, 14, 9, 5. (It prints C = 3 twice for person 2, D = 2 and E = 1.)
    """
    printed = {"A": (5, 4, 5, 3), "B": (3, 5, 2, 5), "C": (4, 3, 3, 4), "D": (2, 2, 4, 1)}
    printed["E"] = (1, 1, 1, 2)
    ballots = [{option: 6 - points[i] for option, points in printed.items()} for i in range(4)]
    found = ranked(*ballots)

    assert [found[option].details.points for option in OPTIONS] == [17, 15, 14, 9, 5]
    assert [one.option for one in found.in_order] == list(OPTIONS)


def test_another_program_has_the_same_borda_scores(peers):
    """Its symmetric score is (ranked below) − (ranked above); ours is twice ours less a mean."""
    for case in peers["rankings"]:
        ballots = [dict(zip(OPTIONS, one, strict=True)) for one in case["ballots"]]
        found = ranked(*ballots, equal=True)
        middle = 6 * len(ballots)  # of 5 to 1 points on each ballot, twice the mean of 3
        assert [2 * found[o].details.points - middle for o in OPTIONS] == case["scores"]


@given(st.dictionaries(st.sampled_from(OPTIONS), st.integers(1, 5), min_size=1))
def test_a_ballot_gives_the_same_sum_however_it_ties(ballot):
    points = ballot_points(ballot, places=5)

    assert sum(points.values()) == sum(range(5, 5 - len(ballot), -1))
    assert sorted(points, key=lambda one: -points[one]) == sorted(
        ballot, key=lambda one: ballot[one]
    ) or (len(set(points.values())) < len(points))


def test_beyond_the_places_there_are_no_points():
    assert ballot_points({"A": 1, "B": 2, "C": 3}, places=1) == {"A": 1, "B": 0, "C": 0}


@given(st.lists(st.permutations(OPTIONS), min_size=1, max_size=8), st.permutations(range(8)))
def test_who_comes_first_does_not_matter(orders, shuffled):
    ballots = [{option: at for at, option in enumerate(order, 1)} for order in orders]
    mixed = [ballots[i] for i in shuffled if i < len(ballots)]

    one, other = ranked(*ballots), ranked(*mixed)
    assert [o.details for o in one.outcomes] == [o.details for o in other.outcomes]
    assert sum(o.details.points for o in one.outcomes) == 15 * len(ballots)


def test_ties_are_told_or_broken_as_the_rule_says():
    ballots = [{"A": 1}, {"B": 2, "C": 1}, {"B": 2, "C": 1}, {"A": 1, "B": 2}, {"A": 1, "C": 2}]
    shared = ranked(*ballots, places=2)  # points: A 6, B 3, C 5
    assert [one.option for one in shared.in_order][:3] == ["A", "C", "B"]

    level = [{"A": 1}, {"B": 1, "C": 2}, {"B": 2, "C": 1}, {"A": 1, "D": 2}]
    told = ranked(*level, places=2)  # A 4, B 3, C 3, D 1
    assert (told["B"].place, told["C"].place, told["D"].place) == (2, 2, 4)
    assert told["B"].level_with == ("C",)

    two = [{"A": 1}, {"B": 2, "C": 1}, {"B": 2, "C": 1}]  # A 2, B 2, C 4
    assert ranked(*two, places=2)["A"].level_with == ("B",)
    assert ranked(*two, places=2, ties="support")["B"].place == 2
    assert ranked(*two, places=2, ties="firsts")["A"].place == 2


def test_a_tie_across_the_limit_is_not_decided():
    level = [{"A": 1}, {"B": 1, "C": 2}, {"B": 2, "C": 1}, {"A": 1, "D": 2}]
    found = ranked(*level, places=2, keep=2)

    verdicts = {one.option: one.verdict.value for one in found.outcomes}
    assert verdicts == {
        "A": "met",
        "B": "not_decided",
        "C": "not_decided",
        "D": "not_met",
        "E": "not_met",
    }
    assert found["B"].reason.code == "tie_at_limit"


def test_what_is_not_placed_counts_as_nothing_and_no_ballot_is_another_thing():
    found = ranked({"A": 1}, {}, ABSTAIN, {"A": ABSTAIN})

    assert (found["E"].n, found["E"].abstained, found["E"].empty) == (1, 2, 1)
    assert (found["E"].details.points, found["E"].details.support) == (0, 0)
    assert found["A"].distribution["rating"] == {1: 1, 2: 0, 3: 0, 4: 0, 5: 0, 0: 0}
    assert found.took_part == 3


@pytest.mark.parametrize(
    ("ballot", "said"),
    [
        ({"A": 1, "B": 1}, "rater p0: place 1 is given twice."),
        ({"A": 1, "B": 3}, "rater p0: place 2 is left out."),
        ({"A": 6}, "rater p0, option A: “6” is not a whole number from 1 to 5."),
        (
            {"A": 1, "B": ABSTAIN},
            "rater p0: a ballot like this abstains from all options or from none.",
        ),
    ],
)
def test_a_ballot_that_is_no_ranking_is_refused(ballot, said):
    with pytest.raises(BadRatings) as refused:
        ranked(ballot)
    assert str(refused.value) == said


def test_more_options_than_places_are_refused():
    with pytest.raises(BadRatings, match="2 options are ranked where 1 may be"):
        ranked({"A": 1, "B": 1}, places=1)


def test_points_are_shared_out_whole():
    rule = Rule(method=BudgetPoints(keep=1), options=("A", "B"))
    found = decide(rule, {"p": {"A": 60, "B": 40}, "q": {"A": 100}})

    assert (found["A"].details.points, found["B"].details.mean) == (160, 20)
    assert (found["B"].details.support, found["A"].verdict.value) == (1, "met")
    assert found["B"].distribution["rating"] == {0: 1, 40: 1}
    with pytest.raises(
        BadRatings, match="rater p: 90 points are shared out, and the rule gives 100"
    ):
        decide(rule, {"p": {"A": 90}})


def test_points_level_in_sum_may_go_to_what_more_people_chose():
    ballots = {"p": {"A": 100}, "q": {"B": 50, "C": 50}, "r": {"B": 50, "C": 50}}
    rule = Rule(method=BudgetPoints(ties="support"), options=("A", "B", "C"))

    assert [decide(rule, ballots)[o].place for o in "ABC"] == [3, 1, 1]
    assert Fraction(300) == sum(one.details.points for one in decide(rule, ballots).outcomes)
