"""Questions about recommendations, each with a name."""

from majlis.recommendations.queries.brief import (
    BriefContent,
    BriefRecommendation,
    Decision,
    Footnote,
    brief_content,
)
from majlis.recommendations.queries.checks import action_checks, n_passed, wording_checks
from majlis.recommendations.queries.desk import (
    history_of,
    is_reader_the_writer,
    neighbours_of,
    open_duplicates,
    recommendations_of,
    sources_of,
)
from majlis.recommendations.queries.facts import facts_of
from majlis.recommendations.queries.matrix import MATRIX_COLUMNS, matrix_csv, matrix_rows
from majlis.recommendations.queries.public import (
    decided,
    public_list,
    public_view,
)
from majlis.recommendations.queries.requirements import Incomplete, missing_for
from majlis.recommendations.queries.sources import Support
from majlis.recommendations.queries.themes import by_theme
from majlis.recommendations.queries.why import why_of

__all__ = [
    "MATRIX_COLUMNS",
    "BriefContent",
    "BriefRecommendation",
    "Decision",
    "Footnote",
    "Incomplete",
    "Support",
    "action_checks",
    "brief_content",
    "by_theme",
    "decided",
    "facts_of",
    "history_of",
    "is_reader_the_writer",
    "matrix_csv",
    "matrix_rows",
    "missing_for",
    "n_passed",
    "neighbours_of",
    "open_duplicates",
    "public_list",
    "public_view",
    "recommendations_of",
    "sources_of",
    "why_of",
    "wording_checks",
]
