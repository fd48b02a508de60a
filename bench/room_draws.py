"""Rooms to measure with: drawn from models, and from conversations that took place.

Every room is a table of voices × statements with 1, 0, -1 and nan.
"""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import numpy.typing as npt
from room_nulls import hidden

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
FEWEST_GIVEN = 0.4


def independent(rng: np.random.Generator, n: int) -> Table:
    """Every vote by itself: 15, 30 or 60 statements, 60 or 95 % of the votes given."""
    m, share = int(rng.choice([15, 30, 60])), float(rng.choice([0.6, 0.95]))
    table = np.where(rng.random((n, m)) < rng.beta(1.2, 1.2, m), 1.0, -1.0)
    return hidden(rng, table, 0.1, share)


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
    return hidden(rng, np.where(rng.random((n, m)) < p, 1.0, -1.0), 0.1, 0.8), group


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


def published() -> dict[str, tuple[Table, npt.NDArray[np.int64]]]:
    """Published conversations with the published group of each voice, -1 for none."""
    found = {}
    for folder in sorted(OPEN_DATA.glob("*")) if OPEN_DATA.is_dir() else []:
        export = read_export(folder)
        votes = export.votes()
        votes = votes.select(statements=(votes.mod != -1) & ~votes.is_meta)
        table, group = votes.dense(), export.groups(votes)
        columns = np.argsort(-(~np.isnan(table)).sum(axis=0), kind="stable")[:MOST_STATEMENTS]
        table = table[:, columns]
        busy = (~np.isnan(table)).sum(axis=1) >= FEWEST_GIVEN * len(columns)
        found[folder.name] = table[busy], np.where(group[busy] >= 0, group[busy], -1)
    return found


def constituencies(
    rng: np.random.Generator, n: int, kind: str
) -> tuple[Table, npt.NDArray[np.int64], Table, npt.NDArray[np.bool_]]:
    """Answers by constituency, with the true shares of agreement and what a dissenter flips.

    Eight people in each on average, 40 statements, half to 95 % answered. Shares lie around their
    statement's mean: all the same (alike), Beta of 8 pseudo-votes (moderately different), or of 20
    but for ten statements on which one constituency of at least five people, a tenth of the room,
    wants the opposite of a strong majority.
    """
    k, m = 2 if n == 12 else max(2, min(12, n // 8)), 40
    mean, flipped = rng.uniform(0.1, 0.9, m), np.zeros((k, m), np.bool_)
    sizes = rng.multinomial(n, rng.dirichlet(np.full(k, 4.0)))
    if kind == "alike":
        theta = np.tile(mean, (k, 1))
    elif kind == "moderately different":
        theta = rng.beta(8 * mean, 8 * (1 - mean), (k, m))
    else:
        first = max(5, n // 10)
        sizes = np.array([first, *rng.multinomial(n - first, np.full(k - 1, 1 / (k - 1)))])
        theta = rng.beta(20 * mean, 20 * (1 - mean), (k, m))
        about = rng.permutation(m)[: m // 4]
        strong = rng.uniform(0.75, 0.95, m // 4)
        theta[:, about] = np.where(rng.random(m // 4) < 0.5, strong, 1 - strong)
        theta[0, about] = 1 - theta[0, about]
        flipped[0, about] = True
    of_voice = np.repeat(np.arange(k), sizes)
    answers = np.where(rng.random((n, m)) < theta[of_voice], 1.0, -1.0)
    answers[rng.random((n, m)) > rng.uniform(0.5, 0.95)] = np.nan
    return answers, of_voice, theta, flipped


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
