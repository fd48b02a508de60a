r"""Whose value added is in a country's exports: gross exports taken apart.

Borin, A. & Mancini, M. (2019), World Bank Policy Research Working Paper 8804; (2023), Economic
Systems Research 35:586-613. Belotti, F., Borin, A. & Mancini, M. (2021), The Stata Journal
21:708-755 (`icio`). VAX: Johnson, R. & Noguera, G. (2012), Journal of International Economics
86:224-236.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tradestats.errors import BadTable
from tradestats.flows import BoolArray, FloatArray


@dataclass(frozen=True)
class ExportContent:
    """A country's gross exports by whose value added they hold, in the unit of the table.

    These hold: exports = dc + fc; dc = dva + ddc; fc = fva + fdc; dva = vax + ref;
    gvc = backward + forward.

    Attributes
    ----------
    exports : float
        Gross exports.
    dc, dva, ddc : float
        Domestic content; the domestic value added in it, counted once; what is counted again
        because it went out and came back.
    vax, ref : float
        Of that value added, what is absorbed abroad, and what returns and is absorbed at home.
    fc, fva, fdc : float
        Foreign content; the foreign value added in it, counted once; what is counted again.
    davax : float
        Value added that one other country takes and absorbs: no part of a longer chain.
    gvc, backward, forward : float
        Exports within chains of three countries and more; by what they hold of others, and by
        what others make of them.
    """

    exports: float
    dc: float
    dva: float
    ddc: float
    vax: float
    ref: float
    fc: float
    fva: float
    fdc: float
    davax: float
    gvc: float
    backward: float
    forward: float


@dataclass(frozen=True)
class NineTerms:
    """A country's gross exports in the nine terms of Koopman, Wang and Wei (2014), equation 36.

    For comparison with older work only: foreign value added is understated wherever goods cross
    borders more than once (Borin & Mancini 2019). The terms add up to gross exports.

    Attributes
    ----------
    final, absorbed, passed_on : float
        Domestic value added absorbed abroad (T1 to T3): in final goods, in inputs the direct
        importer uses for itself, in inputs it sells on to third countries.
    back_final, back_inputs, double : float
        Domestic content that returns (T4 to T6): in final imports, in imported inputs of what
        is used at home, and what is counted twice.
    foreign_final, foreign_inputs, foreign_double : float
        Foreign content (T7 to T9): value added in final goods, in inputs the direct importer
        uses for itself, and what is counted twice.
    """

    final: float
    absorbed: float
    passed_on: float
    back_final: float
    back_inputs: float
    double: float
    foreign_final: float
    foreign_inputs: float
    foreign_double: float

    @property
    def foreign(self) -> float:
        """Foreign value added as Koopman, Wang and Wei have it: T7 and T8."""
        return self.foreign_final + self.foreign_inputs


@dataclass(frozen=True, eq=False)
class InterCountry:
    """An inter-country input-output table.

    Attributes
    ----------
    countries : tuple of str
        The country of each row of `uses` and `final`: one for each sector of it. Several parts
        of one country (OECD's MX1 and MX2) have its name, and what they sell each other is
        domestic.
    uses : ndarray of shape (n, n)
        Intermediate use: what the row's sector sells the column's.
    final : ndarray of shape (n, m)
        Final demand.
    buyers : tuple of str
        The country of each column of `final`.
    """

    countries: tuple[str, ...]
    uses: FloatArray
    final: FloatArray
    buyers: tuple[str, ...]

    @classmethod
    def of(
        cls,
        countries: Sequence[str],
        uses: npt.ArrayLike,
        final: npt.ArrayLike,
        buyers: Sequence[str],
    ) -> InterCountry:
        """Return the table, or refuse it.

        Raises
        ------
        BadTable
            When shapes do not fit, a number is not finite, or a buyer sells nothing.
        """
        inner, last = (np.array(one, dtype=np.float64) for one in (uses, final))
        n = len(countries)
        if inner.shape != (n, n) or last.shape != (n, len(buyers)):
            raise BadTable("uses must be rows × rows, and final rows × buyers.")
        if not (np.isfinite(inner).all() and np.isfinite(last).all()):
            raise BadTable("an input-output table must hold finite numbers only.")
        if strangers := sorted(set(buyers) - set(countries)):
            raise BadTable(f"“{strangers[0]}” has final demand and no rows.")
        return cls(tuple(countries), inner, last, tuple(buyers))

    def content(self, country: str) -> ExportContent:
        """Return what a country's exports hold.

        Raises
        ------
        BadTable
            When the table has no such country, or its sectors use more of themselves than they
            make.
        """
        own, home = self._where(country)
        a, v = self._per_output()
        exports = self._exports(own, home)
        inverse, local = _inverse(a), _inverse(np.where(own[:, None] & own, a, 0.0))
        abroad = self.final[:, ~home].sum(axis=1)
        total = float(exports.sum())
        dc = float((v * own) @ inverse @ exports)
        dva = float((v * own) @ local @ exports)
        vax = float((v * own) @ inverse @ abroad)
        fc = float((v * ~own) @ inverse @ exports)
        fva = sum(self.origins(country).values())
        davax = float((v * own) @ local @ self._direct(a, own, home))
        return ExportContent(
            exports=total,
            dc=dc,
            dva=dva,
            ddc=dc - dva,
            vax=vax,
            ref=dva - vax,
            fc=fc,
            fva=fva,
            fdc=fc - fva,
            davax=davax,
            gvc=total - davax,
            backward=fc + dc - dva,
            forward=dva - davax,
        )

    def origins(self, country: str) -> dict[str, float]:
        """Return whose value added is the foreign value added in a country's exports.

        They add up to `ExportContent.fva`. The share of a region is the sum of its members over
        the sum of all.

        Raises
        ------
        BadTable
            As `content` does.
        """
        own, home = self._where(country)
        a, v = self._per_output()
        a[np.ix_(own, ~own)] = 0.0  # the country sells nobody inputs: nothing is counted twice
        added = v * (_inverse(a) @ self._exports(own, home))
        return {
            other: float(added[[name == other for name in self.countries]].sum())
            for other in dict.fromkeys(self.countries)
            if other != country
        }

    def nine_terms(self, country: str) -> NineTerms:
        """Return the exports of a country as Koopman, Wang and Wei take them apart.

        References
        ----------
        Koopman, R., Wang, Z. & Wei, S.-J. (2014), American Economic Review 104:459-494.

        Raises
        ------
        BadTable
            As `content` does.
        """
        own, home = self._where(country)
        a, v = self._per_output()
        same = np.array(self.countries)[:, None] == np.array(self.countries)
        inverse, local = _inverse(a), _inverse(np.where(same, a, 0.0))
        at_home = (self.final * (np.array(self.countries)[:, None] == np.array(self.buyers))).sum(1)
        exports = np.where(same, 0.0, self.uses).sum(axis=1) + self.final.sum(axis=1) - at_home
        abroad, back = self.final[:, ~home].sum(axis=1), self.final[:, home].sum(axis=1)
        domestic = (v * own) @ inverse
        foreign = (v * ~own) @ inverse * own
        others = domestic * ~own
        return NineTerms(
            final=float((domestic * own) @ abroad),
            absorbed=float(others @ at_home),
            passed_on=float(others @ (abroad - at_home)),
            back_final=float(others @ back),
            back_inputs=float(others @ a @ local @ (at_home * own)),
            double=float(others @ a @ local @ (exports * own)),
            foreign_final=float(foreign @ abroad),
            foreign_inputs=float(foreign @ a @ local @ (at_home * ~own)),
            foreign_double=float(foreign @ a @ local @ (exports * ~own)),
        )

    def _where(self, country: str) -> tuple[BoolArray, BoolArray]:
        if country not in self.countries:
            raise BadTable(f"there is no country “{country}” in this table.")
        return (
            np.array([name == country for name in self.countries], dtype=bool),
            np.array([name == country for name in self.buyers], dtype=bool),
        )

    def _per_output(self) -> tuple[FloatArray, FloatArray]:
        """Return inputs and value added per unit of output; 0 where nothing is made."""
        output = self.uses.sum(axis=1) + self.final.sum(axis=1)
        a = self.uses / np.where(output > 0, output, 1.0)
        return a, np.where(output > 0, 1 - a.sum(axis=0), 0.0)

    def _exports(self, own: BoolArray, home: BoolArray) -> FloatArray:
        sold = self.uses[:, ~own].sum(axis=1) + self.final[:, ~home].sum(axis=1)
        return np.where(own, sold, 0.0)

    def _direct(self, a: FloatArray, own: BoolArray, home: BoolArray) -> FloatArray:
        """Return what goes to others and stays: final goods, and inputs of their own demand."""
        found = self.final[:, ~home].sum(axis=1) * own
        for other in dict.fromkeys(self.countries):
            there = np.array([name == other for name in self.countries], dtype=bool)
            if (there & own).any():
                continue
            theirs = np.array([name == other for name in self.buyers], dtype=bool)
            at_home = self.final[:, theirs].sum(axis=1) * there
            within = _inverse(np.where(there[:, None] & there, a, 0.0))
            made = np.where(there, within @ at_home, 0.0)
            found = found + own * (a @ made)
        return np.asarray(found)


def _inverse(a: FloatArray) -> FloatArray:
    try:
        return np.asarray(np.linalg.inv(np.eye(len(a)) - a))
    except np.linalg.LinAlgError:
        raise BadTable(
            "the table has no Leontief inverse: sectors use up what they make."
        ) from None
