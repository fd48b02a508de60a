r"""Which products are made by the same countries, and what that says of both.

Hidalgo, C. et al. (2007), Science 317:482-487 (proximity, density); Hidalgo & Hausmann (2009),
PNAS 106:10570-10575; Atlas of Economic Complexity (2014), part 1 and box 2.3 (ECI, PCI, outlook);
Mealy, Farmer & Teytelboym (2019), Science Advances 5:eaau1705 (what ECI means); Tacchella et al.
(2012), Scientific Reports 2:723 (fitness).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tradestats.errors import BadTable
from tradestats.flows import FloatArray

#: Eigenvalues nearer to 1 than this say that the graph of countries falls apart.
CONNECTED = 1e-9
#: A second eigenvalue under this says that there is no second direction.
ALIKE = 1e-12


@dataclass(frozen=True, eq=False)
class Complexity:
    """ECI of countries and PCI of products.

    Attributes
    ----------
    eci : ndarray of shape (n_countries,)
        Mean 0 and standard deviation 1 over the countries that have any specialisation; nan for
        the others. It says who makes similar things, not who is better; publish the universe.
    pci : ndarray of shape (n_products,)
        On the scale of `eci`; nan for products that nobody is specialised in.
    eigengap : float
        Second minus third eigenvalue. Near 0, ECI hangs on small changes.
    connected : bool
        Whether countries are linked by what they make. Otherwise ECI tells only parts apart.
    """

    eci: FloatArray
    pci: FloatArray
    eigengap: float
    connected: bool


def specialisation(m: npt.ArrayLike) -> FloatArray:
    """Return M as float64, or refuse it.

    Raises
    ------
    BadTable
        When it is not a table of zeros and ones.
    """
    table = np.asarray(m, dtype=np.float64)
    if table.ndim != 2 or not np.isin(table, (0.0, 1.0)).all():
        raise BadTable("specialisation must be a table of zeros and ones.")
    return table


def proximity(m: npt.ArrayLike) -> FloatArray:
    r"""Return how often two products are made by the same countries.

    .. math:: \phi_{kl} = \sum_c M_{ck} M_{cl} / \max(u_k, u_l)

    Returns
    -------
    ndarray of shape (n_products, n_products), from 0 to 1
        nan in row and column of a product that nobody is specialised in.
    """
    table = specialisation(m)
    ubiquity = table.sum(axis=0)
    together = (table.T.astype(np.float32) @ table.astype(np.float32)).astype(np.float64)
    with np.errstate(divide="ignore", invalid="ignore"):
        found = together / np.maximum.outer(ubiquity, ubiquity)
    found[ubiquity == 0] = np.nan
    found[:, ubiquity == 0] = np.nan
    return np.asarray(found, dtype=np.float64)


def density(
    m: npt.ArrayLike, phi: npt.ArrayLike | None = None, *, itself: bool = True
) -> FloatArray:
    r"""Return how near each product is to what a country makes already.

    .. math:: \omega_{ck} = \sum_l M_{cl} \phi_{kl} / \sum_l \phi_{kl}

    Parameters
    ----------
    m : array_like of shape (n_countries, n_products)
    phi : array_like of shape (n_products, n_products), optional
        `proximity(m)` where it is at hand.
    itself : bool
        Whether a product's proximity to itself (1) counts.

    Returns
    -------
    ndarray of the shape of `m`, from 0 to 1
        nan for a product that nobody is specialised in, or that is near to none.
    """
    table = specialisation(m)
    near = _near(table, phi)
    if not itself:
        np.fill_diagonal(near, 0.0)
    total = near.sum(axis=1)
    found = table @ near / np.where(total > 0, total, np.nan)
    found[:, table.sum(axis=0) == 0] = np.nan
    return np.asarray(found, dtype=np.float64)


def complexity(m: npt.ArrayLike) -> Complexity:
    r"""Return ECI and PCI.

    ECI is the second eigenvector of :math:`D^{-1} M U^{-1} M^T`, taken from the symmetric matrix
    that has the same eigenvalues, its sign such that it rises with diversity, and standardised.
    PCI is :math:`U^{-1} M^T` of it over the eigenvalue, so that a country's ECI is the mean PCI
    of what it makes.

    Raises
    ------
    BadTable
        When fewer than three countries are specialised in anything, or all in the same.
    """
    table = specialisation(m)
    countries, products = table.any(axis=1), table.any(axis=0)
    kept = table[np.ix_(countries, products)]
    if len(kept) < 3:
        raise BadTable("ECI needs three countries or more that are specialised in something.")
    diversity, ubiquity = kept.sum(axis=1), kept.sum(axis=0)
    root = np.sqrt(diversity)
    half = kept / root[:, None] / np.sqrt(ubiquity)
    values, vectors = np.linalg.eigh(half @ half.T)
    second, third = float(values[-2]), float(values[-3])
    if second < ALIKE:
        raise BadTable("all countries are specialised in the same: ECI tells nobody apart.")
    raw = _across(vectors, root) / root
    rising = float((raw - raw.mean()) @ (diversity - diversity.mean()))
    if rising < 0:
        raw = -raw
    of_products = (kept.T @ raw) / ubiquity / second
    centre, spread = raw.mean(), raw.std()
    eci, pci = np.full(table.shape[0], np.nan), np.full(table.shape[1], np.nan)
    eci[countries] = (raw - centre) / spread
    pci[products] = (of_products - centre) / spread
    return Complexity(eci, pci, second - third, connected=second < 1 - CONNECTED)


def outlook(m: npt.ArrayLike, pci: npt.ArrayLike, phi: npt.ArrayLike | None = None) -> FloatArray:
    r"""Return COI: how much complexity is near to what a country makes.

    .. math:: \mathrm{COI}_c = \sum_k \omega_{ck} (1 - M_{ck}) \mathrm{PCI}_k

    Products without PCI are left out of the sum.
    """
    table = specialisation(m)
    near = np.nan_to_num(density(table, phi))
    return np.asarray((near * (1 - table)) @ np.nan_to_num(np.asarray(pci, dtype=np.float64)))


def outlook_gain(
    m: npt.ArrayLike, pci: npt.ArrayLike, phi: npt.ArrayLike | None = None
) -> FloatArray:
    r"""Return COG: what a product would open to a country that does not make it yet.

    .. math:: \mathrm{COG}_{ck} = (1 - M_{ck}) \sum_l
              \frac{\phi_{kl}}{\sum_{k'} \phi_{k'l}} (1 - M_{cl}) \mathrm{PCI}_l

    The convention of the Stata and Python packages. Products without PCI are left out.
    """
    table = specialisation(m)
    near = _near(table, phi)
    total = near.sum(axis=0)
    worth = np.nan_to_num(np.asarray(pci, dtype=np.float64)) / np.where(total > 0, total, 1.0)
    gain = (1 - table) * (((1 - table) * worth) @ near.T)
    gain[:, table.sum(axis=0) == 0] = np.nan
    return np.asarray(gain, dtype=np.float64)


def fitness(m: npt.ArrayLike, *, rounds: int = 20) -> tuple[FloatArray, FloatArray]:
    r"""Return the fitness of countries and the quality of products after some rounds.

    .. math:: F_c = \sum_k M_{ck} Q_k, \quad Q_k = 1 / \sum_c M_{ck} / F_c

    both divided by their mean after each round. Some countries tend to zero without end, so the
    number of rounds is part of the result.
    """
    table = specialisation(m)
    countries, products = table.any(axis=1), table.any(axis=0)
    kept = table[np.ix_(countries, products)]
    if not kept.size:
        raise BadTable("fitness needs a country that is specialised in something.")
    of_country, of_product = np.ones(kept.shape[0]), np.ones(kept.shape[1])
    for _round in range(rounds):
        new_country = kept @ of_product
        new_product = 1 / (kept.T @ (1 / of_country))
        of_country = new_country / new_country.mean()
        of_product = new_product / new_product.mean()
    found, quality = np.full(table.shape[0], np.nan), np.full(table.shape[1], np.nan)
    found[countries], quality[products] = of_country, of_product
    return found, quality


def _across(vectors: FloatArray, root: FloatArray) -> FloatArray:
    """Return the second eigenvector, square to the first.

    Where the first eigenvalue comes twice, the solver may give any two vectors of that plane.
    """
    first = root / np.linalg.norm(root)
    for vector in (vectors[:, -2], vectors[:, -1]):
        square = vector - (vector @ first) * first
        if np.linalg.norm(square) > 0.5:
            break
    return np.asarray(square)


def _near(table: FloatArray, phi: npt.ArrayLike | None) -> FloatArray:
    """Return proximities with 0 where there are none; a copy."""
    found = proximity(table) if phi is None else np.array(phi, dtype=np.float64)
    return np.nan_to_num(found, copy=False)
