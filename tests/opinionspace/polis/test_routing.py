"""Weights for asking by the recipe, without finding the groups."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose

import opinionspace
from opinionspace import TooLittle, Votes, polis


@given(st.integers(0, 10_000), st.integers(2, 60), st.integers(2, 12), st.floats(0.2, 1.0))
def test_current_priorities_are_those_of_the_whole_analysis(seed, n, m, share):
    rng = np.random.default_rng(seed)
    log = np.argwhere(rng.random((n, m)) < share)
    rng.shuffle(log)
    stances = rng.integers(-1, 2, len(log))
    try:
        votes = Votes.from_events(*log.T, stances, statements=np.arange(m), mod={1: -1})
        whole = polis.analyse(votes)
    except opinionspace.OpinionError:  # too little to analyse: nothing to compare
        return

    assert_allclose(polis.current_priorities(votes), whole.priorities, rtol=1e-12)


def test_current_priorities_of_one_voice_are_refused():
    with pytest.raises(TooLittle):
        polis.current_priorities(Votes.from_matrix([[1, -1]]))
