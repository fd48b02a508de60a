"""A rehearsal begins without a screen."""

from __future__ import annotations

from majlis.series.rehearsal import RehearsalPart
from majlis.stage.models import Stage

PART = RehearsalPart(left_out=(Stage,))
