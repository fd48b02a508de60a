"""What a cell is asked next: by how many of it have answered, and by nothing else."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from numpy.testing import assert_allclose, assert_array_equal
from scipy import stats

from opinionspace.room import expected_variance

counts = arrays.arrays(
    np.int64, arrays.array_shapes(max_dims=2, max_side=8), elements=st.integers(0, 500)
)


@given(counts)
def test_weights_are_positive_fall_with_every_answer_and_leave_the_counts_alone(answers):
    before = answers.copy()

    weights = expected_variance(answers)

    assert weights.shape == answers.shape
    assert (weights > 0).all()
    assert (expected_variance(answers + 1) < weights).all()
    assert_array_equal(answers, before)


@given(counts)
def test_least_heard_weighs_most(answers):
    weights = expected_variance(answers)

    assert weights.ravel()[answers.argmin()] == weights.max()
    assert weights.ravel()[answers.argmax()] == weights.min()


@given(st.integers(0, 40), st.floats(0.2, 4.0), st.floats(0.2, 4.0))
def test_weight_is_the_mean_of_the_posterior_variances_over_all_answers(n, a, b):
    agreed = np.arange(n + 1)
    alpha, beta = a + agreed, b + n - agreed
    variance = alpha * beta / ((alpha + beta) ** 2 * (alpha + beta + 1))

    mean = (stats.betabinom(n, a, b).pmf(agreed) * variance).sum()

    assert_allclose(expected_variance(n, (a, b)), mean, rtol=1e-9)


@pytest.mark.parametrize("wrong", [[-1], [np.nan], [np.inf]])
def test_counts_that_are_none_are_refused(wrong):
    with pytest.raises(ValueError, match="counted"):
        expected_variance(wrong)


def test_a_prior_that_is_none_is_refused():
    with pytest.raises(ValueError, match="positive"):
        expected_variance([1], (0.0, 1.0))
