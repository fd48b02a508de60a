"""What counts alone show: the same as the votes behind them, and nothing besides."""

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from opinionspace import BadVotes, Counts
from opinionspace.room import Table, analyse, read_counts, sentences_of
from tests.opinionspace.room.rooms import halves, nothing


def read_like(result):
    """The result's own counts, read again without its votes."""
    tables = {
        name: Table(of.labels, Counts(of.agree, of.disagree, of.seen), of.sizes)
        for name, of in ((n, division.cells) for n, division in result.counts.declared.items())
    }
    return read_counts(
        result.counts.statement_ids, result.counts.whole, tables, result.grouping.groups
    )


def test_counts_show_what_the_votes_behind_them_show():
    votes = nothing(seed=4)
    sides = ["left" if i % 3 else "right" for i in range(votes.n_voices)]
    result = analyse(votes, {"side": sides})

    read = read_like(result)

    declared = result.counts.declared["side"]
    assert_array_equal(read.agreement.lower, result.counts.agreement.lower)
    assert_array_equal(read.declared["side"].bridging.probability, declared.bridging.probability)
    assert_array_equal(read.declared["side"].spread, declared.spread)
    assert read.declared["side"].standing == declared.standing
    assert_array_equal(read.divisiveness, result.counts.divisiveness)
    assert sentences_of(read, result.grouping) == result.sentences


def test_groups_may_be_read_from_their_counts_too():
    result = analyse(halves()[0])
    assert result.grouping.groups is not None

    read = read_like(result)

    assert_allclose(read.divisiveness, result.counts.divisiveness)
    assert read.groups.standing == result.grouping.groups.standing != ()
    assert sentences_of(read, result.grouping) == result.sentences


def test_groups_whose_counts_may_not_be_seen_are_not_told_of():
    found = analyse(halves()[0]).grouping

    read = read_counts([1], Counts.of([18], [2], [20]), {})

    assert found.gate.opened
    assert "groups" not in [sentence.code for sentence in sentences_of(read, found)]


def test_a_statement_with_zeros_in_a_table_is_left_out_of_it():
    counts = Counts.of([[9, 0], [9, 0]], [[1, 0], [1, 0]], [[10, 0], [10, 0]])
    side = Table(("a", "b"), counts, np.array([10, 10]))
    read = read_counts(
        [1, 2],
        Counts.of([18, 18], [2, 2], [20, 20]),
        {"side": side},
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
        (([3], [0], [5]), ([[1, 2]], [[0, 0]], [[2, 2]]), "side must have the shape"),
    ],
)
def test_counts_that_cannot_be_are_refused(whole, table, said):
    tables = {"side": Table(("a",), Counts.of(*table), np.array([2]))} if table else {}
    with pytest.raises(BadVotes, match=said):
        read_counts([1], Counts.of(*whole), tables)
