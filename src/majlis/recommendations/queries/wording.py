"""Which fields of a recommendation are worded in several languages."""

TEXT_FIELDS = (
    "title",
    "text",
    "problem",
    "rationale",
    "co_actors",
    "legal_basis",
    "decision_needed",
    "first_action",
    "indicator",
    "equity",
    "risks",
)
"""The fields of a recommendation that hold words in several languages."""
