"""What became of the published recommendations of a rehearsal: answered, planned, under way.

The addressee and its answer are invented.
"""

from __future__ import annotations

from datetime import timedelta

from majlis.followup import actions
from majlis.followup.models import (
    Endorsement,
    Entry,
    FocalLink,
    Follow,
    Note,
    PlannedAction,
    Proof,
)
from majlis.followup.queries import standing_of, today_in
from majlis.followup.states import Progress, Response, Support
from majlis.kernel.files import delete_files
from majlis.kernel.texts import Text
from majlis.recommendations.actions import name_addressee
from majlis.recommendations.models import Pair
from majlis.recommendations.states import TextState
from majlis.series.models import Edition
from majlis.series.rehearsal import Rehearsal, RehearsalPart

SECOND = Text.of(
    "en",
    en="Regional development office (rehearsal)",
    fr="Office de développement régional (répétition)",
    ar="ديوان التنمية الجهوية (تجربة)",
)
WHAT = "Draft sent for opinion (rehearsal)"
FUNCTION = "Secretary general (rehearsal)"
RESERVATION = "The thresholds should be reviewed after two years (rehearsal)."
WHO = "Legal service (rehearsal)"
PROOF = Proof(url="https://example.org/rehearsal", is_public=True)


def _follow(rehearsal: Rehearsal) -> None:
    """Send, answer and report on what is published, as the pack of the recommendations has it."""
    edition, by = rehearsal.edition, rehearsal.by
    published = edition.recommendations.filter(state=TextState.PUBLISHED).order_by("rec_id")
    first = published.first()
    if first is None:
        return
    second = name_addressee(edition, unit=SECOND, body=Text(), country=edition.country, by=by)
    Pair.objects.create(recommendation=first, addressee=second)
    today = today_in(edition)
    for unit in {one.addressee for one in standing_of(edition)}:
        actions.send(
            unit,
            name="Emna (rehearsal)",
            email=f"focal-{unit.code}@majlis.invalid",
            language=edition.authoritative_language,
            answer_due_on=today + timedelta(days=60),
            by=by,
        )
    one = next(one for one in standing_of(edition) if one.addressee.pk != second.pk)
    link = FocalLink.objects.get(addressee=one.addressee, ended_at=None)
    actions.answer(one.pair, response=Response.ACCEPTED, note=Note(today), by=link)
    actions.plan_action(one.pair, what=WHAT, who=WHO, due_on=today + timedelta(days=20), by=link)
    for number, support in enumerate((Support.FULL, Support.RESERVATION), start=1):
        asked = actions.ask_endorsement(
            first,
            organisation=f"Association {number} (rehearsal)",
            email=f"association-{number}@majlis.invalid",
            language=edition.authoritative_language,
            by=by,
        )
        reservation = RESERVATION if support == Support.RESERVATION else ""
        actions.endorse(
            asked, support=support, name="Sami (rehearsal)", function=FUNCTION,
            reservation=reservation,
        )  # fmt: skip
    note = Note(today, WHAT, PROOF)
    actions.note_progress(one.pair, progress=Progress.IN_PROGRESS, note=note, by=link)


def _remove(edition: Edition) -> None:
    entries = Entry.objects.filter(pair__recommendation__edition=edition).exclude(proof="")
    delete_files([entry.proof for entry in entries])
    FocalLink.objects.filter(addressee__edition=edition).delete()


PART = RehearsalPart(
    copied=(Endorsement, Entry, FocalLink, Follow, PlannedAction), copy=_follow, remove=_remove
)
