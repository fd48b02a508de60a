"""`python -m deciding`: a readable table, everything as JSON, and refusals in one line."""

import json

import pytest

from deciding import ABSTAIN, DecidingError, MajorityJudgement, Rule, decide
from deciding.__main__ import main
from deciding.report import rule_text, table
from deciding.words import ENGLISH
from tests.deciding.test_rules import EVERY

RULE = Rule(method=MajorityJudgement(passes="good"), options=("R1", "R2", "R3"), least=3)
TABLE = "rater,R1,R2,R3\np1,good,fair,good\np2,excellent,good,-\np3,fair,poor,good\np4,good,fair,\n"
ANSWERS = {
    "majority_judgement": "good",
    "rand_ucla": 7,
    "delphi": 7,
    "nominal_group": 1,
    "budget_points": 20,
    "impact_feasibility": {"impact": 7, "feasibility": 3},
    "weighted_criteria": {"effect": 70, "cost": 30},
}


@pytest.fixture
def files(tmp_path):
    (tmp_path / "rule.json").write_text(RULE.to_json())
    (tmp_path / "ratings.csv").write_text(TABLE)
    return [str(tmp_path / "ratings.csv"), "--rule", str(tmp_path / "rule.json")]


def test_the_table_names_rule_outcome_and_all_ratings(files, capsys):
    assert main(files) == 0

    lines = capsys.readouterr().out.splitlines()
    assert lines[:3] == [
        "Majority judgement",
        "The median grade counts. Ties: one median grade is taken away at a time (original rule).",
        "Threshold: good.",
    ]
    assert f"Digest of the rule: {RULE.digest}" in lines
    rows = [" ".join(line.split()) for line in lines]
    assert "place option n abstained empty grade above below threshold" in rows
    assert "1 R1 4 0 0 good− 25% 25% met" in rows
    assert "– R3 2 1 1 – – – not decided" in rows
    assert "R3: Not decided: 2 ratings, and the rule needs 3." in lines
    assert "R2 reject: 0 poor: 1 fair: 2 good: 1 very_good: 0 excellent: 0" in rows


def test_json_holds_everything(files, capsys):
    assert main([*files, "--json", "--digest", RULE.digest]) == 0

    data = json.loads(capsys.readouterr().out)
    assert data["rule_digest"] == RULE.digest
    assert data["outcomes"][0]["details"] == {"grade": "good", "above": "1/4", "below": "1/4"}
    assert len(data["digest"]) == 64


def test_the_rule_alone_is_printed_with_the_digest_to_store(files, capsys):
    assert main(files[1:]) == 0
    assert capsys.readouterr().out == rule_text(RULE) + "\n"
    assert main([*files[1:], "--json"]) == 0
    assert capsys.readouterr().out == RULE.to_json() + "\n"


@pytest.mark.parametrize(
    ("extra", "said"),
    [
        (["--digest", "ab"], "the rule is not the stored one"),
        (["--rule", "nowhere.json"], "No such file"),
    ],
)
def test_what_cannot_be_decided_is_said_in_one_line(files, extra, said, capsys):
    assert main([*files, *extra]) == 2

    error = capsys.readouterr().err
    assert error.startswith("deciding: ")
    assert said in error
    assert error.count("\n") == 1


@pytest.mark.parametrize("method", EVERY, ids=lambda one: one.name)
def test_every_method_has_a_table_in_any_words(method):
    whole = method.name in ("nominal_group", "budget_points")
    rule = Rule(method=method, options=("R1", "R2"), who="عامة")
    first = {"R1": ANSWERS[method.name]}
    both = first if whole else {**first, "R2": ANSWERS[method.name]}
    found = decide(rule, {"p": both, "q": ABSTAIN, "r": {}})

    assert "R1" in table(found)
    assert all(line == line.rstrip() for line in table(found).splitlines())
    keyed = table(found, words=lambda key, english: f"[{key}]")
    assert f"[method.{method.name}]" in keyed
    assert f"[reason.{found['R1'].reason.code}]" in keyed


def test_what_the_first_place_hangs_on_is_printed():
    criteria = EVERY[-1]
    rule = Rule(method=criteria, options=("R1", "R2"))
    better = {"effect": 70, "cost": 10}
    moved = decide(rule, {"p": {"R1": better, "R2": {"effect": 20, "cost": 5}}})
    firm = decide(rule, {"p": {"R1": better, "R2": {"effect": 20, "cost": 50}}})

    assert "  cost, now 40%: R1 from 0% to 90.9%; R2 from 90.9% to 100%" in table(moved)
    assert "effect from 60% to 9.1% brings R2 level with R1." in table(moved)
    assert "No change of one weight moves the first place." in table(firm)


def test_words_are_checked():
    found = decide(RULE, {})

    assert "recommandation" in table(found, words={"column.option": "recommandation"})
    assert "sept" in table(found, words={"raters": lambda numbers: "sept"})
    with pytest.raises(DecidingError, match=r"no text has the key 'column\.colour'"):
        table(found, words={"column.colour": ""})
    with pytest.raises(DecidingError, match="the text of digest cannot be filled in"):
        table(found, words={"digest": "{nothing}"})


def test_every_reason_that_is_given_has_its_sentence():
    given = {
        one.reason.code
        for method in EVERY
        for one in decide(Rule(method=method, options=("R1",)), {}).outcomes
    }
    assert all(f"reason.{code}" in ENGLISH for code in given)
