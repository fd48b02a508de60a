"""Giving voices."""

from __future__ import annotations

from majlis.registration.actions.admissions import require_unsealed
from majlis.registration.models import Registration, Voice


def give_voice(registration: Registration) -> Voice:
    """The voice of a confirmed registration, with its snapshot; a former one is taken up again."""
    require_unsealed(registration.edition)
    voice = Voice.objects.filter(registration=registration).first()
    if voice is None:
        voice = Voice(
            edition=registration.edition,
            registration=registration,
            language=registration.person.language,
        )
        voice.take_snapshot(registration)
        voice.save()
    return voice
