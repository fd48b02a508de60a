import csv
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from opinionspace.room import axes, detectable, gate, grouping, nulls
from opinionspace.room.placed import placed
from tests.conftest import examples
from tests.opinionspace.rand import adjusted_rand
from tests.opinionspace.room.rooms import halves, nothing, one_axis

MEASURED = Path(__file__).resolve().parents[3] / "bench" / "results"
HALVES = "50% / 50%"


def part_of(votes):
    part = placed(votes)
    return part.table, part.seen


def test_fit_without_missing_votes_is_principal_components():
    rng = np.random.default_rng(0)
    table = rng.normal(size=(60, 12)) / 2 + rng.normal(size=(60, 1)) * rng.normal(size=12) / 2
    fitted = axes.fit(table[None], np.ones(table.shape), rng.normal(size=(12, 4)), rounds=300)

    _, values, vectors = np.linalg.svd(table - table.mean(axis=0), full_matrices=False)
    overlap = np.abs(vectors[0] @ fitted.directions[0, :, 0])
    assert_allclose(overlap, 1.0, atol=1e-3)
    noise = (values[2:] ** 2).sum() / 60 / 10
    assert_allclose(fitted.noise[0], noise, rtol=0.05)
    assert_allclose(fitted.strength[0, 0], np.sqrt(values[0] ** 2 / 60 - noise), rtol=0.05)


def test_fit_with_missing_votes_is_the_maximum_of_a_brute_force_em():
    table, seen = part_of(one_axis(n=25, m=12, share=0.6))
    start = np.random.default_rng(1).normal(size=(table.shape[1], 4))
    fitted = axes.fit(table[None], seen, start, rounds=3000)

    # one more round, person by person and statement by statement, changes nothing
    noise = fitted.noise[0]
    loading = fitted.directions[0] * fitted.strength[0]
    mean = fitted.mean[0]
    places, spreads = [], []
    for row, mask in zip(table, seen > 0, strict=True):
        inner = np.linalg.inv(noise * np.eye(2) + loading[mask].T @ loading[mask])
        places.append(inner @ loading[mask].T @ (row[mask] - mean[mask]))
        spreads.append(noise * inner)
    places, spreads = np.array(places), np.array(spreads)
    assert_allclose(places * fitted.strength[0], fitted.position[0], atol=1e-6)
    deviation = np.sqrt(np.diagonal(spreads, axis1=1, axis2=2)) * fitted.strength[0]
    assert_allclose(deviation, fitted.deviation[0], atol=1e-6)
    for column in range(table.shape[1]):
        mask = seen[:, column] > 0
        design = np.column_stack([places[mask], np.ones(mask.sum())])
        normal = design.T @ design
        normal[:2, :2] += spreads[mask].sum(axis=0) + noise * np.eye(2)
        found = np.linalg.solve(normal, design.T @ table[mask, column])
        assert_allclose(found[:2], loading[column], atol=1e-6)
        assert_allclose(found[2], mean[column], atol=1e-6)


def test_weights_of_a_fit_are_repeated_people():
    table, seen = part_of(one_axis(n=30, m=10))
    start = np.random.default_rng(1).normal(size=(table.shape[1], 4))
    weights = np.random.default_rng(2).integers(0, 3, (1, len(table))).astype(float)
    times = weights[0].astype(int)

    one = axes.fit(table[None], seen, start, weights)
    other = axes.fit(np.repeat(table, times, axis=0)[None], np.repeat(seen, times, axis=0), start)

    assert_allclose(one.noise, other.noise, rtol=1e-6)
    assert_allclose(np.abs(one.directions), np.abs(other.directions), atol=1e-3)
    assert_allclose(
        np.abs(np.repeat(one.position[0], times, axis=0)), np.abs(other.position[0]), atol=1e-2
    )


@settings(max_examples=examples(20))
@given(st.integers(0, 1000))
def test_permuted_rooms_keep_counts_and_who_voted(seed):
    table, seen = part_of(nothing(n=15, m=6, seed=seed, share=0.7))
    rooms = nulls.permuted_rooms(table, seen, 5, np.random.default_rng(seed))

    for room in rooms:
        assert (room[seen == 0] == 0).all()
        for stance in (-1, 0, 1):
            counted = ((room == stance) & (seen > 0)).sum(axis=0)
            assert_array_equal(counted, ((table == stance) & (seen > 0)).sum(axis=0))


def test_permuted_rooms_put_every_vote_anywhere():
    table = np.zeros((4, 1))
    table[0] = 1
    rooms = nulls.permuted_rooms(table, np.ones((4, 1)), 4000, np.random.default_rng(0))

    assert_allclose((rooms[:, :, 0] == 1).mean(axis=0), 0.25, atol=0.03)


@settings(max_examples=examples(20))
@given(st.integers(0, 10_000))
def test_cut_in_two_is_the_best_of_all_cuts(seed):
    rng = np.random.default_rng(seed)
    line, weights = rng.normal(size=(1, 13)), rng.integers(0, 3, (1, 13)).astype(float)

    def within(rows, w):
        mean = (w * line[0][rows]).sum() / w.sum()
        return (w * (line[0][rows] - mean) ** 2).sum()

    order = np.argsort(line[0])
    costs = {}
    for cut in range(1, 13):
        sides = order[:cut], order[cut:]
        if all(weights[0][side].sum() > 0 for side in sides):
            costs[cut] = sum(within(side, weights[0][side]) for side in sides)
    label = grouping.halves(line, weights)[0]

    found = np.flatnonzero(label == 0)
    assert set(found) == set(order[: len(found)])
    assert_allclose(costs[len(found)], min(costs.values()))
    assert np.bincount(grouping.halves(line, fewest=5)[0]).min() >= 5


@settings(max_examples=examples(20))
@given(st.integers(0, 10_000))
def test_silhouettes_on_a_line_are_silhouettes(seed):
    line = np.random.default_rng(seed).normal(size=(3, 15))
    label = grouping.halves(line, fewest=2)
    away = np.abs(line[:, :, None] - line[:, None])

    found = grouping.halves_silhouette(line, label)

    assert_allclose(found, grouping.silhouettes(away, label, 2), atol=1e-9)


@settings(max_examples=examples(20))
@given(st.integers(0, 10_000), st.integers(2, 4))
def test_silhouettes_are_those_of_the_definition(seed, k):
    rng = np.random.default_rng(seed)
    points, label = rng.normal(size=(1, 14, 2)), rng.integers(0, k, (1, 14)).astype(np.int8)

    away = np.linalg.norm(points[0][:, None] - points[0][None], axis=2)
    scores = []
    for i, own in enumerate(label[0]):
        mates = (label[0] == own) & (np.arange(14) != i)
        others = [away[i, label[0] == g].mean() for g in range(k) if g != own and g in label[0]]
        if not mates.any() or not others:
            scores.append(0.0)
            continue
        a, b = away[i, mates].mean(), min(others)
        scores.append((b - a) / max(a, b))
    found = grouping.silhouettes(grouping.distances(points), label, k)
    assert_allclose(found[0], np.mean(scores), atol=1e-9)


@settings(max_examples=examples(20))
@given(st.integers(0, 10_000))
def test_adjusted_rand_and_jaccard_are_those_of_the_definition(seed):
    rng = np.random.default_rng(seed)
    one, other = rng.integers(0, 3, 20).astype(np.int8), rng.integers(0, 3, 20).astype(np.int8)
    table = grouping.crossed(one, other[None], np.ones((1, 20)), 3)

    assert_allclose(grouping.adjusted_rand(table)[0], adjusted_rand(one, other))
    expected = [
        max(
            ((one == g) & (other == h)).sum() / max(((one == g) | (other == h)).sum(), 1)
            for h in range(3)
        )
        for g in range(3)
    ]
    assert_allclose(grouping.best_jaccard(table)[0], expected)


def test_k_means_finds_far_clouds_and_does_not_move_its_points():
    rng = np.random.default_rng(0)
    truth = np.repeat(np.arange(3), 20)
    points = (np.array([[0, 0], [9, 0], [0, 9]])[truth] + rng.normal(size=(60, 2)))[None]
    kept = points.copy()

    half = grouping.halves(points[..., 0])
    begins = {k: grouping.starts(60, k, rng) for k in (3, 4)}
    k, score, labels, better = grouping.best_of_more(points, half, begins)

    assert (k[0], better[0]) == (3, True)
    assert score[0] > 0.7
    assert adjusted_rand(labels[3][0], truth) == 1.0
    assert_array_equal(points, kept)


def test_groups_of_fewer_than_five_people_are_never_the_best():
    far = np.repeat([[0.0, 0.0], [50.0, 0.0], [0.0, 50.0]], [32, 4, 4], axis=0)[None]
    points = far + np.random.default_rng(0).normal(size=far.shape)
    begin = grouping.starts(40, 3, np.random.default_rng(1))

    half = grouping.halves(points[..., 0], fewest=grouping.FEWEST_PEOPLE)
    k, score, _, better = grouping.best_of_more(points, half, {3: begin})

    assert (k[0], score[0], better[0]) == (0, -1.0, False)
    assert np.bincount(half[0]).min() == 5


def test_numbers_of_groups_leave_ten_people_each():
    assert [list(grouping.more_than_two(n)) for n in (29, 30, 40, 150)] == [
        [],
        [3],
        [3, 4],
        [3, 4, 5],
    ]


@pytest.mark.parametrize("seed", range(3))
def test_the_gate_opens_for_halves_and_not_for_chance(seed):
    assert gate.ask(*part_of(halves(seed=seed)[0]), 1).opened
    assert not gate.ask(*part_of(nothing(seed=seed)), 1).opened
    assert not gate.ask(*part_of(one_axis(seed=seed)), 1).opened


def test_the_gate_seldom_opens_where_there_are_no_groups():
    opened = sum(
        gate.ask(*part_of(draw(n=24, m=20, seed=seed)), 1).opened
        for seed in range(40)
        for draw in (nothing, one_axis)
    )

    assert opened <= 8  # 5 % of 80 is 4; 9 or more has a chance of 1 in 50


def test_first_axis_p_is_uniform_where_votes_are_chance():
    values = []
    for seed in range(60):
        table, seen = part_of(nothing(n=20, m=10, seed=seed))
        start = np.random.default_rng(0).normal(size=(table.shape[1], 4))
        values.append(gate.first_axis_p(table, seen, start, np.random.default_rng(seed)))

    assert 0.3 < np.mean(values) < 0.7
    assert np.mean(np.array(values) <= 0.05) <= 0.15


def test_detectable_gaps_are_those_of_the_measured_rooms():
    """Gaps clearly wider than the one named are shown in 8 of 10 rooms, narrower ones are not."""
    with (MEASURED / "rooms-power.csv").open(newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["groups"] == HALVES]
    judged = 0
    for row in rows:
        votes = float(row["votes each"])
        named = detectable(int(row["people"]), votes)
        if named is None:
            continue
        if float(row["gap"]) > named + 0.04:
            assert float(row["high"]) >= 0.8, row
            judged += 1
        elif float(row["gap"]) < named - 0.04:
            assert float(row["low"]) <= 0.8, row
            judged += 1
    assert judged >= 6


def test_detectable_gaps_shrink_with_people_and_votes():
    assert detectable(19, 100) is None
    assert detectable(20, 5) is None
    assert detectable(40, 0) is None
    assert detectable(100, 40) < detectable(40, 40)
    assert detectable(40, 80) < detectable(40, 40)
