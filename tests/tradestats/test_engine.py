"""Reading by columns gives what reading row by row gives, from CSV and Parquet alike."""

import gzip
import io

import numpy as np
import polars as pl
import pytest

from tradestats import BACI, BadFile, Layout, engine, read_flows, reading

HEAD = "t,i,j,k,v,q\n"
ROWS = (
    "2020,788,504,150910,10.5,        2.000\n"
    "2020,56,788,150910,1,            NA\n"
    "2020,58,788,150910,2,\n"
    "2020,251,842,010121,0.1,     1e-3\n"
)
TIDY = Layout(exporter="from", importer="to", product="code", value="usd", digits=6, unit="USD")
PARTS = ("exporter", "importer", "product", "value", "quantity")


def same(one, other):
    assert (one.year, one.countries, one.products) == (other.year, other.countries, other.products)
    assert (one.tally.rows_read, one.tally.dropped) == (other.tally.rows_read, other.tally.dropped)
    assert one.tally.value_read == pytest.approx(other.tally.value_read, rel=1e-12)
    for part in PARTS:
        assert np.array_equal(getattr(one, part), getattr(other, part), equal_nan=True), part


def by_rows(path, layout=BACI, year=None, keep=None):
    return reading._row_by_row(path, layout, year, keep)


@pytest.fixture
def plain(monkeypatch):
    """Forbid reading row by row: what is asked here must be read by columns."""

    def refuse(*_given):
        pytest.fail("read row by row")

    monkeypatch.setattr(reading, "_row_by_row", refuse)


def test_a_real_file_is_read_alike(evidence):
    path = evidence("trade", "baci_raw_HS17_Y2020_V202301_AFG_ZAF.csv.gz")
    same(read_flows(path), by_rows(path))


@pytest.mark.parametrize("turned", [False, True])
@pytest.mark.parametrize("year", [None, 2020, 2021])
def test_codes_order_and_years(tmp_path, turned, year):
    path = tmp_path / "flows.csv"
    rows = ROWS.splitlines(keepends=True)
    if year:
        rows.append("2021,788,504,150910,4,1\n")
    path.write_text(HEAD + "".join(rows[::-1] if turned else rows))
    same(read_flows(path, year=year), by_rows(path, year=year))
    same(
        read_flows(path, year=year, keep=lambda seller, _buyer: seller == "TUN"),
        by_rows(path, year=year, keep=lambda seller, _buyer: seller == "TUN"),
    )


def test_parquet_holds_text_or_numbers(tmp_path, plain):
    (tmp_path / "flows.csv").write_text(HEAD + ROWS)
    wanted = read_flows(tmp_path / "flows.csv")
    table = pl.read_csv(io.StringIO(HEAD + ROWS), infer_schema=False)
    table = table.with_columns(pl.col("v").cast(pl.Float64))
    table.write_parquet(tmp_path / "text.parquet")
    same(read_flows(tmp_path / "text.parquet"), wanted)
    tons = pl.col("q").str.strip_chars().replace("NA", "").cast(pl.Float64, strict=False)
    whole = [pl.col(name).cast(pl.Int32) for name in "tijk"]
    table.with_columns(*whole, tons).write_parquet(tmp_path / "numbers.parquet")
    same(read_flows(tmp_path / "numbers.parquet"), wanted)


def tidy(tmp_path, **changes):
    columns = {
        "from": ["TUN", "MAR", "TUN"],
        "to": ["MAR", "TUN", "DZA"],
        "code": ["150910", "150910", "010121"],
        "usd": [1.0, 2.0, 3.0],
    }
    path = tmp_path / "tidy.parquet"
    pl.DataFrame(columns | changes).write_parquet(path)
    return path


def test_parquet_of_another_layout(tmp_path):
    flows = read_flows(tidy(tmp_path), TIDY, year=2020)
    assert flows.pair("TUN", "DZA").tolist() == [3.0, 0.0]
    with pytest.raises(BadFile, match="the file names no year"):
        read_flows(tidy(tmp_path), TIDY)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"usd": [1.0, 0.0, 3.0]}, "row 2: usd is missing, or not above zero"),
        ({"usd": [1.0, None, 3.0]}, "row 2: usd is missing, or not above zero"),
        ({"usd": [1.0, 2.0, float("inf")]}, "row 3: usd is no amount"),
        ({"usd": ["1", "2", "3"]}, "column “usd” does not hold numbers"),
        ({"from": ["TUN", None, "TUN"]}, "row 2: from is missing"),
        ({"from": ["TUN", "", "TUN"]}, "row 2: a country is “”"),
        ({"to": ["MAR", "TUN", "TUN"]}, "row 3: to is the exporter itself"),
        ({"code": ["150910", "150910", "10121"]}, "row 3: code is “10121”, without its 6 digits"),
        ({"code": [150910, 150910, -1]}, "column “code” holds numbers that are no codes"),
        ({"to": ["MAR", "TUN", "MAR"], "code": ["150910"] * 3}, "row 3: the flow stands in"),
    ],
)
def test_a_fault_in_parquet_is_named_by_its_row(tmp_path, changes, said):
    with pytest.raises(BadFile, match=said):
        read_flows(tidy(tmp_path, **changes), TIDY, year=2020)


def test_parquet_without_a_column_or_damaged(tmp_path):
    with pytest.raises(BadFile, match="there is no column “t”"):
        read_flows(tidy(tmp_path))
    (tmp_path / "bad.parquet").write_bytes(b"PAR1 not really")
    with pytest.raises(BadFile, match="no Parquet file that can be read"):
        read_flows(tmp_path / "bad.parquet")


@pytest.mark.parametrize("name", ["flows.csv", "flows.csv.gz"])
def test_a_plain_file_is_read_by_columns(tmp_path, plain, name):
    text = (HEAD + ROWS).encode()
    (tmp_path / name).write_bytes(gzip.compress(text) if name.endswith("gz") else text)
    assert len(read_flows(tmp_path / name).value) == 3


@pytest.mark.parametrize(
    "text",
    [
        HEAD + ROWS.replace("10.5", '"10.5"'),
        HEAD + "\n" + ROWS,
        HEAD + ROWS.replace("788,504", " 788,504"),
        HEAD.replace("t,", " t,") + ROWS,
        (HEAD + ROWS).replace("\n", "\r\n"),
        "\ufeff" + HEAD + ROWS,
        (HEAD + ROWS).removesuffix("\n"),
    ],
)
def test_a_file_written_otherwise_is_read_all_the_same(tmp_path, text):
    path = tmp_path / "flows.csv"
    path.write_bytes(text.encode())
    same(read_flows(path), by_rows(path))


def test_what_is_not_plain_is_left_to_reading_by_rows(tmp_path):
    path = tmp_path / "flows.csv"
    path.write_text(HEAD + ROWS.replace("504", "999"))
    with pytest.raises(engine.NotPlain):
        engine.read_csv(path, BACI, None)
