"""What counts alone show: the same as the votes behind them, and nothing besides."""

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from opinionspace import BadVotes
from opinionspace.room import Gate, analyse, read_counts
from tests.opinionspace.room.rooms import halves, nothing

NOT_ASKED = Gate(False, False, False, (), 0, 0, None)


def read_like(result, name):
    """The result's own counts, read again without its votes."""
    of = result.declared[0].cells
    table = (of.labels, of.agree, of.disagree, of.seen)
    return read_counts(
        result.statement_ids,
        (result.agree, result.disagree, result.seen),
        {name: table},
        n_people=result.n_people,
        gate=result.gate,
        plane=result.plane,
    )


def test_counts_show_what_the_votes_behind_them_show():
    votes = nothing(seed=4)
    sides = ["left" if i % 3 else "right" for i in range(votes.n_voices)]
    result = analyse(votes, {"side": sides})

    read = read_like(result, "side")

    [declared] = result.declared
    assert_array_equal(read.agreement.lower, result.agreement.lower)
    assert_array_equal(read.declared["side"].bridging.probability, declared.bridging.probability)
    assert_array_equal(read.declared["side"].spread, declared.spread)
    assert read.declared["side"].standing == declared.standing
    assert_array_equal(read.divisiveness, result.divisiveness)
    assert read.sentences == result.sentences


def test_groups_may_be_read_from_their_counts_too():
    result = analyse(halves()[0])
    assert result.groups is not None
    of = result.groups.cells

    read = read_counts(
        result.statement_ids,
        (result.agree, result.disagree, result.seen),
        {},
        n_people=result.n_people,
        gate=result.gate,
        plane=result.plane,
        groups=(of.labels, of.agree, of.disagree, of.seen),
        group_sizes=of.sizes,
    )

    assert_allclose(read.divisiveness, result.divisiveness)
    assert read.sentences == result.sentences


def test_a_statement_with_zeros_in_a_table_is_left_out_of_it():
    read = read_counts(
        [1, 2],
        ([18, 18], [2, 2], [20, 20]),
        {"side": (("a", "b"), [[9, 0], [9, 0]], [[1, 0], [1, 0]], [[10, 0], [10, 0]])},
        n_people=20,
        gate=NOT_ASKED,
    )

    bridging = read.declared["side"].bridging.probability
    assert (np.isnan(bridging).tolist(), bool(bridging[0] > 0.9)) == ([False, True], True)
    assert not read.agreement.claimed.tolist().count(False)


@pytest.mark.parametrize(
    ("whole", "table", "said"),
    [
        (([1], [0], [1, 2]), None, "the room must have the shape"),
        (([3], [0], [2]), None, "the room do not add up"),
        (([-1], [0], [2]), None, "the room do not add up"),
        (([3], [0], [5]), (("a",), [[1, 2]], [[0, 0]], [[2, 2]]), "side must have the shape"),
    ],
)
def test_counts_that_cannot_be_are_refused(whole, table, said):
    tables = {} if table is None else {"side": table}
    with pytest.raises(BadVotes, match=said):
        read_counts([1], whole, tables, n_people=5, gate=NOT_ASKED)
