"""Indicators against naive copies of their formulas, and what they promise at their edges."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.testing import assert_allclose, assert_array_equal

from tradestats import (
    BadTable,
    Flows,
    complementarity,
    complexity,
    density,
    finger_kreinin,
    fitness,
    grubel_lloyd,
    intensity,
    outlook,
    outlook_gain,
    proximity,
    rca,
    region_rca,
    regional_trade,
    specialised,
    symmetric_rca,
)

nan = np.nan
amounts = st.integers(0, 50).map(float)
tables = st.tuples(st.integers(2, 6), st.integers(2, 6)).flatmap(
    lambda shape: arrays(np.float64, shape, elements=amounts)
)
holdings = st.tuples(st.integers(3, 7), st.integers(3, 7)).flatmap(
    lambda shape: arrays(np.float64, shape, elements=st.sampled_from((0.0, 1.0)))
)
several = holdings.filter(lambda m: m.any(axis=1).sum() >= 3 and np.linalg.matrix_rank(m) > 1)


def flows(table):
    """Flows of two products: `table` of the first, its transpose halved of the second."""
    table = np.asarray(table, dtype=float)
    rows = [(i, j, 0, table[i, j]) for i, j in np.argwhere(table > 0)]
    rows += [(j, i, 1, table[i, j] / 2) for i, j in np.argwhere(table > 0)]
    i, j, k, v = (np.array(column) for column in zip(*rows, strict=True))
    names = tuple("ABCDEFGH"[: len(table)])
    return Flows(2020, names, ("010101", "020202"), i, j, k, v, np.full(len(v), nan))


trading = (
    st.integers(3, 5)
    .flatmap(
        lambda n: arrays(np.float64, (n, n), elements=amounts).map(
            lambda table: table * (1 - np.eye(n))
        )
    )
    .filter(lambda table: table.any())
)


@given(tables)
def test_advantage_is_nan_just_where_shares_are_undefined(table):
    index = rca(table)
    undefined = (table.sum(axis=1) == 0)[:, None] | (table.sum(axis=0) == 0)

    assert_array_equal(np.isnan(index), undefined)
    assert_array_equal(np.isnan(symmetric_rca(table)), undefined)
    assert (np.nan_to_num(np.abs(symmetric_rca(table))) <= 1).all()
    assert_array_equal(specialised(table)[undefined], 0)


@given(tables, st.randoms())
def test_neither_unit_nor_order_changes_an_advantage(table, draw):
    rows, columns = list(range(table.shape[0])), list(range(table.shape[1]))
    draw.shuffle(rows)
    draw.shuffle(columns)

    assert_allclose(rca(1000 * table), rca(table), rtol=1e-12)
    assert_allclose(
        rca(table[np.ix_(rows, columns)]), rca(table)[np.ix_(rows, columns)], rtol=1e-12
    )


@given(trading)
def test_a_region_of_one_country_is_that_country(table):
    trade = flows(table)
    own = rca(trade.exports())
    for at, name in enumerate(trade.countries):
        for found in region_rca(trade, [name]).values():
            assert_allclose(found, own[at], rtol=1e-12)
        assert regional_trade(trade, [name]).inside == 0


@given(trading)
def test_a_region_as_one_country_loses_its_inner_trade_and_nothing_else(table):
    trade = flows(table)
    one = trade.as_one(("A", "B"), "AB")
    inner = trade.bilateral()[:2, :2].sum()

    assert one.value.sum() == pytest.approx(trade.value.sum() - inner)
    assert one.tally.dropped.get("trade inside AB", (0, 0.0))[1] == pytest.approx(inner)
    assert one.countries[-1] == "AB"
    assert_allclose(one.bilateral()[:-1, :-1], trade.bilateral()[2:, 2:])


@given(trading)
def test_tables_of_flows_agree(table):
    trade = flows(table)
    pairs = trade.bilateral()

    assert_allclose(trade.exports().sum(axis=1), pairs.sum(axis=1))
    assert_allclose(trade.imports().sum(axis=1), pairs.sum(axis=0))
    assert_array_equal(trade.observed(), pairs > 0)
    assert_allclose(trade.at_level(2).exports(), trade.exports())
    everything = trade.without(lambda code: code == "010101", "first")
    assert everything.exports()[:, 0].sum() == 0


@given(holdings)
def test_proximity_and_density_are_their_formulas(m):
    near, u = proximity(m), m.sum(axis=0)
    for k in range(len(u)):
        for other in range(len(u)):
            naive = (
                (m[:, k] * m[:, other]).sum() / max(u[k], u[other]) if u[k] and u[other] else nan
            )
            assert near[k, other] == pytest.approx(naive, nan_ok=True)
    for itself in (True, False):
        clean = np.nan_to_num(near) * (1 if itself else 1 - np.eye(len(u)))
        found = density(m, itself=itself)
        for c in range(len(m)):
            for k in range(len(u)):
                total = clean[k].sum()
                naive = (m[c] * clean[k]).sum() / total if u[k] and total else nan
                assert found[c, k] == pytest.approx(naive, nan_ok=True)


@given(several)
def test_a_country_s_eci_is_the_mean_pci_of_what_it_makes(m):
    found = complexity(m)
    makes = m.any(axis=1)

    assert_array_equal(np.isnan(found.eci), ~makes)
    assert_array_equal(np.isnan(found.pci), ~m.any(axis=0))
    assert np.nanmean(found.eci) == pytest.approx(0, abs=1e-9)
    assert np.nanstd(found.eci) == pytest.approx(1, abs=1e-9)
    means = m @ np.nan_to_num(found.pci) / np.where(makes, m.sum(axis=1), 1)
    assert_allclose(found.eci[makes], means[makes], atol=1e-6)
    diversity = m.sum(axis=1)[makes]
    rising = (found.eci[makes] * (diversity - diversity.mean())).sum()
    assert rising > -1e-9


def test_countries_that_share_nothing_are_told():
    assert not complexity(np.kron(np.eye(2), np.ones((2, 3)))).connected
    with pytest.raises(BadTable, match="three countries or more"):
        complexity([[1, 0], [0, 1], [0, 0]])
    with pytest.raises(BadTable, match="ECI tells nobody apart"):
        complexity(np.ones((4, 3)))
    with pytest.raises(BadTable, match="fitness needs a country"):
        fitness(np.zeros((2, 2)))


@given(several)
def test_outlook_and_its_gain_are_their_formulas(m):
    pci = np.linspace(-1, 1, m.shape[1])
    pci[m.sum(axis=0) == 0] = nan
    near, clean = np.nan_to_num(proximity(m)), np.nan_to_num(pci)
    total = np.where(near.sum(axis=0) > 0, near.sum(axis=0), 1)
    gain = outlook_gain(m, pci)
    for c in range(len(m)):
        coi = sum(
            (m[c] * near[k]).sum() / total[k] * (1 - m[c, k]) * clean[k] for k in range(len(clean))
        )
        assert outlook(m, pci)[c] == pytest.approx(coi)
        for k in range(len(clean)):
            if not m[:, k].any():
                assert np.isnan(gain[c, k])
                continue
            cog = (1 - m[c, k]) * (near[k] / total * (1 - m[c]) * clean).sum()
            assert gain[c, k] == pytest.approx(cog)


@given(several)
def test_fitness_has_mean_one_and_leaves_nobody_else_out(m):
    found, quality = fitness(m, rounds=5)

    assert_array_equal(np.isnan(found), ~m.any(axis=1))
    assert_array_equal(np.isnan(quality), ~m.any(axis=0))
    assert np.nanmean(found) == pytest.approx(1)


@given(tables)
def test_similarity_is_symmetric_and_one_with_itself(table):
    found = finger_kreinin(table)
    sells = table.sum(axis=1) > 0

    assert_allclose(found, found.T)
    assert_allclose(np.diag(found)[sells], 1)
    assert_array_equal(np.isnan(found), ~(sells[:, None] & sells))


@given(arrays(np.float64, 4, elements=amounts), arrays(np.float64, 4, elements=amounts))
def test_trade_both_ways_is_the_same_from_both_sides(there, back):
    found = grubel_lloyd(there, back)

    assert found == pytest.approx(grubel_lloyd(back, there), nan_ok=True)
    assert np.isnan(found) == (not (there.any() or back.any()))
    assert np.isnan(found) or 0 <= found <= 1


@given(tables)
def test_complementarity_is_whole_where_shares_are_the_same(table):
    found = complementarity(table, table)
    trades = table.sum(axis=1) > 0

    assert_allclose(np.diag(found)[trades], 100)
    assert_allclose(np.nan_to_num(found), np.nan_to_num(100 * finger_kreinin(table)), atol=1e-9)


@given(trading)
def test_intensity_is_its_formula(table):
    sold, bought, total = table.sum(axis=1), table.sum(axis=0), table.sum()
    for corrected in (False, True):
        found = intensity(table, corrected=corrected)
        for i, j in np.ndindex(table.shape):
            world = total - bought[i] if corrected else total
            defined = i != j and sold[i] > 0 and bought[j] > 0
            naive = (table[i, j] / sold[i]) / (bought[j] / world) if defined else nan
            assert found[i, j] == pytest.approx(naive, nan_ok=True)


def test_intra_regional_shares_by_hand():
    trade = flows(
        [[0, 10, 30], [0, 0, 20], [40, 0, 0]]
    )  # and half of it back, in the other product
    found = regional_trade(trade, ("A", "B"))

    # A and B sell 10 + 30 + 20 of the first product, and 5 (B to A) + 20 (A to C) of the second
    assert (found.inside, found.export_share) == (15, pytest.approx(15 / 85))
    assert found.import_share == pytest.approx(15 / (10 + 40 + 5 + 15 + 10))
    assert found.share == pytest.approx(30 / 165)
    assert found.world_share == pytest.approx(165 / 300)
    assert found.intensity == pytest.approx((30 / 165) / (165 / 300))
    assert -1 <= found.introversion < 0
    assert np.isnan(regional_trade(flows([[0, 5, 0], [5, 0, 0], [0, 0, 0]]), ("C",)).share)


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: rca([1, 2]), "exports must be a table of countries by products."),
        (lambda: rca([[1, -2]]), "exports must be finite numbers, zero or more."),
        (lambda: rca([[1, nan]]), "exports must be finite numbers, zero or more."),
        (lambda: proximity([[0.5]]), "specialisation must be a table of zeros and ones."),
        (lambda: grubel_lloyd([1], [1, 2]), "both directions must have the same products."),
        (
            lambda: complementarity([[1]], [[1, 2]]),
            "exports and imports must have the same products.",
        ),
        (lambda: intensity([[1, 2]]), "bilateral trade must have as many exporters as importers."),
        (lambda: flows([[0, 1], [1, 0]]).at("Z"), "there is no country “Z” in these flows."),
        (lambda: flows([[0, 1], [1, 0]]).members(()), "a region needs one country or more."),
        (lambda: flows([[0, 1], [1, 0]]).at_level(7), "product 010101 has fewer than 7 digits."),
        (
            lambda: flows([[0, 1], [1, 0]]).as_one("A", "B"),
            "“B” is the name of a country outside the region.",
        ),
    ],
)
def test_what_is_no_trade_is_refused(call, said):
    with pytest.raises(BadTable) as refused:
        call()
    assert str(refused.value) == said


def test_inputs_are_not_changed():
    table = np.array([[3.0, 0.0, 1.0], [1.0, 4.0, 0.0], [0.0, 2.0, 5.0]])
    kept = table.copy()
    m, near = specialised(table), proximity(specialised(table))
    before = near.copy()
    for call in (rca, finger_kreinin, lambda t: intensity(t), lambda t: complementarity(t, t)):
        call(table)
    density(m, near, itself=False)
    outlook_gain(m, np.ones(3), near)

    assert_array_equal(table, kept)
    assert_array_equal(near, before)
