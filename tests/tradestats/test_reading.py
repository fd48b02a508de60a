"""Thirty ways to break a trade file, each stopped with file, line and reason."""

import gzip
import zipfile

import numpy as np
import pytest

from tradestats import BACI, BadFile, Layout, read_flows
from tradestats.countries import baci_countries

HEAD = "t,i,j,k,v,q\n"
GOOD = "2020,788,504,150910,10.5,        2.000\n"
TIDY = Layout(exporter="from", importer="to", product="code", value="usd", unit="USD")


@pytest.fixture
def written(tmp_path):
    def write(text, name="flows.csv"):
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    return write


BAD = {
    "nothing": ("", "line 1: there is no column “t”."),
    "no rows": (HEAD, "there is no trade in this file for the year asked."),
    "no head": (GOOD, "line 1: there is no column “t”."),
    "a column lacks": ("t,i,j,k,v\n", "line 1: there is no column “q”."),
    "a column twice": ("t,i,j,k,v,q,v\n", "line 1: two columns have the same name."),
    "semicolons": ("t;i;j;k;v;q\n", "line 1: there is no column “t”."),
    "a cell lacks": (HEAD + GOOD + "2020,788,504,1\n", "line 3: 4 cells where the head has 6."),
    "a cell more": (HEAD + GOOD.replace("\n", ",\n"), "line 2: 7 cells where the head has 6."),
    "a decimal comma": (
        HEAD + "2020,788,504,150910,10,5,2\n",
        "line 2: 7 cells where the head has 6.",
    ),
    "no year": (HEAD + ",788,504,150910,1,1\n", "line 2: “” is not a year."),
    "a word for a year": (HEAD + "last,788,504,150910,1,1\n", "line 2: “last” is not a year."),
    "two years": (
        HEAD + GOOD + GOOD.replace("2020", "2021"),
        "line 3: the years 2020 and 2021 stand in one file: say which to take.",
    ),
    "ISO numbers": (
        HEAD + GOOD.replace("504", "250"),
        "line 2: “250” is no country code of this layout.",
    ),
    "letters": (
        HEAD + GOOD.replace("504", "MAR"),
        "line 2: “MAR” is no country code of this layout.",
    ),
    "no exporter": (
        HEAD + GOOD.replace("788", ""),
        "line 2: “” is no country code of this layout.",
    ),
    "itself": (HEAD + GOOD.replace("504", "788"), "line 2: 788 sells to itself."),
    "a zero lost": (
        HEAD + GOOD.replace("150910", "30617"),
        "line 2: product “30617” does not have 6 digits.",
    ),
    "no product": (HEAD + GOOD.replace("150910", ""), "line 2: product “” does not have 6 digits."),
    "a float": (
        HEAD + GOOD.replace("150910", "1509.1"),
        "line 2: product “1509.1” does not have 6 digits.",
    ),
    "no value": (HEAD + GOOD.replace("10.5", ""), "line 2: v is “”, which is not a number."),
    "NA for a value": (
        HEAD + GOOD.replace("10.5", "NA"),
        "line 2: v is “NA”, which is not a number.",
    ),
    "a word for a value": (
        HEAD + GOOD.replace("10.5", "ten"),
        "line 2: v is “ten”, which is not a number.",
    ),
    "under zero": (HEAD + GOOD.replace("10.5", "-1"), "line 2: v is “-1”, which is no amount."),
    "zero": (HEAD + GOOD.replace("10.5", "0"), "line 2: the value 0 is not above zero."),
    "nan": (HEAD + GOOD.replace("10.5", "nan"), "line 2: v is “nan”, which is no amount."),
    "infinite": (HEAD + GOOD.replace("10.5", "1e999"), "line 2: v is “1e999”, which is no amount."),
    "an underscore": (
        HEAD + GOOD.replace("10.5", "1_0"),
        "line 2: v is “1_0”, which is no amount.",
    ),
    "a word for tons": (
        HEAD + GOOD.replace("2.000", "some"),
        "line 2: q is “some”, which is not a number.",
    ),
    "tons under zero": (
        HEAD + GOOD.replace("2.000", "-2"),
        "line 2: q is “-2”, which is no amount.",
    ),
    "twice": (HEAD + GOOD + "\n" + GOOD, "line 4: this flow stands on line 2 already."),
    "an open quote": (HEAD + '"2020,788\n', "line 2: unexpected end of data."),
    "Latin-1": (HEAD.encode() + b"2020,\xe9,504,150910,1,1\n", "this is not UTF-8."),
}


@pytest.mark.parametrize(("text", "said"), BAD.values(), ids=BAD)
def test_a_fault_stops_the_load(written, text, said):
    path = written(text)
    with pytest.raises(BadFile) as refused:
        read_flows(path)
    shown = str(refused.value)
    assert shown.removeprefix(str(path)).lstrip(",: ") == said
    assert refused.value.path == path


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("flows.csv.gz", b"not gzip", "the compressed file is damaged"),
        (
            "flows.csv.gz",
            gzip.compress((HEAD + GOOD * 99).encode(), mtime=0)[:-20],  # each time the same name
            "the compressed file is",
        ),
        ("flows.zip", b"not zip", "the compressed file is damaged"),
    ],
)
def test_a_damaged_archive_is_refused(written, name, content, said):
    with pytest.raises(BadFile, match=said):
        read_flows(written(content, name))


def test_an_archive_of_several_tables_is_refused(tmp_path):
    path = tmp_path / "flows.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("one.csv", HEAD)
        archive.writestr("two.csv", HEAD)
    with pytest.raises(BadFile, match="2 CSV files are in it, where one is needed"):
        read_flows(path)


def test_the_same_table_is_read_from_any_wrapping(written, tmp_path):
    text = "\ufeff" + HEAD + GOOD
    path = tmp_path / "flows.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("folder/BACI_HS17_Y2020.csv", text)
        archive.writestr("README.txt", "words")
    for each in (written(text), written(gzip.compress(text.encode()), "flows.csv.gz"), path):
        flows = read_flows(each)
        assert (flows.year, flows.countries, flows.products) == (2020, ("MAR", "TUN"), ("150910",))
        assert flows.pair("TUN", "MAR").tolist() == [10.5]
        assert flows.quantity.tolist() == [2.0]


def test_one_year_of_several_is_taken_and_the_rest_is_counted(written):
    path = written(HEAD + GOOD + GOOD.replace("2020", "2021").replace("10.5", "4"))
    flows = read_flows(path, year=2021)

    assert (flows.year, flows.value.tolist()) == (2021, [4.0])
    assert flows.tally.dropped == {"another year": (1, 10.5)}
    assert (flows.tally.rows_read, flows.tally.rows_kept, flows.tally.value_kept) == (2, 1, 4.0)


def test_codes_of_one_country_are_added_up(written):
    rows = "2020,56,788,150910,1,1\n2020,58,788,150910,2,NA\n2020,788,276,010121,5,\n"
    flows = read_flows(written(HEAD + rows))

    assert flows.pair("BEL", "TUN").tolist() == [0, 3.0]
    assert np.isnan(flows.quantity).sum() == 2  # a sum with a gap has no weight
    assert flows.products == ("010121", "150910")


def test_pairs_outside_what_is_asked_are_dropped_and_counted(written):
    rows = GOOD + "2020,251,842,150910,100,1\n"
    flows = read_flows(written(HEAD + rows), keep=lambda one, other: "TUN" in (one, other))

    assert flows.value.tolist() == [10.5]
    assert flows.tally.dropped == {"outside what was asked": (1, 100.0)}


def test_another_layout_takes_codes_as_they_are(written):
    path = written("from,to,code,usd,note\nTUN,MAR,15,7,x\n")

    assert read_flows(path, TIDY, year=2019).unit == "USD"
    with pytest.raises(BadFile, match="the file names no year: say which it is"):
        read_flows(path, TIDY)


def test_countries_of_baci_are_not_those_of_iso():
    codes = baci_countries()

    assert (codes["251"], codes["699"], codes["757"]) == ("FRA", "IND", "CHE")
    assert {"250", "356", "756", "840", "732"}.isdisjoint(codes)
    assert len(codes) == 239
    assert all(len(code) >= 3 for code in codes.values())
    assert BACI.countries == codes
