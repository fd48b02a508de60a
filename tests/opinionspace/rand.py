"""Adjusted Rand index: how far two groupings agree, 1 when equal, 0 when by chance."""

import numpy as np


def pairs(counts):
    return float((counts * (counts - 1) / 2).sum())


def adjusted_rand(one, other):
    _, a = np.unique(one, return_inverse=True)
    _, b = np.unique(other, return_inverse=True)
    table = np.zeros((a.max() + 1, b.max() + 1))
    np.add.at(table, (a, b), 1)
    rows, columns, both = pairs(table.sum(1)), pairs(table.sum(0)), pairs(table)
    expected = rows * columns / max(pairs(np.array([len(a)])), 1)
    most = (rows + columns) / 2
    return 1.0 if most == expected else (both - expected) / (most - expected)
