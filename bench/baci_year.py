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
    """Draw so many rows, by exporter, importer and product, and write both files."""
    draws = np.random.default_rng(seed)
    codes = np.array(sorted(map(int, {v: k for k, v in baci_countries().items()}.values())))
    products = np.unique(draws.integers(10_000, 970_000, N_PRODUCTS * 2))
    products = np.sort(draws.choice(products, N_PRODUCTS, replace=False))
    exporter, importer, product = _cells(draws, rows, len(codes))
    n = len(product)
    value = np.round(draws.lognormal(3, 2.5, n) + 0.001, 3)
    weight = np.round(value * draws.lognormal(-1, 1, n) + 0.001, 3)
    table = pl.DataFrame(
        {
            "t": np.full(n, 2022),
            "i": codes[exporter],
            "j": codes[importer],
            "k": products[product],
            "v": value,
            "q": np.where(draws.random(n) < 0.04, np.nan, weight),
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
    draws: np.random.Generator, rows: int, n: int
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return that many cells of exporter, importer and product, in order."""
    size, lean, place = draws.lognormal(0, 1.8, n), draws.random(n), draws.random(N_PRODUCTS)
    away = np.abs(lean[:, None] - place)
    near = np.exp(-((np.minimum(away, 1 - away) / 0.2) ** 2)) * draws.lognormal(0, 1, N_PRODUCTS)
    least, most = -25.0, 10.0
    for _ in range(40):  # how large all trade is, so that more rows than these are expected
        scale = np.exp((least + most) / 2)
        expected = sum(
            (1 - np.exp(-scale * size[i] * near[i] * size[::8, None])).sum() * 8
            for i in range(0, n, 8)
        )
        least, most = (
            ((least + most) / 2, most) if 8 * expected < 1.3 * rows else (least, np.log(scale))
        )
    found = []
    for i in range(n):
        met = draws.random((n, N_PRODUCTS)) < 1 - np.exp(-scale * size[i] * size[:, None] * near[i])
        met[i] = False
        found.append(np.vstack([np.full((1, met.sum()), i), np.nonzero(met)]))
    cells = np.hstack(found)
    kept = np.sort(draws.choice(cells.shape[1], min(rows, cells.shape[1]), replace=False))
    exporter, importer, product = cells[:, kept]
    return exporter, importer, product


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]))
