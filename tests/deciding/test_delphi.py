"""Delphi rounds: consensus by the limit of METHOD 1.3, stability, feedback, and the end."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deciding import ABSTAIN, BadRatings, BadRule, Delphi, Rule, decide
from deciding.decide import collect
from deciding.delphi import change_level, feedback

rounds = st.lists(st.tuples(st.integers(1, 9), st.integers(1, 9)), min_size=1, max_size=20)


def rule(**settings):
    return Rule(method=Delphi(**settings), options=("a",), least=3)


def ballots(*ratings):
    return {f"p{i}": {"a": one} for i, one in enumerate(ratings)}


@pytest.mark.parametrize(
    ("ratings", "consensus"),
    [
        ([7] * 7 + [5] * 3, "in"),  # 70 % in favour is enough
        ([7] * 6 + [5] * 4, "none"),
        ([9] * 17 + [1] * 3, "none"),  # 15 % against is too many: under 15 % is asked
        ([9] * 18 + [1] * 2, "in"),
        ([1] * 7 + [5] * 3, "out"),
        ([1] * 7 + [9] * 3, "none"),
    ],
)
def test_consensus_is_both_limits(ratings, consensus):
    found = decide(rule(), ballots(*ratings))["a"]

    assert found.details.consensus == consensus
    assert found.verdict.value == ("met" if consensus == "in" else "not_met")


def test_rounds_end_when_everything_is_settled_or_the_rule_says_so():
    first, second = ballots(2, 5, 5, 8), ballots(2, 5, 6, 8)
    one = decide(rule(), first).overall
    two = decide(rule(stable=0.25), second, earlier=[first]).overall
    same = decide(rule(), first, earlier=[first]).overall
    last = decide(rule(rounds=2), second, earlier=[first]).overall

    assert (one.round, one.stop, one.reason.code) == (1, False, "another_round")
    assert (two.round, two.stop) == (2, False)  # a quarter moved, and under a quarter is asked
    assert (same.stop, same.reason.code) == (True, "all_settled")
    assert (last.stop, last.reason.code) == (True, "last_round")
    with pytest.raises(BadRatings, match="the rule ends after 2 rounds"):
        decide(rule(rounds=2), second, earlier=[first, second])


def test_change_is_about_those_who_rated_twice():
    before = ballots(7, 7, 8, 9)
    found = decide(
        rule(), {**ballots(7, 8, 8), "p3": {"a": ABSTAIN}, "new": {"a": 1}}, earlier=[before]
    )

    assert (found["a"].details.compared, found["a"].details.change) == (3, Fraction(1, 3))
    nobody = decide(rule(), {f"q{i}": {"a": 5} for i in range(3)}, earlier=[before])["a"]
    assert (nobody.details.compared, nobody.details.change) == (0, None)


@given(rounds)
def test_change_is_symmetric_and_a_share(pairs):
    before, now = zip(*pairs, strict=True)

    assert change_level(before, now) == change_level(now, before)
    assert 0 <= change_level(before, now) <= 1
    assert change_level(now, now[::-1]) == 0  # who moved does not matter, only how many


@given(rounds)
def test_fewer_never_moved_than_the_histograms_say(pairs):
    moved = Fraction(sum(one != other for one, other in pairs), len(pairs))

    assert change_level(*zip(*pairs, strict=True)) <= moved


def test_each_rater_sees_the_group_beside_their_own_answer():
    given = collect(rule(), {**ballots(1, 7, 7, 8, 9), "p5": {"a": None}})
    outside, inside, silent = (feedback(given, rater)[0] for rater in ("p0", "p2", "p5"))

    assert (outside.own, outside.outside) == (1, True)
    assert (inside.own, inside.outside) == (7, False)
    assert (silent.own, silent.outside) == (None, False)
    assert (inside.spread.median, inside.spread.iqr) == (7, 1)
    assert inside.counts == {1: 1, 7: 2, 8: 1, 9: 1}
    assert feedback(collect(rule(), {"p0": {"a": None}}), "p0") == ()  # nobody rated it


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"against": 7}, "the scale must run low ≤ against < favour ≤ high."),
        ({"share": 70}, "“share” must be a share from 0 to 1, such as 0.7 or 7/10, not “70”."),
        ({"share": 0.1}, "“share” must be larger than “opposed”."),
        ({"rounds": 0}, "“rounds” must be 1 or more."),
    ],
)
def test_limits_that_cannot_be_are_refused(settings, said):
    with pytest.raises(BadRule) as refused:
        Delphi(**settings)
    assert str(refused.value) == said
