"""Real trade, read where it lies; tests are skipped where it does not."""

import csv
import gzip
import os
from pathlib import Path

import numpy as np
import pytest

SHARED = Path(os.environ.get("MAJLIS_SHARED", Path(__file__).resolve().parents[3] / "shared"))
EVIDENCE = SHARED / "data" / "evidence"


def _evidence(*parts):
    path = EVIDENCE.joinpath(*parts)
    if not path.exists():
        pytest.skip(f"needs the shared file {path}, or MAJLIS_SHARED set to where it is")
    return path


@pytest.fixture(scope="session")
def evidence():
    """Function from parts of a path under the shared evidence to that path, or a skip."""
    return _evidence


def matrix(path, country, product, value):
    """Countries, products and values of a table with one row for each of both."""
    with gzip.open(path, "rt", encoding="utf-8") as stream:
        rows = [(row[country], row[product], float(row[value])) for row in csv.DictReader(stream)]
    countries, products = (sorted({row[at] for row in rows}) for at in (0, 1))
    table = np.zeros((len(countries), len(products)))
    of, to = ({name: at for at, name in enumerate(names)} for names in (countries, products))
    for row in rows:
        table[of[row[0]], to[row[1]]] += row[2]
    return countries, products, table


@pytest.fixture(scope="session")
def atlas(evidence):
    """Exports by HS4 of 2016: exporters of 1e9 USD and more, without heading 9999."""
    path = evidence("trade", "exports_hs4_2016.csv.gz")
    countries, products, table = matrix(path, "iso3", "hs4", "value_usd")
    large = table.sum(axis=1) >= 1e9
    named = np.array([code != "9999" for code in products])
    return (
        [name for name, one in zip(countries, large, strict=True) if one],
        [code for code in products if code != "9999"],
        table[np.ix_(large, named)],
    )


@pytest.fixture(scope="session")
def sitc(evidence):
    """Exports by SITC4, mean of 1998 to 2000."""
    path = evidence("trade", "exports_sitc4_avg1998_2000.csv.gz")
    return matrix(path, "country", "product", "value")
