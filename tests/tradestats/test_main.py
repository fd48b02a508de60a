"""`python -m tradestats`: what was read, a region at a glance, and refusals in one line."""

import pytest

from tradestats.__main__ import main

COLUMNS = "exporter=from,importer=to,product=code,value=usd,unit=USD"
TABLE = """from,to,code,usd
TUN,FRA,1509,60
TUN,MAR,1509,2
FRA,MAR,1509,40
FRA,MAR,8703,200
MAR,FRA,8703,80
MAR,TUN,8703,10
FRA,TUN,8703,90
FRA,TUN,2709,5
"""


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "trade.csv"
    path.write_text(TABLE)
    return str(path)


def printed(capsys, *arguments):
    assert main(arguments) == 0
    return [" ".join(line.split()) for line in capsys.readouterr().out.splitlines()]


def test_a_region_at_a_glance(file, capsys):
    lines = printed(
        capsys,
        file,
        "--columns",
        COLUMNS,
        "--year",
        "2020",
        "--region",
        "TUN,MAR",
        "--without",
        "27",
    )

    assert lines[:4] == [
        "2020: 3 countries, 3 products",
        "Read: 8 rows, 487.0 USD",
        "Dropped, products left out: 1 rows, 5.0 USD",
        "Kept: 7 rows, 482.0 USD",
    ]
    assert "Trade inside the region: 12.0 USD" in lines
    assert "Share of its exports 7.89%, of its imports 3.51%, of both 4.86%" in lines
    assert {"TUN – 2.0", "MAR 10.0 –"} <= set(lines)  # nobody sells to themselves
    assert "TUN – 0.000" in lines
    assert "MAR TUN 1509 40.0 2.0 4.73 underused" in lines


def test_the_file_alone_and_fewer_digits(file, capsys):
    lines = printed(capsys, file, "--columns", COLUMNS, "--year", "2020", "--level", "2")

    assert lines == [
        "2020: 3 countries, 3 products",
        "Read: 8 rows, 487.0 USD",
        "Kept: 8 rows, 487.0 USD",
    ]


def test_the_list_of_links_is_cut_and_says_so(file, capsys):
    lines = printed(
        capsys, file, "--columns", COLUMNS, "--year", "2020", "--region", "TUN,MAR", "--most", "0"
    )

    assert lines[-1].endswith("more that are missing or underused")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--year", "2020"], "there is no column “t”"),
        (["--columns", "a=b"], "--columns must name exporter, importer, product, value"),
        (["--columns", COLUMNS], "the file names no year"),
        (["--columns", COLUMNS, "--year", "2020", "--region", "TUN,XXX"], "no country “XXX”"),
        (["--columns", COLUMNS, "--year", "2020", "--level", "6"], "fewer than 6 digits"),
    ],
)
def test_what_cannot_be_told_is_said_in_one_line(file, arguments, said, capsys):
    assert main([file, *arguments]) == 2

    error = capsys.readouterr().err
    assert error.startswith("tradestats: ")
    assert said in error
    assert error.count("\n") == 1


def test_a_file_that_is_not_there_is_said_in_one_line(capsys):
    assert main(["nowhere.csv"]) == 2
    assert "No such file" in capsys.readouterr().err
