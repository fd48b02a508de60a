"""A rule is stored before the ratings: one spelling, one digest, and nothing unsaid."""

import json
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deciding import (
    ABSTAIN,
    Appropriateness,
    BadRatings,
    BadRule,
    BudgetPoints,
    Criterion,
    Delphi,
    ImpactFeasibility,
    MajorityJudgement,
    NominalGroup,
    Rule,
    RuleChanged,
    WeightedCriteria,
)
from deciding.rules import METHODS

CRITERIA = (
    Criterion(name="effect", weight=Fraction("0.6")),
    Criterion(name="cost", weight=Fraction("2/5"), best="low"),
)
EVERY = (
    MajorityJudgement(passes="good"),
    Appropriateness(disagreement="ipras"),
    Delphi(share=Fraction(3, 4), rounds=2),
    NominalGroup(places=7, ties="support", keep=3),
    BudgetPoints(total=20),
    ImpactFeasibility(impact_from=Fraction(11, 2), passes=("do_first", "prepare")),
    WeightedCriteria(criteria=CRITERIA, middle="median", passes=Fraction(60)),
)
MINIMAL = '{"format": 1, "method": {"name": "delphi", "share": %s}, "options": ["R1"]}'
names = st.text(min_size=1, max_size=8).filter(lambda name: name == name.strip())


def test_every_method_is_tried():
    assert {one.name for one in EVERY} == set(METHODS)


@pytest.mark.parametrize("method", EVERY, ids=lambda one: one.name)
def test_a_rule_comes_back_from_its_json(method):
    rule = Rule(
        method=method, options=("R1", "R2"), raters=("p1", "p2"), least=2, who="Trésor, خزينة"
    )
    again = Rule.from_json(rule.to_json())

    assert again == rule
    assert (again.to_json(), again.digest) == (rule.to_json(), rule.digest)
    spaced = json.dumps(json.loads(rule.to_json()), indent=2)  # members in another order, say
    assert Rule.from_json(spaced).digest == rule.digest


def test_the_digest_is_the_sha_256_of_the_canonical_json():
    rule = Rule(method=MajorityJudgement(passes="good"), options=("R1",), least=3)

    assert rule.to_json() == (
        '{"format":1,"least":3,"method":{"grades":["reject","poor","fair","good","very_good",'
        '"excellent"],"name":"majority_judgement","passes":"good","ties":"majority_value"},'
        '"options":["R1"],"raters":[],"who":""}'
    )
    assert rule.digest == "b121932991d6706e5340b2b0b894240be5edb8c8d8ed23ebe279fd2d61c8c364"
    rule.require_digest(rule.digest)
    with pytest.raises(RuleChanged, match="the rule is not the stored one"):
        rule.require_digest(Rule(method=rule.method, options=("R1",), least=4).digest)


@pytest.mark.parametrize("share", ["0.7", '"7/10"', '"0.70"', "7e-1"])
def test_a_share_has_one_spelling_in_the_end(share):
    assert Rule.from_json(MINIMAL % share).digest == Rule.from_json(MINIMAL % "0.7").digest


@given(st.lists(names, min_size=1, max_size=4, unique=True), names)
def test_any_names_come_back(options, who):
    rule = Rule(method=Appropriateness(), options=tuple(options), who=who)

    assert Rule.from_json(rule.to_json()) == rule


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", "the rule is not JSON: "),
        ("[" * 100_000, "the rule is not JSON: "),
        ("[]", "a part of the rule is not an object with named members."),
        ("{}", "the rule lacks “format”."),
        ('{"format": 2, "method": {}}', "the rule is written in a format other than 1."),
        ('{"format": 1, "method": {"name": "lots"}}', "“method” must name one of "),
        ('{"format": 1, "method": []}', "“method” must name one of "),
        ('{"format": 1, "method": {"name": "delphi"}}', "“Rule” lacks “options”."),
        ('{"format": 1, "format": 1}', "a member of the rule is given twice."),
        (MINIMAL % '0.7, "quorum": 3', "“Delphi” has a member “quorum”, which this version "),
        (MINIMAL % "NaN", "“NaN” is not a number."),
        (MINIMAL % "[1]", "“share” must be a number, not [1]."),
        (MINIMAL % "1e99999999999", "“1e99999999999” has too many digits for a rule."),
        (MINIMAL % '0.7, "rounds": true', "“rounds” must be a whole number, not true."),
        (MINIMAL % '0.7, "rounds": 2.5', "“rounds” must be a whole number, not "),
    ],
)
def test_what_is_no_rule_is_refused_in_one_sentence(text, said):
    with pytest.raises(BadRule) as refused:
        Rule.from_json(text)
    assert str(refused.value).startswith(said)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"options": ()}, "the rule names no option."),
        ({"options": "R1"}, "“options” must be several names."),
        ({"options": ("R1", "R1")}, "an option is named twice."),
        ({"options": ("R1 ",)}, "an option has no name, or blanks at its ends."),
        ({"raters": ("p", "p")}, "a rater is named twice."),
        ({"least": 0}, "“least” must be 1 or more."),
    ],
)
def test_a_rule_that_does_not_hold_together_is_refused(settings, said):
    with pytest.raises(BadRule) as refused:
        Rule(**{"method": Appropriateness(), "options": ("R1",)} | settings)
    assert str(refused.value) == said


def test_one_rating_can_be_checked_when_it_is_given():
    rule = Rule(method=Appropriateness(), options=("R1",), raters=("p1",))

    assert [rule.check("R1", one) for one in (7, "7", 7.0, None)] == [7, 7, 7, None]
    assert rule.check("R1", ABSTAIN, rater="p1") is ABSTAIN
    for refusal, said in (
        (("R2", 7), "the rule has no option “R2”."),
        (("R1", 0), "“0” is not a whole number from 1 to 9."),
        (("R1", "7.5"), "“7.5” is not a whole number from 1 to 9."),
        (("R1", True), "“True” is not a whole number from 1 to 9."),
    ):
        with pytest.raises(BadRatings) as refused:
            rule.check(*refusal)
        assert str(refused.value) == said
    with pytest.raises(BadRatings, match="“p2” is not among the raters of the rule"):
        rule.check("R1", 7, rater="p2")


def test_a_rating_by_criteria_names_what_it_answers():
    rule = Rule(method=WeightedCriteria(criteria=CRITERIA), options=("R1",))

    assert rule.check("R1", {"effect": "7", "cost": None}) == {"effect": 7}
    with pytest.raises(BadRatings, match="must have one entry for each of effect, cost"):
        rule.check("R1", 7)
    with pytest.raises(BadRatings, match="the rule does not ask for “beauty”"):
        rule.check("R1", {"beauty": 1})
