"""Tables of ratings as people have them; what does not fit is named with file and line."""

import pytest

from deciding import (
    ABSTAIN,
    Appropriateness,
    BadFile,
    Delphi,
    ImpactFeasibility,
    NominalGroup,
    Rule,
    decide,
    read_ballots,
    read_rule,
)

RULE = Rule(method=Appropriateness(), options=("R1", "R2"))
PAIRS = Rule(method=ImpactFeasibility(), options=("R1", "R2"))


@pytest.fixture
def table(tmp_path):
    def written(text, *, encoding="utf-8"):
        path = tmp_path / "ratings.csv"
        path.write_bytes(text.encode(encoding))
        return path

    return written


@pytest.mark.parametrize(
    "text",
    [
        "rater,R1,R2\na,7,\nb,-,5\n",
        "Rater;R1;R2\r\na;7;\r\nb;abstain;5\r\n",
        "rater\tR1\tR2\na\t7\nb\t–\t5",
        "\ufeffrater,R1,R2,,\n\n a , 7 ,,,\nb,Abstain,5,,\n",
        "rater,option,rating\na,R1,7\nb,R1,-\nb,R2,5\na,R2,\n",
        'rater,round,R2,R1\na,1,,"7"\nb,1,5,—\n',
    ],
    ids=["commas", "semicolons", "tabs", "spreadsheet", "long", "quoted"],
)
def test_tables_are_read_as_people_have_them(table, text):
    (ballots,) = read_ballots(table(text), RULE)

    assert ballots == {"a": {"R1": 7, "R2": None}, "b": {"R1": ABSTAIN, "R2": 5}}


def test_criteria_have_a_column_each(table):
    text = "rater;option;impact;feasibility\na;R1;7;6\na;R2;3;\nb;R1;-;-\n"
    (ballots,) = read_ballots(table(text), PAIRS)
    found = decide(PAIRS, ballots)

    assert (found["R1"].n, found["R1"].abstained) == (1, 1)
    assert (found["R2"].partial, found["R2"].empty) == (1, 1)


def test_rounds_come_in_order(table):
    rule = Rule(method=Delphi(), options=("R1",))
    rounds = read_ballots(table("rater,round,R1\na,2,8\na,1,5\n"), rule)

    assert [one["a"]["R1"] for one in rounds] == [5, 8]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "there is no rating below the head of the table."),
        ("rater,R1,R2\n", "there is no rating below the head of the table."),
        ("who,R1,R2\na,7,7\n", ", line 1: the table has no column “rater”."),
        ("rater,R1\na,7\n", ", line 1: the table has no column “R2”."),
        ("rater,R1,R2,R3\na,7,7,7\n", ", line 1: the rule asks for no column “R3”."),
        ("rater,R1,R2,R2\na,7,7,7\n", ", line 1: a column has no name, or the name of another."),
        ("rater,R1,R2\na,7,7\nb,10,7\n", ", line 3: “10” is not a whole number from 1 to 9."),
        ("rater,R1,R2\na,7,7\n\na,7,7\n", ", line 4: rater a has rated R1 already, further up."),
        ("rater,R1,R2\na,7,7,7\n", ", line 2: 4 cells where the head has 3."),
        ("rater,R1,R2\n,7,7\n", ", line 2: the line names no rater."),
        ("rater,round,R1,R2\na,first,7,7\n", ", line 2: “first” is not the number of a round."),
        ("rater,option,rating\na,R9,7\n", ", line 2: the rule has no option “R9”."),
        ('rater,R1,R2\na,7,"7\n', ", line 2: unexpected end of data."),
    ],
)
def test_a_table_that_does_not_fit_is_refused_with_its_line(table, text, said):
    path = table(text)
    with pytest.raises(BadFile) as refused:
        read_ballots(path, RULE)
    assert str(refused.value).removeprefix(str(path)).removeprefix(": ") == said
    assert refused.value.path == path


def test_a_ballot_that_breaks_its_rule_is_named_by_its_last_line(table):
    rule = Rule(method=NominalGroup(), options=("R1", "R2"))
    text = "rater,option,rating\na,R1,1\nb,R1,1\na,R2,1\n"
    with pytest.raises(BadFile, match=r"line 4: rater a: place 1 is given twice\.$"):
        read_ballots(table(text), rule)


def test_another_encoding_is_refused_with_the_way_out(table):
    path = table("rater,R1,R2\né,7,7\n", encoding="latin-1")
    with pytest.raises(BadFile, match="this is not UTF-8: save it as “CSV UTF-8”"):
        read_ballots(path, RULE)


def test_a_rule_is_read_from_its_file(table):
    assert read_rule(table(RULE.to_json())) == RULE
    with pytest.raises(BadFile, match=r"ratings\.csv: the rule lacks “format”\.$"):
        read_rule(table("{}"))
