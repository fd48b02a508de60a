from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from opinionspace import Counts
from opinionspace.areas import bands, ellipse
from opinionspace.room import Table, read_counts
from opinionspace.room.posterior import pooled
from opinionspace.room.ranges import least_gap, widest

counts = st.integers(5, 60).flatmap(
    lambda n: st.tuples(*[st.integers(0, n)] * 3, st.just(n)).map(lambda t: (*sorted(t[:3]), n))
)


@given(counts, st.integers(0, 40), st.integers(0, 40))
def test_widest_holds_the_interval_of_every_count_between(one, agreeing, others):
    low, between, high, n = one
    everybody = [high + agreeing], [n + agreeing + others]
    lower, upper = widest([low], [high], [n], *everybody)
    exact = pooled([between], [n], *everybody)
    assert lower[0] <= exact.lower[0] + 1e-12
    assert exact.upper[0] <= upper[0] + 1e-12


@given(st.lists(counts, min_size=2, max_size=5))
def test_least_gap_is_the_smallest_of_all_tables_in_the_ranges(groups):
    low, _between, high, n = np.array(groups).T
    gap = least_gap(low[:, None], high[:, None], n[:, None])[0]
    expected = max(
        low[g] / n[g] - high[h] / n[h] for g in range(len(n)) for h in range(len(n)) if g != h
    )
    assert gap == pytest.approx(max(expected, 0.0))


def test_least_gap_of_one_group_is_unknown():
    assert np.isnan(least_gap([[3], [0]], [[5], [0]], [[5], [0]]))


@given(st.lists(st.tuples(*[st.floats(-5, 5)] * 2), min_size=1, max_size=30), st.randoms())
def test_areas_do_not_depend_on_the_order_of_people(places, random):
    shuffled = random.sample(places, len(places))
    ours, theirs = ellipse(places), ellipse(shuffled)
    assert (ours.x, ours.y) == pytest.approx((theirs.x, theirs.y), abs=0.002)
    assert (ours.rx, ours.ry) == pytest.approx((theirs.rx, theirs.ry), abs=0.002)
    assert bands([x for x, _y in places]) == bands([x for x, _y in shuffled])


def test_bands_rise():
    assert list(bands([3, 1, 2])) == sorted(bands([3, 1, 2]))


def test_ellipse_of_nobody_is_refused():
    with pytest.raises(ValueError, match="one or more"):
        ellipse([])
    with pytest.raises(ValueError, match="one person"):
        bands([])


def test_what_sets_a_cell_apart_holds_for_every_count_in_the_ranges():
    low, high = (
        Counts.of([[18], [0]], [[0], [12]], [[20], [20]]),
        Counts.of([[20], [8]], [[2], [17]], [[20], [20]]),
    )
    whole = Counts.of([22], [14], [40])
    table = Table(("a", "b"), low, np.array([20, 20]), high)

    read = read_counts([1], whole, {"side": table})

    exact = [
        read_counts([1], whole, {"side": Table(("a", "b"), one, np.array([20, 20]))})
        for one in (
            Counts.of([[18], [4]], [[2], [12]], [[20], [20]]),
            Counts.of([[20], [2]], [[0], [14]], [[20], [20]]),
        )
    ]
    assert [(s.cell, s.direction) for s in read.declared["side"].standing] == [(0, 1), (1, -1)]
    for one in exact:
        least = {s.cell: s.probability for s in read.declared["side"].standing}
        assert all(s.probability >= least[s.cell] for s in one.declared["side"].standing)
