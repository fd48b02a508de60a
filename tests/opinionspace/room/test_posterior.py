import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal
from scipy import integrate, stats

from opinionspace.room.posterior import (
    above_half,
    greater,
    pooled,
    pseudo_votes,
    share,
    smoothed_mean,
)

cell = st.integers(0, 60).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))
means = st.floats(0.01, 0.99)
weights = st.floats(1, 4)


@given(cell, means, weights)
def test_share_is_the_beta_of_votes_and_pseudo_votes(counts, mean, weight):
    s, n = counts
    found = share([s], [n], mean, weight)

    oracle = stats.beta(s + weight * mean, n - s + weight * (1 - mean))
    assert_allclose(found.variance, oracle.var(), rtol=1e-12)
    if n < 5:
        assert not found.claimed[0]
        assert np.isnan([found.mean[0], found.lower[0], found.upper[0]]).all()
    else:
        assert_allclose(found.mean[0], oracle.mean(), rtol=1e-12)
        assert_allclose([found.lower[0], found.upper[0]], oracle.ppf([0.05, 0.95]), rtol=1e-8)


@given(cell, means, weights)
def test_above_half_is_the_upper_tail(counts, mean, weight):
    s, n = counts
    found = above_half(share([s], [n], mean, weight))

    oracle = stats.beta(s + weight * mean, n - s + weight * (1 - mean)).sf(0.5)
    assert_allclose(found[0], oracle, rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ((5, 5), (0, 5)),
        ((3, 5), (40, 90)),
        ((50, 60), (49, 60)),
        ((0, 9), (0, 7)),
        ((7, 9), (7, 9)),
    ],
)
def test_greater_is_the_integral_over_the_other(one, other):
    a, b = (share([s], [n], 0.4, 2.0) for s, n in (one, other))
    f, g = (stats.beta(x.alpha[0], x.beta[0]) for x in (a, b))

    expected = integrate.quad(lambda x: f.pdf(x) * g.cdf(x), 0, 1, limit=500, points=[0.001, 0.5])

    assert_allclose(greater(a, b)[0], expected[0], atol=2e-5)


@given(cell, cell)
def test_greater_of_both_ways_sums_to_one(one, other):
    a, b = share([one[0]], [one[1]], 0.5, 3.0), share([other[0]], [other[1]], 0.5, 3.0)

    assert_allclose(greater(a, b) + greater(b, a), 1.0, atol=1e-4)


def test_pseudo_votes_grow_with_the_likeness_of_cells():
    seen = np.full((4, 30), 20)
    alike, apart = np.full((4, 30), 10), np.repeat([[0], [20], [0], [20]], 30, axis=1)
    some = np.repeat([[6], [14], [6], [14]], 30, axis=1)

    assert pseudo_votes(alike, seen) == 4.0
    assert pseudo_votes(apart, seen) == 1.0
    assert 1.0 < pseudo_votes(some, seen) <= 4.0


@given(st.lists(st.tuples(cell, cell), min_size=1, max_size=8))
def test_pseudo_votes_stay_between_one_and_four(columns):
    table = np.array(columns)

    assert 1.0 <= pseudo_votes(table[:, :, 0].T, table[:, :, 1].T) <= 4.0


def test_pseudo_votes_of_one_cell_pool_fully():
    assert pseudo_votes([[3, 2]], [[5, 5]]) == 4.0


def test_pseudo_votes_recover_the_likeness_of_drawn_cells():
    rng = np.random.default_rng(3)
    theta = rng.beta(1.0, 1.0, (8, 400))  # two pseudo-votes, by construction
    seen = np.full(theta.shape, 12)

    assert_allclose(pseudo_votes(rng.binomial(12, theta), seen), 2.0, rtol=0.15)


def test_smoothed_mean_is_never_zero_or_one():
    assert_array_equal(smoothed_mean(np.array([0, 9, 0]), np.array([9, 9, 0])), [0.05, 0.95, 0.5])


def test_inputs_are_unchanged_and_results_read_only():
    s, n = np.array([3, 1]), np.array([6, 2])
    found = share(s, n, 0.5, 1.0)

    assert (s.tolist(), n.tolist()) == ([3, 1], [6, 2])
    with pytest.raises(ValueError, match="read-only"):
        found.mean[0] = 0


@pytest.mark.parametrize(
    ("given", "message"),
    [
        (([1], [1, 2]), "differ in shape"),
        (([3], [2]), "more successes"),
        (([-1], [2]), "fewer than none"),
        (([1], [2], 1.0), "strictly between"),
        (([1], [2], 0.5, 4.5), "at most 4 votes"),
        (([1], [2], 0.5, 0.0), "at most 4 votes"),
    ],
)
def test_share_refuses(given, message):
    with pytest.raises(ValueError, match=message):
        share(*given)


def test_pseudo_votes_and_greater_refuse_shapes_that_differ():
    with pytest.raises(ValueError, match="differ in shape"):
        pseudo_votes([[1, 2]], [[3]])
    with pytest.raises(ValueError, match="differ in shape"):
        greater(share([1], [2]), share([1, 1], [2, 2]))


def test_a_cell_like_the_others_is_pooled_towards_them_and_one_that_conflicts_is_not():
    like = pooled([9], [10], [99], [110], 4.0)
    assert_allclose([like.alpha[0], like.beta[0]], [9 + 4 * 90.5 / 101, 1 + 4 * 10.5 / 101])

    against = pooled([0], [10], [90], [110], 4.0)
    assert_allclose([against.alpha[0], against.beta[0]], [0.5, 10.5], atol=1e-2)


def test_the_mean_pooled_towards_does_not_hold_the_cell():
    alone = pooled([9], [10], [9], [10], 4.0)  # nobody else: towards one half, as nothing is known
    assert_allclose(alone.alpha + alone.beta, 11, atol=3)
    shifted = [pooled([5], [10], [5 + others], [30], 4.0).mean[0] for others in (6, 10, 14)]
    assert shifted[0] < shifted[1] < shifted[2]


@pytest.mark.parametrize("kind", ["alike", "moderately different", "its flipped statements"])
@pytest.mark.parametrize("others", [2, 5])
def test_intervals_hold_the_truth_as_often_as_they_say(kind, others):
    """Cells of eight people; of 40 statements the first cell flips ten."""
    rng, held = np.random.default_rng(others), []
    for _ in range(25):
        mean = rng.uniform(0.1, 0.9, 40)
        theta = np.tile(mean, (1 + others, 1))
        if kind == "moderately different":
            theta = rng.beta(8 * mean, 8 * (1 - mean), theta.shape)
        elif kind == "its flipped statements":
            theta[:, :10] = np.where(rng.random(10) < 0.5, 0.9, 0.1)
            theta[0, :10] = 1 - theta[0, :10]
        seen = np.maximum(rng.binomial(8, 0.8, theta.shape), 5)
        agree = rng.binomial(seen, theta)
        found = pooled(agree, seen, agree.sum(axis=0), seen.sum(axis=0), pseudo_votes(agree, seen))
        inside = (found.lower <= theta) & (theta <= found.upper)
        held += (inside[0, :10] if "flipped" in kind else inside).ravel().tolist()

    assert 0.83 <= np.mean(held) <= 0.97
