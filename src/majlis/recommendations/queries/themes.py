"""Recommendations under the headings of their themes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from majlis.recommendations.models import Recommendation
from majlis.series.models import Theme


@dataclass(frozen=True, slots=True)
class ThemeGroup:
    """The recommendations of one theme; `theme` is None for those without."""

    theme: Theme | None
    recommendations: tuple[Recommendation, ...]


def by_theme(recommendations: Iterable[Recommendation]) -> list[ThemeGroup]:
    """Recommendations that come in the order of themes, parted at each new one."""
    parts = groupby(recommendations, key=lambda rec: rec.theme)
    return [ThemeGroup(theme, tuple(found)) for theme, found in parts]
