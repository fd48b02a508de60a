"""A rehearsal begins without messages to many; those written in it go with it."""

from majlis.circulars.models import Circular
from majlis.series.rehearsal import RehearsalPart

PART = RehearsalPart(left_out=(Circular,))
