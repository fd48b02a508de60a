"""Recommendations, the sources they stand on, and what was decided.

A method here changes its row in memory and refuses what the rules forbid. It never saves.
"""

from majlis.recommendations.models.citations import Citation, CitedLink, with_sources
from majlis.recommendations.models.decisions import Adoption, Review
from majlis.recommendations.models.recommendations import Addressee, Pair, Recommendation, Relation

__all__ = [
    "Addressee",
    "Adoption",
    "Citation",
    "CitedLink",
    "Pair",
    "Recommendation",
    "Relation",
    "Review",
    "with_sources",
]
