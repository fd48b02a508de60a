"""Publishing a changed programme, and writing to those whom it concerns."""

from __future__ import annotations

from django.db import transaction

from majlis.kernel import ledger
from majlis.kernel.ledger import Doer
from majlis.registration import letters
from majlis.registration.models import Registration
from majlis.registration.states import RegistrationState, Told, Verb
from majlis.series import programme
from majlis.series.actions import publish_programme
from majlis.series.models import Edition, ProgrammeVersion
from majlis.series.programme import SessionChange


@transaction.atomic
def publish_and_tell(
    edition: Edition, *, told: str = Told.NOBODY, by: Doer
) -> tuple[ProgrammeVersion | None, int]:
    """Publish the programme; return its version, or None, and how many emails were written.

    Nobody gets two. A first version changes nothing for anybody.
    """
    had_one = edition.programme_versions.exists()
    version = publish_programme(edition, by=by)
    changes = programme.newest(edition)[2] if version and had_one else []
    if not changes or told == Told.NOBODY:
        return version, 0
    seen = set(_tell_speakers(edition, changes))
    if told == Told.EVERYBODY:
        places = Registration.objects.filter(edition=edition, state=RegistrationState.CONFIRMED)
        for place in places.select_related("person", "edition__series"):
            if place.person.email and place.person.email not in seen:
                letters.programme_changed(place, changes)
                seen.add(place.person.email)
    ledger.record(Verb.TOLD_CHANGES, edition, by=by, n=len(seen))
    return version, len(seen)


def _tell_speakers(edition: Edition, changes: list[SessionChange]) -> list[str]:
    """Write to whoever has a part in a changed session, of their own sessions alone."""
    theirs: dict[str, list[SessionChange]] = {}
    for change in changes:
        for code in {code for _part, code in change.session.people}:
            theirs.setdefault(code, []).append(change)
    speakers = edition.speakers.filter(code__in=theirs).exclude(email="")
    for speaker in speakers:
        letters.own_sessions_changed(speaker, theirs[speaker.code])
    return [speaker.email for speaker in speakers]
