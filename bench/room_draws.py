"""Rooms to measure with: drawn from models, and from conversations that took place.

Every room is a table of voices × statements with 1, 0, -1 and nan.
"""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import numpy.typing as npt

from opinionspace import Votes
from opinionspace.export import read_export
from opinionspace.room import axes, nulls
from opinionspace.room.placed import placed

Table = npt.NDArray[np.float64]

ROOT = Path(__file__).resolve().parents[1]
SHARED = Path(os.environ.get("MAJLIS_SHARED", ROOT.parent / "shared"))
OPEN_DATA = SHARED / "data" / "opinion" / "openData"
MOST_STATEMENTS = 60
MOST_VOICES = 150


def _hidden(rng: np.random.Generator, table: Table, passes: float, share: float) -> Table:
    table[rng.random(table.shape) < passes] = 0
    table[rng.random(table.shape) > share] = np.nan
    return table


def _conditions(rng: np.random.Generator) -> tuple[int, float]:
    """Statements (15, 30 or 60) and share of votes given (0.6 or 0.95)."""
    return int(rng.choice([15, 30, 60])), float(rng.choice([0.6, 0.95]))


def independent(rng: np.random.Generator, n: int) -> Table:
    """Every vote by itself: what permuting within statements leaves of any room."""
    m, share = _conditions(rng)
    table = np.where(rng.random((n, m)) < rng.beta(1.2, 1.2, m), 1.0, -1.0)
    return _hidden(rng, table, 0.1, share)


def one_axis(rng: np.random.Generator, n: int) -> Table:
    """One continuous normal axis, weak to strong: the leaning behind votes follows it."""
    m, share = _conditions(rng)
    a = float(rng.choice([0.3, 0.6, 0.9])) * rng.uniform(-1, 1, m)
    leaning = a * rng.normal(size=(n, 1)) + np.sqrt(1 - a * a) * rng.normal(size=(n, m))
    table = np.where(leaning > 0.7 * rng.normal(size=m), 1.0, -1.0)
    return _hidden(rng, table, 0.1, share)


def strong_axis(rng: np.random.Generator, n: int) -> Table:
    """One normal axis so strong that votes pile up at both ends; every statement cut midway."""
    m, share = _conditions(rng)
    a = 0.9 * rng.choice([-1, 1], m)
    leaning = a * rng.normal(size=(n, 1)) + np.sqrt(1 - a * a) * rng.normal(size=(n, m))
    return _hidden(rng, np.where(leaning > 0, 1.0, -1.0), 0.1, share)


def two_axes(rng: np.random.Generator, n: int) -> Table:
    """Two continuous normal axes."""
    m, share = _conditions(rng)
    a = rng.uniform(-0.65, 0.65, (2, m))
    leaning = rng.normal(size=(n, 2)) @ a + np.sqrt(1 - (a * a).sum(axis=0)) * rng.normal(
        size=(n, m)
    )
    return _hidden(rng, np.where(leaning > 0.7 * rng.normal(size=m), 1.0, -1.0), 0.1, share)


def skewed_axis(rng: np.random.Generator, n: int) -> Table:
    """One continuous axis with a long tail on one side (exponential), unlike the null model."""
    m, share = _conditions(rng)
    a = rng.uniform(-0.8, 0.8, m)
    tail = rng.exponential(size=(n, 1)) - 1
    leaning = a * tail + np.sqrt(1 - a * a) * rng.normal(size=(n, m))
    return _hidden(rng, np.where(leaning > 0.7 * rng.normal(size=m), 1.0, -1.0), 0.1, share)


def split(
    rng: np.random.Generator, n: int, m: int, gap: float, parts: tuple[float, ...] = (0.5, 0.5)
) -> tuple[Table, npt.NDArray[np.int64]]:
    """Groups whose agreement differs by `gap` on half of the statements; returns the truth.

    On each such statement a random part of the groups, never all, agrees more.
    """
    k = len(parts)
    edges = np.round(np.cumsum((0.0, *parts)) * n).astype(int)
    group = np.repeat(np.arange(k), np.diff(edges))
    centre = np.clip(rng.uniform(0.2, 0.8, m), gap / 2 + 0.02, 0.98 - gap / 2)
    sides = np.array([[1 if g in up else -1 for g in range(k)] for up in _some(rng, k, m)])
    sides[rng.permutation(m)[: m // 2]] = 0
    p = centre + sides[:, group].T * gap / 2
    return _hidden(rng, np.where(rng.random((n, m)) < p, 1.0, -1.0), 0.1, 0.8), group


def _some(rng: np.random.Generator, k: int, m: int) -> list[set[int]]:
    return [set(rng.permutation(k)[: rng.integers(1, k)].tolist()) for _ in range(m)]


def conversations() -> dict[str, Table]:
    """Published conversations as tables of their most voted statements and busiest voices."""
    found = {}
    for folder in sorted(OPEN_DATA.glob("*")) if OPEN_DATA.is_dir() else []:
        votes: Votes = read_export(folder).votes()
        votes = votes.select(statements=(votes.mod != -1) & ~votes.is_meta)
        table = votes.dense()
        columns = np.argsort(-(~np.isnan(table)).sum(axis=0), kind="stable")[:MOST_STATEMENTS]
        table = table[:, columns]
        rows = np.argsort(-(~np.isnan(table)).sum(axis=1), kind="stable")[:MOST_VOICES]
        found[folder.name] = table[rows]
    return found


def real_room(rng: np.random.Generator, conversation: Table, n: int) -> Table:
    """Return n voices of a conversation, drawn without repetition."""
    rows = rng.permutation(len(conversation))[:n]
    table = conversation[rows]
    return np.asarray(table[:, (~np.isnan(table)).any(axis=0)])


def permuted(rng: np.random.Generator, table: Table) -> Table:
    """Shuffle a real room's votes within statements."""
    seen = (~np.isnan(table)).astype(float)
    drawn = nulls.permuted_rooms(np.nan_to_num(table), seen, 1, rng)[0].astype(float)
    drawn[seen == 0] = np.nan
    return np.asarray(drawn)


def trait_like(rng: np.random.Generator, table: Table) -> Table:
    """Draw a room of one trait without clusters with a real room's shares and missing votes."""
    part = placed(Votes.from_matrix(table))
    start = rng.standard_normal((part.table.shape[1], 4))
    fitted = axes.fit(part.table[None], part.seen, start)
    trait = nulls.matched_trait(part.table, part.seen, fitted, start, rng)
    drawn = nulls.trait_rooms(part.table, part.seen, trait, 1, rng)[0].astype(float)
    drawn[part.seen == 0] = np.nan
    return np.asarray(drawn)
