"""Choosing sessions. One's own affair: the audit log has no line of it."""

from __future__ import annotations

from collections.abc import Collection

from django.db import transaction

from majlis.registration.models import Registration
from majlis.series.programme import sessions_of


@transaction.atomic
def choose_sessions(
    registration: Registration, codes: Collection[str], *, is_chosen: bool = True
) -> list[str]:
    """Add sessions to what somebody has chosen, or take them out; return what is chosen now.

    Names of sessions that are not public are left out.
    """
    place = Registration.objects.select_for_update().get(pk=registration.pk)
    wanted = {*place.chosen, *codes} if is_chosen else {*place.chosen} - {*codes}
    public = [one.code for one in sessions_of(registration.edition) if not one.is_for_everybody]
    chosen = [code for code in public if code in wanted]
    if chosen != place.chosen:
        place.chosen = chosen
        place.save(update_fields=["chosen"])
    return chosen
