"""Every sentence follows from facts: where they hold it is said, where they do not it is not."""

import numpy as np
import pytest

from opinionspace import Counts, Votes
from opinionspace.export import read_export
from opinionspace.room import Answer, Table, analyse, find_groups, read_counts, sentences_of
from opinionspace.room.groups import Grouping
from opinionspace.room.result import Gate, Manners, Plane
from tests.opinionspace.room.rooms import nothing

ROOM = Gate(40, 30, 40, True, Answer.NONE, False, (), 0.5)


def grouping(gate=ROOM, n_people=40, plane=None):
    return Grouping(
        np.arange(0), np.arange(0), n_people, gate, Manners(), plane, None, np.arange(0)
    )


def said(counts, gate=ROOM, tables=None, n_people=40, plane=None):
    read = read_counts(np.arange(len(counts.seen)), counts, tables or {})
    return {s.code: dict(s.numbers) for s in sentences_of(read, grouping(gate, n_people, plane))}


def counts(*rows):
    return Counts.of(*zip(*rows, strict=True))


@pytest.mark.parametrize(
    ("rows", "codes"),
    [
        pytest.param([(30, 5, 40)], {"shared"}, id="most agree"),
        pytest.param([(5, 30, 40)], {"shared"}, id="most disagree"),
        pytest.param([(22, 10, 40)], {"nothing_shared"}, id="no sure majority"),
        pytest.param([(20, 0, 40)], {"nothing_shared"}, id="half pass"),
        pytest.param([(4, 0, 4)], {"nothing_shared"}, id="fewer than five answers"),
    ],
)
def test_shared_is_said_where_a_majority_is_sure(rows, codes):
    assert said(counts(*rows)).keys() & {"shared", "nothing_shared"} == codes


def test_shared_counts_what_is_agreed_and_what_is_rejected():
    found = said(counts((30, 5, 40), (38, 0, 40), (3, 35, 40), (20, 20, 40)))

    assert found["shared"] == {"agreed": 2, "rejected": 1, "statement": 1}


@pytest.mark.parametrize(
    ("rows", "statement"),
    [
        ([(20, 0, 40), (30, 10, 40)], 1),
        ([(20, 0, 40), (0, 12, 40)], None),
        ([(20, 20, 40), (30, 10, 40)], 0),
        ([(2, 2, 4)], None),
    ],
)
def test_what_divides_is_agreed_and_disagreed_with(rows, statement):
    assert said(counts(*rows)).get("divides", {}).get("statement") == statement


def test_passes_are_not_what_divides_most(shared_case):
    votes = read_export(shared_case("room-divides-counts-passes")).votes()
    found = analyse(votes)
    divides = next(s.numbers for s in found.sentences if s.code == "divides")
    place = list(found.counts.statement_ids).index(divides["statement"])

    assert found.counts.whole.disagree[place] > 0


def test_bridged_counts_statements_that_every_cell_surely_agrees_on():
    both = Counts.of([[19, 19], [19, 3]], [[1, 1], [1, 17]], [[20, 20], [20, 20]])
    one = Counts.of([[19], [0]], [[1], [0]], [[20], [0]])
    side = Table(("a", "b"), both, np.array([20, 20]))
    alone = Table(("a", "b"), one, np.array([20, 0]))

    assert said(both.total(), tables={"side": side})["bridged"] == {
        "attribute": "side",
        "statements": 1,
        "statement": 0,
    }
    assert "bridged" not in said(one.total(), tables={"side": alone})


@pytest.mark.parametrize(
    ("answered", "towards"),
    [
        (lambda rate: 40 * (0.45 + 0.45 * rate), "agree"),
        (lambda rate: 40 * (0.9 - 0.45 * rate), "disagree"),
        (lambda rate: 0 * rate + 30, None),
        (lambda rate: 30 + 2 * rate, None),
    ],
)
def test_answers_lean_where_more_agreement_goes_with_more_answers(answered, towards):
    rate = np.linspace(0.1, 0.9, 20)
    answers = np.round(answered(rate)).astype(int)
    agreeing = np.round(rate * answers).astype(int)
    whole = Counts.of(agreeing, answers - agreeing, answers)

    assert said(whole).get("answers_lean", {}).get("towards") == towards
    few = Counts.of(*(one[::2] for one in whole))
    assert "answers_lean" not in said(few)  # ten statements are too few to tell


def test_answers_seldom_lean_where_people_answer_by_lot():
    leaning = sum(
        "answers_lean" in {s.code for s in analyse(nothing(n=40, m=20, seed=s)).sentences}
        for s in range(30)
    )

    assert leaning <= 2


@pytest.mark.parametrize(
    ("gate", "code"),
    [
        (ROOM, {"no_groups": 0.5}),
        (Gate(40, 30, 40, True, Answer.NONE, True, (), 0.4), {"one_axis": 0.4}),
        (Gate(40, 30, 40, True, Answer.BORDERLINE, True, (), 0.4), {"borderline": 0.4}),
        (Gate(40, 30, 40, True, Answer.BORDERLINE, True), {"borderline": 0.0}),
        (Gate(40, 30, 40, True, Answer.NONE, True), {"one_axis": 0.0, "too_weak_to_show": None}),
        (Gate(40, 30, 40, True, Answer.GROUPS, True), {}),
        (Gate(19, 30, 19, True, Answer.NONE, True), {"counts_only": None}),
        (Gate(30, 30, 19, True, Answer.NONE, True), {"counts_only": None}),
        (Gate(40, 2, 40), {"counts_only": None}),
        (Gate(501, 30, 501), {"too_large": None}),
        (Gate(40, 501, 40), {"too_large": None}),
    ],
)
def test_one_answer_is_given_about_groups(gate, code):
    about = {
        *("no_groups", "one_axis", "borderline", "groups"),
        *("too_weak_to_show", "counts_only", "too_large"),
    }
    found = said(counts((20, 20, 40)), gate)

    assert {c: found[c].get("gap") for c in found.keys() & about} == code


def test_limits_that_are_told_are_those_of_the_gate():
    found = said(counts((20, 20, 40)), Gate(19, 2, 19))["counts_only"]
    small = nothing(n=found["needed"] - 1, m=20, share=1.0)
    large = nothing(n=found["needed"], m=20, share=1.0)

    for votes, asked in ((small, False), (large, True)):
        codes = {s.code for s in analyse(votes).sentences}
        assert ("no_groups" in codes, "counts_only" in codes) == (asked, not asked)
    too_few = found["needed_statements"] - 1
    assert not find_groups(nothing(n=30, m=too_few, share=1.0)).gate.asked
    assert find_groups(nothing(n=30, m=too_few + 1, share=1.0)).gate.asked
    many = said(counts((20, 20, 40)), Gate(501, 501, 501))["too_large"]
    assert many == {"people": 501, "most": 500, "statements": 501, "most_statements": 500}


def test_no_split_is_said_to_be_beyond_what_can_be_shown_only_where_it_is(shared_case):
    votes = read_export(shared_case("room-too-weak-sentence")).votes()

    assert "too_weak_to_show" not in {s.code for s in analyse(votes).sentences}


def test_few_people_have_no_map_and_people_with_few_votes_no_place():
    plane = Plane(1, (1,), np.zeros((1, 1)), None, None, None)
    gate = Gate(18, 30, 18, True, Answer.NONE, True)

    found = said(counts((20, 20, 40)), gate, n_people=20, plane=plane)

    assert found["few_on_the_map"] == {"people": 18, "needed": 20}
    assert found["unplaced"] == {"people": 2}
    assert "few_on_the_map" not in said(counts((20, 20, 40)))
    assert "unplaced" not in said(counts((20, 20, 40)))


def test_cells_with_few_answers_are_counted():
    of = Counts.of([[4, 9], [9, 9]], [[0, 1], [1, 1]], [[4, 10], [10, 10]])
    side = Table(("a", "b"), of, np.array([10, 10]))

    assert said(of.total(), tables={"side": side})["no_claim"] == {
        "attribute": "side",
        "cells": 1,
        "of": 2,
    }


def test_a_skewed_axis_is_no_group(shared_case):
    found = analyse(read_export(shared_case("room-skewed-axis-60")).votes())

    assert found.grouping.gate.answer is Answer.NONE
    assert "one_axis" in {s.code for s in found.sentences}


def test_votes_without_anything_are_told_so():
    assert [s.code for s in analyse(Votes.from_matrix([[np.nan], [1]])).sentences] == [
        "nothing_shared",
        "counts_only",
    ]
