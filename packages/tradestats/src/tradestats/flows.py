"""Flows: who sold what to whom in one year, and the tables that follow from it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt

from tradestats.errors import BadTable

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]
BoolArray = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Tally:
    """What a load read, dropped and kept: rows and value, each reason by itself."""

    rows_read: int = 0
    value_read: float = 0.0
    dropped: Mapping[str, tuple[int, float]] = field(default_factory=dict)

    @property
    def rows_kept(self) -> int:
        """How many rows were kept."""
        return self.rows_read - sum(rows for rows, _value in self.dropped.values())

    @property
    def value_kept(self) -> float:
        """How much value was kept."""
        return self.value_read - sum(value for _rows, value in self.dropped.values())

    def dropping(self, reason: str, rows: int, value: float) -> Tally:
        """Return the tally with more rows dropped for a reason."""
        before = self.dropped.get(reason, (0, 0.0))
        more = {reason: (before[0] + rows, before[1] + value)}
        return replace(self, dropped={**self.dropped, **more}) if rows else self


@dataclass(frozen=True, eq=False)
class Flows:
    """Trade of one year, one row for each exporter, importer and product.

    Attributes
    ----------
    year : int
    countries, products : tuple of str
        Their order is that of every table made of these flows.
    exporter, importer, product : ndarray of int64
        Places in `countries` and `products`.
    value : ndarray of float64
        In `unit`. Positive: what is not here was not observed, which is not the same as zero.
    quantity : ndarray of float64
        In metric tons; nan where the source has none.
    unit : str
    tally : Tally
        What was read, dropped and kept on the way here.
    """

    year: int
    countries: tuple[str, ...]
    products: tuple[str, ...]
    exporter: IntArray
    importer: IntArray
    product: IntArray
    value: FloatArray
    quantity: FloatArray
    unit: str = "kUSD"
    tally: Tally = field(default_factory=Tally)

    def exports(self) -> FloatArray:
        """Return exports by country and product: X_ik, the sum over importers."""
        return self._table(self.exporter, self.product, len(self.products))

    def imports(self) -> FloatArray:
        """Return imports by country and product: M_jk, the sum over exporters."""
        return self._table(self.importer, self.product, len(self.products))

    def bilateral(self) -> FloatArray:
        """Return the value by exporter and importer, the sum over products.

        Zero where nothing was observed; `observed` tells that apart from trade.
        """
        return self._table(self.exporter, self.importer, len(self.countries))

    def observed(self) -> BoolArray:
        """Return which pairs of exporter and importer have any flow this year."""
        found = np.zeros((len(self.countries),) * 2, dtype=bool)
        found[self.exporter, self.importer] = True
        return found

    def pair(self, exporter: str, importer: str) -> FloatArray:
        """Return the value by product of what one country sells another: T_ijk.

        Raises
        ------
        BadTable
            When a country is not in these flows.
        """
        chosen = (self.exporter == self.at(exporter)) & (self.importer == self.at(importer))
        return np.bincount(
            self.product[chosen], self.value[chosen], minlength=len(self.products)
        ).astype(np.float64)

    def at(self, country: str) -> int:
        """Return the place of a country.

        Raises
        ------
        BadTable
            When it is not in these flows.
        """
        try:
            return self.countries.index(country)
        except ValueError:
            raise BadTable(f"there is no country “{country}” in these flows.") from None

    def members(self, region: Collection[str]) -> BoolArray:
        """Return which countries belong to a region: any set of countries.

        Raises
        ------
        BadTable
            When one of them is not in these flows, or the region is empty.
        """
        if not region:
            raise BadTable("a region needs one country or more.")
        found = np.zeros(len(self.countries), dtype=bool)
        found[[self.at(country) for country in region]] = True
        return found

    def without(self, product: Callable[[str], bool], reason: str) -> Flows:
        """Return the flows without some products; the tally says how much that was."""
        dropped = np.array([product(code) for code in self.products], dtype=bool)[self.product]
        return self.chosen(~dropped, reason)

    def at_level(self, digits: int) -> Flows:
        """Return the flows with products cut to their first digits (HS6 to HS4 or HS2), summed.

        Raises
        ------
        BadTable
            When a code is shorter than that.
        """
        if short := [code for code in self.products if len(code) < digits]:
            raise BadTable(f"product {short[0]} has fewer than {digits} digits.")
        products = tuple(sorted({code[:digits] for code in self.products}))
        place = {code: at for at, code in enumerate(products)}
        to = np.array([place[code[:digits]] for code in self.products], dtype=np.int64)
        return self.merged(product=to[self.product], products=products)

    def as_one(self, region: Collection[str], name: str) -> Flows:
        """Return the flows with a region as one country, its own internal trade dropped.

        Raises
        ------
        BadTable
            When a country is not in these flows, or `name` is another country of them.
        """
        inside = self.members(region)
        others = [c for c, member in zip(self.countries, inside, strict=True) if not member]
        if name in others:
            raise BadTable(f"“{name}” is the name of a country outside the region.")
        countries = (*others, name)
        place = {country: at for at, country in enumerate(countries)}
        to = np.array(
            [
                place[name if member else country]
                for country, member in zip(self.countries, inside, strict=True)
            ],
            dtype=np.int64,
        )
        apart = ~(inside[self.exporter] & inside[self.importer])
        kept = self.chosen(apart, f"trade inside {name}")
        return kept.merged(to[kept.exporter], to[kept.importer], kept.product, countries=countries)

    def chosen(self, kept: BoolArray, reason: str) -> Flows:
        """Return the rows that are kept; the tally counts the others under a reason."""
        gone = ~kept
        return replace(
            self,
            exporter=self.exporter[kept],
            importer=self.importer[kept],
            product=self.product[kept],
            value=self.value[kept],
            quantity=self.quantity[kept],
            tally=self.tally.dropping(reason, int(gone.sum()), float(self.value[gone].sum())),
        )

    def merged(
        self,
        exporter: IntArray | None = None,
        importer: IntArray | None = None,
        product: IntArray | None = None,
        *,
        countries: Sequence[str] | None = None,
        products: Sequence[str] | None = None,
    ) -> Flows:
        """Return the flows with rows of the same exporter, importer and product added up.

        Other places, countries and products may be given in their stead.
        """
        exporter = self.exporter if exporter is None else exporter
        importer = self.importer if importer is None else importer
        product = self.product if product is None else product
        countries = tuple(countries if countries is not None else self.countries)
        products = tuple(products if products is not None else self.products)
        n, m = len(countries), len(products)
        key = (exporter * n + importer) * m + product
        rows, where = np.unique(key, return_inverse=True)
        return replace(
            self,
            countries=countries,
            products=products,
            exporter=rows // (n * m),
            importer=rows // m % n,
            product=rows % m,
            value=np.bincount(where, self.value, minlength=len(rows)).astype(np.float64),
            quantity=np.bincount(where, self.quantity, minlength=len(rows)).astype(np.float64),
        )

    def _table(self, row: IntArray, column: IntArray, width: int) -> FloatArray:
        height = len(self.countries)
        flat = np.bincount(row * width + column, self.value, minlength=height * width)
        return flat.astype(np.float64).reshape(height, width)
