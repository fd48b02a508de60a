"""Small drawn rooms for tests: two halves that differ, one continuous axis, nothing."""

import numpy as np

from opinionspace import Votes


def halves(n=40, m=50, gap=0.8, seed=1, share=0.9):
    """Two equal halves whose agreement differs by `gap` on every other statement."""
    rng = np.random.default_rng(seed)
    side = np.where(np.arange(n) % 2, 1, -1)
    sign = np.where(np.arange(m) % 2, rng.choice([-1, 1], m), 0)
    p = 0.5 + sign * side[:, None] * gap / 2
    return _votes(rng, rng.random((n, m)) < p, share), side


def one_axis(n=40, m=30, seed=1, share=0.9):
    rng = np.random.default_rng(seed)
    loading = rng.uniform(-0.8, 0.8, m)
    leaning = loading * rng.normal(size=(n, 1)) + np.sqrt(1 - loading**2) * rng.normal(size=(n, m))
    return _votes(rng, leaning > rng.normal(size=m) * 0.6, share)


def nothing(n=40, m=30, seed=1, share=0.9):
    rng = np.random.default_rng(seed)
    return _votes(rng, rng.random((n, m)) < rng.uniform(0.2, 0.8, m), share)


def _votes(rng, agree, share):
    table = np.where(agree, 1.0, -1.0)
    table[rng.random(table.shape) < 0.1] = 0
    table[rng.random(table.shape) > share] = np.nan
    return Votes.from_matrix(table)
