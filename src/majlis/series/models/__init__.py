"""Series, editions and what their public pages say, speakers by name among it."""

from majlis.series.models.checks import Readiness, Tick
from majlis.series.models.editions import NIGHT_ENDS, Edition, PackUpload, Series, all_languages
from majlis.series.models.files import SessionFile
from majlis.series.models.form import Question
from majlis.series.models.pages import EditionLink, GlossaryTerm, Partner, PublicText
from majlis.series.models.programme import Challenge, ProgrammeVersion, Session, Theme
from majlis.series.models.speakers import Speaker

__all__ = [
    "NIGHT_ENDS",
    "Challenge",
    "Edition",
    "EditionLink",
    "GlossaryTerm",
    "PackUpload",
    "Partner",
    "ProgrammeVersion",
    "PublicText",
    "Question",
    "Readiness",
    "Series",
    "Session",
    "SessionFile",
    "Speaker",
    "Theme",
    "Tick",
    "all_languages",
]
