"""Write a table like a year of BACI: its columns, codes, order and padding, and made-up trade.

    python bench/baci_year.py 11000000 var/bench/BACI_HS17_Y2022_synthetic.csv

Sizes of countries and products are lognormal, and a country sells more of what lies near its
place among the products, so that specialisations overlap as they do in the world. A `.parquet`
beside the CSV holds the same rows.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import polars as pl

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "packages/tradestats/src")]

from tradestats.countries import baci_countries  # noqa: E402 - where it lies is said above

N_PRODUCTS = 5_000


def main(rows: int, path: Path, seed: int = 1) -> None:
    """Draw the rows, sort them by exporter, importer and product, and write both files."""
    draws = np.random.default_rng(seed)
    codes = np.array(sorted(map(int, {v: k for k, v in baci_countries().items()}.values())))
    products = np.unique(draws.integers(10_000, 970_000, N_PRODUCTS * 2))
    products = np.sort(draws.choice(products, N_PRODUCTS, replace=False))
    size = draws.lognormal(0, 1.6, len(codes))
    place = np.sort(draws.random(N_PRODUCTS))
    cell = _cells(draws, rows, size / size.sum(), draws.random(len(codes)), place)
    exporter, rest = np.divmod(cell, len(codes) * N_PRODUCTS)
    importer, product = np.divmod(rest, N_PRODUCTS)
    value = np.round(draws.lognormal(3, 2.5, len(cell)) + 0.001, 3)
    weight = np.round(value * draws.lognormal(-1, 1, len(cell)) + 0.001, 3)
    table = pl.DataFrame(
        {
            "t": np.full(len(cell), 2022),
            "i": codes[exporter],
            "j": codes[importer],
            "k": products[product],
            "v": value,
            "q": np.where(draws.random(len(cell)) < 0.04, np.nan, weight),
        }
    ).with_columns(
        pl.col("k").cast(pl.String).str.zfill(6),
        pl.when(pl.col("q").is_nan())
        .then(pl.lit("NA"))
        .otherwise(pl.col("q").round(3).cast(pl.String))
        .str.pad_start(14)
        .alias("q"),
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    table.write_csv(path)
    table.write_parquet(path.with_suffix(".parquet"))


def _cells(
    draws: np.random.Generator,
    rows: int,
    size: np.ndarray,
    lean: np.ndarray,
    place: np.ndarray,
) -> np.ndarray:
    """Return that many cells of exporter, importer and product, each once, in order."""
    found = np.empty(0, dtype=np.int64)
    n = len(size)
    while len(found) < rows:
        more = int((rows - len(found)) * 1.4) + 1_000
        pair = draws.choice(n, (2, more), p=size)
        near = (lean[pair[0]] + draws.normal(0, 0.22, more)) % 1.0
        product = np.searchsorted(place, near) % N_PRODUCTS
        cell = (pair[0] * n + pair[1]) * N_PRODUCTS + product
        found = np.unique(np.append(found, cell[pair[0] != pair[1]]))
    return np.sort(draws.choice(found, rows, replace=False))


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]))
