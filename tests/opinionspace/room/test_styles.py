"""Ways of voting that are no opinion: found, told apart from camps, and counted without names."""

import numpy as np
import pytest

from opinionspace import Votes
from opinionspace.export import read_export
from opinionspace.room import Answer, analyse, find_groups, manners_of, styles
from opinionspace.room.placed import placed
from tests.opinionspace.room.rooms import halves, nothing, one_axis


def found_in(table):
    part = placed(Votes.from_matrix(table))
    return styles.find(part.table, part.seen), part


def with_yeasayers(votes, n):
    table = votes.dense()
    table[:n][table[:n] == -1] = 1
    return table


def with_copies(votes, n, seed=0):
    """The first n ballots are one line of its own, each with its own missing votes."""
    table = votes.dense()
    line = np.random.default_rng(seed).choice([-1.0, 1.0], table.shape[1])
    table[:n] = np.where(np.isnan(table[:n]), np.nan, line)
    return table


@pytest.mark.parametrize("seed", range(5))
def test_camps_chance_and_axes_are_no_style(seed):
    for votes in (halves(seed=seed)[0], nothing(seed=seed), one_axis(seed=seed)):
        found, part = found_in(votes.dense())
        assert (found.leaning == 0).all()
        assert (found.block == -1).all()
        assert found.kept.all()
        assert len(found.kept) == len(part.rows)


@pytest.mark.parametrize("room", [nothing, one_axis])
def test_people_who_agree_with_everything_are_found_and_no_others(room):
    found, part = found_in(with_yeasayers(room(n=40, m=40), 10))

    assert set(part.rows[found.leaning == 1]) == set(range(10))
    assert (found.leaning >= 0).all()
    assert found.kept.sum() == 30


def test_people_who_disagree_with_everything_are_found():
    found, part = found_in(-with_yeasayers(nothing(n=40, m=40), 10))

    assert set(part.rows[found.leaning == -1]) == set(range(10))


def test_where_all_agree_nobody_has_a_style():
    rng = np.random.default_rng(2)
    table = np.where(rng.random((40, 40)) < 0.95, 1.0, -1.0)

    assert (found_in(table)[0].leaning == 0).all()


def test_a_half_that_agrees_with_everything_is_a_camp():
    table = with_yeasayers(nothing(n=40, m=40), 20)

    assert (found_in(table)[0].leaning == 0).all()


@pytest.mark.parametrize("n", [4, 6])
def test_copies_are_found_and_one_of_them_is_kept(n):
    found, part = found_in(with_copies(nothing(n=40, m=40), n))

    assert set(part.rows[found.block == 0]) == set(range(n))
    assert found.block.max() == 0
    assert found.kept.sum() == 41 - n
    assert len(set(found.stands_for[found.block == 0])) == 1


def test_two_copies_are_no_block():
    assert (found_in(with_copies(nothing(n=40, m=40), 2))[0].block == -1).all()


def test_groups_are_looked_for_without_those_who_agree_with_everything():
    votes = Votes.from_matrix(with_yeasayers(nothing(n=60, m=50), 15))
    found = find_groups(votes)

    assert found.gate.answer is Answer.NONE
    assert found.gate.answer_with_all is Answer.GROUPS
    assert (found.gate.n_placed, found.gate.n_looked_at) == (60, 45)
    assert found.manners.agreeing == 15
    assert [(s.code, dict(s.numbers)) for s in manners_of(found)] == [
        ("agreeing", {"people": 15}),
        ("left_out", {"answer": "none", "with_all": "groups"}),
    ]


def test_four_copies_are_never_a_group():
    table = with_copies(nothing(n=40, m=50), 4)
    table[4:8] = with_copies(nothing(n=40, m=50), 4, seed=1)[:4]
    found = find_groups(Votes.from_matrix(table))

    assert found.groups is None
    assert found.manners.blocks == (4, 4)
    said = {s.code: dict(s.numbers) for s in manners_of(found)}
    assert said["same_ballots"] == {"blocks": 2, "people": 8}


def test_camps_are_shown_beside_styles_and_copies_belong_to_theirs():
    votes, side = halves(n=60, m=50)
    table = votes.dense()
    table[:8] = with_yeasayers(nothing(n=60, m=50), 8)[:8]
    line = np.where(np.isnan(table[9]), 1.0, table[9])
    table[9:17:2] = np.where(np.isnan(table[9:17:2]), np.nan, line)
    found = find_groups(Votes.from_matrix(table))

    assert found.gate.answer is Answer.GROUPS
    assert (found.group_of_voice[:8] == -1).all()
    assert found.manners.blocks == (4,)
    assert len({*found.group_of_voice[9:17:2], *found.group_of_voice[17::2]}) == 1
    assert found.groups is not None
    assert found.groups.table.sizes.sum() == 52
    assert len(set(side[8:][found.group_of_voice[8:] == 0])) == 1


def test_a_quarter_that_agrees_with_everything_is_said_as_a_style(shared_case):
    export = read_export(shared_case("room-yeasayers-20"))
    codes = [sentence.code for sentence in analyse(export.votes()).sentences]

    assert "agreeing" in codes
    assert "groups" not in codes
