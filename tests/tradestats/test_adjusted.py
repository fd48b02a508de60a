"""Factors of an export potential, clusters and concordances, against numbers worked by hand."""

import csv
import gzip

import numpy as np
import pytest

from tradestats import (
    BadTable,
    Flows,
    carried,
    clusters,
    distance_term,
    export_potential,
    location_quotient,
    supply_growth,
)
from tradestats.adjusted import demand_growth, tariff_advantage

#: A sells 6 of x to C, B sells 2 of x and 4 of y to C, C sells 3 of y to A.
FLOWS = Flows(
    2020,
    ("A", "B", "C"),
    ("x", "y", "z"),
    np.array([0, 1, 1, 2]),
    np.array([2, 2, 2, 0]),
    np.array([0, 0, 1, 1]),
    np.array([6.0, 2.0, 4.0, 3.0]),
    np.full(4, np.nan),
)
GROWTH = {"A": 2.0, "B": 1.0, "C": 1.0}


def test_a_country_that_outgrows_its_rivals_gains_share():
    found = supply_growth(FLOWS, "A", GROWTH)
    assert found[:2].tolist() == [2 / (6 / 8 * 2 + 2 / 8), 2.0]
    assert np.isnan(found[2])


def test_shares_that_grow_still_add_up_to_one():
    exports = FLOWS.exports()
    share = exports[:, :2] / exports[:, :2].sum(axis=0)
    grown = [share[at] * supply_growth(FLOWS, name, GROWTH)[:2] for at, name in enumerate("ABC")]
    assert np.sum(grown, axis=0) == pytest.approx([1, 1])


def test_equal_growth_changes_nothing():
    same = dict.fromkeys("ABC", 1.3)
    assert supply_growth(FLOWS, "A", same)[:2] == pytest.approx([1, 1])
    core = export_potential(FLOWS, "B", "C")
    assert (core * np.nan_to_num(supply_growth(FLOWS, "B", same))).sum() == pytest.approx(6)


@pytest.mark.parametrize("growth", [{"A": 1.0}, GROWTH | {"B": 0.0}, GROWTH | {"C": np.nan}])
def test_a_missing_or_impossible_growth_is_refused(growth):
    with pytest.raises(BadTable, match="needs a factor of growth"):
        supply_growth(FLOWS, "A", growth)


def test_distance_is_compared_with_that_of_what_is_bought():
    distances = np.array([[1.0, 5, 100], [5, 1, 300], [100, 300, 1]])
    found = distance_term(FLOWS, "A", "C", distances)
    mean = (6 * 100 + 2 * 300) / 8
    assert found[0] == pytest.approx(100 / mean)  # nearer than the mean
    assert found[1] == pytest.approx(100 / 300)
    assert np.isnan(found[2])
    assert distance_term(FLOWS, "B", "C", distances)[1] == pytest.approx(1.0)


def test_a_supplier_at_an_unknown_distance_is_left_out():
    distances = np.array([[1.0, 5, 100], [5, 1, np.nan], [100, 300, 1]])
    assert distance_term(FLOWS, "A", "C", distances)[0] == pytest.approx(1.0)
    with pytest.raises(BadTable, match="known for the pair"):
        distance_term(FLOWS, "B", "C", distances)
    with pytest.raises(BadTable, match="a row and a column"):
        distance_term(FLOWS, "B", "C", distances[:2])


def test_other_factors_refuse_what_is_none():
    with pytest.raises(BadTable, match="factors above zero"):
        demand_growth(1.0, 0.0)
    with pytest.raises(BadTable, match="share of the price"):
        tariff_advantage([-1.0], [0.0], 1)


EMPLOYMENT = np.array([[10.0, 10, 80], [5, 5, 90], [1, 0, 99], [0, 1, 99]])


def test_clusters_are_groups_of_industries():
    found = clusters(EMPLOYMENT, {"boats": [0, 1]}, before=EMPLOYMENT / 2)
    assert found.employment[:, 0].tolist() == [20, 10, 1, 1]
    assert found.share[:, 0] == pytest.approx([20 / 32, 10 / 32, 1 / 32, 1 / 32])
    assert found.quotient[:, 0] == pytest.approx(np.array([0.20, 0.10, 0.01, 0.01]) / 0.08)
    assert found.growth[:, 0] == pytest.approx([1, 1, 1, 1])
    assert found.strong[:, 0].tolist() == [True, False, False, False]  # 1.25 is no top quarter


def test_a_cluster_of_one_industry_has_its_quotient():
    found = clusters(EMPLOYMENT, {"one": [0]})
    assert np.array_equal(found.quotient[:, 0], location_quotient(EMPLOYMENT)[:, 0])
    assert np.isnan(found.growth).all()


def test_a_confidential_cell_makes_its_cluster_unknown_and_no_other():
    table = EMPLOYMENT.copy()
    table[0, 1] = np.nan
    found = clusters(table, {"boats": [0, 1], "rest": [2]})
    assert np.isnan(found.employment[0, 0])
    assert not found.strong[0, 0]
    assert np.isfinite(found.quotient[1:]).all()


@pytest.mark.parametrize("groups", [{}, {"a": []}, {"a": [0], "b": [0]}, {"a": [3]}, {"a": [-1]}])
def test_groups_that_do_not_fit_are_refused(groups):
    with pytest.raises(BadTable):
        clusters(EMPLOYMENT, groups)


def test_codes_are_carried_through_two_revisions(evidence):
    path = evidence("codes", "hs_concordance_adjacent.csv.gz")
    with gzip.open(path, "rt", encoding="utf-8") as stream:
        rows = list(csv.DictReader(stream))

    def step(name):
        return [
            (row["code.before"].zfill(6), row["code.after"].zfill(6))
            for row in rows
            if row["adjustment"] == name
        ]

    # parts of aircraft move from 8803 to 8807 in 2022, and those of satellites elsewhere
    found = carried(["8803"], [step("2017 to 2012"), step("2022 to 2017")])
    assert {code[:4] for code in found.codes} == {"8524", "8529", "8807"}
    assert {code[:4] for code in found.widened} >= {"8524", "8529"}
    assert found.lost == ()


def test_codes_that_became_wider_or_unknown_are_named():
    first = [("010110", "010120"), ("010190", "010120"), ("020100", "020100")]
    found = carried(["010110", "9999"], [first, [("010120", "010121")]])
    assert found.codes == ("010121",)
    assert found.widened == {"010121": ("010190",)}
    assert found.lost == ("9999",)
    with pytest.raises(BadTable, match="one step or more"):
        carried(["0101"], [])
