import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from numpy.testing import assert_allclose, assert_array_equal

from opinionspace import TooLittle, Votes, polis
from opinionspace.polis import _kmeans, components, selection
from tests.conftest import examples
from tests.opinionspace.polis import naive

few = settings(max_examples=examples(60), deadline=None)


@st.composite
def tables(draw, most_rows=24, most_columns=14):
    """Tables of votes in which everybody and everything has a vote."""
    shape = draw(st.tuples(st.integers(3, most_rows), st.integers(3, most_columns)))
    seed = draw(st.integers(0, 2**32 - 1))
    rng = np.random.default_rng(seed)
    table = rng.choice([1.0, -1.0, 0.0], shape, p=[0.5, 0.35, 0.15])
    table[rng.random(shape) < draw(st.sampled_from([0.0, 0.3, 0.7]))] = np.nan
    empty = np.isnan(table)
    table[empty.all(axis=1), 0] = 1.0
    table[0, np.isnan(table).all(axis=0)] = -1.0
    return table


def gap(table):
    """Smallest relative distance between the leading singular values of the centred table."""
    values = np.linalg.svd(naive.imputed_components(table)[2], compute_uv=False)
    return np.min(-np.diff(values[:3])) / max(values[0], 1e-9)


@few
@given(tables())
def test_axes_are_those_of_the_filled_in_table(table):
    assume(gap(table) > 1e-3)
    axes = polis.axes(Votes.from_matrix(table))

    center, rows, filled = naive.imputed_components(table)
    signs = np.sign((rows * axes.components).sum(axis=1))
    rows = rows * signs[:, None]
    scale = np.sqrt(table.shape[1] / (~np.isnan(table)).sum(axis=1))
    assert_allclose(axes.center, center, atol=1e-12)
    assert_allclose(axes.components, rows, atol=1e-9)
    assert_allclose(axes.projections, scale[:, None] * (filled @ rows.T), atol=1e-8)
    assert (axes.components[[0, 1], axes.anchors] > 0).all()


@pytest.mark.parametrize("shape", [(60, 25), (25, 60), (40, 40)])
def test_axes_by_lanczos_are_the_dense_ones(monkeypatch, shape):
    rng = np.random.default_rng(7)
    table = rng.choice([1.0, 0.0, -1.0], shape)
    table[rng.random(shape) < 0.4] = np.nan
    votes = Votes.from_matrix(table)
    dense = polis.axes(votes)

    monkeypatch.setattr(components, "DENSE_UP_TO", 2)
    lanczos = polis.axes(votes)

    assert_allclose(lanczos.components, dense.components, atol=1e-9)
    assert_allclose(lanczos.projections, dense.projections, atol=1e-8)
    assert_allclose(lanczos.variances, dense.variances, rtol=1e-10)


def test_axes_of_votes_along_one_line_have_one_direction(monkeypatch):
    table = np.array([[1, 1, 0], [1, 1, 0], [-1, -1, 0], [-1, -1, 0.0]])
    for threshold in (320, 0):
        monkeypatch.setattr(components, "DENSE_UP_TO", threshold)
        axes = polis.axes(Votes.from_matrix(table))

        assert_allclose(axes.components[0], [np.sqrt(0.5), np.sqrt(0.5), 0], atol=1e-12)
        assert axes.components[1].tolist() == [0, 0, 0]
        assert axes.variances[1] == 0


def test_a_moderated_statement_counts_as_seen_by_everybody():
    table = np.array([[1, 1, -1, np.nan], [-1, 1, 1, 1], [1, np.nan, 1, np.nan], [-1, -1, 0, 0.0]])
    axes = polis.axes(Votes.from_matrix(table, mod=[0, 0, 0, -1]))

    zeroed = np.column_stack([table[:, :3], np.zeros(4)])
    expected = polis.axes(Votes.from_matrix(zeroed))
    assert_allclose(axes.projections, expected.projections, atol=1e-12)
    assert axes.extremity[3] == 0


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ([[1, -1, 0]], "one voice"),
        ([[1, -1, 0], [np.nan] * 3], "one voice"),
        ([[1], [-1]], "one statement"),
        ([[0, 0], [0, 0]], "same stance"),
        ([[1, -1], [1, np.nan], [np.nan, -1]], "same stance"),
    ],
)
def test_axes_refuse_votes_that_hold_nothing_to_compare(table, message):
    with pytest.raises(TooLittle, match=message):
        polis.axes(Votes.from_matrix(table))


def test_a_constant_statement_among_others_is_no_obstacle():
    result = polis.analyse(Votes.from_matrix([[1, 1, 1], [1, -1, 1], [1, -1, -1], [1, 1, -1]]))

    assert result.axes.components[:, 0].tolist() == [0, 0]


@few
@given(
    st.lists(st.tuples(st.integers(0, 25), st.integers(0, 11)), min_size=1, max_size=200),
)
def test_included_are_those_of_a_replay(log):
    voices, statements = zip(*log, strict=True)
    votes = Votes.from_events(voices, statements, [1] * len(log), voices=range(26))

    assert polis.included(votes).tolist() == naive.included(log, 26)


def test_included_without_an_order_fills_up_to_fifteen():
    table = np.full((20, 10), np.nan)
    for row in range(20):
        table[row, : row // 2 + 1] = 1.0

    inside = polis.included(Votes.from_matrix(table))

    # rows 12 to 19 have seven votes or more; six each, then five, four and, by id, three
    assert np.flatnonzero(inside).tolist() == [4, *range(6, 20)]


points = hnp.arrays(
    np.float64, st.tuples(st.integers(6, 40), st.just(2)), elements=st.floats(-8, 8, width=16)
)


@few
@given(points, st.integers(0, 2**32 - 1))
def test_k_means_of_each_k_is_plain_k_means(places, seed):
    weights = np.random.default_rng(seed).integers(1, 6, len(places)).astype(float)
    starts = np.unique(places, axis=0)
    assume(len(starts) >= 5)
    starts = starts[np.random.default_rng(seed).permutation(len(starts))[:5]]

    _, centers = _kmeans.k_means_of_each_k(places, weights, starts, [2, 3, 4, 5], 20)

    for run, k in enumerate((2, 3, 4, 5)):
        _, expected = naive.k_means(places, weights, starts[:k], 20)
        alive = np.isfinite(centers[run, :, 0])
        assert_allclose(centers[run][alive], expected, atol=1e-9)


@pytest.mark.parametrize("k", [2, 9, 40, 100])
def test_bounded_k_means_is_plain_k_means(k):
    rng = np.random.default_rng(k)
    places = rng.standard_normal((3000, 2)) * [3, 1] + rng.integers(-2, 3, (3000, 1))

    label, centers = _kmeans._bounded(places, places[:k], 100)

    expected_label, expected = _kmeans._plain(places, places[:k], 100)
    assert_array_equal(label, expected_label)
    assert_allclose(centers, expected, atol=1e-10)


def test_bounded_k_means_goes_on_without_a_centre_that_lost_its_points():
    places = np.random.default_rng(3).standard_normal((400, 2))
    starts = np.vstack([places[:6], [[50.0, 50.0]]])

    label, centers = _kmeans._bounded(places, starts, 100)

    expected_label, expected = _kmeans._plain(places, starts, 100)
    assert len(centers) == 6
    assert_array_equal(label, expected_label)
    assert_allclose(centers, expected, atol=1e-10)


@few
@given(points, st.integers(2, 5))
def test_silhouette_is_rousseeuws(places, k):
    label = np.arange(len(places)) % k

    assert polis.silhouette(places, label) == pytest.approx(
        naive.silhouette(places, label.tolist()), abs=1e-9
    )


def test_silhouette_counts_a_lone_point_as_zero():
    assert polis.silhouette([[0, 0], [0, 1], [9, 9]], [0, 0, 1]) == pytest.approx(
        2 * (1 - 1 / np.sqrt((81 + 81 + 64 + 81) / 2)) / 3, abs=0.01
    )
    assert polis.silhouette([[0, 0], [0, 1]], [0, 0]) == 0


def test_groups_prefer_the_larger_k_when_two_are_equal(monkeypatch):
    places = np.random.default_rng(0).standard_normal((30, 2))
    monkeypatch.setattr("opinionspace.polis.clusters._mean_silhouettes", lambda *_: np.ones(3))

    assert polis.groups(places, np.ones(30)).k == 4


@pytest.mark.parametrize(
    ("n", "ks"), [(1, []), (2, [2]), (11, [2]), (12, [2, 3]), (60, [2, 3, 4, 5])]
)
def test_groups_try_as_many_as_the_bases_allow(n, ks):
    places = np.random.default_rng(0).standard_normal((n, 2))

    groups = polis.groups(places, np.ones(n))

    assert list(groups.silhouettes) == ks
    assert groups.k == (1 if n == 1 else groups.k)
    assert groups.k >= min(n, 2)


@pytest.mark.parametrize(
    ("centers", "sizes", "message"),
    [
        (np.empty((0, 2)), [], "one base or more"),
        (np.zeros((3, 3)), [1, 1, 1], "two coordinates"),
        (np.zeros((3, 2)), [1, 1], "as many sizes"),
    ],
)
def test_groups_refuse(centers, sizes, message):
    with pytest.raises(ValueError, match=message):
        polis.groups(centers, sizes)


def test_bases_refuse_an_empty_conversation():
    with pytest.raises(ValueError, match="nobody"):
        polis.bases(np.zeros((2, 2)), np.zeros(2, bool))


def test_bases_of_few_voices_are_the_voices_in_the_order_of_arrival():
    places = np.array([[0, 0], [5, 5], [9, 0], [5, 5.0]])

    bases = polis.bases(places, np.array([True, True, False, True]), np.array([7, 3, 0, 4]))

    assert bases.of_voice.tolist() == [1, 0, -1, 0]
    assert bases.centers.tolist() == [[5, 5], [0, 0]]
    assert bases.sizes.tolist() == [2, 1]


def test_subgroups_are_the_groups_of_each_group():
    corners = np.array([[0, 0], [0, 2], [20, 0], [20, 3], [40.0, 1]])
    places = np.repeat(corners, 6, axis=0) + np.random.default_rng(1).normal(0, 0.1, (30, 2))
    voices = polis.bases(places, np.ones(30, bool))
    grouped = polis.groups(voices.centers, voices.sizes)

    found = polis.subgroups(voices, grouped)

    assert len(found) == grouped.k
    for group, inner in enumerate(found):
        mine = grouped.of_base == group
        again = polis.groups(voices.centers[mine], voices.sizes[mine])
        assert inner.of_base.tolist() == again.of_base.tolist()
    assert (
        polis.subgroups(
            polis.bases(np.zeros((2, 2)), np.ones(2, bool)), polis.groups(np.zeros((1, 2)), [2])
        )[0].k
        == 1
    )


@pytest.mark.parametrize(
    ("winners", "shown"),
    [
        ([3], 3),
        ([3, 2, 2, 2], 3),
        ([3, 2, 2, 2, 2], 2),
        ([2, 3, 2, 3, 2, 3], 2),
        ([2, 4, 4, 4, 4, 3], 4),
    ],
)
def test_displayed_k_waits_for_four_in_a_row(winners, shown):
    assert polis.displayed_k(winners) == shown


def test_displayed_k_needs_an_update():
    with pytest.raises(ValueError, match="no update"):
        polis.displayed_k([])


def test_tests_have_the_values_of_the_recipe():
    assert selection.proportion_test(0, 0) == 1.0
    assert selection.proportion_test(1, 1) == pytest.approx(np.sqrt(2))
    assert selection.two_proportion_test(3, 3, 5, 5) == 0.0
    assert selection.probability(0, 0) == 0.5


counts = hnp.arrays(np.int64, st.tuples(st.just(3), st.integers(2, 9)), elements=st.integers(0, 9))


@few
@given(counts, st.integers(0, 2**32 - 1))
def test_best_agree_is_that_of_a_walk_over_the_statements(agree, seed):
    rng = np.random.default_rng(seed)
    disagree = rng.integers(0, 6, agree.shape)
    seen = agree + disagree + rng.integers(0, 3, agree.shape)

    picks = polis.representative(agree, disagree, seen, np.ones(agree.shape[1], bool))

    for group in range(3):
        flagged = [pick.statement for pick in picks[group] if pick.best_agree]
        best = naive.best_agree(agree, disagree, seen, group)
        assert flagged == ([] if best is None else [best])
        assert 1 <= len(picks[group]) <= 5
        directions = [pick.direction for pick in picks[group]]
        assert directions == sorted(directions, reverse=True)


def test_statements_that_are_not_allowed_are_never_picked():
    agree = np.array([[9, 0], [0, 9]])
    picks = polis.representative(agree, 9 - agree, np.full((2, 2), 9), np.array([False, True]))

    assert {pick.statement for group in picks for pick in group} == {1}
    assert polis.representative(agree, agree, agree, np.array([False, False])) == ((), ())
    assert polis.consensus(agree[0], agree[1], agree.sum(0), np.array([False, False])) == ((), ())
