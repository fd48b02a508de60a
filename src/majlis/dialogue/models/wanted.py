"""What a step of moderation starts from and is to make: plain values, no rows."""

from __future__ import annotations

from dataclasses import dataclass

from majlis.dialogue.models.contributions import Contribution, as_said
from majlis.dialogue.models.statements import Statement
from majlis.dialogue.states import ContributionKind
from majlis.kernel.texts import Text
from majlis.series.models import Challenge, Theme

StepSource = Contribution | Statement


@dataclass(frozen=True, slots=True)
class Wanted:
    """A statement to be made: its sentence, the language of it, and where it belongs."""

    text: str
    language: str
    kind: ContributionKind
    theme: Theme | None = None
    challenge: Challenge | None = None

    @property
    def wording(self) -> Text:
        return Text.of(self.language, **{self.language: as_said(self.text)})
