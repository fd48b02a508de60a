"""Questions about recommendations, each with a name."""

from majlis.recommendations.queries.brief import (
    BriefContent,
    BriefRecommendation,
    Decision,
    Footnote,
    brief_content,
    footnotes_of,
)
from majlis.recommendations.queries.checks import Check, action_checks, n_passed, wording_checks
from majlis.recommendations.queries.desk import (
    Group,
    Source,
    history_of,
    is_reader_the_writer,
    neighbours_of,
    open_duplicates,
    recommendations_of,
    sources_of,
)
from majlis.recommendations.queries.facts import Fact, facts_of
from majlis.recommendations.queries.matrix import MATRIX_COLUMNS, matrix_csv, matrix_rows
from majlis.recommendations.queries.public import (
    PublicList,
    Shown,
    decided,
    public_list,
    public_view,
)
from majlis.recommendations.queries.requirements import Incomplete, Missing, missing_for
from majlis.recommendations.queries.sources import Drift, Support, support_of
from majlis.recommendations.queries.why import WhyNote, Word, why_of

__all__ = [
    "MATRIX_COLUMNS",
    "BriefContent",
    "BriefRecommendation",
    "Check",
    "Decision",
    "Drift",
    "Fact",
    "Footnote",
    "Group",
    "Incomplete",
    "Missing",
    "PublicList",
    "Shown",
    "Source",
    "Support",
    "WhyNote",
    "Word",
    "action_checks",
    "brief_content",
    "decided",
    "facts_of",
    "footnotes_of",
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
    "support_of",
    "why_of",
    "wording_checks",
]
