import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal
from scipy import stats

from opinionspace import BadVotes, Counts, Votes
from opinionspace.room.between import (
    bridging,
    chosen,
    contrasts,
    mixed,
    spread,
    standing,
)
from opinionspace.room.cells import cells, label_index, table


def drawn(seed, n=40, m=6, share=0.9):
    """A table of votes with some missing, and the cell of each voice."""
    rng = np.random.default_rng(seed)
    table = rng.choice([1.0, 0.0, -1.0], (n, m), p=[0.5, 0.1, 0.4])
    table[rng.random((n, m)) > share] = np.nan
    table[0, 0] = 1.0
    return Votes.from_matrix(table), rng.integers(-1, 3, n)


def cells_of(votes, of_voice, labels=("a", "b", "c")):
    return cells("side", table(votes, of_voice, labels), votes.counts())


@given(st.integers(0, 30))
def test_cells_count_what_a_loop_counts(seed):
    votes, of_voice = drawn(seed, n=12)
    found = cells_of(votes, of_voice)

    table = votes.dense()
    for cell in range(3):
        rows = table[of_voice == cell]
        assert_array_equal(found.agree[cell], (rows == 1).sum(axis=0))
        assert_array_equal(found.disagree[cell], (rows == -1).sum(axis=0))
        assert_array_equal(found.seen[cell], (~np.isnan(rows)).sum(axis=0))
    assert_array_equal(found.small, (found.seen > 0) & (found.seen < 5))
    assert_array_equal(found.agreement.claimed, found.seen >= 5)


def test_cells_have_the_size_of_those_who_voted():
    votes = Votes.from_matrix([[1, 1], [np.nan, np.nan], [0, np.nan]])
    found = cells_of(votes, np.array([0, 0, -1]), ("a",))

    assert found.sizes.tolist() == [1]


def test_labels_may_be_a_mapping_or_a_row():
    votes = Votes.from_matrix([[1], [1], [1]], voice_ids=["u", "v", "w"])

    labels, place = label_index({"w": "firm", "u": "bank"}, votes, "side")
    assert (labels, place.tolist()) == (("bank", "firm"), [0, -1, 1])
    assert label_index(["x", "", None], votes, "side")[1].tolist() == [0, -1, -1]


@pytest.mark.parametrize(
    ("given_labels", "message"),
    [
        ({9: "a"}, "names voice 9"),
        (["a"], "one value for each of the 2 voices"),
        (["a", 3], "are of several kinds"),
    ],
)
def test_labels_refuse(given_labels, message):
    votes = Votes.from_matrix([[1], [1]])
    with pytest.raises(BadVotes, match=message):
        label_index(given_labels, votes, "side")


@given(st.integers(0, 30))
def test_bridging_is_the_chance_that_the_lowest_cell_is_above_half(seed):
    votes, of_voice = drawn(seed, n=60, m=2)
    of = cells_of(votes, of_voice)
    found = bridging(of)

    draws = np.random.default_rng(1).beta(of.agreement.alpha, of.agreement.beta, (20000, 3, 2))
    assert_allclose(found.probability, (draws.min(axis=1) > 0.5).mean(axis=0), atol=0.02)
    assert_allclose(found.lowest, of.agreement.mean.min(axis=0))
    assert_allclose(found.consensus, stats.gmean((of.agree + 1) / (of.seen + 2), axis=0))
    without = np.delete(draws, 1, axis=1)
    assert_allclose(found.without[1], (without.min(axis=1) > 0.5).mean(axis=0), atol=0.02)


def test_bridging_is_silent_where_fewer_than_two_cells_answered():
    answers = np.full((12, 2), 1.0)
    answers[6:, 1] = np.nan
    of = cells_of(Votes.from_matrix(answers), np.repeat([0, 1], 6), ("a", "b"))
    found = bridging(of)

    assert found.n_cells.tolist() == [2, 1]
    assert found.probability[0] > 0.9
    for values in (found.probability, found.against, found.lowest, found.consensus):
        assert np.isnan(values[1])
    assert np.isnan(found.without).all()


@given(st.integers(0, 30))
def test_spread_is_the_posterior_mean_of_the_variance_between_cells(seed):
    votes, of_voice = drawn(seed, n=60, m=2)
    of = cells_of(votes, of_voice)

    draws = np.random.default_rng(1).beta(of.agreement.alpha, of.agreement.beta, (20000, 3, 2))
    assert_allclose(spread(of.agreement), 4 * draws.var(axis=1).mean(axis=0), rtol=0.05)


def test_spread_and_mixed_share_their_scale():
    split = np.repeat([[1.0], [-1.0]], 200, axis=0)
    votes = Votes.from_matrix(split)
    of = cells_of(votes, np.repeat([0, 1], 200), ("a", "b"))

    assert_allclose(spread(of.agreement), 1.0, atol=0.02)
    assert_allclose(mixed(np.array([200]), np.array([200]), np.array([400])), 1.0, atol=0.02)
    assert np.isnan(mixed(np.array([2]), np.array([2]), np.array([4]))).all()


def test_passes_divide_nobody():
    agree, disagree, seen = np.array([20, 10, 20]), np.array([0, 10, 20]), np.array([40, 40, 40])

    of = mixed(agree, disagree, seen)

    assert of[0] < 0.05  # 20 agree, 20 pass, nobody disagrees
    assert of[0] < of[1] < of[2]


@given(
    st.lists(st.floats(0.9, 1), min_size=4, max_size=40),
    st.lists(st.floats(0, 1), min_size=1, max_size=40),
)
def test_chosen_are_the_discoveries_of_benjamini_and_hochberg(sure, other):
    for_it = np.round(np.array([sure + other]), 6)
    against = np.full_like(for_it, np.nan)

    found = {one.statement for one in chosen(for_it, against)}

    adjusted = stats.false_discovery_control(1 - for_it[0])
    expected = {
        place
        for place, value in enumerate(adjusted)
        if value <= 0.1 + 1e-9 and for_it[0, place] >= 0.95
    }
    near = {place for place, value in enumerate(adjusted) if abs(value - 0.1) < 1e-6}
    assert found - near == expected - near


def test_chosen_of_nothing_is_nothing():
    assert chosen(np.full((2, 3), np.nan), np.full((2, 3), np.nan)) == ()
    assert chosen(np.full((2, 3), 0.5), np.full((2, 3), 0.5)) == ()


def test_standing_names_the_statement_that_sets_a_cell_apart():
    rng = np.random.default_rng(5)
    table = rng.choice([1.0, -1.0], (60, 12))
    side = np.repeat([0, 1, 2], 20)
    table[side == 1, 4] = 1.0
    table[side != 1, 4] = -1.0
    votes = Votes.from_matrix(table)

    found = standing(cells_of(votes, side), votes.counts())

    assert (found[0].cell, found[0].statement, found[0].direction) in {(0, 4, -1), (1, 4, 1)}
    assert {(s.cell, s.direction) for s in found if s.statement == 4} == {(0, -1), (1, 1), (2, -1)}


def test_contrasts_need_five_answers_on_both_sides():
    counts = Counts.of([[4], [10]], [[0], [0]], [[4], [10]])

    for_it, against = contrasts(counts, counts.total(), 1.0)

    assert np.isnan(for_it).all()
    assert np.isnan(against).all()


def test_standing_finds_little_where_labels_mean_nothing():
    rng = np.random.default_rng(11)
    false = 0
    for _ in range(40):
        table = np.where(rng.random((60, 40)) < rng.random(40), 1.0, -1.0)
        votes = Votes.from_matrix(table)
        false += len(standing(cells_of(votes, rng.integers(0, 3, 60)), votes.counts())) > 0
    assert false <= 8  # 10 % of rooms, with room for chance
