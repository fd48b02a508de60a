"""Missing links, export potential, chains and concentration: by hand, by identity, as published."""

import csv

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.testing import assert_allclose, assert_array_equal

from tradestats import (
    BadTable,
    Flows,
    chain_profile,
    ellison_glaeser,
    export_potential,
    herfindahl,
    location_quotient,
    rca,
    regional_links,
    theil,
)

nan = np.nan
cubes = arrays(np.float64, (4, 4, 3), elements=st.integers(0, 30).map(float)).map(
    lambda cube: cube * (1 - np.eye(4))[:, :, None]
)
trading = cubes.filter(lambda cube: cube.any())
tables = arrays(np.float64, (3, 4), elements=st.integers(0, 30).map(float))


def flows(cube, countries=("A", "B", "C", "D"), products=("010101", "010202", "020303")):
    i, j, k = np.nonzero(np.asarray(cube, dtype=float))
    v = np.asarray(cube, dtype=float)[i, j, k]
    return Flows(2020, countries, products, i, j, k, v, np.full(len(v), nan))


@given(trading)
def test_potentials_of_a_pair_add_up_to_its_trade(cube):
    trade = flows(cube)
    pairs = trade.bilateral()
    for i, one in enumerate(trade.countries):
        for j, other in enumerate(trade.countries):
            found = export_potential(trade, one, other)
            assert found.sum() == pytest.approx(pairs[i, j])
            net = export_potential(trade, one, other, net=True)
            assert (net <= found + 1e-12).all()


def test_what_is_only_passed_on_is_no_supply():
    cube = np.zeros((3, 3, 1))
    cube[2, 0, 0], cube[0, 1, 0] = 40, 10  # A buys 40 of C and sells 10 of it to B
    trade = flows(cube, "ABC", ("010101",))

    assert export_potential(trade, "A", "B").tolist() == [10]
    assert export_potential(trade, "A", "B", net=True).tolist() == [2.5]
    assert export_potential(trade, "C", "A", net=True).tolist() == [40]  # it buys nothing of it
    assert export_potential(trade, "B", "C").tolist() == [0]


def test_links_are_told_by_hand():
    cube = np.zeros((4, 4, 3))
    cube[3, 0] = 50, 0, 8  # A buys outside
    cube[1, 3] = 30, 5, 0  # B sells outside
    cube[1, 0] = 1, 0, 0
    cube[2, 3] = 0, 9, 20
    trade = flows(cube)
    found = regional_links(trade, ("A", "B", "C"))

    assert [
        (one.buyer, one.seller, one.product, one.potential, one.now, one.kind) for one in found
    ] == [
        ("A", "B", "010101", 30, 1, "underused"),
        ("A", "C", "020303", 8, 0, "missing"),
    ]
    assert found[0].advantage == pytest.approx(rca(trade.exports())[1, 0])
    assert [one.product for one in regional_links(trade, ("A", "B", "C"), least=10)] == ["010101"]


@given(trading)
def test_a_link_is_never_more_than_either_side_trades_outside(cube):
    trade = flows(cube)
    outside = {"C", "D"}
    for one in regional_links(trade, ("A", "B")):
        k = trade.products.index(one.product)
        bought = sum(trade.pair(other, one.buyer)[k] for other in outside)
        sold = sum(trade.pair(one.seller, other)[k] for other in outside)
        assert one.potential == pytest.approx(min(bought, sold))
        assert one.now == trade.pair(one.seller, one.buyer)[k]
        assert one.advantage >= 1
        assert (one.kind == "missing") == (one.now == 0)


@given(trading)
def test_a_chain_of_single_products_has_their_advantages(cube):
    trade = flows(cube)
    sold = [code for code, one in zip(trade.products, trade.exports().T, strict=True) if one.any()]
    found = chain_profile(trade, {code: [code] for code in sold})
    at = [trade.products.index(code) for code in sold]

    assert_allclose(found.advantage, rca(trade.exports())[:, at])
    whole = chain_profile(trade, {"all": ["01", "02"]})
    sells = trade.exports().any(axis=1)
    assert_allclose(whole.advantage[sells], 1)
    assert np.isnan(whole.advantage[~sells]).all()
    assert_allclose(whole.exports.sum(), whole.imports.sum())


@given(tables)
def test_concentration_lies_between_its_ends(table):
    index, t = herfindahl(table), theil(table)
    empty = ~table.any(axis=1)

    assert_array_equal(np.isnan(index), empty)
    assert_array_equal(np.isnan(t), empty)
    assert ((index[~empty] >= 0.25 - 1e-12) & (index[~empty] <= 1 + 1e-12)).all()
    assert ((t[~empty] >= -1e-12) & (t[~empty] <= np.log(4) + 1e-12)).all()


def test_location_quotients_of_germany(evidence):
    """2015, 16 Länder and 17 industries (EVIDENCE, section 5)."""
    with evidence("regional", "G_regions_industries.csv").open(encoding="utf-8") as stream:
        rows = [
            (r["region_code"], r["ind_code"][-1], float(r["emp_all"]))
            for r in csv.DictReader(stream)
        ]
    regions, industries = (sorted({row[at] for row in rows}) for at in (0, 1))
    table = np.full((len(regions), len(industries)), nan)
    for region, industry, jobs in rows:
        table[regions.index(region), industries.index(industry)] = jobs
    found = location_quotient(table)

    assert table.shape == (16, 17)
    for region, industry, value in (
        ("BE", "R", 2.555951),
        ("BB", "B", 2.531436),
        ("BW", "C", 1.396865),
    ):
        assert found[regions.index(region), industries.index(industry)] == pytest.approx(
            value, abs=1e-6
        )


def test_a_confidential_cell_is_not_zero():
    found = location_quotient([[nan, 2], [3, 2]])

    assert np.isnan(found[0, 0])
    assert not np.isnan(found[1:]).any()
    assert_allclose(location_quotient([[0, 0], [1, 2]]), [[nan, nan], [1, 1]])


@given(st.lists(st.integers(1, 50), min_size=2, max_size=6))
def test_plants_spread_as_everybody_do_not_gather(regions):
    many = np.repeat(1.0, 10_000 * len(regions))
    industry = np.asarray(regions, dtype=float) / sum(regions) * len(many)
    found = ellison_glaeser(industry, regions, many)

    assert found.raw == pytest.approx(0, abs=1e-12)
    assert found.gamma == pytest.approx(0, abs=1e-3)
    assert np.isnan(ellison_glaeser([5, 0], [1, 1], [5]).gamma)


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: herfindahl([[-1]]), "values must be a table of finite numbers, zero or more."),
        (
            lambda: location_quotient([[-1]]),
            "employment must be a table of numbers, zero or more, or nan",
        ),
        (
            lambda: ellison_glaeser([1], [1, 2], [1]),
            "industry and regions must have one number for each",
        ),
        (lambda: ellison_glaeser([1, 2], [1, 2], [1]), "the plants must add up to the industry"),
        (lambda: chain_profile(flows(np.ones((4, 4, 3))), {}), "a chain needs one stage or more."),
        (
            lambda: chain_profile(flows(np.ones((4, 4, 3))), {"x": ["99"]}),
            "no product of these flows belongs to",
        ),
    ],
)
def test_what_cannot_be_measured_is_refused(call, said):
    with pytest.raises(BadTable) as refused:
        call()
    assert str(refused.value).startswith(said)
