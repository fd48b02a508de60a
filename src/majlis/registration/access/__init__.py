"""Fetching is authorising: who may come in where.

A stranger and a missing edition get the same answer, so that nobody can find out what exists by
trying names.
"""

from majlis.registration.access.addresses import (
    address_token,
    pending_by_address_token,
    registration_by_address_token,
)
from majlis.registration.access.colleagues import (
    Place,
    colleague,
    invitation_by_token,
    invitation_for,
    organiser,
    person_for,
    registration_for,
)
from majlis.registration.access.own import OwnRecord, is_known_to_an_edition, own_place
from majlis.registration.access.voices import (
    VOICE_COOKIE,
    dead_voice_by_token,
    voice_by_token,
    voice_of,
    voice_token,
)

__all__ = [
    "VOICE_COOKIE",
    "OwnRecord",
    "Place",
    "address_token",
    "colleague",
    "dead_voice_by_token",
    "invitation_by_token",
    "invitation_for",
    "is_known_to_an_edition",
    "organiser",
    "own_place",
    "pending_by_address_token",
    "person_for",
    "registration_by_address_token",
    "registration_for",
    "voice_by_token",
    "voice_of",
    "voice_token",
]
