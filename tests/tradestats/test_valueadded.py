"""Value added in exports: published numbers, and the identities that hold for any table."""

import csv
import dataclasses

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from tradestats import BadTable, InterCountry

#: The R package exvatools on its random table `iciotest`: Spain (EVIDENCE, section 5).
SPAIN = {
    "exports": 4666.96,
    "dc": 2165.17,
    "dva": 1880.60,
    "vax": 1624.18,
    "ref": 256.41,
    "ddc": 284.58,
    "fc": 2501.78,
    "fva": 2176.21,
    "fdc": 325.58,
    "gvc": 4034.25,
    "backward": 2786.36,
    "forward": 1247.89,
}
COUNTRIES = ("A", "A", "B", "B", "C", "C")
#: Final demand is large, so that every sector adds value.
tables = st.tuples(
    arrays(np.float64, (6, 6), elements=st.integers(0, 9).map(float)),
    arrays(np.float64, (6, 3), elements=st.integers(30, 60).map(float)),
).map(lambda two: InterCountry.of(COUNTRIES, two[0], two[1], ("A", "B", "C")))


@pytest.fixture
def random_table(evidence):
    """The table `iciotest` of exvatools: five countries and the rest, three sectors each."""
    with evidence("oracles", "exvatools_iciotest_data.csv").open(encoding="utf-8") as stream:
        table = np.array([[float(cell) for cell in row] for row in csv.reader(stream)])
    names = ("ESP", "FRA", "MEX", "USA", "CHN", "ROW")
    parts = (*names, "MEX", "MEX", "CHN", "CHN")  # MX1, MX2, CN1 and CN2 are of their country
    rows = tuple(name for name in parts for _sector in range(3))
    buyers = tuple(name for name in names for _kind in range(2))
    return InterCountry.of(rows, table[:, :30], table[:, 30:], buyers)


def test_the_nine_terms_of_spain_add_up_and_understate_foreign_value_added(random_table):
    found = random_table.nine_terms("ESP")

    assert sum(dataclasses.astuple(found)) == pytest.approx(4666.96, abs=5e-3)
    assert found.foreign == pytest.approx(854.62, abs=5e-3)  # 2,176.21 by Borin and Mancini


@given(tables, st.sampled_from("ABC"))
def test_nine_terms_add_up_to_exports(table, country):
    found, parts = table.nine_terms(country), table.content(country)

    assert sum(dataclasses.astuple(found)) == pytest.approx(parts.exports)
    assert found.final + found.absorbed + found.passed_on == pytest.approx(parts.vax)
    assert parts.dc == pytest.approx(sum(dataclasses.astuple(found)[:6]))


def test_the_parts_of_spain_come_out(random_table):
    found = random_table.content("ESP")
    for part, value in SPAIN.items():
        assert getattr(found, part) == pytest.approx(value, abs=5e-3), part


@given(tables, st.sampled_from("ABC"))
def test_identities_hold(table, country):
    found = table.content(country)

    assert found.exports == pytest.approx(found.dc + found.fc)
    assert found.dc == pytest.approx(found.dva + found.ddc)
    assert found.fc == pytest.approx(found.fva + found.fdc)
    assert found.dva == pytest.approx(found.vax + found.ref)
    assert found.gvc == pytest.approx(found.backward + found.forward)
    assert found.fva == pytest.approx(sum(table.origins(country).values()))
    assert set(table.origins(country)) == {"A", "B", "C"} - {country}
    for part in (found.ddc, found.fdc, found.ref, found.forward, found.fva):
        assert part >= -1e-9


@given(tables, st.permutations(range(6)))
def test_the_order_of_rows_does_not_matter(table, order):
    order = list(order)
    turned = InterCountry.of(
        [COUNTRIES[at] for at in order],
        table.uses[np.ix_(order, order)],
        table.final[order],
        table.buyers,
    )

    assert vars(turned.content("A")) == pytest.approx(vars(table.content("A")))


def test_without_inputs_from_abroad_exports_are_one_s_own():
    uses = np.kron(np.eye(3), np.full((2, 2), 5.0))
    found = InterCountry.of(COUNTRIES, uses, np.full((6, 3), 20.0), "ABC").content("B")

    assert found.dva == pytest.approx(found.exports)
    assert (found.fc, found.ref, found.gvc) == (
        pytest.approx(0),
        pytest.approx(0),
        pytest.approx(0),
    )


@pytest.mark.parametrize(
    ("given_", "said"),
    [
        ((("A",), [[1, 2]], [[1]], ("A",)), "uses must be rows × rows, and final rows × buyers."),
        (
            (("A",), [[np.nan]], [[1]], ("A",)),
            "an input-output table must hold finite numbers only.",
        ),
        ((("A",), [[1]], [[1]], ("B",)), "“B” has final demand and no rows."),
    ],
)
def test_what_is_no_table_is_refused(given_, said):
    with pytest.raises(BadTable) as refused:
        InterCountry.of(*given_)
    assert str(refused.value) == said


def test_a_country_that_is_not_there_and_a_table_that_uses_itself_up():
    table = InterCountry.of(("A", "B"), [[5, 0], [0, 1]], [[0, 0], [1, 1]], ("A", "B"))
    with pytest.raises(BadTable, match="there is no country “Z” in this table"):
        table.content("Z")
    with pytest.raises(BadTable, match="no Leontief inverse"):
        table.content("B")
