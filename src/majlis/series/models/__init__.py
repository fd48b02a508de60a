"""Series, editions and what their public pages say. No people's data."""

from majlis.series.models.editions import NIGHT_ENDS, Edition, Series, all_languages
from majlis.series.models.pages import EditionLink, GlossaryTerm, Partner, PublicText
from majlis.series.models.programme import Challenge, ProgrammeVersion, Session, Theme

__all__ = [
    "NIGHT_ENDS",
    "Challenge",
    "Edition",
    "EditionLink",
    "GlossaryTerm",
    "Partner",
    "ProgrammeVersion",
    "PublicText",
    "Series",
    "Session",
    "Theme",
    "all_languages",
]
