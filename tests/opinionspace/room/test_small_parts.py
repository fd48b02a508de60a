import itertools

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from opinionspace import Votes
from opinionspace.room import analyse
from opinionspace.room.crossfit import cross_fitted
from opinionspace.room.matching import Before, anchor, group_names
from opinionspace.room.placed import Placed
from opinionspace.room.routing import routing
from tests.conftest import examples
from tests.opinionspace.room.rooms import halves, nothing


@settings(max_examples=examples(50))
@given(st.integers(0, 10_000))
def test_group_names_keep_as_many_voices_as_any_naming_can(seed):
    rng = np.random.default_rng(seed)
    new, old = rng.integers(0, 3, 25), rng.integers(0, 3, 25)
    ids = np.arange(25)

    names = group_names(
        new, ids, np.arange(3.0), Before(ids.tolist(), old.tolist(), ("1", "2", "3"))
    )

    assert len(set(names)) == 3
    kept = sum(names[a] == str(b + 1) for a, b in zip(new, old, strict=True))
    best = max(
        sum(order[a] == b for a, b in zip(new, old, strict=True))
        for order in itertools.permutations(range(3))
    )
    assert kept == best


def test_group_names_start_from_the_negative_end_and_never_reuse_an_old_name():
    ids = np.arange(6)
    label = np.array([0, 0, 1, 1, 2, 2])

    assert group_names(label, ids, np.array([3.0, -1.0, 1.0])) == ["3", "1", "2"]
    before = np.array([0, 0, 1, 1, -1, -1])
    named = group_names(
        label, ids, np.array([3.0, -1.0, 1.0]), Before(ids.tolist(), before.tolist(), ("1", "4"))
    )
    assert named == ["1", "4", "2"]


def test_anchor_is_the_strongest_or_the_one_before():
    ids = np.array([5, 6, 7])

    assert anchor(np.array([0.2, -0.9, 0.5]), ids) == 1
    assert anchor(np.array([0.2, -0.9, 0.5]), ids, 7) == 2
    assert anchor(np.array([0.2, -0.9, 0.01]), ids, 7) == 1
    assert anchor(np.array([0.2, -0.9, 0.5]), ids, 99) == 1


def test_routing_asks_first_what_the_own_cell_has_not_said():
    rng = np.random.default_rng(0)
    table = rng.choice([1.0, -1.0], (40, 5))
    table[::2, 3] = np.nan  # nobody of cell "a" has answered statement 3
    votes = Votes.from_matrix(table)
    found = analyse(votes, {"side": ["a", "b"] * 20}).routing

    assert found.next_for("a")[0] == 3
    assert found.least_heard[3] == 0
    assert 3 not in found.next_for("a", answered=[3])
    assert sorted(found.next_for("b")) == [0, 1, 2, 3, 4]
    assert found.next_for("unknown") == found.next_for(None)


def test_routing_without_attributes_orders_by_the_variance_of_the_room():
    votes = Votes.from_matrix([[1, 1, np.nan]] * 5 + [[1, -1, 1]] * 5)
    found = analyse(votes).routing

    assert found.attribute is None
    assert found.next_for(None) == [1, 2, 0]
    assert found.least_heard.tolist() == [-1, -1, -1]
    assert np.array_equal(np.sort(found.order, axis=1), [[0, 1, 2]])


def test_routing_of_nobody_labelled():
    votes, _ = halves(n=12, m=3)
    found = analyse(votes, {"side": [None] * 12}).routing

    assert found.labels == ()
    assert routing(analyse(votes).counts.agreement, votes.counts().seen).order.tolist() == (
        found.order.tolist()
    )


def test_cross_fitted_groups_find_little_where_votes_are_chance():
    false = 0
    for seed in range(20):
        votes = nothing(n=60, m=30, seed=seed, share=1.0)
        table = votes.dense()
        part = Placed(np.arange(60), np.arange(30), table, np.ones(table.shape))
        label = (np.random.default_rng(seed).random(60) < 0.5).astype(np.int64)
        false += bool(cross_fitted(votes, part, label, 2, 1))
    assert false <= 5
