"""What every decision holds, whatever its method."""

import copy
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deciding import (
    ABSTAIN,
    Appropriateness,
    BadRatings,
    ImpactFeasibility,
    MajorityJudgement,
    NominalGroup,
    Rule,
    RuleChanged,
    WeightedCriteria,
    decide,
    digest,
)
from deciding.methods import Abstention
from tests.deciding.test_rules import CRITERIA, EVERY

OPTIONS = ("R1", "R2", "R3")
points = st.integers(1, 9) | st.just(ABSTAIN) | st.none()
boards = st.dictionaries(
    st.sampled_from("pqrstu"), st.dictionaries(st.sampled_from(OPTIONS), points), max_size=6
)
pairs = st.dictionaries(st.sampled_from(("impact", "feasibility")), points)
pair_boards = st.dictionaries(
    st.sampled_from("pqrstu"), st.dictionaries(st.sampled_from(OPTIONS), pairs), max_size=6
)


def accounted(found):
    return all(
        one.n + one.abstained + one.partial + one.empty == found.raters
        and all(sum(counts.values()) == one.n for counts in one.distribution.values())
        for one in found.outcomes
    )


@given(boards, st.integers(1, 4))
def test_every_rater_is_accounted_for(ballots, least):
    rule = Rule(method=Appropriateness(), options=OPTIONS, raters=tuple("pqrstu"), least=least)
    before = copy.deepcopy(ballots)
    found = decide(rule, ballots)

    assert found.raters == 6
    assert accounted(found)
    assert ballots == before
    for one in found.outcomes:
        assert (one.verdict.value == "not_decided") == (one.n < least)
        assert (one.details is None) == (one.n < least)


@given(pair_boards)
def test_ratings_in_part_are_accounted_for_too(ballots):
    found = decide(Rule(method=ImpactFeasibility(), options=OPTIONS), ballots)

    assert found.raters == len(ballots)
    assert accounted(found)


@given(st.permutations("pqrs"), st.permutations(OPTIONS))
def test_neither_the_order_of_raters_nor_of_options_changes_what_comes_out(raters, options):
    table = {
        "p": {"R1": "good", "R2": "fair", "R3": "good"},
        "q": {"R1": "poor", "R2": "fair", "R3": "good"},
        "r": {"R1": "excellent", "R2": ABSTAIN, "R3": "poor"},
        "s": {"R1": "good", "R2": "fair", "R3": "excellent"},
    }
    rule = Rule(method=MajorityJudgement(), options=OPTIONS)
    same = decide(rule, {rater: table[rater] for rater in raters})
    turned = decide(
        Rule(method=MajorityJudgement(), options=tuple(options)),
        {rater: {option: table[rater][option] for option in options} for rater in raters},
    )

    assert same.digest == decide(rule, table).digest
    for option in OPTIONS:
        one, other = same[option], turned[option]
        assert (one.place, set(one.level_with)) == (other.place, set(other.level_with))
        assert one.details == other.details


def test_abstaining_and_giving_nothing_are_two_things():
    rule = Rule(method=Appropriateness(), options=("R1",), raters=tuple("abcdef"), least=2)
    found = decide(
        rule,
        {"a": {"R1": 7}, "b": {"R1": 8}, "c": {"R1": ABSTAIN}, "d": {"R1": None}, "e": ABSTAIN},
    )

    assert (found["R1"].n, found["R1"].abstained, found["R1"].empty) == (2, 2, 2)
    assert (found.raters, found.took_part) == (6, 4)


def test_too_few_ratings_are_not_decided_and_keep_their_distribution():
    rule = Rule(method=NominalGroup(), options=OPTIONS, least=3)
    found = decide(rule, {"a": {"R1": 1}, "b": {"R1": 2, "R2": 1}})

    for one in found.outcomes:
        assert (one.verdict.value, one.reason.code, one.place) == ("not_decided", "too_few", None)
        assert one.reason.facts == {"n": 2, "least": 3}
    assert found["R1"].distribution["rating"][1] == 1
    assert found.overall is None


@pytest.mark.parametrize("method", EVERY, ids=lambda one: one.name)
def test_nobody_rated_and_nothing_breaks(method):
    found = decide(Rule(method=method, options=OPTIONS), {})

    assert {one.verdict.value for one in found.outcomes} == {"not_decided"}
    assert (found.raters, found.took_part) == (0, 0)
    assert json.loads(json.dumps(found.plain()))["outcomes"][0]["reason"]["code"] == "too_few"


def test_a_decision_carries_its_rule_and_a_digest():
    rule = Rule(method=WeightedCriteria(criteria=CRITERIA), options=("R1", "R2"))
    ballots = {"p": {"R1": {"effect": 70, "cost": 20}, "R2": {"effect": 60, "cost": 80}}}
    found = decide(rule, ballots, stored=rule.digest)

    assert found.rule_digest == rule.digest
    assert Rule.from_json(json.dumps(found.plain()["rule"])) == rule
    assert found.digest == digest(found.plain())
    with pytest.raises(RuleChanged):
        decide(rule, ballots, stored="0" * 64)


def test_whom_the_rule_does_not_name_does_not_rate():
    rule = Rule(method=Appropriateness(), options=("R1",), raters=("a",))

    with pytest.raises(BadRatings, match="“b” is not among the raters of the rule"):
        decide(rule, {"b": {}})


def test_only_delphi_has_rounds():
    rule = Rule(method=Appropriateness(), options=("R1",))

    with pytest.raises(BadRatings, match="“rand_ucla” has no rounds"):
        decide(rule, {}, earlier=[{}])


def test_a_refusal_names_rater_and_option_and_shows_no_control_signs():
    rule = Rule(method=MajorityJudgement(), options=("R1",))

    with pytest.raises(BadRatings) as refused:
        decide(rule, {"p\x1b[2J": {"R1": "superb\n"}})
    assert str(refused.value).startswith(
        "rater p�[2J, option R1: “superb ” is not one of the grades"
    )


def test_an_abstention_is_the_word_for_it():
    assert ABSTAIN == "abstain" == Abstention("abstain")
