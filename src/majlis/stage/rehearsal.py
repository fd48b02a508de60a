"""A rehearsal begins without a screen."""

from __future__ import annotations

from majlis.series.rehearsal import Part
from majlis.stage.models import Stage

PART = Part(left_out=(Stage,))
