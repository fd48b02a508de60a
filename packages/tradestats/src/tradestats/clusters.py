r"""Clusters of related industries: how large, how specialised, how strong, how fast they grow.

Delgado, M., Porter, M. & Stern, S. (2014), Research Policy 43:1785-1799; (2016), Journal of
Economic Geography 16:1-38. Their definitions are of US industries: give your own groups, through
a crosswalk.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tradestats.concentration import location_quotient
from tradestats.errors import BadTable
from tradestats.flows import BoolArray, FloatArray


@dataclass(frozen=True, eq=False)
class Clusters:
    """Clusters by region, each array of shape (n_regions, n_clusters).

    Attributes
    ----------
    names : tuple of str
        The order of columns.
    employment : ndarray
        nan where a cell of the cluster is confidential.
    quotient : ndarray
        Location quotient of the cluster over all employment: its specialisation.
    share : ndarray
        The region's share of the cluster's employment in all regions.
    growth : ndarray
        Employment over that before, less 1; nan without a table of before, or from nothing.
    strong : bool ndarray
        Quotient above 1, and among the highest quarter of regions for this cluster.
    """

    names: tuple[str, ...]
    employment: FloatArray
    quotient: FloatArray
    share: FloatArray
    growth: FloatArray
    strong: BoolArray


def clusters(
    employment: npt.ArrayLike,
    groups: Mapping[str, Sequence[int]],
    *,
    before: npt.ArrayLike | None = None,
) -> Clusters:
    """Return clusters of groups of industries.

    Parameters
    ----------
    employment : array_like of shape (n_regions, n_industries)
        All industries, also those of no cluster: quotients are of all employment. nan is a cell
        that the source keeps confidential.
    groups : mapping from cluster to columns
        An industry belongs to one cluster at most.
    before : array_like of the same shape, optional
        The same of an earlier year.

    Raises
    ------
    BadTable
        When shapes do not fit, a column is not there or stands in two clusters.
    """
    table = np.asarray(employment, dtype=np.float64)
    location_quotient(table)  # refuses what is no employment
    columns = [column for given in groups.values() for column in given]
    if not columns or len(set(columns)) < len(columns) or not all(groups.values()):
        raise BadTable("each cluster needs industries, and an industry stands in one cluster only.")
    if min(columns) < 0 or max(columns) >= table.shape[1]:
        raise BadTable(f"the table has {table.shape[1]} industries, numbered from 0.")
    summed = _summed(table, groups)
    rest = [at for at in range(table.shape[1]) if at not in set(columns)]
    whole = np.column_stack([summed, table[:, rest]])
    quotient = location_quotient(whole)[:, : len(groups)]
    total = np.nansum(summed, axis=0)
    growth = np.full(summed.shape, np.nan)
    if before is not None:
        earlier = np.asarray(before, dtype=np.float64)
        if earlier.shape != table.shape:
            raise BadTable("the table of before must have the same regions and industries.")
        old = _summed(earlier, groups)
        growth = summed / np.where(old > 0, old, np.nan) - 1
    return Clusters(
        tuple(groups),
        summed,
        quotient,
        np.asarray(summed / np.where(total > 0, total, np.nan)),
        growth,
        _strong(quotient),
    )


def _summed(table: FloatArray, groups: Mapping[str, Sequence[int]]) -> FloatArray:
    return np.column_stack([table[:, list(columns)].sum(axis=1) for columns in groups.values()])


def _strong(quotient: FloatArray) -> BoolArray:
    found = np.zeros(quotient.shape, dtype=bool)
    for at, column in enumerate(quotient.T):
        known = column[~np.isnan(column)]
        if len(known):
            found[:, at] = (column > 1) & (column >= np.quantile(known, 0.75))
    return found
