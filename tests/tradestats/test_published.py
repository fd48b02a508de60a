"""Numbers published elsewhere come out of the same files (EVIDENCE, section 5)."""

import csv

import numpy as np
import pytest

from tradestats import (
    Layout,
    complexity,
    finger_kreinin,
    fitness,
    grubel_lloyd,
    proximity,
    rca,
    read_flows,
    regional_trade,
    specialised,
)

UMA = ("DZA", "LBY", "MAR", "MRT", "TUN")
ECI = {
    "TUN": (0.203079, 63),
    "EGY": (-0.024374, 76),
    "MAR": (-0.613647, 107),
    "DZA": (-0.660207, 109),
    "LBY": (-1.106934, 132),
    "MRT": (-1.363034, 138),
}
RCA = {
    ("TUN", "1509"): 64.317,
    ("TUN", "8544"): 15.378,
    ("MAR", "2510"): 200.036,
    ("MAR", "8703"): 2.368,
    ("MRT", "2601"): 71.777,
    ("DZA", "2711"): 29.354,
    ("LBY", "2709"): 13.492,
}
#: Million USD a year, mean of 2012 to 2022 (CEPII BACI HS96 V202401b), rows sell to columns.
MATRIX = (
    (0, 49.0, 665.3, 86.2, 1466.8),
    (139.9, 0, 50.9, 1.5, 120.3),
    (215.8, 85.0, 0, 236.7, 144.7),
    (56.1, 0.9, 6.5, 0, 2.7),
    (463.7, 602.4, 246.4, 25.8, 0),
)


@pytest.fixture(scope="module")
def africa(evidence):
    layout = Layout(
        exporter="iso3_o",
        importer="iso3_d",
        product="section_code",
        value="value",
        quantity="quantity",
    )
    path = evidence("trade", "bilateral_africa_hs_section_avg2012_2022.csv.gz")
    return read_flows(path, layout, year=2017)


def test_complexity_and_advantage_of_2016(atlas):
    countries, products, table = atlas
    found = complexity(specialised(table))
    index = rca(table)

    assert table.shape == (150, 1238)
    assert found.connected
    for country, (eci, rank) in ECI.items():
        at = countries.index(country)
        assert found.eci[at] == pytest.approx(eci, abs=1e-6)
        assert int((found.eci > found.eci[at]).sum()) + 1 == rank
    for (country, product), value in RCA.items():
        at = countries.index(country), products.index(product)
        assert index[at] == pytest.approx(value, abs=1e-3)


def test_similarity_of_2016(atlas):
    countries, _products, table = atlas
    found = finger_kreinin(table)

    for one, other, value in (("TUN", "MAR", 0.4443), ("DZA", "LBY", 0.5153)):
        assert found[countries.index(one), countries.index(other)] == pytest.approx(value, abs=5e-5)


def test_the_r_package_has_the_same_matrix_proximities_and_fitness(sitc, evidence):
    """economiccomplexity 2.0, on the means of 1998 to 2000."""
    countries, _products, table = sitc
    m = specialised(table)
    near = proximity(m)
    found, _quality = fitness(m)

    assert m.sum() == 31_951
    assert np.nanmean(near) == pytest.approx(0.2067174519, abs=1e-10)
    path = evidence("oracles", "economiccomplexity_fitness_country_1998_2000.csv")
    with path.open(encoding="utf-8") as stream:
        printed = {row[-2]: float(row[-1]) for row in list(csv.reader(stream))[1:]}
    for country, value in (("tun", 1.42467), ("mar", 1.146939), ("egy", 1.518013)):
        assert printed[country] == pytest.approx(value, abs=1e-4)
        assert found[countries.index(country)] == pytest.approx(value, rel=0.01)


def test_trade_inside_the_maghreb(africa):
    assert regional_trade(africa, UMA).inside == pytest.approx(4_666_828.823, abs=1e-3)
    assert regional_trade(africa, (*UMA, "EGY")).inside == pytest.approx(7_857_620.862, abs=1e-3)
    table = africa.bilateral()
    at = [africa.at(country) for country in UMA]
    assert (table[np.ix_(at, at)] / 1000).round(1).tolist() == [list(row) for row in MATRIX]


def test_trade_both_ways_by_section(africa):
    for one, other, value in (("TUN", "MAR", 0.4505), ("TUN", "DZA", 0.1155)):
        found = grubel_lloyd(africa.pair(one, other), africa.pair(other, one))
        assert found == pytest.approx(value, abs=5e-5)


def test_the_raw_file_of_baci_is_read_whole(evidence):
    flows = read_flows(evidence("trade", "baci_raw_HS17_Y2020_V202301_AFG_ZAF.csv.gz"))

    assert (flows.year, flows.tally.rows_read, flows.tally.dropped) == (2020, 72_097, {})
    assert flows.value.sum() == pytest.approx(flows.tally.value_read)
    assert set(np.flatnonzero(flows.exports().sum(axis=1))) == {flows.at("AFG"), flows.at("ZAF")}
    assert np.isnan(flows.quantity).any()  # “NA”, padded with blanks
    assert len(flows.at_level(2).products) < 98
