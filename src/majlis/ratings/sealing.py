"""Ratings when an edition is sealed: results stay as they were stored, paper is forgotten.

The answers themselves get fresh voices in `dialogue`.
"""

from __future__ import annotations

from majlis.dialogue.queries.showings import WAYS
from majlis.dialogue.states import BrokenDownBy
from majlis.kernel.disclosure import Counts, counted
from majlis.kernel.models import Act
from majlis.ratings.models import Plain, Rating, Sheet
from majlis.ratings.states import Verb
from majlis.series.models import Edition
from majlis.series.sealing import SealingPart

GROUPS = WAYS[BrokenDownBy.CONSTITUENCY]


def _seal(edition: Edition) -> None:
    """Forget paper and who typed it, and keep no counts of a group finer than they are shown."""
    Sheet.objects.filter(rating__edition=edition).delete()
    typed = [Verb.TYPED_SHEET, Verb.CHECKED_SHEET]
    Act.objects.filter(edition=edition.slug, verb__in=typed).delete()
    for rating in Rating.objects.filter(edition=edition).select_related("edition"):
        rating.groups = {subject: _coarse(one) for subject, one in rating.groups.items()}
        rating.save(update_fields=["groups"])


def _coarse(stored: Plain) -> Plain:
    """The counts of one option in the groups that are shown; of nobody apart where none are."""
    way = next((way for way in GROUPS if way.name == stored["level"]), None)
    table = {(row[0], row[1]): Counts(*row[2:]) for row in stored["counts"]}
    counts = [
        [label, "", c.agree, c.disagree, c.passed, c.unread]
        for label, c in sorted(counted(table, way).items())
    ] if way else []  # fmt: skip
    return stored | {"counts": counts}


PART = SealingPart(changed=(Rating, Sheet), seal=_seal)
